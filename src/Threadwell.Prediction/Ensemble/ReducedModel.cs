using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The model on a coarser mesh and fewer stored times, quick enough for many courses. What it says of other values is carried over to the single course on the full mesh: lifts are scaled
/// to that course's lift on day 0, and the difference from the reduced course with the catalogue's values is added to the full one.
/// </summary>
internal sealed class ReducedModel
{
    // Lifts below this say nothing about the ratio of two meshes, mm.
    private const double SmallestLiftMm = 0.05;

    // Far below what the mesh costs.
    private const double Tolerance = 1e-3;

    private const int StoredTimes = 14;

    // Of support alone, of which many more courses are computed.
    private const int StoredTimesOfSupport = 7;

    private readonly ThreadPlan plan;
    private readonly AftercareHabits? habits;
    private readonly LayeredTissue tissue;
    private readonly double[] fullTimes;
    private readonly double[] timesDays;
    private readonly SampleCourse full;
    private readonly SampleCourse middle;
    private readonly double[] scale;
    private readonly double[] supportTimesDays;
    private readonly Lazy<(double[] Treated, double[] Untreated)> middleSupport;

    /// <summary>Computes the reduced course with the values of the single course, against which all others are set.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The coarser tissue.</param>
    /// <param name="full">The single course.</param>
    /// <param name="fullTimes">Stored times of the single course, days.</param>
    /// <param name="options">How the single course was computed: its values, habits and threads of execution.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ReducedModel(ThreadPlan plan, LayeredTissue tissue, SampleCourse full, double[] fullTimes, PredictionOptions options, CancellationToken cancellation)
    {
        (this.plan, habits, this.tissue, this.full, this.fullTimes) = (plan, options.Habits, tissue, full, fullTimes);
        timesDays = CourseTimes.Fewer(fullTimes, [.. full.LiftMm, full.Support], StoredTimes);
        middle = Compute(plan, habits, options.Facts, options.Threads, cancellation);
        scale = [.. full.LiftMm.Zip(middle.LiftMm, (fine, coarse) => Math.Abs(coarse[0]) < SmallestLiftMm ? 1 : fine[0] / coarse[0])];
        supportTimesDays = CourseTimes.Fewer(fullTimes, [full.Support, full.UntreatedSupport], StoredTimesOfSupport);
        middleSupport = new(() => CourseComputation.SupportOf(plan, tissue, supportTimesDays, options, Solver(options.Threads)));
    }

    /// <summary>What a prediction says of the model that its bands come from.</summary>
    public ReducedModelFacts Facts
    {
        get
        {
            double lift = 0, support = 0;
            for (int time = 0; time < timesDays.Length; time++)
            {
                int at = Array.IndexOf(fullTimes, timesDays[time]);
                for (int target = 0; target < scale.Length; target++)
                {
                    lift = Math.Max(lift, Math.Abs(full.LiftMm[target][at] - (scale[target] * middle.LiftMm[target][time])));
                }

                support = Math.Max(support, Math.Max(Math.Abs(full.Support[at] - middle.Support[time]), Math.Abs(full.UntreatedSupport[at] - middle.UntreatedSupport[time])));
            }

            return new ReducedModelFacts
            {
                Nodes = tissue.ColumnCount * tissue.LevelCount,
                EdgeLengthMm = tissue.EdgeLengthMm,
                LiftScaleError = scale.Max(ratio => Math.Abs(ratio - 1)),
                LiftErrorMm = lift,
                SupportError = support,
            };
        }
    }

