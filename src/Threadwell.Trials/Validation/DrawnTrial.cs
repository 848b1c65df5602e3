using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Prediction;

namespace Threadwell.Trials.Validation;

/// <summary>Runs a trial again and again with values that the evidence allows: what the model leaves open of it.</summary>
internal static class DrawnTrial
{
    private const int Seed = 90;

    // Courses of patients and equilibria of pulls take some hundred times as long as the rest.
    private const int FewerOfSlow = 32;

    // What the bands of a prediction do not go by: a trial on animals does, and so does one that reads elasticity in suction. How long a probe draws and rests, and when it is read, is the trial's and not drawn.
    private static readonly string[] Also = ["tissue.collagen.half-life-rat", "tissue.cells.rat-to-human-rate", "suction.bond-lifetime", "suction.bond-stiffness"];

    /// <summary>How many draws a trial gets where many are asked for; none where it measures in patients what cannot be computed again with other values.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="samples">Draws that are asked for; 0 for none.</param>
    public static int Draws(Trial trial, int samples) =>
        samples == 0 || trial.Threads.Count + trial.Responses.Count + trial.SuturePulls.Count + trial.Arms.Count == 0 ? 0
        : trial.Arms.Any(arm => !arm.Endpoints.All(endpoint => CourseReadings.IsVaried(endpoint.Kind))) ? 0
        : trial.Arms.Count + trial.SuturePulls.Count > 0 ? Math.Max(PredictionOptions.FewestSamples, samples / FewerOfSlow)
        : samples;

    /// <summary>Runs a trial with given values, and with drawn ones. Neither depends on the number of threads.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="facts">Values to go by; what is drawn replaces them.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The result, and those of the draws, null where one found no equilibrium.</returns>
    /// <exception cref="InvalidInputException">The trial cannot be run as it is described.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (TrialResult Result, TrialResult?[] Drawn) Run(Trial trial, FactValues facts, int draws, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        Trial bench = trial with { Arms = [], Facts = facts.Replaced.ToDictionary(StringComparer.Ordinal) };
        TrialResult result = TrialRunner.Run(bench, threads, progress: null, cancellation);
        var values = new FactDraws(Seed, Math.Max(1, trial.Arms.Sum(arm => arm.Cohort.Patients)), Also);
        TrialResult?[] drawn = OnBench(bench, draw => values.Of(draw, facts), draws, threads, trial.Arms.Count == 0 ? progress : null, cancellation);
        int treated = 0;
        foreach (TrialArm arm in trial.Arms)
        {
            int before = treated;
            var part = new ProgressPart(progress, (double)trial.Arms.TakeWhile(one => one != arm).Count() / trial.Arms.Count, 1.0 / trial.Arms.Count);
            ArmOutcome outcome = ArmRun.Run(arm, facts, draws, (draw, patient) => values.Of(draw, facts, before + patient), threads, part, cancellation);
            treated += arm.Cohort.Patients;
            result = result with { Rows = [.. result.Rows, .. outcome.Rows], Warnings = [.. result.Warnings, .. outcome.Warnings] };
            drawn = [.. drawn.Select((one, draw) => one is null || outcome.Drawn[draw] is not { } rows ? null : one with { Rows = [.. one.Rows, .. rows] })];
        }

        return (result, drawn);
    }

    private static TrialResult?[] OnBench(Trial bench, Func<int, FactValues> values, int draws, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        var drawn = new TrialResult?[draws];
        int done = 0;
        Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, draw =>
        {
            try
            {
                drawn[draw] = TrialRunner.Run(bench with { Facts = values(draw).Replaced.ToDictionary(StringComparer.Ordinal) }, threads: 1, progress: null, cancellation);
            }
            catch (Exception error) when (CourseFailure.IsOfTheValues(error))
            {
                // With values far from the catalogue's.
                drawn[draw] = null;
            }

            progress?.Report(new CourseProgress((double)Interlocked.Increment(ref done) / draws, ""));
        });
        return drawn;
    }
}
