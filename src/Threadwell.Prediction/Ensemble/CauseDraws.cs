using System.Collections.Concurrent;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The courses behind causes: pairs of draws of everything uncertain and of the choices, each with the mixed draws of its causes. To each whole pair come two of which support alone is computed.
/// </summary>
internal sealed class CauseDraws
{
    // Beside the facts a draw holds the choices: the material and the aftercare.
    private const int Choices = 2;

    // Further pairs of support for each whole one: with them their intervals come to about those of the lift, in a third of its time.
    private const int MorePairs = 2;

    // Courses of a thread between two reports.
    private const int CoursesAtOnce = 6;

    private static readonly Cause[] Causes = Enum.GetValues<Cause>();
    private static readonly int Courses = 2 + Causes.Length;
    private static readonly int Dimensions = UncertainFacts.All.Count + Choices;

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
    /// <param name="valuesOf">The numbers of a course that causes are told for.</param>
    public CauseDraws(ReducedModel model, ThreadPlan plan, FactValues facts, Func<SampleCourse, double[]> valuesOf)
    {
        (this.model, this.plan, this.facts, this.valuesOf) = (model, plan, facts, valuesOf);
        draw = new SobolSequence(2 * Dimensions, plan.Seed);
    }

    /// <summary>A pair of draws: for A, B, and A with each cause from B the values of the course, the quick estimates of its gain of support, and those of further pairs.</summary>
    /// <param name="Whole">[course][value].</param>
    /// <param name="Quick">[course].</param>
    /// <param name="More">[pair][course]; those that found no equilibrium are left out.</param>
    public sealed record Pair(double[][] Whole, double[] Quick, double[][] More);

    /// <summary>The plan with one material for all its threads.</summary>
    public static ThreadPlan Of(ThreadPlan plan, ThreadMaterial material) => plan with { Threads = [.. plan.Threads.Select(thread => thread with { Material = material })] };

    /// <summary>Draws pairs and computes them. The result does not depend on how many are computed at once.</summary>
    /// <param name="pairs">Number of whole pairs.</param>
    /// <param name="threads">Courses at once.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="enough">Ends it where it has come to.</param>
    /// <returns>Each pair that was drawn whole by then, in the order of the draw; null where a course of it found no equilibrium.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Pair?[] Run(int pairs, int threads, IProgress<CourseProgress> progress, CancellationToken cancellation, CancellationToken enough)
    {
        // A whole pair, its quick estimates, and the further pairs.
        int perPair = (2 + MorePairs) * Courses;
        var values = new double[pairs * perPair][];
        int done = 0;

        // In order and a few at a time: whoever is told of the progress may hold it up without holding up threads of others, and what is left out at the end are the last pairs.
        for (int until = 0; done < values.Length && !enough.IsCancellationRequested; done = until)
        {
            until = Math.Min(done + (CoursesAtOnce * threads), values.Length);

            // One by one: courses take so different times that shares of them would leave threads waiting.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(done, until - done), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                index => values[index] = Compute(index / perPair, index % perPair, cancellation));
            progress.Report(new CourseProgress((double)until / values.Length, $"Course {until} of {values.Length} with other values that the evidence allows"));
        }

        return [.. Enumerable.Range(0, done / perPair).Select(pair => Joined(values.AsSpan(pair * perPair, perPair)))];
    }

    private static Pair? Joined(ReadOnlySpan<double[]> values)
    {
        double[][] whole = [.. values[..Courses]], quick = [.. values[Courses..(2 * Courses)]];
        if (whole.Concat(quick).Any(course => course.Length == 0))
        {
            return null;
        }

        double[][] more = [.. values[(2 * Courses)..]];
        return new Pair(whole, [.. quick.Select(course => course[0])], [.. more.Chunk(Courses).Where(pair => pair.All(course => course.Length > 0)).Select(pair => pair.Select(course => course[0]).ToArray())]);
    }

    /// <summary>The values of a course; none where it found no equilibrium.</summary>
    private double[] Compute(int pair, int place, CancellationToken cancellation)
    {
        (int row, int course) = Math.DivRem(place, Courses);
        bool isWhole = row == 0;

        // The further pairs are points of the same sequence, beyond all that can be asked for.
        int point = row <= 1 ? pair : PredictionOptions.MostSamples + (MorePairs * pair) + row - 2;
        (ThreadPlan chosen, FactValues drawn) = Chosen(dimension => draw[point, IsOfB(course, CauseOf(dimension)) ? Dimensions + dimension : dimension]);
        if (isWhole)
        {
            return model.Sample(drawn, cancellation, chosen) is { } sample ? valuesOf(sample) : [];
        }

        cancellation.ThrowIfCancellationRequested();
        return model.SampleSupport(drawn, chosen) is var (treated, untreated) ? [SampleCourse.LargestGain(treated, untreated)] : [];
    }

    // A, B, then A with one cause from B.
    private static bool IsOfB(int course, Cause cause) => course == 1 || (course >= 2 && Causes[course - 2] == cause);

    private static Cause CauseOf(int dimension) => dimension < UncertainFacts.All.Count
        ? UncertainFacts.All[dimension].Cause
        : dimension == UncertainFacts.All.Count ? Cause.Thread : Cause.Aftercare;

    private (ThreadPlan Plan, FactValues Facts) Chosen(Func<int, double> share)
    {
        int known = UncertainFacts.All.Count;
        ThreadMaterial material = Materials[(int)(share(known) * Materials.Length)];
        AftercareAdherence adherence = Adherences[(int)(share(known + 1) * Adherences.Length)];
        return (Of(plan, material) with { Aftercare = adherence }, EnsembleRunner.Drawn(share, facts));
    }
}