    /// <summary>The course with other values, at the stored times of the single course.</summary>
    /// <param name="facts">Values to go by.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="otherwise">A plan with other threads' materials, aftercare or habits in the place of the model's own; null for that.</param>
    /// <param name="skin">What it owes to the skin alone (<see cref="Skin"/>); null where it is computed with it.</param>
    /// <returns>The course; null where it has no solution.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SampleCourse? Sample(FactValues facts, CancellationToken cancellation, ThreadPlan? otherwise = null, SkinCourse? skin = null)
    {
        try
        {
            SampleCourse sample = Compute(otherwise ?? plan, otherwise is null ? habits : null, facts, threads: 1, cancellation, skin);
            return new SampleCourse(
                [.. full.LiftMm.Select((curve, target) => Shifted(curve, timesDays, sample.LiftMm[target], middle.LiftMm[target], scale[target]))],
                [.. full.UntreatedMm.Select((curve, target) => Shifted(curve, timesDays, sample.UntreatedMm[target], middle.UntreatedMm[target], 1))],
                Shifted(full.Support, timesDays, sample.Support, middle.Support, 1),
                Shifted(full.UntreatedSupport, timesDays, sample.UntreatedSupport, middle.UntreatedSupport, 1));
        }
        catch (Exception error) when (CourseFailure.IsOfTheValues(error))
        {
            return null;
        }
    }

    /// <summary>What courses with these values owe to the skin alone, for all that differ in nothing of it.</summary>
    /// <param name="facts">Values to go by; those that are not the skin's do not matter.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>It; null where it has no solution.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SkinCourse? Skin(FactValues facts, CancellationToken cancellation)
    {
        try
        {
            return SkinCourse.Of(plan, tissue, timesDays, new PredictionOptions { Threads = 1, Facts = facts }, Solver(threads: 1), cancellation);
        }
        catch (Exception error) when (CourseFailure.IsOfTheValues(error))
        {
            return null;
        }
    }

    /// <summary>Support of the course with other values, without its mechanics (<see cref="CourseComputation.SupportOf"/>) and at fewer times.</summary>
    /// <param name="facts">Values to go by.</param>
    /// <param name="of">The plan, with other materials or aftercare than the model's own.</param>
    /// <returns>Both curves at the stored times of the single course; null where it has no solution.</returns>
    public (double[] Treated, double[] Untreated)? SampleSupport(FactValues facts, ThreadPlan of)
    {
        try
        {
            (double[] treated, double[] untreated) = CourseComputation.SupportOf(of, tissue, supportTimesDays, new PredictionOptions { Threads = 1, Facts = facts }, Solver(threads: 1));
            return (Shifted(full.Support, supportTimesDays, treated, middleSupport.Value.Treated, 1), Shifted(full.UntreatedSupport, supportTimesDays, untreated, middleSupport.Value.Untreated, 1));
        }
        catch (Exception error) when (CourseFailure.IsOfTheValues(error))
        {
            return null;
        }
    }

    private SampleCourse Compute(ThreadPlan of, AftercareHabits? kept, FactValues facts, int threads, CancellationToken cancellation, SkinCourse? skin = null)
    {
        var options = new PredictionOptions { Threads = threads, Facts = facts, Habits = kept };
        CourseComputation both = CourseComputation.Run(of, tissue, timesDays, options, Solver(threads), null, cancellation, skin);
        return SampleCourse.Of(LandmarkLift.Of(of, tissue, both.Treated, both.Untreated, "plan"), both.Support, both.UntreatedSupport);
    }

    private static EquilibriumOptions Solver(int threads) => new() { Threads = threads, Tolerance = Tolerance };

    private double[] Shifted(double[] curve, double[] timesDays, double[] sample, double[] against, double factor)
    {
        var shifted = new double[curve.Length];
        int next = 1;
        for (int time = 0; time < curve.Length; time++)
        {
            while (next + 1 < timesDays.Length && timesDays[next] < fullTimes[time])
            {
                next++;
            }

            double share = timesDays.Length == 1 ? 0 : Math.Clamp((fullTimes[time] - timesDays[next - 1]) / (timesDays[next] - timesDays[next - 1]), 0, 1);
            double before = sample[next - 1] - against[next - 1];
            double after = timesDays.Length == 1 ? before : sample[next] - against[next];
            shifted[time] = curve[time] + (factor * (before + (share * (after - before))));
        }

        return shifted;
    }
}
