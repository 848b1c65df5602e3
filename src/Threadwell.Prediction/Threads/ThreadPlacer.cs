using Threadwell.Anatomy.Tissue;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A planned thread as it lies in a tissue on day 0.</summary>
/// <param name="Course">Its course inside the tissue.</param>
/// <param name="Polymer">Properties of its polymer.</param>
/// <param name="Definition">What the thread system takes.</param>
internal sealed record PlacedThread(EmbeddedThread Course, PolymerProperties Polymer, ThreadDefinition Definition);

/// <summary>Places threads in one tissue; keeps what all of them need.</summary>
internal sealed class ThreadPlacer
{
    // Stations that carry the cable round a bend lie no further apart than this, mm.
    private const double LargestStationGapMm = 5;

    private readonly double kernelRadiusMm;
    private readonly FactValues facts;
    private readonly TissueMechanics mechanics;
    private readonly TissueProbe probe;
    private readonly double[] volumes;
    private readonly StiffeningMedium[] medium;

    /// <summary>Prepares a tissue.</summary>
    /// <param name="mechanics">The tissue that the threads lie in.</param>
    /// <param name="probe">Look-ups in it.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="coarsening">Edge of the tissue's mesh relative to the one whose kernel is used; 1 for its own.</param>
    public ThreadPlacer(TissueMechanics mechanics, TissueProbe probe, FactValues facts, double coarsening = 1)
    {
        this.facts = facts;
        kernelRadiusMm = BarbGrasp.KernelRadiusInEdges * mechanics.Tissue.EdgeLengthMm / coarsening;
        this.mechanics = mechanics;
        this.probe = probe;
        volumes = mechanics.Mesh.LumpedVolumes();
        medium = NodalMedium(mechanics);
    }

    /// <summary>Course of a thread inside the tissue.</summary>
    /// <param name="thread">The thread.</param>
    /// <exception cref="ArgumentException">All of its points meet in one point of the tissue.</exception>
    public EmbeddedThread Embed(PlannedThread thread)
    {
        const double SpacingMm = 2;
        Vector3D[] skin = [.. new EmbeddedThread(thread.Path) is var path && path.LengthMm > 0
            ? Enumerable.Range(0, (int)Math.Ceiling(path.LengthMm / SpacingMm) + 1).Select(index => path.PointAt(Math.Min(index * SpacingMm, path.LengthMm)))
            : []];
        return new EmbeddedThread(Distinct(skin.Select(point => probe.DepthPoint(point, thread.DepthMm).Position)));
    }

    /// <summary>Lays a thread into the tissue.</summary>
    /// <param name="thread">The thread.</param>
    /// <exception cref="ArgumentException">All of its points meet in one point of the tissue.</exception>
    public LaidThread Lay(PlannedThread thread)
    {
        EmbeddedThread course = Embed(thread);
        return new LaidThread(thread, course, course.LayOut(
            thread.Barbs == BarbKind.None ? BarbGrasp.FrictionStationsPerMm : thread.BarbsPerCm / 10,
            thread.Direction == BarbDirection.Bidirectional,
            thread.Anchor == AnchorKind.Fixed,
            LargestStationGapMm));
    }

    /// <summary>Places a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <exception cref="ArgumentException">All of its points meet in one point of the tissue.</exception>
    public PlacedThread Place(PlannedThread thread) => Place(Lay(thread));

    /// <summary>Tells how the tissue takes a thread that was laid into it.</summary>
    /// <param name="laid">The thread.</param>
    public PlacedThread Place(LaidThread laid)
    {
        PlannedThread thread = laid.Planned;
        PolymerProperties polymer = PolymerProperties.For(thread.Material, thread.DiameterMm, thread.Barbs == BarbKind.Cut, facts);
        return new PlacedThread(laid.Course, polymer, Define(thread, laid.Course, laid.Stations, polymer));
    }

