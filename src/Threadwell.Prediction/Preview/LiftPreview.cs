using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Day-0 lift of a plan while its threads are being moved: the tissue of one patient and area is built, balanced and factorised once,
/// and each update finds the equilibrium with the threads as they now lie. Theory, measured errors and limits: docs/theory/preview.md.
/// </summary>
/// <remarks>
/// A result depends on the plan alone, to the solver's tolerance: each update sets its threads fresh, without the slips of the last
/// one, and takes from it only where the search starts. Not safe for use by two threads of execution at once.
/// </remarks>
public sealed class LiftPreview
{
    private readonly ThreadPlan prepared;
    private readonly TissueMechanics mechanics;
    private readonly TissueProbe probe;
    private readonly ThreadPlacer placer;
    private readonly PreviewRegion region;
    private readonly PreviewEquilibrium equilibrium;
    private readonly SkinDimplingLimits dimpling = SkinDimplingLimits.FromEvidence();
    private PreviewThread[] threads = [];

    private LiftPreview(ThreadPlan plan, TriangleMesh scan, TissueMechanics mechanics, TissueProbe probe, PreviewRegion region, PreviewEquilibrium equilibrium, double coarsening)
    {
        prepared = plan;
        Scan = scan;
        this.mechanics = mechanics;
        this.probe = probe;
        this.region = region;
        this.equilibrium = equilibrium;
        placer = new ThreadPlacer(mechanics, probe, FactValues.Catalogue, coarsening);
    }

    /// <summary>The scan, mm, patient frame.</summary>
    public TriangleMesh Scan { get; }

    /// <summary>Skin of the prepared tissue, mm, patient frame: one vertex for each displacement of a result.</summary>
    public TriangleMesh Skin => mechanics.Tissue.Skin;

    /// <summary>Nodes of the tissue's mesh.</summary>
    public int NodeCount => mechanics.Mesh.NodeCount;

    /// <summary>Mean edge length of <see cref="Skin"/>, mm.</summary>
    public double EdgeLengthMm => mechanics.Tissue.EdgeLengthMm;

