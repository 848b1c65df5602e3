using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Prediction;

namespace Threadwell.Trials;

/// <summary>Runs a trial.</summary>
public static class TrialRunner
{
    /// <summary>Runs all arms and bench set-ups. The same trial gives the same result for any number of threads.</summary>
    /// <param name="trial">The trial, as <see cref="TrialFile.Check"/> lets it through.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">The trial cannot be run as it is described.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrialResult Run(Trial trial, int threads, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trial);
        FactValues facts = FactValues.Catalogue.With(trial.Facts);
        var rows = new List<TrialRow>();
        var warnings = new List<string>();
        double done = 0, all = Math.Max(1, trial.Arms.Sum(arm => arm.Cohort.Patients) + trial.SuturePulls.Sum(pull => pull.ForcesN.Count));
        foreach (TrialArm arm in trial.Arms)
        {
            string doing = $"Treating the patients of {arm.Name}";
            progress?.Report(new CourseProgress(done / all, doing));
            var part = new ProgressPart(progress, done / all, arm.Cohort.Patients / all, doing);
            (IReadOnlyList<TrialRow> ofArm, IReadOnlyList<string> said) = ArmRun.Run(arm, facts, threads, part, cancellation);
            done += arm.Cohort.Patients;
            rows.AddRange(ofArm);
            warnings.AddRange(said);
        }

        rows.AddRange(trial.Threads.SelectMany(bench => Rows(bench, facts)));
        rows.AddRange(trial.Responses.SelectMany(bench => Rows(bench, facts)));
        foreach (SuturePull pull in trial.SuturePulls)
        {
            var test = new SuturePullTest(pull, facts, threads: threads);
            foreach (double force in pull.ForcesN)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new CourseProgress(done / all, FormattableString.Invariant($"Pulling {pull.Name} with {force} N")));
                PullOutcome outcome = test.Pull(force);
                rows.Add(TrialRow.Of(pull.Name, "displacement", force, "N", "mm", [outcome.DisplacementMm]));
                rows.Add(TrialRow.Of(pull.Name, "slipped", force, "N", "1", [outcome.Slipped]));
                if (outcome.PulledThrough)
                {
                    warnings.Add(FormattableString.Invariant($"{pull.Name}: {force} N pulls the suture through: it holds less. The displacement is that at which it lets go."));
                }

                done++;
            }
        }

        return new TrialResult { Name = trial.Name, ModelVersion = CoursePredictor.ModelVersion, Rows = rows, Warnings = warnings };
    }

    private static IEnumerable<TrialRow> Rows(ThreadBench bench, FactValues facts)
    {
        PolymerParameters polymer = PolymerParameters.For(bench.Material, facts);
        foreach (double days in bench.Days)
        {
            PolymerState state = Polymer.State(polymer, bench.DiameterMm, days, bench.Environment);
            foreach ((string endpoint, double value) in ((string, double)[])
                [("strength", state.Strength), ("stiffness", state.Stiffness), ("molarMass", state.MolarMassRatio), ("mass", state.Mass)])
            {
                yield return TrialRow.Of(bench.Name, endpoint, days, "days", "1", [value]);
            }
        }
    }

    private static IEnumerable<TrialRow> Rows(ResponseBench bench, FactValues facts)
    {
        TissueResponseCourse course = TissueResponse.Simulate(
            new TissueResponseInput { Material = bench.Material, DiameterMm = bench.DiameterMm, Strands = bench.Strands, IsBarb = bench.AtBarb, Species = bench.Species }, [.. bench.Days], facts);
        for (int index = 0; index < bench.Days.Count; index++)
        {
            foreach ((string endpoint, string unit, double value) in ((string, string, double)[])
                [("collagen", "mg/mm", course.Collagen[index]), ("collagenI", "mg/mm", course.CollagenI[index]), ("collagenIII", "mg/mm", course.CollagenIII[index]),
                ("synthesis", "mg/mm/d", course.CollagenSynthesisRate[index]), ("inflammation", "1", course.Inflammation[index])])
            {
                yield return TrialRow.Of(bench.Name, endpoint, bench.Days[index], "days", unit, [value]);
            }
        }
    }
}
