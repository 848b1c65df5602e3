using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>Finds places on and under the skin of a layered tissue. Not changed by use: safe from several threads.</summary>
public sealed class TissueProbe
{
    private readonly LayeredTissue tissue;
    private readonly TriangleBvh skin;

    /// <summary>Prepares a tissue for look-ups.</summary>
    public TissueProbe(LayeredTissue tissue)
    {
        ArgumentNullException.ThrowIfNull(tissue);
        this.tissue = tissue;
        skin = new TriangleBvh(tissue.Skin);
    }

    /// <summary>
    /// The skin point closest to a point of the scan, mm: its triangle and the weights of the triangle's three columns, with which
    /// any field on the skin is interpolated. Its distance is large where the point lies outside the region.
    /// </summary>
    public SurfacePoint Embed(Vector3D point) => skin.ClosestPoint(point);

    /// <summary>Thickness from skin to deep fascia along the column at a skin point, mm.</summary>
    public double ThicknessMm(SurfacePoint at)
    {
        double depth = 0;
        for (int cell = tissue.CellCount - 1; cell >= 0; cell--)
        {
            depth += Vector3D.Distance(OnLevel(at, cell + 1), OnLevel(at, cell));
        }

        return depth;
    }

    /// <summary>Layer in which a depth lies at a skin point; deep fat below all.</summary>
    public TissueLayer LayerAt(SurfacePoint at, double depthMm) => tissue.CellLayers[DepthPoint(at, depthMm).Wedge % tissue.CellCount];

    /// <summary>The point at a depth under the skin point closest to a point of the scan.</summary>
    /// <param name="pointOnSkin">Point on or near the skin, mm.</param>
    /// <param name="depthMm">Depth along the column, mm.</param>
    public TissuePoint DepthPoint(Vector3D pointOnSkin, double depthMm) => DepthPoint(Embed(pointOnSkin), depthMm);

    /// <summary>
    /// The point at a depth under a skin point, along the column there. A depth beyond the deep fascia ends on it: compare
    /// <see cref="TissuePoint.DepthMm"/>. A negative depth is taken as none.
    /// </summary>
    /// <param name="at">Skin point.</param>
    /// <param name="depthMm">Depth along the column, mm.</param>
    public TissuePoint DepthPoint(SurfacePoint at, double depthMm)
    {
        double wanted = Math.Max(0, depthMm);
        double above = 0;
        Vector3D top = OnLevel(at, tissue.CellCount);
        for (int cell = tissue.CellCount - 1; ; cell--)
        {
            Vector3D bottom = OnLevel(at, cell);
            double height = Vector3D.Distance(top, bottom);
            if (wanted <= above + height || cell == 0)
            {
                double down = height > 0 ? Math.Min(1, (wanted - above) / height) : 0;
                return Inside(at, cell, down, Vector3D.Lerp(top, bottom, down), above + (down * height));
            }

            above += height;
            top = bottom;
        }
    }

    private TissuePoint Inside(SurfacePoint at, int cell, double down, Vector3D position, double depth)
    {
        int[] nodes = new int[6];
        double[] weights = new double[6];
        for (int corner = 0; corner < 3; corner++)
        {
            int column = Column(at, corner);
            nodes[corner] = tissue.Node(column, cell);
            nodes[corner + 3] = tissue.Node(column, cell + 1);
            weights[corner] = down * Weight(at, corner);
            weights[corner + 3] = (1 - down) * Weight(at, corner);
        }

        return new TissuePoint(position, depth, (at.Triangle * tissue.CellCount) + cell, nodes, weights);
    }

    private Vector3D OnLevel(SurfacePoint at, int level)
    {
        Vector3D sum = Vector3D.Zero;
        for (int corner = 0; corner < 3; corner++)
        {
            sum += Weight(at, corner) * tissue.Nodes[tissue.Node(Column(at, corner), level)];
        }

        return sum;
    }

    private static double Weight(SurfacePoint at, int corner) => corner switch { 0 => at.Barycentrics.X, 1 => at.Barycentrics.Y, _ => at.Barycentrics.Z };

    private int Column(SurfacePoint at, int corner) => tissue.Skin.Triangles[(3 * at.Triangle) + corner];
}
