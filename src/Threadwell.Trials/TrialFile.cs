using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;

namespace Threadwell.Trials;

/// <summary>Reads trial files (<c>docs/formats/trial.md</c>).</summary>
public static class TrialFile
{
    private const int MostPatients = 1000;
    private const double LongestDays = 120 * 366;

    /// <summary>Reads a trial.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="InvalidInputException">The file is no trial that can be run; the message names the place.</exception>
    public static Trial Read(string path)
    {
        Trial trial = PlanJson.Read<Trial>(path);
        Check(trial, path);
        return trial;
    }

    /// <summary>Refuses a trial that cannot be run.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">The trial cannot be run; the message names the place and what to do.</exception>
    public static void Check(Trial trial, string source)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var check = new Places(source);
        check.That(trial.SchemaVersion == 1, "schemaVersion", "only version 1 is known.");
        check.That(trial.Name.Length is > 0 and <= 200, "name", "give the trial a name of at most 200 characters.");
        check.That(trial.Arms.Count + trial.Threads.Count + trial.Responses.Count + trial.SuturePulls.Count > 0, "arms", "a trial needs at least one arm or bench set-up.");
        HashSet<string> known = [.. EvidenceCatalogue.All.Select(fact => fact.Name)];
        foreach ((string name, double value) in trial.Facts)
        {
            check.That(known.Contains(name), $"facts.{name}", "no fact has this name; 'threadwell evidence' lists them.");
            check.That(double.IsFinite(value), $"facts.{name}", "a value is a finite number.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        void Name(string name, string place) => check.That(name.Length is > 0 and <= 200 && names.Add(name), place, "every arm and bench set-up needs a name of its own, of at most 200 characters.");
        foreach ((int index, TrialArm arm) in trial.Arms.Index())
        {
            Name(arm.Name, $"arms[{index}].name");
            CheckArm(arm, $"arms[{index}]", check);
        }

        foreach ((int index, ThreadBench bench) in trial.Threads.Index())
        {
            Name(bench.Name, $"threads[{index}].name");
            CheckDiameter(bench.DiameterMm, $"threads[{index}].diameterMm", check);
            CheckRising(bench.Days, 0, LongestDays, $"threads[{index}].days", check);
        }

        foreach ((int index, ResponseBench bench) in trial.Responses.Index())
        {
            Name(bench.Name, $"responses[{index}].name");
            CheckDiameter(bench.DiameterMm, $"responses[{index}].diameterMm", check);
            check.That(bench.Strands is >= 1 and <= 100, $"responses[{index}].strands", "1 to 100 strands lie in a tunnel.");
            CheckRising(bench.Days, 0, LongestDays, $"responses[{index}].days", check);
        }

        foreach ((int index, SuturePull pull) in trial.SuturePulls.Index())
        {
            Name(pull.Name, $"suturePulls[{index}].name");
            CheckPull(pull, $"suturePulls[{index}]", check);
        }
    }

    private static void CheckArm(TrialArm arm, string place, Places check)
    {
        TrialCohort cohort = arm.Cohort;
        check.That(cohort.Patients is >= 1 and <= MostPatients, $"{place}.cohort.patients", $"1 to {MostPatients} patients can be treated.");
        check.That(cohort.AgeYears.Low is >= 18 and <= 90, $"{place}.cohort.ageYears.low", "patients are 18 to 90 years old.");
        check.That(cohort.AgeYears.High is >= 18 and <= 90 && cohort.AgeYears.High >= cohort.AgeYears.Low, $"{place}.cohort.ageYears.high", "patients are 18 to 90 years old, and the oldest is not younger than the youngest.");
        check.That(cohort.FemaleShare is >= 0 and <= 1, $"{place}.cohort.femaleShare", "a share lies between 0 and 1.");
        check.That(cohort.SmokerShare is >= 0 and <= 1, $"{place}.cohort.smokerShare", "a share lies between 0 and 1.");
        check.That(cohort.Laxity.Count > 0, $"{place}.cohort.laxity", "name at least one degree of laxity.");
        check.That(cohort.Laxity.All(laxity => laxity is Laxity.Mild or Laxity.Moderate or Laxity.Marked), $"{place}.cohort.laxity", "threads are for mild, moderate or marked laxity (E-188).");
        CheckProtocol(arm.Protocol, $"{place}.protocol", check);
        CheckRising(arm.VisitsMonths, 0, CourseTimes.LongestMonths, $"{place}.visitsMonths", check);
        check.That(arm.EdgeLengthMm is null or (>= 2 and <= 10), $"{place}.edgeLengthMm", "edges are 2 to 10 mm long.");
        check.That(arm.Endpoints.Count > 0, $"{place}.endpoints", "name at least one endpoint.");
        foreach ((int index, TrialEndpoint endpoint) in arm.Endpoints.Index())
        {
            bool ofLift = endpoint.Kind is TrialEndpointKind.Lift or TrialEndpointKind.Shift or TrialEndpointKind.RelativeLift or TrialEndpointKind.ShareAbove;
            check.That(endpoint.Landmark is null || ofLift, $"{place}.endpoints[{index}].landmark", "only lift is measured at a landmark.");
            check.That((endpoint.Kind == TrialEndpointKind.ShareAbove) == (endpoint.AboveMm is not null), $"{place}.endpoints[{index}].aboveMm", "shareAbove needs a threshold in mm, and no other endpoint takes one.");
            check.That(endpoint.AboveMm is null or (>= -100 and <= 100), $"{place}.endpoints[{index}].aboveMm", "a threshold lies between -100 and 100 mm.");
        }
    }

    private static void CheckProtocol(TrialProtocol protocol, string place, Places check)
    {
        check.That(protocol.ThreadsPerSide is null or (>= 1 and <= 20), $"{place}.threadsPerSide", "1 to 20 threads are placed on a side.");
        if (protocol.DiameterMm is { } diameter)
        {
            CheckDiameter(diameter, $"{place}.diameterMm", check);
        }

        check.That(protocol.BarbsPerCm is null || (protocol.BarbsPerCm is > 0 and <= ThreadLimits.MostBarbsPerCm && protocol.Barbs != BarbKind.None), $"{place}.barbsPerCm", $"a thread has up to {ThreadLimits.MostBarbsPerCm} barbs a centimetre; a smooth one has none.");
        check.That(protocol.DepthMm is null or (>= ThreadLimits.ShallowestMm and <= ThreadLimits.DeepestMm), $"{place}.depthMm", "threads lie 0.5 to 25 mm deep.");
        check.That(protocol.GatherMm is null or (>= 0 and <= ThreadLimits.LargestGatherMm), $"{place}.gatherMm", "a gather is 0 to 40 mm.");
        check.That(protocol.PullN is null or (>= 0 and <= ThreadLimits.LargestPullN), $"{place}.pullN", "a pull is 0 to 50 N.");
        check.That(protocol.GatherMm is null || protocol.PullN is null, $"{place}.pullN", "a thread is gathered or pulled, not both.");
    }

    private static void CheckPull(SuturePull pull, string place, Places check)
    {
        CheckDiameter(pull.DiameterMm, $"{place}.diameterMm", check);
        check.That(pull.Barbs != BarbKind.None, $"{place}.barbs", "a smooth suture is not held; name cut, moulded or cone.");
        check.That(pull.Count is >= 1 and <= 100, $"{place}.count", "1 to 100 barbs or cones lie in the tissue.");
        check.That(pull.SpacingMm is >= 0.5 and <= 50 && pull.Count * pull.SpacingMm <= 300, $"{place}.spacingMm", "they lie 0.5 to 50 mm apart, and the suture is at most 300 mm long.");
        CheckRising(pull.ForcesN, 0, 100, $"{place}.forcesN", check);
        check.That(pull.SkinMm is >= 0.3 and <= 10, $"{place}.skinMm", "skin is 0.3 to 10 mm thick.");
        check.That(pull.SuperficialFatMm is >= 1 and <= 50, $"{place}.superficialFatMm", "the fat round a suture is 1 to 50 mm thick.");
        check.That(pull.SmasMm is >= 0.3 and <= 20, $"{place}.smasMm", "what lies below is 0.3 to 20 mm thick.");
    }

    private static void CheckDiameter(double diameterMm, string place, Places check) => check.That(diameterMm is >= ThreadLimits.SmallestDiameterMm and <= ThreadLimits.LargestDiameterMm, place, "threads are 0.05 to 1.5 mm thick.");

    private static void CheckRising(IReadOnlyList<double> values, double least, double most, string place, Places check)
    {
        check.That(values.Count is > 0 and <= 200, place, "give 1 to 200 values.");
        for (int index = 0; index < values.Count; index++)
        {
            check.That(values[index] >= least && values[index] <= most, $"{place}[{index}]", FormattableString.Invariant($"values lie between {least} and {most}."));
            check.That(index == 0 || values[index] > values[index - 1], $"{place}[{index}]", "values rise.");
        }
    }

    private sealed class Places(string source)
    {
        public void That(bool holds, string place, string problem)
        {
            if (!holds)
            {
                throw new InvalidInputException(source, place, problem);
            }
        }
    }
}
