using System.Collections.Concurrent;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The courses behind causes: pairs of draws A and B of everything uncertain and of the choices, each with the mixed draws of its causes. Few pairs decide the gain of support, whose values lie far apart, but it hardly needs the mechanics of a
/// course: beside each pair its gain is computed without them, and that of two further pairs.
/// </summary>
internal sealed class CauseDraws
{
    // Beside the facts a draw holds the choices: the material and the aftercare.
    private const int Choices = 2;

    // Further pairs of support beside each pair: with them its intervals come to about those of the lift, in less time than the courses take.
    private const int MorePairs = 2;

    // Pairs of a thread of execution between two reports.
    private const int PairsAtOnce = 2;

    // The courses, their support, and that of the further pairs.
    private const int Rows = 2 + MorePairs;

    private static readonly Cause[] Causes = Enum.GetValues<Cause>();
    private static readonly int Known = UncertainFacts.All.Count;
    private static readonly int Dimensions = Known + Choices;

    private static readonly ThreadMaterial[] Materials = Enum.GetValues<ThreadMaterial>();
    private static readonly AftercareAdherence[] Adherences = Enum.GetValues<AftercareAdherence>();

    private readonly ReducedModel model;
    private readonly ThreadPlan plan;
    private readonly FactValues facts;
    private readonly SobolSequence draw;
    private readonly Func<SampleCourse, double[]> valuesOf;

    /// <summary>Prepares the draws.</summary>
    /// <param name="model">Computes courses.</param>
    /// <param name="plan">The plan; its seed is that of the draws.</param>
    /// <param name="facts">The values of the single course; those that are drawn are replaced.</param>
    /// <param name="valuesOf">What is kept of a course.</param>
    public CauseDraws(ReducedModel model, ThreadPlan plan, FactValues facts, Func<SampleCourse, double[]> valuesOf)
    {
        (this.model, this.plan, this.facts, this.valuesOf) = (model, plan, facts, valuesOf);
        draw = new SobolSequence(2 * Dimensions, plan.Seed);
    }

    /// <summary>Courses of a pair: those of A, of B, and of A with each cause from B.</summary>
    public static int Courses { get; } = 2 + Causes.Length;

    /// <summary>A pair of draws whose courses were computed.</summary>
    /// <param name="Point">Index of its point in the sequence.</param>
    /// <param name="Values">What is kept of each course: [course][value].</param>
    /// <param name="Support">Gain of support of each course without its mechanics.</param>
    /// <param name="MoreSupport">The same of further pairs: [pair][course]; those without a solution are left out.</param>
    public sealed record Pair(int Point, double[][] Values, double[] Support, double[][] MoreSupport);

    /// <summary>The plan with one material for all its threads.</summary>
    public static ThreadPlan Of(ThreadPlan plan, ThreadMaterial material) => plan with { Threads = [.. plan.Threads.Select(thread => thread with { Material = material })] };

    /// <summary>Whether a course of a pair has a cause from B: A, B, then A with one cause from B.</summary>
    /// <param name="course">Index of the course.</param>
    /// <param name="cause">The cause.</param>
    public static bool IsOfB(int course, Cause cause) => course == 1 || (course >= 2 && Causes[course - 2] == cause);