    /// <summary>Builds the tissue under the standard layout of the plan's area and the plan's own threads and targets, balances it and factorises it.</summary>
    /// <param name="plan">The plan to begin with; its threads may be none when it has targets.</param>
    /// <param name="scan">The scan, cleaned, mm, patient frame.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">Mesh and threads of execution.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends the preparation between its parts.</param>
    /// <exception cref="InvalidInputException">The plan does not fit the scan, or its laxity is severe.</exception>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public static LiftPreview Prepare(
        ThreadPlan plan,
        TriangleMesh scan,
        string source,
        PreviewOptions options,
        IProgress<CourseProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EdgeFactor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.EdgeFactor, 2.5);
        if (plan.Patient.Laxity == Laxity.Severe)
        {
            throw new InvalidInputException(source, "patient.laxity", "severe laxity is beyond what threads hold: refer for surgical advice.");
        }

        progress?.Report(new CourseProgress(0.01, "Building the tissue"));
        TissueRequest request = PreviewRegion.Request(plan, scan, options) with { ScanName = plan.Scan.Path, PlanName = source };
        LayeredTissue tissue = TissueBuilder.Build(scan, new LandmarkSet(plan.Landmarks), request);
        LiftPreview preview = Prepare(
            plan, scan, tissue, [.. request.ThreadPaths, .. request.TargetPoints.Select(point => new[] { point })], options, progress, cancellation);
        progress?.Report(new CourseProgress(1, "Done"));
        return preview;
    }

    /// <summary>Prepares a tissue that is already built; the other parameters are those of the public form.</summary>
    internal static LiftPreview Prepare(
        ThreadPlan plan,
        TriangleMesh scan,
        LayeredTissue tissue,
        IReadOnlyList<IReadOnlyList<Vector3D>> curves,
        PreviewOptions options,
        IProgress<CourseProgress>? progress,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TissueParameters parameters = TissueParameters.For(plan.Patient);
        var solid = new TissueMechanics(tissue, parameters);
        var lookUp = new TissueProbe(tissue);
        var skin = new PreviewRegion(tissue, lookUp, curves);
        progress?.Report(new CourseProgress(0.3, "Balancing the scan under gravity"));
        PreviewEquilibrium balanced = PreviewEquilibrium.Balance(solid, parameters, options, cancellation);
        return new LiftPreview(plan, scan, solid, lookUp, skin, balanced, options.EdgeFactor);
    }

    /// <summary>
    /// Whether the prepared tissue serves a plan: same scan, area, patient and landmarks, and each thread and target on the prepared skin, at most
    /// 10 mm from where the tissue was built for. Where not, updates go on to answer, less exactly: prepare another preview meanwhile.
    /// </summary>
    /// <param name="plan">The plan.</param>
    public bool Covers(ThreadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return IsSameTissue(plan)
            && plan.Threads.SelectMany(thread => thread.Path).All(region.Covers)
            && TargetPoints(plan).All(region.Covers);
    }

    /// <summary>Carries displacements of <see cref="Skin"/> to the vertices of <see cref="Scan"/>.</summary>
    public SkinCarrier CarryToScan() => SkinCarrier.ToScan(mechanics.Tissue, Scan);

    /// <summary>Finds the equilibrium of a plan's threads on day 0.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Ends the update between two solves; the preview stays usable.</param>
    /// <exception cref="PreviewException">The plan cannot be solved; the preview stays usable.</exception>
    /// <exception cref="OperationCanceledException">The update was cancelled.</exception>
    public PreviewResult Update(ThreadPlan plan, CancellationToken cancellation = default) => Respond(plan, cancellation).Result;

    /// <summary>As <see cref="Update"/>, with what lies under the skin: displacements of the nodes and the threads as they are placed.</summary>
    internal PreviewResponse Respond(ThreadPlan plan, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!IsSameTissue(plan))
        {
            throw new PreviewException(PreviewFailure.OtherTissue, "Scan, area, patient or landmarks of the plan are not those that the tissue was built for; prepare a preview for the plan.");
        }

        PreviewThread[] now = Place(plan);
        cancellation.ThrowIfCancellationRequested();
        ThreadDefinition[] definitions = [.. now.Where(thread => thread.Placed is not null).Select(thread => thread.Placed!.Definition)];
        ThreadEquilibrium found = equilibrium.Find(definitions, cancellation);
        var skin = new Vector3D[Skin.VertexCount];
        var flat = new double[3 * skin.Length];
        for (int column = 0; column < skin.Length; column++)
        {
            skin[column] = found.Beyond(mechanics.Tissue.Node(column, mechanics.Tissue.LevelCount - 1));
            (flat[3 * column], flat[(3 * column) + 1], flat[(3 * column) + 2]) = (skin[column].X, skin[column].Y, skin[column].Z);
        }

        var reports = new Queue<ThreadReport>(found.Threads);
        var result = new PreviewResult
        {
            Lifts = [.. Lifts(plan, skin)],
            SkinDisplacement = skin,
            DimplingRisk = dimpling.Risk(Skin, flat, EdgeLengthMm),
            Threads = [.. now.Select(thread => Describe(thread, found.Displacement, thread.Placed is null ? null : reports.Dequeue()))],
            Warnings = [.. now.SelectMany(thread => thread.Warnings)],
            Residual = found.Residual,
            Iterations = found.Iterations,
        };
        return new PreviewResponse(result, found, definitions);
    }

    private static IEnumerable<Vector3D> TargetPoints(ThreadPlan plan)
    {
        var landmarks = new LandmarkSet(plan.Landmarks);
        return plan.Targets.Select(target => landmarks[target.Landmark]);
    }

    private bool IsSameTissue(ThreadPlan plan) =>
        plan.Area == prepared.Area
        && plan.Patient == prepared.Patient
        && plan.Scan == prepared.Scan
        && plan.Landmarks.SequenceEqual(prepared.Landmarks);

    /// <summary>Places the plan's threads; those that did not change since the last update stay as they are.</summary>
    private PreviewThread[] Place(ThreadPlan plan)
    {
        threads = [.. plan.Threads.Select(planned =>
            Array.Find(threads, thread => thread.IsPlacedLike(planned)) ?? PreviewThread.Place(planned, placer, probe, region))];
        return threads;
    }

    private IEnumerable<TargetLift> Lifts(ThreadPlan plan, Vector3D[] skin)
    {
        foreach ((LiftTarget target, Vector3D point) in plan.Targets.Zip(TargetPoints(plan)))
        {
            SurfacePoint at = probe.Embed(point);
            if (at.Distance <= PreviewRegion.OffSkinMm)
            {
                yield return new TargetLift(target.Landmark, Vector3D.Dot(at.Interpolate(Skin, skin), target.Vector));
            }
        }
    }

    private static ThreadPreview Describe(PreviewThread thread, double[] displacement, ThreadReport? report)
    {
        Vector3D[] after = thread.After(displacement);
        return new ThreadPreview
        {
            Id = thread.Planned.Id,
            Before = thread.Before,
            After = after,
            TensionN = report?.LargestTensionN ?? 0,
            CapacityN = report?.CapacityN ?? 0,
            PulledThrough = report?.PulledThrough ?? false,
            Barbs = report is null || thread.Planned.Barbs == BarbKind.None ? [] : [.. report.Barbs.Select(barb =>
            {
                (Vector3D position, Vector3D freeEnd) = thread.BarbAt(after, thread.Placed!.Definition.Stations[barb.Station]);
                return new BarbPreview(position, freeEnd, barb.LoadN, barb.MarginN, barb.SlipMm, barb.Slipped);
            })],
        };
    }
}

/// <summary>A preview's result with what lies under the skin.</summary>
/// <param name="Result">The result.</param>
/// <param name="Equilibrium">The equilibrium.</param>
/// <param name="Definitions">The threads that carry something, in the order of the equilibrium's reports.</param>
internal sealed record PreviewResponse(PreviewResult Result, ThreadEquilibrium Equilibrium, ThreadDefinition[] Definitions);
