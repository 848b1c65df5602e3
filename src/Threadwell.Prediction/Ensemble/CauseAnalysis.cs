using System.Text.Json;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction;

/// <summary>
/// What decides the result of a plan: grouped Sobol indices of the four causes of mission M5, over the uncertain facts of each and the choices that belong to it (which absorbable material, how far the aftercare
/// is followed), and the same patient with one thing changed.
/// </summary>
public static class CauseAnalysis
{
    /// <summary>Pairs of draws with which intervals come to less than a tenth either side in every area (<c>docs/theory/uncertainty.md</c>), in three to eight minutes of two cores.</summary>
    public const int UsualSamples = 192;

    private const double MonthsOfYear = 12;

    private static readonly ThreadMaterial[] Materials = Enum.GetValues<ThreadMaterial>();
    private static readonly AftercareAdherence[] Adherences = Enum.GetValues<AftercareAdherence>();

    /// <summary>Computes the causes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scan">The scan, mm, patient frame.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How courses are computed; its samples are the pairs of draws.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="enough">Ends the draws where they have come to: what was drawn whole by then is what is told.</param>
    /// <exception cref="InvalidInputException">The plan does not fit the scan, the pairs are too few, or hardly any course found its equilibria.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CauseDocument Run(
        ThreadPlan plan, TriangleMesh scan, string source, PredictionOptions options, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default, CancellationToken enough = default)
    {
        const double ShareOfSingle = 0.05, ShareOfIndices = 0.03;

        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        PredictionOptions.CheckSamples(options.Samples);
        ArgumentOutOfRangeException.ThrowIfZero(options.Samples, nameof(options));
        CoursePrediction single = CoursePredictor.Predict(plan, scan, source, options with { Samples = 0 }, new ProgressPart(progress, 0, ShareOfSingle), cancellation);
        PredictionDocument document = single.Document;
        SampleCourse curves = SampleCourse.Of(document.Landmarks, [.. document.SupportIndex], [.. document.UntreatedSupportIndex]);
        ReducedModel model = CoursePredictor.Reduce(plan, scan, source, options, single.Tissue, curves, cancellation);
        CauseOutcome[] outcomes = [.. Enum.GetValues<CauseOutcome>().Where(outcome => outcome != CauseOutcome.LiftAfterYear || options.Months >= MonthsOfYear)];

        // First, so that the draws take whatever time is left.
        WhatIf[] changed = [.. Changes(plan).Select(change => Told(change.Name, model.Sample(options.Facts, cancellation, change.Plan), document)).OfType<WhatIf>()];
        var draws = new CauseDraws(model, plan, options.Facts, NumbersOf);
        CauseDraws.Pair?[] pairs = draws.Run(options.Samples, options.Threads, new ProgressPart(progress, ShareOfSingle, 1 - ShareOfSingle - ShareOfIndices), cancellation, enough);
        if (pairs.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"the time was over after {pairs.Length} of {options.Samples} draws, too few to tell causes: ask again when the machine has less to do.");
        }

        CauseDraws.Pair[] found = [.. pairs.OfType<CauseDraws.Pair>()];
        if (found.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"only {found.Length} of {options.Samples} draws found an equilibrium: the causes of this plan cannot be told.");
        }

        double[] timesDays = [.. document.TimesDays];
        CauseDraws.Pair[] lifts = [.. found.Select(pair => pair with { Values = [.. pair.Values.Select(course => course[..^1])] })];
        ForetoldPairs? foretold = found.Length < ForetoldPairs.FewestPairs ? null : ForetoldPairs.Of(draws, lifts, timesDays, options.Threads, cancellation);
        double[][] Lifts(IEnumerable<double[][]> curves, CauseOutcome outcome) => [.. curves.Select(pair => pair.Select(course => LiftOf(outcome, course, timesDays)).ToArray())];
        double[][] gains = [.. found.Select(pair => pair.Values.Select(course => course[^1]).ToArray())], quick = [.. found.Select(pair => pair.Support)];
        var told = new OutcomeCauses[outcomes.Length];
        Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, index =>
        {
            CauseOutcome outcome = outcomes[index];
            double[][] values = outcome == CauseOutcome.SupportGain ? gains : Lifts(lifts.Select(pair => pair.Values), outcome);
            told[index] = (outcome, foretold) switch
            {
                (CauseOutcome.SupportGain, _) => CauseIndices.Of(outcome, values, quick, [.. quick, .. found.SelectMany(pair => pair.MoreSupport)], plan.Seed),
                (_, null) => CauseIndices.Of(outcome, values, plan.Seed),
                _ => CauseIndices.Of(outcome, values, Lifts(foretold.Own, outcome), Lifts(foretold.Further, outcome), plan.Seed),
            };
        });
        return new CauseDocument
        {
            ModelVersion = CoursePredictor.ModelVersion,
            InputSha256 = PredictionFile.InputSha256(plan, options.Months, options.Facts),
            Months = options.Months,
            Asked = options.Samples,
            Samples = found.Length,
            Failed = pairs.Length - found.Length,
            Outcomes = told,
            WhatIf = changed,
            ReducedModel = model.Facts,
        };
    }

    // What is kept of a course: the mean lift at each stored time, and the largest gain of support.
    private static double[] NumbersOf(SampleCourse sample) =>
        [.. Enumerable.Range(0, sample.Support.Length).Select(time => sample.LiftMm.Average(curve => curve[time])), SampleCourse.LargestGain(sample.Support, sample.UntreatedSupport)];

    private static double LiftOf(CauseOutcome outcome, double[] liftMm, double[] timesDays) => outcome switch
    {
        CauseOutcome.LiftNow => liftMm[0],
        CauseOutcome.LiftAfterYear => AfterYear(liftMm, timesDays),
        CauseOutcome.LiftHalfLife => CourseSummary.HalfLifeMonths(timesDays, liftMm) ?? (timesDays[^1] / CourseTimes.DaysPerMonth),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static PredictionSummary SummaryOf(SampleCourse sample, PredictionDocument single) => CourseSummary.Of(
        single.TimesDays,
        [.. single.Landmarks.Select((landmark, target) => landmark with { LiftMm = sample.LiftMm[target], UntreatedMm = sample.UntreatedMm[target] })],
        sample.Support,
        sample.UntreatedSupport);

    private static double AfterYear(double[] liftMm, IReadOnlyList<double> timesDays) => CourseTimes.At(liftMm, timesDays, Math.Min(MonthsOfYear * CourseTimes.DaysPerMonth, timesDays[^1]));

    /// <summary>The plan as it is, each other material, each other degree of aftercare, and the other answer to smoking.</summary>
    private static IEnumerable<(string Name, ThreadPlan Plan)> Changes(ThreadPlan plan)
    {
        yield return ("asPlanned", plan);
        foreach (ThreadMaterial material in Materials.Where(material => plan.Threads.Any(thread => thread.Material != material)))
        {
            yield return ($"material:{material.ToString().ToUpperInvariant()}", CauseDraws.Of(plan, material));
        }

        foreach (AftercareAdherence adherence in Adherences.Where(adherence => adherence != plan.Aftercare))
        {
            yield return ($"aftercare:{JsonNamingPolicy.CamelCase.ConvertName(adherence.ToString())}", plan with { Aftercare = adherence });
        }

        yield return ($"smoker:{(plan.Patient.Smoker ? "false" : "true")}", plan with { Patient = plan.Patient with { Smoker = !plan.Patient.Smoker } });
    }

    private static WhatIf? Told(string change, SampleCourse? sample, PredictionDocument single) => sample is null
        ? null
        : new WhatIf
        {
            Change = change,
            Summary = SummaryOf(sample, single),
            LiftAfterYearMm = single.Summary.SimulatedMonths >= MonthsOfYear ? AfterYear(NumbersOf(sample)[..^1], single.TimesDays) : null,
            SupportGain = SampleCourse.LargestGain(sample.Support, sample.UntreatedSupport),
        };
}
