using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>How near a plan brings the skin to showing dimples on the day of treatment.</summary>
internal static class PlanDimpling
{
    private const double SquareMillimetresPerSquareCentimetre = 100;

    /// <summary>Measures it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="displacement">Displacement of each vertex of the tissue's skin on day 0, mm.</param>
    /// <returns>The largest value over the skin, and whose it is; null for a plan without threads.</returns>
    public static DimplingDocument? Of(ThreadPlan plan, LayeredTissue tissue, Vector3D[] displacement)
    {
        if (plan.Threads.Count == 0)
        {
            return null;
        }

        TriangleMesh skin = tissue.Skin;
        double[] risk = SkinDimplingLimits.FromEvidence().Risk(skin, [.. displacement.SelectMany(moved => new[] { moved.X, moved.Y, moved.Z })], tissue.EdgeLengthMm);
        int worst = 0;
        for (int vertex = 1; vertex < risk.Length; vertex++)
        {
            worst = risk[vertex] > risk[worst] ? vertex : worst;
        }

        Vector3D at = skin.Positions[worst];
        return new DimplingDocument
        {
            Largest = risk[worst],
            At = at,
            Thread = plan.Threads.MinBy(thread => Polyline.NearestTo(thread.Path, at).Distance)!.Id,
            AreaBeyondLimitCm2 = AreaBeyondLimit(skin, risk) / SquareMillimetresPerSquareCentimetre,
        };
    }

    /// <summary>What is said where dimples may show.</summary>
    public static IEnumerable<string> Warnings(DimplingDocument? dimpling)
    {
        if (dimpling is { Largest: > 1 })
        {
            yield return $"Dimples may show near thread {dimpling.Thread} on the day of treatment: the skin is hollowed or gathered to {dimpling.Largest:0.00} times what begins to show (A-370, A-371: assumptions); a smaller gather or a deeper path lessens that.";
        }
    }

    // A triangle counts by the share of its corners beyond the limit.
    private static double AreaBeyondLimit(TriangleMesh skin, double[] risk)
    {
        double area = 0;
        for (int triangle = 0; triangle < skin.TriangleCount; triangle++)
        {
            int a = skin.Triangles[3 * triangle], b = skin.Triangles[(3 * triangle) + 1], c = skin.Triangles[(3 * triangle) + 2];
            double whole = Vector3D.Cross(skin.Positions[b] - skin.Positions[a], skin.Positions[c] - skin.Positions[a]).Length / 2;
            area += whole * ((risk[a] > 1 ? 1 : 0) + (risk[b] > 1 ? 1 : 0) + (risk[c] > 1 ? 1 : 0)) / 3;
        }

        return area;
    }
}
