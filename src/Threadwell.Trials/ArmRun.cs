using System.Text.Json;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;

namespace Threadwell.Trials;

/// <summary>What came of an arm.</summary>
/// <param name="Rows">Every endpoint at every visit.</param>
/// <param name="Warnings">What a reader must know.</param>
/// <param name="Drawn">The same rows with each draw of values; null where a patient's course found no equilibrium.</param>
internal sealed record ArmOutcome(IReadOnlyList<TrialRow> Rows, IReadOnlyList<string> Warnings, IReadOnlyList<IReadOnlyList<TrialRow>?> Drawn);

/// <summary>Treats the patients of an arm and measures them at their visits.</summary>
internal static class ArmRun
{
    // A prediction of one patient takes up to a gigabyte.
    private const int MostAtOnce = 4;

    // A course shorter than this is computed to it, so that it holds more than day 0.
    private const double ShortestCourseMonths = 0.25;

    // Share of a patient's time that the single course takes where draws follow.
    private const double ShareOfSingle = 0.4;

    /// <summary>Runs an arm. The result does not depend on how many patients are computed at once.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told which share of the arm is done; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidInputException">A patient cannot be treated like this.</exception>
    public static (IReadOnlyList<TrialRow> Rows, IReadOnlyList<string> Warnings) Run(TrialArm arm, FactValues facts, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        ArmOutcome outcome = Run(arm, facts, draws: 0, (_, _) => facts, threads, progress, cancellation);
        return (outcome.Rows, outcome.Warnings);
    }

    /// <summary>Runs an arm, and again with drawn values: lifts and support on the coarser mesh, elasticity in suction as in the single course.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="draws">How often it is run again.</param>
    /// <param name="drawn">The values of a draw for a patient, by both indices.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="progress">Told which share of the arm is done; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidInputException">A patient cannot be treated like this.</exception>
    public static ArmOutcome Run(TrialArm arm, FactValues facts, int draws, Func<int, int, FactValues> drawn, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        bool torso = arm.Protocol.Area is TreatmentArea.Abdomen or TreatmentArea.Breast;
        IReadOnlyList<CohortMember> members = VirtualCohort.Draw(arm.Cohort, torso ? VirtualBody.Torso : VirtualBody.Head);
        var measured = new double[members.Count][,];
        var again = new double[members.Count][][,];
        var warnings = new IReadOnlyList<string>[members.Count];
        var shares = new double[members.Count];
        int atOnce = Math.Min(Math.Min(threads, MostAtOnce), members.Count);
        var options = new PredictionOptions
        {
            Months = Math.Max(ShortestCourseMonths, arm.VisitsMonths[^1]),
            EdgeLengthMm = arm.EdgeLengthMm,
            Threads = Math.Max(1, threads / atOnce),
            Facts = facts,
            Habits = HabitsOf(arm.Protocol),
        };
        try
        {
            Parallel.For(0, members.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, index =>
            {
                var patient = new Patient(shares, index, progress);
                double single = draws == 0 ? 1 : ShareOfSingle;
                CoursePrediction course = Treat(arm, members[index], options, new ProgressPart(patient, 0, single), cancellation);
                (measured[index], warnings[index]) = (Measure(arm, (endpoint, months) => CourseReadings.Of(course, endpoint, months)), course.Document.Warnings);
                again[index] = draws == 0 ? [] : Again(arm, course, options, draws, draw => drawn(draw, index), new ProgressPart(patient, single, 1 - single), cancellation);
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is InvalidInputException or OperationCanceledException))
        {
            // Of several patients the first is named.
            throw error.InnerExceptions.FirstOrDefault(inner => inner is InvalidInputException) ?? error.InnerExceptions[0];
        }

        return new ArmOutcome(
            Rows(arm, measured),
            [.. warnings.SelectMany(all => all).GroupBy(warning => warning).Select(same => $"{arm.Name}: {same.Key} ({same.Count()} of {members.Count} patients)")],
            [.. Enumerable.Range(0, draws).Select(draw => again.All(patient => patient[draw].Length > 0) ? Rows(arm, [.. again.Select(patient => patient[draw])]) : null)]);
    }

    /// <summary>How an endpoint is called in the result.</summary>
    public static string NameOf(TrialEndpoint endpoint)
    {
        string kind = JsonNamingPolicy.CamelCase.ConvertName(endpoint.Kind.ToString());
        string above = endpoint.AboveMm is { } mm ? FormattableString.Invariant($" {mm} mm") : "";
        return endpoint.Landmark is { } landmark ? $"{kind}{above} at {landmark}" : kind + above;
    }

    private static AftercareHabits HabitsOf(TrialProtocol protocol)
    {
        var habits = AftercareHabits.Of(protocol.Aftercare);
        return new AftercareHabits(protocol.EarlyMovement ?? habits.EarlyMovement, protocol.Massage ?? habits.Massage, protocol.Heat ?? habits.Heat);
    }

    private static CoursePrediction Treat(TrialArm arm, CohortMember member, PredictionOptions options, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        VirtualPatient patient = VirtualPatient.Create(member.Traits);
        ThreadPlan plan = Planned(arm.Protocol, member, patient);
        CheckLandmarks(arm, plan);

        return CoursePredictor.Predict(plan, patient.Scan, arm.Name, options, progress, cancellation);
    }

    private static void CheckLandmarks(TrialArm arm, ThreadPlan plan)
    {
        string[] names = [.. plan.Targets.Select(target => target.Landmark)];
        for (int endpoint = 0; endpoint < arm.Endpoints.Count; endpoint++)
        {
            if (arm.Endpoints[endpoint].Landmark is { } landmark && !names.Any(name => CourseReadings.IsMeant(landmark, name)))
            {
                throw new InvalidInputException(arm.Name, $"endpoints[{endpoint}].landmark", $"'{landmark}' is no landmark whose lift this area's plan counts; they are {string.Join(", ", names)}.");
            }
        }
    }

    // Only numbers are kept: the fields of a cohort's faces would be large.
    private static double[,] Measure(TrialArm arm, Func<TrialEndpoint, double, double> read)
    {
        var values = new double[arm.Endpoints.Count, arm.VisitsMonths.Count];
        for (int endpoint = 0; endpoint < arm.Endpoints.Count; endpoint++)
        {
            for (int visit = 0; visit < arm.VisitsMonths.Count; visit++)
            {
                values[endpoint, visit] = read(arm.Endpoints[endpoint], arm.VisitsMonths[visit]);
            }
        }

        return values;
    }

    // What is measured with each draw; nothing where it found no equilibrium.
    private static double[][,] Again(
        TrialArm arm, CoursePrediction course, PredictionOptions options, int draws, Func<int, FactValues> drawn, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        VariedPrediction? courses = arm.Endpoints.Any(endpoint => CourseReadings.IsOfCoarserMesh(endpoint.Kind)) ? new VariedPrediction(course, arm.Name, options, cancellation) : null;
        VariedElasticity? elasticity = arm.Endpoints.Any(endpoint => CourseReadings.IsElasticity(endpoint.Kind)) ? new VariedElasticity(course, options) : null;
        PredictionDocument? With(FactValues facts)
        {
            PredictionDocument? document = courses is null ? course.Document : courses.With(facts, cancellation);
            return document is null || elasticity is null ? document : elasticity.With(document, facts, cancellation);
        }

        var measured = new double[draws][,];
        int done = 0;
        Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, draw =>
        {
            measured[draw] = With(drawn(draw)) is { } document ? Measure(arm, (endpoint, months) => CourseReadings.OfVaried(document, endpoint, months)) : new double[0, 0];
            progress.Report(new CourseProgress((double)Interlocked.Increment(ref done) / draws, ""));
        });
        return measured;
    }

