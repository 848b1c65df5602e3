using Threadwell.Anatomy.Tissue;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// A plan's threads in the tissue: where they lie, how each barb holds on a day, and the thread system that the solver takes.
/// </summary>
internal sealed class ThreadAssembly
{
    // The pull is spread over a kernel that the mesh resolves (design 3.1.7); what it hides is put in series with the bond.
    private const double KernelRadiusInEdges = 2;

    // Stations that carry the cable round a bend lie no further apart than this, mm.
    private const double LargestStationGapMm = 5;

    // A smooth thread rubs all along: its friction is gathered at this many stations a millimetre.
    private const double FrictionStationsPerMm = 0.1;

    private readonly double aftercareFactor;
    private readonly double holding = EvidenceCatalogue.Value("barb.holding-force", "N");
    private readonly double ingrowthHolding = EvidenceCatalogue.Value("barb.ingrowth-holding", "N/(mg/mm)");
    private readonly ThreadDefinition[] definitions;

    // The response at a barb is counted over the tuft that it grips on either side, mm.
    private readonly double tuftRadius = EvidenceCatalogue.Value("barb.effective-radius", "mm");

    /// <summary>Places the threads of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="mechanics">The tissue that they lie in.</param>
    /// <param name="probe">Look-ups in it.</param>
    public ThreadAssembly(ThreadPlan plan, TissueMechanics mechanics, TissueProbe probe)
    {
        Plan = plan;
        aftercareFactor = plan.Aftercare switch
        {
            AftercareAdherence.Partial => EvidenceCatalogue.Value("aftercare.partial.holding-factor", "1"),
            AftercareAdherence.Poor => EvidenceCatalogue.Value("aftercare.poor.holding-factor", "1"),
            _ => 1,
        };
        double[] volumes = mechanics.LumpedVolumes();
        double[] modulus = NodalModulus(mechanics);
        Courses = [.. plan.Threads.Select(thread => Embed(thread, probe))];
        Properties = [.. plan.Threads.Select(thread => PolymerProperties.For(thread.Material, thread.DiameterMm, thread.Barbs == BarbKind.Cut))];
        definitions = [.. plan.Threads.Select((thread, index) => Define(thread, index, mechanics, probe, volumes, modulus))];
        System = new ThreadSystem(mechanics.Mesh.NodeCount, definitions);
    }

    /// <summary>The plan.</summary>
    public ThreadPlan Plan { get; }

    /// <summary>The threads inside the tissue.</summary>
    public EmbeddedThread[] Courses { get; }

    /// <summary>Polymer properties of each thread on day 0.</summary>
    public PolymerProperties[] Properties { get; }

    /// <summary>The mechanical system of all threads.</summary>
    public ThreadSystem System { get; }

    /// <summary>Share of a thread's length that counts as tissue at barbs.</summary>
    public double BarbShare(int thread) => Math.Min(1, BarbPositions(thread).Length * 2 * tuftRadius / Courses[thread].LengthMm);

    /// <summary>Sets what polymer and ingrowth have become.</summary>
    /// <param name="thread">Index of the thread.</param>
    /// <param name="polymer">State of the polymer.</param>
    /// <param name="collagenAtBarb">New collagen round a barb, mg/mm.</param>
    public void SetState(int thread, PolymerState polymer, double collagenAtBarb)
    {
        PlannedThread planned = Plan.Threads[thread];
        int barbs = definitions[thread].BarbCount;
        double ingrown = planned.Barbs == BarbKind.None ? 0 : ingrowthHolding * collagenAtBarb;

        // Scar can hold the barb better, but the barb itself is polymer: both ends of the bond weaken with its strength.
        double holdingNow = (HoldingOnDayZero(planned) + ingrown) * polymer.Strength;
        var holdingN = new double[barbs];
        var bond = new double[barbs];
        Array.Fill(holdingN, holdingNow);
        Array.Fill(bond, EvidenceCatalogue.Value("barb.bond-stiffness", "N/mm"));
        System.SetState(
            thread, Properties[thread].AxialStiffnessN * polymer.EffectiveStiffness, Properties[thread].StrengthN * polymer.Strength, holdingN, bond);
    }

    /// <summary>The stretches of thread that lay down new tissue: round the barbs, and between them.</summary>
    public IReadOnlyList<Deposit> Deposits()
    {
        const double SampleMm = 1;

        var deposits = new List<Deposit>();
        for (int thread = 0; thread < Courses.Length; thread++)
        {
            EmbeddedThread course = Courses[thread];
            double share = BarbShare(thread);
            double[] barbs = BarbPositions(thread);
            if (barbs.Length > 0)
            {
                deposits.Add(Sample(thread, atBarb: true, course, barbs, [.. barbs.Select(_ => share * course.LengthMm / barbs.Length)]));
            }

            int samples = Math.Max(1, (int)Math.Ceiling(course.LengthMm / SampleMm));
            double[] at = [.. Enumerable.Range(0, samples).Select(index => course.LengthMm * (index + 0.5) / samples)];
            deposits.Add(Sample(thread, atBarb: false, course, at, [.. at.Select(_ => (1 - share) * course.LengthMm / samples)]));
        }

        return deposits;
    }

    private double[] BarbPositions(int thread) => Plan.Threads[thread].Barbs == BarbKind.None
        ? []
        : [.. definitions[thread].Stations.Where(station => station.Grip != BarbGrip.None).Select(station => station.AxialMm)];

    private static Deposit Sample(int thread, bool atBarb, EmbeddedThread course, double[] at, double[] lengths) =>
        new(thread, atBarb, [.. at.Select(course.PointAt)], [.. at.Select(course.TangentAt)], lengths);

