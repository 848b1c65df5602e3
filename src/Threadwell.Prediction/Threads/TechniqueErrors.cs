using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>How the threads of a treatment come to lie otherwise than planned: deeper, askew, pulled more or less, one side more than the other (design 3.7). Without errors the plan stays as it is.</summary>
internal static class TechniqueErrors
{
    // Steeper than this a thread no longer runs along the skin.
    private const double ShallowestMm = 0.5;

    /// <summary>The plan as it is carried out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="normalAt">Outward normal of the skin at a point.</param>
    /// <param name="facts">Values to go by: the errors among them.</param>
    public static ThreadPlan Apply(ThreadPlan plan, Func<Vector3D, Vector3D> normalAt, FactValues facts)
    {
        double deeper = facts.Value("technique.depth-error", "mm");
        double gather = facts.Value("technique.gather-factor", "1");
        double askew = double.DegreesToRadians(facts.Value("technique.angle-error", "deg"));
        double side = Math.Sqrt(facts.Value("technique.side-ratio", "1"));
        if (deeper == 0 && gather == 1 && askew == 0 && side == 1)
        {
            return plan;
        }

        return plan with
        {
            Threads = [.. plan.Threads.Select(thread =>
            {
                // The patient's left lies at positive x.
                bool left = thread.Path[0].X >= 0;
                double pulled = gather * (left ? side : 1 / side);
                return thread with
                {
                    DepthMm = Math.Max(ShallowestMm, thread.DepthMm + deeper),
                    GatherMm = thread.GatherMm * pulled,
                    PullN = thread.PullN * pulled,
                    Path = askew == 0 ? thread.Path : Turned(thread.Path, normalAt(thread.Path[0]), left ? askew : -askew),
                };
            })],
        };
    }

    private static Vector3D[] Turned(IReadOnlyList<Vector3D> path, Vector3D axis, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        return [.. path.Select(point =>
        {
            Vector3D from = point - path[0];
            return path[0] + (cosine * from) + (sine * Vector3D.Cross(axis, from)) + ((1 - cosine) * Vector3D.Dot(axis, from) * axis);
        })];
    }
}