    private static IReadOnlyList<TrialRow> Rows(TrialArm arm, double[][,] measured) =>
    [
        .. arm.Endpoints.SelectMany((endpoint, at) => arm.VisitsMonths.Select((months, visit) => Row(arm, endpoint, months, [.. measured.Select(values => values[at, visit])]))),
    ];

    private static ThreadPlan Planned(TrialProtocol protocol, CohortMember member, VirtualPatient patient)
    {
        ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan,
            Landmarks = patient.Landmarks,
            Scan = new ScanReference { Path = "virtual", Sha256 = "", Unit = "mm" },
            Patient = member.Description,
            Area = protocol.Area,
            Material = protocol.Material,
            ThreadsPerSide = protocol.ThreadsPerSide,
        });
        return plan with
        {
            Aftercare = protocol.Aftercare,
            Warnings = [],
            Threads = [.. plan.Threads.Select(thread => thread with
            {
                DiameterMm = protocol.DiameterMm ?? thread.DiameterMm,
                Barbs = protocol.Barbs ?? thread.Barbs,
                BarbsPerCm = protocol.Barbs == BarbKind.None ? 0 : protocol.BarbsPerCm ?? thread.BarbsPerCm,
                Direction = protocol.Direction ?? thread.Direction,
                Anchor = protocol.Anchor,
                DepthMm = protocol.DepthMm ?? thread.DepthMm,
                GatherMm = protocol.PullN is null ? protocol.GatherMm ?? thread.GatherMm : null,
                PullN = protocol.PullN,
            })],
        };
    }

    private static TrialRow Row(TrialArm arm, TrialEndpoint endpoint, double months, double[] values)
    {
        string name = NameOf(endpoint);
        return endpoint.Kind == TrialEndpointKind.ShareAbove
            ? new TrialRow { Arm = arm.Name, Endpoint = name, At = months, AtUnit = "months", Unit = "1", Count = values.Length, Mean = values.Count(value => value > endpoint.AboveMm) / (double)values.Length }
            : TrialRow.Of(arm.Name, name, months, "months", CourseReadings.UnitOf(endpoint.Kind), values);
    }

    // Several patients are treated at once: each tells how far she has come, and the arm is as far as all of them together.
    private sealed class Patient(double[] shares, int index, IProgress<CourseProgress>? arm) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value)
        {
            if (arm is null)
            {
                return;
            }

            lock (shares)
            {
                shares[index] = value.Fraction;
                arm.Report(value with { Fraction = shares.Sum() / shares.Length });
            }
        }
    }
}