    private ThreadDefinition Define(PlannedThread thread, EmbeddedThread course, ThreadStation[] stations, PolymerProperties polymer)
    {
        double radius = BarbGrasp.EffectiveRadiusMm(thread.Barbs, facts);
        KernelWeights[] weights = [.. stations.Select(station =>
        {
            Vector3D at = course.PointAt(station.AxialMm);
            return KernelWeights.Build(mechanics.Mesh.Coordinates, volumes, at, new KernelShape(kernelRadiusMm, NormalRadius(at, radius), NormalAt(at)));
        })];
        double holding = BarbGrasp.HoldingOnDayZero(thread.Barbs, facts);
        NearFieldCurve[] nearField = HiddenAtBarbs(stations, weights, radius, holding);
        return new ThreadDefinition
        {
            Id = thread.Id,
            Stations = stations,
            Weights = weights,
            AxialStiffnessN = polymer.AxialStiffnessN,
            StrengthN = polymer.StrengthN,
            HoldingN = [.. nearField.Select(_ => holding)],
            BondStiffnessNPerMm = [.. nearField.Select(_ => BarbGrasp.BondStiffness(thread.Barbs, facts))],
            NearField = nearField,
            SlidingFraction = thread.Barbs != BarbKind.None ? facts.Value("barb.sliding-share", "1") : 1,
            AnchorStiffnessNPerMm = facts.Value("anchor.fascia-stiffness", "N/mm"),
            GatherMm = thread.GatherMm is { } gather ? EmbeddedThread.PlaceGather(stations, gather) : null,
            PullN = thread.PullN,
        };
    }

    /// <summary>What kernel and mesh hide at each barb, in the kernel's mean of the tissue around it.</summary>
    private NearFieldCurve[] HiddenAtBarbs(ThreadStation[] stations, KernelWeights[] weights, double radius, double largestLoad)
    {
        var local = new List<StiffeningMedium>();
        for (int station = 0; station < stations.Length; station++)
        {
            if (stations[station].Grip == BarbGrip.None)
            {
                continue;
            }

            // Near an edge some weights are negative, so that linear fields are averaged exactly; with them a mean of layers as different as fat and SMAS could be negative too.
            KernelWeights kernel = weights[station];
            double total = 0, shear = 0, stiffening = 0;
            for (int entry = 0; entry < kernel.Nodes.Length; entry++)
            {
                double weight = Math.Max(0, kernel.Values[entry]);
                StiffeningMedium at = medium[kernel.Nodes[entry]];
                total += weight;
                shear += weight * at.ShearModulusMPa;
                stiffening += weight * at.StiffeningMPa;
            }

            local.Add(new StiffeningMedium(shear / total, stiffening / total));
        }

        return HiddenCompliance.Curves(stations, weights, mechanics.Mesh.Coordinates, volumes, radius, local, largestLoad);
    }

    /// <summary>Through the thickness the kernel reaches two cells, or an effective barb, whichever is more.</summary>
    private double NormalRadius(Vector3D at, double radius)
    {
        double thickness = probe.ThicknessMm(probe.Embed(at));
        return Math.Max(2 * thickness / mechanics.Tissue.CellCount, radius);
    }

    private Vector3D NormalAt(Vector3D at) => mechanics.Tissue.Skin.TriangleAreaVector(probe.Embed(at).Triangle).Normalized();

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

    /// <summary>Law of the tissue at each node: the volume mean over the wedges that meet there.</summary>
    private static StiffeningMedium[] NodalMedium(TissueMechanics mechanics)
    {
        var shear = new double[mechanics.Mesh.NodeCount];
        var stiffening = new double[mechanics.Mesh.NodeCount];
        var volume = new double[mechanics.Mesh.NodeCount];
        int[] corners = mechanics.Mesh.Blocks[0].Connectivity;
        for (int corner = 0; corner < corners.Length; corner++)
        {
            int wedge = corner / 6, node = corners[corner];
            StiffeningMedium of = mechanics.MediumOf(wedge);
            volume[node] += mechanics.Mesh.ElementVolume[wedge];
            shear[node] += mechanics.Mesh.ElementVolume[wedge] * of.ShearModulusMPa;
            stiffening[node] += mechanics.Mesh.ElementVolume[wedge] * of.StiffeningMPa;
        }

        return [.. volume.Select((total, node) => new StiffeningMedium(shear[node] / total, stiffening[node] / total))];
    }
}
