using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>Shape of the wedges of a layered tissue.</summary>
/// <param name="SmallestScaledJacobian">Smallest scaled Jacobian of all wedges; 1 is the right prism on an equilateral triangle, 0 is flat, below 0 is turned inside out.</param>
/// <param name="WorstWedge">Wedge that has it: triangle x cell count + cell.</param>
/// <param name="WorstPlace">Centre of that wedge, mm.</param>
/// <param name="LargestAspectRatio">Longest edge of a wedge over its shortest, at its largest; thin layers make it large without harm.</param>
public sealed record TissueQualityReport(double SmallestScaledJacobian, int WorstWedge, Vector3D WorstPlace, double LargestAspectRatio);

/// <summary>
/// Shape measures of wedges. The scaled Jacobian at a corner is the volume spanned by the three unit edges that meet there, times
/// 2/sqrt(3), so that the corner of a right prism on an equilateral triangle has 1; a wedge has the smallest of its six corners
/// (Knupp 2000; the usual definition of mesh quality libraries). It depends on angles alone, not on how thin a layer is.
/// </summary>
public static class TissueQuality
{
    private const double EquilateralFactor = 1.1547005383792515;

    /// <summary>Smallest scaled Jacobian over all wedges of a tissue.</summary>
    public static double SmallestScaledJacobian(LayeredTissue tissue) => Measure(tissue).SmallestScaledJacobian;

    /// <summary>Measures all wedges of a tissue.</summary>
    public static TissueQualityReport Measure(LayeredTissue tissue)
    {
        ArgumentNullException.ThrowIfNull(tissue);
        double smallest = double.PositiveInfinity;
        double aspect = 1;
        int worst = -1;
        Span<Vector3D> corners = stackalloc Vector3D[6];
        for (int triangle = 0; triangle < tissue.Skin.TriangleCount; triangle++)
        {
            for (int cell = 0; cell < tissue.CellCount; cell++)
            {
                Corners(tissue, triangle, cell, corners);
                double quality = ScaledJacobian(corners);
                if (!(quality >= smallest))
                {
                    smallest = quality;
                    worst = (triangle * tissue.CellCount) + cell;
                }

                aspect = Math.Max(aspect, AspectRatio(corners));
            }
        }

        Vector3D place = Vector3D.Zero;
        if (worst >= 0)
        {
            Corners(tissue, worst / tissue.CellCount, worst % tissue.CellCount, corners);
            place = (corners[0] + corners[1] + corners[2] + corners[3] + corners[4] + corners[5]) / 6;
        }

        return new TissueQualityReport(smallest, worst, place, aspect);
    }

    /// <summary>Scaled Jacobian of one wedge.</summary>
    /// <param name="corners">Six corners: deep triangle, then the triangle towards the skin, both counter-clockwise seen from the skin.</param>
    public static double ScaledJacobian(ReadOnlySpan<Vector3D> corners)
    {
        double smallest = double.PositiveInfinity;
        for (int corner = 0; corner < 3; corner++)
        {
            int next = (corner + 1) % 3;
            int previous = (corner + 2) % 3;
            Vector3D up = corners[corner + 3] - corners[corner];
            double deep = Corner(corners[next] - corners[corner], corners[previous] - corners[corner], up);
            double top = Corner(corners[next + 3] - corners[corner + 3], corners[previous + 3] - corners[corner + 3], up);
            smallest = Math.Min(smallest, Math.Min(deep, top));
        }

        return smallest;
    }

    /// <summary>Longest edge of a wedge over its shortest.</summary>
    /// <param name="corners">Six corners as for <see cref="ScaledJacobian"/>.</param>
    public static double AspectRatio(ReadOnlySpan<Vector3D> corners)
    {
        double shortest = double.PositiveInfinity;
        double longest = 0;
        for (int corner = 0; corner < 3; corner++)
        {
            int next = (corner + 1) % 3;
            double deep = Vector3D.Distance(corners[corner], corners[next]);
            double top = Vector3D.Distance(corners[corner + 3], corners[next + 3]);
            double up = Vector3D.Distance(corners[corner], corners[corner + 3]);
            shortest = Math.Min(shortest, Math.Min(up, Math.Min(deep, top)));
            longest = Math.Max(longest, Math.Max(up, Math.Max(deep, top)));
        }

        return longest / shortest;
    }

    private static void Corners(LayeredTissue tissue, int triangle, int cell, Span<Vector3D> corners)
    {
        for (int corner = 0; corner < 3; corner++)
        {
            int column = tissue.Skin.Triangles[(3 * triangle) + corner];
            corners[corner] = tissue.Nodes[tissue.Node(column, cell)];
            corners[corner + 3] = tissue.Nodes[tissue.Node(column, cell + 1)];
        }
    }

    private static double Corner(Vector3D towardsNext, Vector3D towardsPrevious, Vector3D up)
    {
        double lengths = Math.Sqrt(towardsNext.LengthSquared * towardsPrevious.LengthSquared * up.LengthSquared);
        return lengths > 0 ? EquilateralFactor * Vector3D.Dot(Vector3D.Cross(towardsNext, towardsPrevious), up) / lengths : 0;
    }
}
