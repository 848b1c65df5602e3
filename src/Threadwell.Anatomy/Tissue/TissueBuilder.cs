using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>Builds the layered tissue under the treated part of a scan.</summary>
public static class TissueBuilder
{
    /// <summary>Scaled Jacobian that every wedge of a built tissue reaches.</summary>
    public const double SmallestAllowedScaledJacobian = 0.2;

    /// <summary>
    /// Builds the tissue around threads and targets: cuts and remeshes the skin, gives it layers by site, sex and age, and extrudes
    /// them inwards. The same input gives the same tissue to the bit.
    /// </summary>
    /// <param name="scan">Cleaned scan, mm, patient frame.</param>
    /// <param name="landmarks">Its landmarks.</param>
    /// <param name="request">What it is built for.</param>
    /// <exception cref="InvalidInputException">The request does not fit the scan, or the skin folds too sharply; the message names the place.</exception>
    public static LayeredTissue Build(TriangleMesh scan, LandmarkSet landmarks, TissueRequest request)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(landmarks);
        ArgumentNullException.ThrowIfNull(request);
        ThicknessField thickness = ThicknessField.For(landmarks, request);
        MeshedRegion region = TissueRegion.Build(scan, landmarks, request);
        bool onHead = request.Area is not (TreatmentArea.Abdomen or TreatmentArea.Breast);
        return Layer(region, thickness.At, onHead ? LigamentSpots.Locate(scan, landmarks) : [], request.ScanName);
    }

    /// <summary>Layers a skin patch that is meshed already, with the same thickness everywhere and no ligaments.</summary>
    /// <param name="skin">Skin with well-shaped triangles, mm.</param>
    /// <param name="layers">Thickness of the layers.</param>
    /// <exception cref="InvalidInputException">The skin folds too sharply; the message names the place.</exception>
    public static LayeredTissue BuildOn(TriangleMesh skin, SiteLayers layers)
    {
        ArgumentNullException.ThrowIfNull(skin);
        return Layer(new MeshedRegion(skin, new SurfaceTopology(skin).OnBoundary), _ => layers, [], "skin");
    }

    private static LayeredTissue Layer(
        MeshedRegion region,
        Func<Vector3D, SiteLayers> thicknessAt,
        IReadOnlyList<(Vector3D Position, double RelativeStiffness)> ligaments,
        string scanName)
    {
        TriangleMesh skin = region.Skin;
        double[] thickness = new double[skin.VertexCount * LayerCells.LayerCount];
        for (int column = 0; column < skin.VertexCount; column++)
        {
            SiteLayers layers = thicknessAt(skin.Positions[column]);
            for (int layer = 0; layer < LayerCells.LayerCount; layer++)
            {
                thickness[(column * LayerCells.LayerCount) + layer] = layers[LayerCells.Layers[layer]];
            }
        }

        ExtrudedColumns columns = ColumnExtrusion.Extrude(skin, thickness, MeanEdgeLength(skin), scanName);
        return new LayeredTissue
        {
            Skin = columns.Skin,
            Nodes = columns.Nodes,
            CellLayers = LayerCells.PerCell(),
            PressurePartner = PressurePairing.Pair(columns.Skin),
            OnCutEdge = region.OnCutEdge,
            LigamentShare = LigamentSpots.Shares(columns.Skin, MeanEdgeLength(skin), ligaments),
            EdgeLengthMm = MeanEdgeLength(columns.Skin),
        };
    }

    /// <summary>Mean length of the edges of all triangles, mm.</summary>
    internal static double MeanEdgeLength(TriangleMesh skin)
    {
        double sum = 0;
        for (int slot = 0; slot < skin.Triangles.Length; slot++)
        {
            sum += Vector3D.Distance(skin.Positions[skin.Triangles[slot]], skin.Positions[skin.Triangles[SurfaceTopology.Next(slot)]]);
        }

        return sum / Math.Max(1, skin.Triangles.Length);
    }
}
