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
    private readonly IReadOnlyList<LaidThread> laid;
    private readonly ThreadDefinition[] definitions;

    /// <summary>Places the threads of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="laid">Its threads as they lie in the tissue.</param>
    /// <param name="placer">Places them there.</param>
    /// <param name="nodes">Number of nodes of the tissue's mesh.</param>
    /// <param name="facts">Values to go by.</param>
    public ThreadAssembly(ThreadPlan plan, IReadOnlyList<LaidThread> laid, ThreadPlacer placer, int nodes, FactValues facts)
    {
        ingrowthHolding = facts.Value("barb.ingrowth-holding", "N/(mg/mm)");
        this.facts = facts;
        this.laid = laid;
        Plan = plan;
        PlacedThread[] placed = [.. laid.Select(placer.Place)];
        Courses = [.. placed.Select(thread => thread.Course)];
        Properties = [.. placed.Select(thread => thread.Polymer)];
        definitions = [.. placed.Select(thread => thread.Definition)];
        System = new ThreadSystem(nodes, definitions);
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
    public double BarbShare(int thread) => laid[thread].BarbShare(facts);

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
}
