namespace Threadwell.Geometry;

/// <summary>
/// Repairs a surface so that it can be planned on: one connected part, manifold, wound outwards, without degenerate or repeated faces,
/// small holes closed, measurement noise smoothed. What cannot be repaired is refused with its place.
/// </summary>
public static class MeshCleaner
{
    private const double LeastArea = 1000;
    private const int LeastTriangles = 50;

    // Each pass removes what it finds; a fold or two is gone after the first.
    private const int TwistPasses = 5;

    /// <summary>Repairs a surface in millimetres and the patient frame.</summary>
    /// <param name="mesh">Any triangles.</param>
    /// <param name="source">What messages call it.</param>
    /// <returns>The repaired surface and a sentence for each thing that was done.</returns>
    /// <exception cref="InvalidInputException">The surface cannot be repaired.</exception>
    public static (TriangleMesh Mesh, IReadOnlyList<string> Remarks) Clean(TriangleMesh mesh, string source)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        int[] numbers = new int[mesh.TriangleCount];
        for (int triangle = 0; triangle < numbers.Length; triangle++)
        {
            numbers[triangle] = triangle + 1;
            for (int corner = 3 * triangle; corner < (3 * triangle) + 3; corner++)
            {
                if (!mesh.Positions[mesh.Triangles[corner]].IsFinite)
                {
                    throw new InvalidInputException(source, $"vertex {mesh.Triangles[corner] + 1}", "the position is not finite");
                }
            }
        }

        var draft = new SurfaceDraft(source, mesh.Positions, mesh.Triangles, numbers);
        VertexWelder.Weld(draft);
        Clean(draft, smoothsNoise: true);
        return (draft.ToMesh(), draft.Remarks);
    }

    /// <summary>Repairs a welded draft in place.</summary>
    internal static void Clean(SurfaceDraft draft, bool smoothsNoise)
    {
        FaceSanitiser.Sanitise(draft);
        ManifoldCutter.Cut(draft);
        RequireSubstance(draft);
        PartSelector.KeepLargest(draft);
        for (int pass = 0; pass < TwistPasses && Orienter.RemoveTwists(draft); pass++)
        {
            ManifoldCutter.Cut(draft);
            PartSelector.KeepLargest(draft);
        }

        draft.DropUnusedVertices();
        Orienter.Orient(draft);
        RequireSubstance(draft);
        int firstInner = HoleFiller.Fill(draft);
        NoiseFilter.Run(draft, smoothsNoise);

        // Last, because the patches continue the slope of their rims: noise there would make them bulge.
        if (firstInner < draft.Positions.Length)
        {
            PatchFairing.Fair(new SurfaceTopology(draft.ToMesh()), firstInner);
        }
    }

    private static void RequireSubstance(SurfaceDraft draft)
    {
        double area = draft.TotalArea();
        if (draft.TriangleCount < LeastTriangles || !(area >= LeastArea))
        {
            throw new InvalidInputException(
                draft.Source,
                place: null,
                $"only {draft.TriangleCount} usable faces with {area:0} mm² in one part; at least {LeastTriangles} and {LeastArea:0} mm² are needed");
        }
    }
}