    private static EmbeddedThread Embed(PlannedThread thread, TissueProbe probe)
    {
        const double SpacingMm = 2;
        Vector3D[] skin = [.. new EmbeddedThread(thread.Path) is var path && path.LengthMm > 0
            ? Enumerable.Range(0, (int)Math.Ceiling(path.LengthMm / SpacingMm) + 1).Select(index => path.PointAt(Math.Min(index * SpacingMm, path.LengthMm)))
            : []];
        return new EmbeddedThread(Distinct(skin.Select(point => probe.DepthPoint(point, thread.DepthMm).Position)));
    }

    private static List<Vector3D> Distinct(IEnumerable<Vector3D> points)
    {
        var distinct = new List<Vector3D>();
        foreach (Vector3D point in points)
        {
            if (distinct.Count == 0 || Vector3D.Distance(point, distinct[^1]) > 1e-6)
            {
                distinct.Add(point);
            }
        }

        return distinct;
    }

    private ThreadDefinition Define(PlannedThread thread, int index, TissueMechanics mechanics, TissueProbe probe, double[] volumes, double[] modulus)
    {
        EmbeddedThread course = Courses[index];
        bool barbed = thread.Barbs != BarbKind.None;
        ThreadStation[] stations = course.LayOut(
            barbed ? thread.BarbsPerCm / 10 : FrictionStationsPerMm,
            thread.Direction == BarbDirection.Bidirectional,
            thread.Anchor == AnchorKind.Fixed,
            LargestStationGapMm);
        double radius = KernelRadiusInEdges * mechanics.Tissue.EdgeLengthMm;
        KernelWeights[] weights = [.. stations.Select(station =>
        {
            Vector3D at = course.PointAt(station.AxialMm);
            return KernelWeights.Build(mechanics.Mesh.Coordinates, volumes, at, new KernelShape(radius, NormalRadius(mechanics, probe, at), NormalAt(mechanics, probe, at)));
        })];
        double[] nearField = HiddenAtBarbs(stations, weights, mechanics.Mesh.Coordinates, volumes, modulus);
        PolymerProperties polymer = Properties[index];
        return new ThreadDefinition
        {
            Id = thread.Id,
            Stations = stations,
            Weights = weights,
            AxialStiffnessN = polymer.AxialStiffnessN,
            StrengthN = polymer.StrengthN,
            HoldingN = [.. nearField.Select(_ => HoldingOnDayZero(thread))],
            BondStiffnessNPerMm = [.. nearField.Select(_ => EvidenceCatalogue.Value("barb.bond-stiffness", "N/mm"))],
            NearFieldComplianceMmPerN = nearField,
            SlidingFraction = barbed ? EvidenceCatalogue.Value("barb.sliding-share", "1") : 1,
            AnchorStiffnessNPerMm = EvidenceCatalogue.Value("anchor.fascia-stiffness", "N/mm"),
            GatherMm = thread.GatherMm is { } gather ? EmbeddedThread.PlaceGather(stations, gather) : null,
            PullN = thread.PullN,
        };
    }

    private double HoldingOnDayZero(PlannedThread thread) => aftercareFactor * holding * thread.Barbs switch
    {
        BarbKind.Moulded => EvidenceCatalogue.Value("moulded.holding-factor", "1"),
        BarbKind.Cone => EvidenceCatalogue.Value("cone.holding-factor", "1"),
        BarbKind.None => EvidenceCatalogue.Value("smooth.holding-share", "1") * 0.1 / FrictionStationsPerMm,
        _ => 1,
    };

    /// <summary>Compliance that kernel and mesh hide at each barb, mm/N, with the kernel's mean of the modulus around it.</summary>
    private static double[] HiddenAtBarbs(ThreadStation[] stations, KernelWeights[] weights, double[] positions, double[] volumes, double[] modulus)
    {
        var local = new List<double>();
        for (int station = 0; station < stations.Length; station++)
        {
            if (stations[station].Grip == BarbGrip.None)
            {
                continue;
            }

            KernelWeights kernel = weights[station];
            double mean = 0;
            for (int entry = 0; entry < kernel.Nodes.Length; entry++)
            {
                mean += kernel.Values[entry] * modulus[kernel.Nodes[entry]];
            }

            local.Add(mean);
        }

        return HiddenCompliance.OfBarbs(stations, weights, positions, volumes, EvidenceCatalogue.Value("barb.effective-radius", "mm"), [.. local]);
    }

    /// <summary>Through the thickness the kernel reaches two cells, or an effective barb, whichever is more.</summary>
    private static double NormalRadius(TissueMechanics mechanics, TissueProbe probe, Vector3D at)
    {
        double thickness = probe.ThicknessMm(probe.Embed(at));
        return Math.Max(2 * thickness / mechanics.Tissue.CellCount, EvidenceCatalogue.Value("barb.effective-radius", "mm"));
    }

    private static Vector3D NormalAt(TissueMechanics mechanics, TissueProbe probe, Vector3D at) =>
        mechanics.Tissue.Skin.TriangleAreaVector(probe.Embed(at).Triangle).Normalized();

    /// <summary>Near-field shear modulus at each node, MPa: the volume mean over the wedges that meet there.</summary>
    private static double[] NodalModulus(TissueMechanics mechanics)
    {
        var modulus = new double[mechanics.Mesh.NodeCount];
        var volume = new double[mechanics.Mesh.NodeCount];
        int[] corners = mechanics.Mesh.Blocks[0].Connectivity;
        for (int corner = 0; corner < corners.Length; corner++)
        {
            int wedge = corner / 6;
            volume[corners[corner]] += mechanics.Mesh.ElementVolume[wedge];
            modulus[corners[corner]] += mechanics.Mesh.ElementVolume[wedge] * mechanics.NearFieldModulusOf(wedge);
        }

        return [.. modulus.Zip(volume, (m, v) => m / v)];
    }
}
