using Threadwell.Anatomy.Tissue;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// A plan's threads in the tissue: where they lie, how each barb holds on a day, and the thread system that the solver takes.
/// </summary>
internal sealed class ThreadAssembly
{
    private readonly double ingrowthHolding;
    private readonly FactValues facts;
    private readonly ThreadDefinition[] definitions;

    /// <summary>Places the threads of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="mechanics">The tissue that they lie in.</param>
    /// <param name="probe">Look-ups in it.</param>
    /// <param name="facts">Values to go by.</param>
    public ThreadAssembly(ThreadPlan plan, TissueMechanics mechanics, TissueProbe probe, FactValues facts)
    {
        ingrowthHolding = facts.Value("barb.ingrowth-holding", "N/(mg/mm)");
        this.facts = facts;
        var placer = new ThreadPlacer(mechanics, probe, facts);
        Plan = plan;
        PlacedThread[] placed = [.. plan.Threads.Select(thread => placer.Place(thread))];
        Courses = [.. placed.Select(thread => thread.Course)];
        Properties = [.. placed.Select(thread => thread.Polymer)];
        definitions = [.. placed.Select(thread => thread.Definition)];
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

    /// <summary>Share of a thread's length that counts as tissue at barbs: the response at one is counted over the tuft that it grips on either side.</summary>
    public double BarbShare(int thread) => BarbShare(BarbPositions(thread).Length, Plan.Threads[thread].Barbs, Courses[thread].LengthMm, facts);

    /// <summary>The same of a thread by its number of barbs and its length.</summary>
    internal static double BarbShare(int barbs, BarbKind kind, double lengthMm, FactValues facts) => Math.Min(1, barbs * 2 * BarbGrasp.EffectiveRadiusMm(kind, facts) / lengthMm);

    /// <summary>Sets what polymer and ingrowth have become.</summary>
    /// <param name="thread">Index of the thread.</param>
    /// <param name="polymer">State of the polymer.</param>
    /// <param name="collagenAtBarb">New collagen round a barb, mg/mm.</param>
    /// <param name="peakLoad">Load of a barb at the peaks of movement, relative to rest: a barb slips where it holds less than its peak.</param>
    public void SetState(int thread, PolymerState polymer, double collagenAtBarb, double peakLoad)
    {
        PlannedThread planned = Plan.Threads[thread];
        int barbs = definitions[thread].BarbCount;
        double ingrown = planned.Barbs == BarbKind.None ? 0 : ingrowthHolding * collagenAtBarb;

        // Scar can hold the barb better, but the barb itself is polymer: both ends of the bond weaken with its strength.
        double holdingNow = (BarbGrasp.HoldingOnDayZero(planned.Barbs, facts) + ingrown) * polymer.Strength / peakLoad;
        var holdingN = new double[barbs];
        var bond = new double[barbs];
        Array.Fill(holdingN, holdingNow);
        Array.Fill(bond, BarbGrasp.BondStiffness(planned.Barbs, facts));
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
}