    /// <summary>Draws pairs and computes them. The result does not depend on how many are computed at once.</summary>
    /// <param name="pairs">Number of pairs.</param>
    /// <param name="threads">Courses at once.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="enough">Ends it where it has come to.</param>
    /// <returns>Each pair that was drawn by then, in the order of the draw; null where a course of it found no equilibrium.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Pair?[] Run(int pairs, int threads, IProgress<CourseProgress> progress, CancellationToken cancellation, CancellationToken enough)
    {
        var found = new List<Pair?>();

        // In order and a few at a time: whoever is told of the progress may hold it up without holding up threads of others, and what is left out at the end are the last pairs.
        while (found.Count < pairs && !enough.IsCancellationRequested)
        {
            int first = found.Count, count = Math.Min(PairsAtOnce * threads, pairs - first);
            Lazy<SkinCourse?>[] skins = [.. Enumerable.Range(0, 2 * count).Select(skin => new Lazy<SkinCourse?>(() => SkinOf(first + (skin / 2), skin % 2 == 1, cancellation)))];
            var values = new double[count * Rows * Courses][];

            // One by one: courses take so different times that shares of them would leave threads waiting.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, values.Length), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                index =>
                {
                    (int row, int course) = Math.DivRem(index, Courses);
                    (int pair, int part) = Math.DivRem(row, Rows);
                    values[index] = part == 0
                        ? Compute(first + pair, course, skins[(2 * pair) + (IsOfB(course, Cause.Skin) ? 1 : 0)], cancellation)
                        : Support(part == 1 ? first + pair : PredictionOptions.MostSamples + (MorePairs * (first + pair)) + part - 2, course, cancellation);
                });
            found.AddRange(values.Chunk(Rows * Courses).Select((row, pair) => Joined(first + pair, [.. row.Chunk(Courses)])));
            progress.Report(new CourseProgress((double)found.Count / pairs, $"Course {found.Count * Courses} of {pairs * Courses} with other values that the evidence allows"));
        }

        return [.. found];
    }

    /// <summary>The numbers that decide one draw of a point.</summary>
    /// <param name="point">Index of the point.</param>
    /// <param name="ofB">B or A.</param>
    /// <param name="timesDays">Stored times of courses, days.</param>
    public CauseInputs Inputs(int point, bool ofB, double[] timesDays)
    {
        Func<int, double> share = Share(point, _ => ofB);
        return CauseInputs.Of(share, Chosen(share), timesDays, facts);
    }

    private Func<int, double> Share(int point, Func<Cause, bool> isOfB) => dimension => draw[point, isOfB(CauseOf(dimension)) ? Dimensions + dimension : dimension];

    private SkinCourse? SkinOf(int point, bool ofB, CancellationToken cancellation) => model.Skin(EnsembleRunner.Drawn(Share(point, _ => ofB), facts), cancellation);

    /// <summary>What is kept of a course; nothing where it found no equilibrium.</summary>
    private double[] Compute(int point, int course, Lazy<SkinCourse?> skin, CancellationToken cancellation)
    {
        Func<int, double> share = Share(point, cause => IsOfB(course, cause));
        return skin.Value is { } shared && model.Sample(EnsembleRunner.Drawn(share, facts), cancellation, Chosen(share), shared) is { } sample ? valuesOf(sample) : [];
    }

    /// <summary>The gain of support of a course without its mechanics; nothing where it has no solution.</summary>
    private double[] Support(int point, int course, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Func<int, double> share = Share(point, cause => IsOfB(course, cause));
        return model.SampleSupport(EnsembleRunner.Drawn(share, facts), Chosen(share)) is var (treated, untreated) ? [SampleCourse.LargestGain(treated, untreated)] : [];
    }

    private static Pair? Joined(int point, double[][][] rows)
    {
        static bool IsWhole(double[][] row) => row.All(course => course.Length > 0);
        static double[] Gains(double[][] row) => [.. row.Select(course => course[0])];
        return IsWhole(rows[0]) && IsWhole(rows[1]) ? new Pair(point, rows[0], Gains(rows[1]), [.. rows[2..].Where(IsWhole).Select(Gains)]) : null;
    }

    private static Cause CauseOf(int dimension) => dimension < Known ? UncertainFacts.All[dimension].Cause : dimension == Known ? Cause.Thread : Cause.Aftercare;

    /// <summary>The plan with the material and the aftercare of a draw.</summary>
    private ThreadPlan Chosen(Func<int, double> share)
    {
        ThreadMaterial material = Materials[(int)(share(Known) * Materials.Length)];
        AftercareAdherence adherence = Adherences[(int)(share(Known + 1) * Adherences.Length)];
        return Of(plan, material) with { Aftercare = adherence };
    }
}
