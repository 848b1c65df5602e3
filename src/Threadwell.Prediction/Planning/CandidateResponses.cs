using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Finds how each candidate alone moves the tissue, and how much of one candidate's gather another gives it.</summary>
/// <param name="preview">The tissue.</param>
/// <param name="empty">The plan without its threads.</param>
/// <param name="wish">The wish.</param>
internal sealed class CandidateResponses(LiftPreview preview, ThreadPlan empty, IReadOnlyList<LiftWish> wish)
{
    private readonly List<PlanCandidate> candidates = [];
    private readonly List<float[]> fields = [];
    private readonly List<Gauge[]> gauges = [];

    /// <summary>The candidates that were found an equilibrium.</summary>
    public IReadOnlyList<PlanCandidate> Candidates => candidates;

    /// <summary>Solves a candidate alone; one without an equilibrium is left out.</summary>
    public void Add(PlanCandidate candidate, CancellationToken cancellation)
    {
        try
        {
            PreviewResponse response = preview.Respond(empty with { Threads = candidate.Threads }, cancellation);
            if (response.Definitions.Length < candidate.Threads.Count || Lifts(response.Result, wish) is not { } lifts)
            {
                return;
            }

            candidate.LiftMm = lifts;
            candidate.BarbLoad = BarbLoad(response.Result);
            candidate.Dimpling = response.Result.DimplingRisk;
            candidates.Add(candidate);
            fields.Add(Field(response.Equilibrium));
            gauges.Add([.. response.Definitions.Zip(response.Equilibrium.Threads, GaugeOf)]);
        }
        catch (PreviewException)
        {
            // Such a thread is no choice.
        }
    }

    /// <summary>S_ij of <see cref="Superposition"/>: the mean over the sides.</summary>
    public double[][] Coupling() => [.. gauges.Select(own => fields.Select(field => own.Average(gauge => gauge.Read(field))).ToArray())];

    /// <summary>Share of the gather that lifts nothing (<see cref="Superposition"/>), from the candidate that lifts most when it is gathered by half as much.</summary>
    public double Slack(CancellationToken cancellation)
    {
        const double Part = 0.5;

        if (candidates.Count == 0)
        {
            return 0;
        }

        PlanCandidate most = candidates.MaxBy(candidate => candidate.LiftMm.Max())!;
        int target = Array.IndexOf(most.LiftMm, most.LiftMm.Max());
        PlannedThread[] eased = [.. most.Threads.Select(thread => thread with { GatherMm = Part * thread.GatherMm })];
        try
        {
            double left = most.LiftMm[target] > 0 && Lifts(preview.Respond(empty with { Threads = eased }, cancellation).Result, wish) is { } lifts ? lifts[target] / most.LiftMm[target] : Part;
            return left is > 0 and < Part ? (Part - left) / (1 - left) : 0;
        }
        catch (PreviewException)
        {
            // The search goes on as if every gather lifted.
            return 0;
        }
    }

    /// <summary>Lifts in the order of the wish; null where a landmark lies off the tissue.</summary>
    public static double[]? Lifts(PreviewResult result, IReadOnlyList<LiftWish> wish)
    {
        var lifts = new double[wish.Count];
        for (int target = 0; target < lifts.Length; target++)
        {
            int at = Enumerable.Range(0, result.Lifts.Count).FirstOrDefault(index => result.Lifts[index].Name == wish[target].Landmark, -1);
            if (at < 0)
            {
                return null;
            }

            lifts[target] = result.Lifts[at].LiftMm;
        }

        return lifts;
    }

    /// <summary>The largest share of its holding force that a barb carries.</summary>
    public static double BarbLoad(PreviewResult result) => result.Threads.Select(BarbLoad).DefaultIfEmpty(0).Max();

    /// <summary>The same of one thread; 1 while a barb slips, or where the thread holds nowhere.</summary>
    public static double BarbLoad(ThreadPreview thread) => thread.PulledThrough ? 1
        : thread.Barbs.Where(barb => barb.LoadN != 0).Select(barb => Math.Abs(barb.LoadN) / (Math.Abs(barb.LoadN) + barb.MarginN)).DefaultIfEmpty(0).Max();

    private static float[] Field(ThreadEquilibrium equilibrium)
    {
        var field = new float[equilibrium.Displacement.Length];
        for (int component = 0; component < field.Length; component++)
        {
            field[component] = (float)(equilibrium.Displacement[component] - equilibrium.Untreated[component]);
        }

        return field;
    }

    /// <summary>
    /// How much a displacement shortens a thread, weighted with the loads of its own barbs: what the lone equilibrium's loads would do work on. As a share of the gather, weighted likewise.
    /// </summary>
    private static Gauge GaugeOf(ThreadDefinition definition, ThreadReport report)
    {
        double gather = 0;
        for (int segment = 0; segment < report.TensionN.Length; segment++)
        {
            gather += report.TensionN[segment] * (definition.GatherMm?[segment] ?? 0);
        }

        return new Gauge([.. report.Barbs.Select(barb => (definition.Weights[barb.Station], -barb.LoadN / gather * Tangent(definition, barb.Station)))]);
    }

    private static Vector3D Tangent(ThreadDefinition definition, int station)
    {
        int before = Math.Max(0, station - 1), after = Math.Min(definition.Weights.Length - 1, station + 1);
        return (definition.Weights[after].Point - definition.Weights[before].Point).Normalized();
    }

    private sealed record Gauge((KernelWeights Kernel, Vector3D Along)[] Barbs)
    {
        public double Read(float[] field)
        {
            double sum = 0;
            foreach ((KernelWeights kernel, Vector3D along) in Barbs)
            {
                Vector3D moved = Vector3D.Zero;
                for (int entry = 0; entry < kernel.Nodes.Length; entry++)
                {
                    int first = 3 * kernel.Nodes[entry];
                    moved += kernel.Values[entry] * new Vector3D(field[first], field[first + 1], field[first + 2]);
                }

                sum += Vector3D.Dot(moved, along);
            }

            return sum;
        }
    }
}
