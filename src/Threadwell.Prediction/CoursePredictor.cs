using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction;

/// <summary>Predicts the course of a plan on its scan: the main job.</summary>
public static class CoursePredictor
{
    /// <summary>Version of the model; it changes whenever a prediction of the same input would change.</summary>
    public const string ModelVersion = "0.2.0";

    // A landmark further from the treated region than this cannot be read from it, mm.
    private const double FarthestLandmarkMm = 5;

    /// <summary>Reads a plan and its scan, and predicts.</summary>
    /// <param name="planPath">Path of the plan file.</param>
    /// <param name="options">How it is computed.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends the prediction; nothing is left behind.</param>
    /// <exception cref="InvalidInputException">Plan or scan cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    public static CoursePrediction Predict(
        string planPath, PredictionOptions options, IProgress<CourseProgress>? progress = null, CancellationToken cancellation = default)
    {
        ThreadPlan plan = PlanFile.Read(planPath);
        PlanFile.CheckScan(planPath, plan);
        progress?.Report(new CourseProgress(0, "Reading the scan"));
        Scan scan = ScanReader.Read(
            PlanFile.ScanPath(planPath, plan), new ScanOptions { Unit = plan.Scan.Unit, Up = plan.Scan.Up, Front = plan.Scan.Front });
        return Predict(plan, scan.Mesh, planPath, options, progress, cancellation);
    }

    /// <summary>Predicts a plan on a scan that is already read.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scan">The scan, mm, patient frame.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How it is computed.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends the prediction.</param>
    /// <exception cref="InvalidInputException">The plan does not fit the scan.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    public static CoursePrediction Predict(
        ThreadPlan plan,
        TriangleMesh scan,
        string source,
        PredictionOptions options,
        IProgress<CourseProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report(new CourseProgress(0.01, "Building the tissue"));
        LayeredTissue tissue = BuildTissue(plan, scan, source, options);
        return Predict(plan, scan, tissue, source, options, progress, cancellation);
    }

    /// <summary>Predicts a plan on a tissue that is already built; the parameters are those of the other forms.</summary>
    internal static CoursePrediction Predict(
        ThreadPlan plan,
        TriangleMesh scan,
        LayeredTissue tissue,
        string source,
        PredictionOptions options,
        IProgress<CourseProgress>? progress,
        CancellationToken cancellation)
    {
        plan = options.Seed is { } seed ? plan with { Seed = seed } : plan;
        double[] timesDays = CourseTimes.Days(options.Months);
        if (plan.Patient.Laxity == Laxity.Severe)
        {
            throw new InvalidInputException(source, "patient.laxity", "severe laxity is beyond what threads hold: refer for surgical advice.");
        }

        var warnings = new List<string>(plan.Warnings);
        var probe = new TissueProbe(tissue);
        CheckDepths(plan, probe, source, warnings);
        TissueParameters parameters = TissueParameters.For(plan.Patient, options.Facts);
        var mechanics = new TissueMechanics(tissue, parameters);
        var solver = new EquilibriumOptions { Threads = options.Threads };
        progress?.Report(new CourseProgress(0.03, "Balancing the scan under gravity"));
        BalancedScan balance = BalancedScan.Find(mechanics, parameters, solver);
        cancellation.ThrowIfCancellationRequested();

        progress?.Report(new CourseProgress(0.15, "Setting the threads"));
        var biology = new BiologyCourse(plan, timesDays, options.Facts);
        var threads = new ThreadAssembly(plan, mechanics, probe, options.Facts);
        double[] volumes = mechanics.Mesh.PointVolumes();
        CollagenDeposition deposition = Deposit(threads, mechanics, volumes, options.Facts);
        var runner = new CourseRunner(mechanics, parameters, balance, biology, timesDays, options.Births, solver);
        (CourseFields untreated, CourseFields treated) = RunBoth(runner, threads, deposition, time => Tell(progress, time, timesDays), options.Threads, cancellation);

        progress?.Report(new CourseProgress(0.96, "Measuring support"));
        var patch = new TreatedPatch(mechanics, deposition, volumes, options.Facts);
        (double[] support, double[] untreatedSupport) = SupportIndex.Of(patch, deposition.Deposits, biology, parameters, timesDays.Length, options.Facts);
        LandmarkCourse[] landmarks = [.. plan.Targets.Select((target, index) => Lift(target, index, plan, tissue, probe, treated, untreated, source))];
        warnings.AddRange(ThreadWarnings(treated));
        progress?.Report(new CourseProgress(1, "Done"));
        return new CoursePrediction
        {
            Document = new PredictionDocument
            {
                ModelVersion = ModelVersion,
                InputSha256 = PredictionFile.InputSha256(plan, options.Months, options.Facts),
                Seed = plan.Seed,
                TimesDays = timesDays,
                Landmarks = landmarks,
                Threads = [.. plan.Threads.Select((thread, index) => ThreadCourseOf(thread, index, biology, threads, treated, timesDays.Length))],
                SupportIndex = support,
                UntreatedSupportIndex = untreatedSupport,
                Summary = CourseSummary.Of(timesDays, landmarks, support, untreatedSupport),
                Mesh = new MeshFacts
                {
                    Nodes = mechanics.Mesh.NodeCount,
                    Elements = mechanics.Mesh.ElementCount,
                    Columns = tissue.ColumnCount,
                    EdgeLengthMm = tissue.EdgeLengthMm,
                    SmallestScaledJacobian = TissueQuality.SmallestScaledJacobian(tissue),
                },
                Residuals = [.. treated.Residual.Zip(untreated.Residual, Math.Max)],
                Warnings = warnings,
            },
            Plan = plan,
            Scan = scan,
            Tissue = tissue,
            Treated = SkinOf(treated, tissue),
            Untreated = SkinOf(untreated, tissue),
            ThreadPaths = [.. threads.Courses.Select(course => PathOf(course))],
            NewCollagen = NewCollagen(patch, deposition, biology, timesDays.Length, options.Facts),
        };
    }

    /// <summary>
    /// Runs the untreated course beside the treated one, which takes longer: where one of them waits for a serial part, the other computes.
    /// </summary>
    private static (CourseFields Untreated, CourseFields Treated) RunBoth(
        CourseRunner runner, ThreadAssembly threads, CollagenDeposition deposition, Action<int> onTime, int executionThreads, CancellationToken cancellation)
    {
        if (executionThreads == 1)
        {
            return (runner.Run(null, null, _ => { }, cancellation), runner.Run(threads, deposition, onTime, cancellation));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<CourseFields> untreated = Task.Run(() => runner.Run(null, null, _ => { }, either.Token), CancellationToken.None);
        CourseFields treated;
        try
        {
            treated = runner.Run(threads, deposition, onTime, either.Token);
        }
        catch
        {
            either.Cancel();
            Task.WaitAny([untreated], CancellationToken.None);
            throw;
        }

        return (untreated.GetAwaiter().GetResult(), treated);
    }

    private static LayeredTissue BuildTissue(ThreadPlan plan, TriangleMesh scan, string source, PredictionOptions options)
    {
        var landmarks = new LandmarkSet(plan.Landmarks);
        return TissueBuilder.Build(scan, landmarks, new TissueRequest
        {
            Area = plan.Area,
            Sex = plan.Patient.Sex,
            AgeYears = plan.Patient.AgeYears,
            Laxity = plan.Patient.Laxity,
            ThreadPaths = [.. plan.Threads.Select(thread => thread.Path)],
            TargetPoints = [.. plan.Targets.Select(target => landmarks[target.Landmark])],
            EdgeLengthMm = options.EdgeLengthMm,
            ScanName = plan.Scan.Path,
            PlanName = source,
        });
    }

    private static void CheckDepths(ThreadPlan plan, TissueProbe probe, string source, List<string> warnings)
    {
        for (int thread = 0; thread < plan.Threads.Count; thread++)
        {
            PlannedThread planned = plan.Threads[thread];
            for (int point = 0; point < planned.Path.Count; point++)
            {
                SurfacePoint at = probe.Embed(planned.Path[point]);
                if (at.Distance > FarthestLandmarkMm)
                {
                    throw new InvalidInputException(
                        source, $"threads[{thread}].path[{point}]", $"the point lies {at.Distance:0.0} mm off the skin of the scan; threads are drawn on the skin.");
                }
            }

            double shallowest = planned.Path.Min(point => probe.ThicknessMm(probe.Embed(point)));
            if (planned.DepthMm > shallowest)
            {
                warnings.Add($"Thread {planned.Id} is planned {planned.DepthMm:0.0} mm deep where the tissue over the deep fascia is only {shallowest:0.0} mm thick; it is taken to lie on the fascia there.");
            }
        }
    }

    private static CollagenDeposition Deposit(ThreadAssembly threads, TissueMechanics mechanics, double[] volumes, FactValues facts)
    {
        var inSkin = new bool[mechanics.Mesh.PointCount];
        for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
        {
            inSkin.AsSpan()[mechanics.Mesh.PointStart[wedge]..mechanics.Mesh.PointStart[wedge + 1]].Fill(mechanics.LayerOf(wedge) == TissueLayer.Skin);
        }

        return new CollagenDeposition(
            threads.Deposits(),
            mechanics.Mesh.PointPositions(),
            volumes,
            inSkin,
            facts.Value("tissue.deposition-radius", "mm"),
            facts.Value("tissue.deposition-dermal-share", "1"),
            facts.Value("tissue.deposition-dermal-radius", "mm"));
    }

    private static LandmarkCourse Lift(
        LiftTarget target, int index, ThreadPlan plan, LayeredTissue tissue, TissueProbe probe, CourseFields treated, CourseFields untreated, string source)
    {
        SurfacePoint at = probe.Embed(plan.Landmarks.First(landmark => landmark.Name == target.Landmark).Position);
        if (at.Distance > FarthestLandmarkMm)
        {
            throw new InvalidInputException(
                source, $"targets[{index}].landmark", $"'{target.Landmark}' lies {at.Distance:0.0} mm off the treated skin; correct the landmark or leave the target out.");
        }

        double Along(CourseFields fields, int time) => Vector3D.Dot(OnSkin(at, tissue, column => fields.At(time, tissue.Node(column, tissue.LevelCount - 1))), target.Vector);
        int times = treated.Displacement.Length;
        double[] without = [.. Enumerable.Range(0, times).Select(time => Along(untreated, time))];
        return new LandmarkCourse
        {
            Name = target.Landmark,
            Vector = target.Vector,
            LiftMm = [.. Enumerable.Range(0, times).Select(time => Along(treated, time) - without[time])],
            UntreatedMm = without,
        };
    }

    private static Vector3D OnSkin(SurfacePoint at, LayeredTissue tissue, Func<int, Vector3D> ofColumn)
    {
        int first = 3 * at.Triangle;
        int[] corners = tissue.Skin.Triangles;
        return (at.Barycentrics.X * ofColumn(corners[first])) + (at.Barycentrics.Y * ofColumn(corners[first + 1])) + (at.Barycentrics.Z * ofColumn(corners[first + 2]));
    }

    private static ThreadCourse ThreadCourseOf(PlannedThread thread, int index, BiologyCourse biology, ThreadAssembly assembly, CourseFields treated, int times)
    {
        PolymerState[] polymer = [.. Enumerable.Range(0, times).Select(time => biology.PolymerAt(index, time))];
        double barbShare = assembly.BarbShare(index);
        double Mean(Func<TissueResponseCourse, double[]> of, int time) =>
            (barbShare * of(biology.Response(index, atBarb: true))[time]) + ((1 - barbShare) * of(biology.Response(index, atBarb: false))[time]);
        return new ThreadCourse
        {
            Id = thread.Id,
            Strength = [.. polymer.Select(state => state.Strength)],
            Stiffness = [.. polymer.Select(state => state.EffectiveStiffness)],
            Mass = [.. polymer.Select(state => state.Mass)],
            TensionN = [.. treated.Threads.Select(reports => reports[index].LargestTensionN)],
            Collagen = [.. Enumerable.Range(0, times).Select(time => Mean(course => course.Collagen, time))],
            Elastin = [.. Enumerable.Range(0, times).Select(time => Mean(course => course.Elastin, time))],
            SlippedBarbs = [.. treated.Threads.Select(reports => reports[index].SlippedBarbs)],
        };
    }

    private static IEnumerable<string> ThreadWarnings(CourseFields treated)
    {
        foreach (var report in treated.Threads[0])
        {
            if (report.PulledThrough)
            {
                yield return $"Thread {report.Id} pulls through: {report.RequestedPullN:0.00} N asked for, its barbs hold {report.CapacityN:0.00} N together.";
            }
            else if (report.SlippedBarbs > 0)
            {
                yield return $"Thread {report.Id}: {report.SlippedBarbs} of {report.Barbs.Length} barbs slip on day 0; a smaller gather holds better.";
            }
        }
    }

    private static double[][] NewCollagen(TreatedPatch patch, CollagenDeposition deposition, BiologyCourse biology, int times, FactValues facts)
    {
        double normal = facts.Value("tissue.collagen-concentration", "mg/mm3");
        return [.. Enumerable.Range(0, times).Select(time =>
        {
            double[] masses = [.. deposition.Deposits.Select(deposit => biology.Response(deposit.Thread, deposit.AtBarb).Collagen[time])];
            return patch.UnderColumns(masses).Select(concentration => concentration / normal).ToArray();
        })];
    }

    private static Vector3D[][] SkinOf(CourseFields fields, LayeredTissue tissue) =>
        [.. Enumerable.Range(0, fields.Displacement.Length).Select(time =>
            Enumerable.Range(0, tissue.ColumnCount).Select(column => fields.At(time, tissue.Node(column, tissue.LevelCount - 1))).ToArray())];

    private static Vector3D[] PathOf(Mechanics.Threads.EmbeddedThread course)
    {
        int points = Math.Max(2, (int)Math.Ceiling(course.LengthMm) + 1);
        return [.. Enumerable.Range(0, points).Select(index => course.PointAt(course.LengthMm * index / (points - 1)))];
    }

    private static void Tell(IProgress<CourseProgress>? progress, int time, double[] timesDays) =>
        progress?.Report(new CourseProgress(
            0.15 + (0.8 * (time + 1) / timesDays.Length),
            $"Month {timesDays[time] / CourseTimes.DaysPerMonth:0} of {timesDays[^1] / CourseTimes.DaysPerMonth:0}, with and without the threads"));
}
