using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction;

/// <summary>
/// What decides the result of a plan: grouped Sobol indices of the four causes of mission M5, over the uncertain facts of each and the choices that belong to it (which absorbable material, how far the aftercare
/// is followed), and the same patient with one thing changed.
/// </summary>
/// <remarks>
/// Two independent draws A and B of everything, and for each cause a third in which only its own numbers come from B (Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018). The first-order index is
/// 1 - E(f_B - f_AB)² / 2V, the total index E(f_A - f_AB)² / 2V (Jansen 1999, doi 10.1016/S0010-4655(98)00154-4). Intervals are percentiles of a bootstrap over the pairs of draws.
/// </remarks>
public static class CauseAnalysis
{
    /// <summary>Pairs of draws with which intervals come to about a tenth either side.</summary>
    public const int UsualSamples = 208;

    private const int Resamples = 1000;

    // Courses of a thread between two reports.
    private const int CoursesAtOnce = 6;
    private const double MonthsOfYear = 12;

    // Beside the facts a draw holds the choices: the material and the aftercare.
    private const int Choices = 2;

    private static readonly Cause[] Causes = Enum.GetValues<Cause>();
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
        const double ShareOfSingle = 0.05;

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
        double[][]?[] values = Draw(model, plan, document, options, outcomes, new ProgressPart(progress, ShareOfSingle, 1 - ShareOfSingle), cancellation, enough);
        if (values.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"the time was over after {values.Length} of {options.Samples} draws, too few to tell causes: ask again when the machine has less to do.");
        }

        double[][][] found = [.. values.OfType<double[][]>()];
        if (found.Length < PredictionOptions.FewestSamples)
        {
            throw new InvalidInputException(source, null, $"only {found.Length} of {options.Samples} draws found an equilibrium: the causes of this plan cannot be told.");
        }

        return new CauseDocument
        {
            ModelVersion = CoursePredictor.ModelVersion,
            InputSha256 = PredictionFile.InputSha256(plan, options.Months, options.Facts),
            Months = options.Months,
            Asked = options.Samples,
            Samples = found.Length,
            Failed = values.Length - found.Length,
            Outcomes = [.. outcomes.Select((outcome, index) => Indices(outcome, [.. found.Select(pair => pair.Select(course => course[index]).ToArray())], plan.Seed))],
            WhatIf = changed,
            ReducedModel = model.Facts,
        };
    }

    /// <summary>Sobol indices of one outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="pairs">For each pair of draws: the value of A, of B, and of A with each cause from B.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    internal static OutcomeCauses Indices(CauseOutcome outcome, double[][] pairs, int seed)
    {
        int[] all = [.. Enumerable.Range(0, pairs.Length)];
        var random = new Random(seed);
        double[][] resampled = [.. Enumerable.Range(0, Resamples).Select(_ =>
        {
            int[] rows = [.. all.Select(_ => random.Next(pairs.Length))];
            return Causes.Select((_, cause) => Total(pairs, rows, cause)).ToArray();
        })];
        (double mean, double variance) = Moments(pairs, all);
        return new OutcomeCauses
        {
            Outcome = outcome,
            Mean = mean,
            StandardDeviation = Math.Sqrt(variance),
            Causes = [.. Causes.Select((cause, index) =>
            {
                double[] sorted = [.. resampled.Select(totals => totals[index]).Order()];
                return new CauseShare
                {
                    Cause = cause,
                    Alone = variance == 0 ? 0 : 1 - (pairs.Average(pair => Square(pair[1] - pair[2 + index])) / (2 * variance)),
                    Total = Total(pairs, all, index),
                    TotalLow = sorted[(int)(0.05 * Resamples)],
                    TotalHigh = sorted[(int)(0.95 * Resamples)],
                };
            })],
        };
    }

    private static double Total(double[][] pairs, int[] rows, int cause)
    {
        (_, double variance) = Moments(pairs, rows);
        return variance == 0 ? 0 : rows.Average(row => Square(pairs[row][0] - pairs[row][2 + cause])) / (2 * variance);
    }

    // The variance is the mean of two estimates: deviations from the mean, and half of the squared differences within pairs. The second goes up and down with the numerators of the indices,
    // so that their ratio scatters a quarter less than with the first alone.
    private static (double Mean, double Variance) Moments(double[][] pairs, int[] rows)
    {
        double mean = rows.Average(row => 0.5 * (pairs[row][0] + pairs[row][1]));
        double byDeviations = rows.Average(row => 0.5 * (Square(pairs[row][0] - mean) + Square(pairs[row][1] - mean)));
        double byPairs = 0.5 * rows.Average(row => Square(pairs[row][0] - pairs[row][1]));
        return (mean, 0.5 * (byDeviations + byPairs));
    }

    private static double Square(double value) => value * value;

    /// <summary>Values of every outcome for each course of each pair that was drawn: [pair][course][outcome]; null where a course of the pair found no equilibrium.</summary>
    private static double[][]?[] Draw(
        ReducedModel model, ThreadPlan plan, PredictionDocument single, PredictionOptions options, CauseOutcome[] outcomes, IProgress<CourseProgress> progress, CancellationToken cancellation, CancellationToken enough)
    {
        int dimensions = UncertainFacts.All.Count + Choices;
        var draw = new SobolSequence(2 * dimensions, plan.Seed);
        int courses = 2 + Causes.Length;
        var values = new double[options.Samples * courses][];
        int done = 0;

        // In order and a few at a time: whoever is told of the progress may hold it up without holding up threads of others, and what is left out at the end are the last pairs.
        for (int until = 0; done < values.Length && !enough.IsCancellationRequested; done = until)
        {
            until = Math.Min(done + (CoursesAtOnce * options.Threads), values.Length);
            Parallel.For(done, until, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, Compute);
            progress.Report(new CourseProgress((double)until / values.Length, $"Course {until} of {values.Length} with other values that the evidence allows"));
        }

        return [.. Enumerable.Range(0, done / courses).Select(pair => values[(pair * courses)..((pair + 1) * courses)] is var ofPair && ofPair.All(value => value.Length > 0) ? ofPair : null)];

        void Compute(int index)
        {
            (int pair, int course) = Math.DivRem(index, courses);
            double Share(int dimension) => draw[pair, IsOfB(course, CauseOf(dimension)) ? dimensions + dimension : dimension];
            (ThreadPlan chosen, FactValues facts) = Chosen(plan, options.Facts, Share);
            SampleCourse? sample = model.Sample(facts, cancellation, chosen);
            values[index] = sample is null ? [] : [.. outcomes.Select(outcome => ValueOf(outcome, sample, single))];
        }
    }

    // A, B, then A with one cause from B.
    private static bool IsOfB(int course, Cause cause) => course == 1 || (course >= 2 && Causes[course - 2] == cause);

    private static Cause CauseOf(int dimension) => dimension < UncertainFacts.All.Count
        ? UncertainFacts.All[dimension].Cause
        : dimension == UncertainFacts.All.Count ? Cause.Thread : Cause.Aftercare;

    private static (ThreadPlan Plan, FactValues Facts) Chosen(ThreadPlan plan, FactValues facts, Func<int, double> share)
    {
        int known = UncertainFacts.All.Count;
        ThreadMaterial material = Materials[(int)(share(known) * Materials.Length)];
        AftercareAdherence adherence = Adherences[(int)(share(known + 1) * Adherences.Length)];
        return (Of(plan, material) with { Aftercare = adherence }, EnsembleRunner.Drawn(share, facts));
    }

    private static double ValueOf(CauseOutcome outcome, SampleCourse sample, PredictionDocument single) => outcome switch
    {
        CauseOutcome.LiftNow => SummaryOf(sample, single).LiftNowMm,
        CauseOutcome.LiftAfterYear => LiftAt(MonthsOfYear, sample, single),
        CauseOutcome.LiftHalfLife => SummaryOf(sample, single).LiftHalfLifeMonths ?? single.Summary.SimulatedMonths,
        CauseOutcome.SupportGain => GainOf(sample),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static PredictionSummary SummaryOf(SampleCourse sample, PredictionDocument single) => CourseSummary.Of(
        single.TimesDays,
        [.. single.Landmarks.Select((landmark, target) => landmark with { LiftMm = sample.LiftMm[target], UntreatedMm = sample.UntreatedMm[target] })],
        sample.Support,
        sample.UntreatedSupport);

    private static double GainOf(SampleCourse sample) => sample.Support.Zip(sample.UntreatedSupport, (with, without) => with - without).Max();

    private static double LiftAt(double months, SampleCourse sample, PredictionDocument single)
    {
        double day = Math.Min(months * CourseTimes.DaysPerMonth, single.TimesDays[^1]);
        return sample.LiftMm.Average(curve => CourseTimes.At(curve, single.TimesDays, day));
    }

    /// <summary>The plan as it is, each other material, each other degree of aftercare, and the other answer to smoking.</summary>
    private static IEnumerable<(string Name, ThreadPlan Plan)> Changes(ThreadPlan plan)
    {
        yield return ("asPlanned", plan);
        foreach (ThreadMaterial material in Materials.Where(material => plan.Threads.Any(thread => thread.Material != material)))
        {
            yield return ($"material:{material.ToString().ToUpperInvariant()}", Of(plan, material));
        }

        foreach (AftercareAdherence adherence in Adherences.Where(adherence => adherence != plan.Aftercare))
        {
            string name = adherence.ToString();
            yield return ($"aftercare:{char.ToLowerInvariant(name[0])}{name[1..]}", plan with { Aftercare = adherence });
        }

        yield return ($"smoker:{(plan.Patient.Smoker ? "false" : "true")}", plan with { Patient = plan.Patient with { Smoker = !plan.Patient.Smoker } });
    }

    private static ThreadPlan Of(ThreadPlan plan, ThreadMaterial material) => plan with { Threads = [.. plan.Threads.Select(thread => thread with { Material = material })] };

    private static WhatIf? Told(string change, SampleCourse? sample, PredictionDocument single) => sample is null
        ? null
        : new WhatIf
        {
            Change = change,
            Summary = SummaryOf(sample, single),
            LiftAfterYearMm = single.Summary.SimulatedMonths >= MonthsOfYear ? LiftAt(MonthsOfYear, sample, single) : null,
            SupportGain = GainOf(sample),
        };
}
