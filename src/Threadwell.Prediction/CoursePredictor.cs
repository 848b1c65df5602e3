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
    public const string ModelVersion = "0.4.0";

    // Shares of the whole that the single course takes where others follow.
    private const double ShareOfSingleCourse = 0.3;

    // Nodes of the mesh on which many courses are computed.
    private const int ReducedNodes = 1000;

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
        return Predict(plan, ReadScan(planPath, plan, progress), planPath, options, progress, cancellation);
    }

    /// <summary>Reads the scan that a plan file names.</summary>
    /// <param name="planPath">Path of the plan file.</param>
    /// <param name="plan">The plan in it.</param>
    /// <param name="progress">Told when the scan is begun to be read; null for nobody.</param>
    /// <exception cref="InvalidInputException">The scan cannot be used, or is not the one that was planned on.</exception>
    public static TriangleMesh ReadScan(string planPath, ThreadPlan plan, IProgress<CourseProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlanFile.CheckScan(planPath, plan);
        progress?.Report(new CourseProgress(0, "Reading the scan"));
        return ScanReader.Read(PlanFile.ScanPath(planPath, plan), new ScanOptions { Unit = plan.Scan.Unit, Up = plan.Scan.Up, Front = plan.Scan.Front }).Mesh;
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
        PredictionOptions.CheckSamples(options.Samples);
        if (plan.Patient.Laxity == Laxity.Severe)
        {
            throw new InvalidInputException(source, "patient.laxity", "severe laxity is beyond what threads hold: refer for surgical advice.");
        }

        var warnings = new List<string>(plan.Warnings);
        CheckDepths(plan, new TissueProbe(tissue), source, warnings);
        double share = options.Samples == 0 ? 1 : ShareOfSingleCourse;
        CourseComputation both = CourseComputation.Run(
            plan, tissue, timesDays, options, new EquilibriumOptions { Threads = options.Threads }, new ProgressPart(progress, 0, share), cancellation);
        LandmarkCourse[] landmarks = LandmarkLift.Of(plan, tissue, both.Treated, both.Untreated, source);
        ElasticityDocument? elasticity = SkinElasticity.Of(both.Patch, both.Deposition.Deposits, both.Biology, TissueParameters.For(plan.Patient, options.Facts), timesDays.Length, options, cancellation);
        if (elasticity is null)
        {
            warnings.Add("R2, R5 and R7 are not told: the simulated suction found no equilibrium.");
        }

        EnsembleDocument? ensemble = null;
        SampleCourse?[]? drawn = null;
        if (options.Samples > 0)
        {
            ReducedModel model = Reduce(plan, scan, source, options, tissue, SampleCourse.Of(landmarks, both.Support, both.UntreatedSupport), cancellation);
            SampleCourse?[] courses = EnsembleRunner.Run(model, options.Samples, options.Facts, plan.Seed, options.Threads, new ProgressPart(progress, share, 1 - share), cancellation);
            int found = courses.Count(course => course is not null);
            if (2 * found >= courses.Length)
            {
                drawn = courses;
                ensemble = EnsembleRunner.Document(courses, landmarks, timesDays, model.Facts);
            }
            else
            {
                warnings.Add($"No bands: only {found} of {courses.Length} courses with other values found an equilibrium.");
            }
        }

        ThreadCourse[] threadCourses = [.. plan.Threads.Select((thread, index) => ThreadCourseOf(thread, index, both, timesDays.Length))];
        warnings.AddRange(ThreadWarnings(both.Treated));
        warnings.AddRange(Rebound.Warnings(landmarks, threadCourses));
        Vector3D[][] treatedSkin = SkinOf(both.Treated, tissue);
        DimplingDocument? dimpling = PlanDimpling.Of(plan, tissue, treatedSkin[0]);
        warnings.AddRange(PlanDimpling.Warnings(dimpling));
        progress?.Report(new CourseProgress(1, "Done"));
        var document = new PredictionDocument
        {
            ModelVersion = ModelVersion,
            InputSha256 = PredictionFile.InputSha256(plan, options.Months, options.Facts),
            Seed = plan.Seed,
            TimesDays = timesDays,
            Landmarks = landmarks,
            Threads = threadCourses,
            SupportIndex = both.Support,
            UntreatedSupportIndex = both.UntreatedSupport,
            Elasticity = elasticity,
            Summary = CourseSummary.Of(timesDays, landmarks, both.Support, both.UntreatedSupport),
            Dimpling = dimpling,
            Mesh = new MeshFacts
            {
                Nodes = both.Mechanics.Mesh.NodeCount,
                Elements = both.Mechanics.Mesh.ElementCount,
                Columns = tissue.ColumnCount,
                EdgeLengthMm = tissue.EdgeLengthMm,
                SmallestScaledJacobian = TissueQuality.SmallestScaledJacobian(tissue),
            },
            Residuals = [.. both.Treated.Residual.Zip(both.Untreated.Residual, Math.Max)],
            Warnings = warnings,
            Ensemble = ensemble,
        };
        return new CoursePrediction
        {
            Document = document,
            Samples = drawn is null ? null : EnsembleRunner.Samples(drawn, document, plan),
            Plan = plan,
            Scan = scan,
            Tissue = tissue,
            Treated = treatedSkin,
            Untreated = SkinOf(both.Untreated, tissue),
            ThreadPaths = [.. both.Threads.Courses.Select(course => PathOf(course))],
            NewCollagen = NewCollagen(both, timesDays.Length, options.Facts),
        };
    }

    /// <summary>The reduced model of a prediction.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How the single course was computed.</param>
    /// <param name="tissue">The tissue of the single course.</param>
    /// <param name="single">The single course.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static ReducedModel Reduce(
        ThreadPlan plan, TriangleMesh scan, string source, PredictionOptions options, LayeredTissue tissue, SampleCourse single, CancellationToken cancellation)
    {
        // A surface has as many columns as its area over the square of its edges.
        double coarser = Math.Sqrt((double)tissue.ColumnCount * tissue.LevelCount / ReducedNodes);
        LayeredTissue reduced = coarser <= 1 ? tissue : BuildTissue(plan, scan, source, options with { EdgeLengthMm = coarser * tissue.EdgeLengthMm });
        return new ReducedModel(plan, reduced, single, CourseTimes.Days(options.Months), options, cancellation);
    }

    internal static LayeredTissue BuildTissue(ThreadPlan plan, TriangleMesh scan, string source, PredictionOptions options)
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
                if (at.Distance > LandmarkLift.FarthestMm)
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

    private static ThreadCourse ThreadCourseOf(PlannedThread thread, int index, CourseComputation both, int times)
    {
        PolymerState[] polymer = [.. Enumerable.Range(0, times).Select(time => both.Biology.PolymerAt(index, time))];
        double barbShare = both.Threads.BarbShare(index);
        double Mean(Func<TissueResponseCourse, double[]> of, int time) =>
            (barbShare * of(both.Biology.Response(index, atBarb: true))[time]) + ((1 - barbShare) * of(both.Biology.Response(index, atBarb: false))[time]);
        return new ThreadCourse
        {
            Id = thread.Id,
            Strength = [.. polymer.Select(state => state.Strength)],
            Stiffness = [.. polymer.Select(state => state.EffectiveStiffness)],
            Mass = [.. polymer.Select(state => state.Mass)],
            TensionN = [.. both.Treated.Threads.Select(reports => reports[index].LargestTensionN)],
            Collagen = [.. Enumerable.Range(0, times).Select(time => Mean(course => course.Collagen, time))],
            Elastin = [.. Enumerable.Range(0, times).Select(time => Mean(course => course.Elastin, time))],
            SlippedBarbs = [.. both.Treated.Threads.Select(reports => reports[index].SlippedBarbs)],
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
        }

        string[] slipping = [.. treated.Threads[0].Where(report => !report.PulledThrough && report.SlippedBarbs > 0).Select(report => $"{report.Id} {report.SlippedBarbs}/{report.Barbs.Length}")];
        if (slipping.Length > 0)
        {
            yield return $"Barbs slip on day 0 (of all barbs of a thread): {string.Join(", ", slipping)}; a smaller gather holds better.";
        }
    }

    private static double[][] NewCollagen(CourseComputation both, int times, FactValues facts)
    {
        double normal = facts.Value("tissue.collagen-concentration", "mg/mm3");
        return [.. Enumerable.Range(0, times).Select(time =>
        {
            double[] masses = [.. both.Deposition.Deposits.Select(deposit => both.Biology.Response(deposit.Thread, deposit.AtBarb).Collagen[time])];
            return both.Patch.UnderColumns(masses).Select(concentration => concentration / normal).ToArray();
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
}
