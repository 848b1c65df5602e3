using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Mechanics.Networks;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Polymer and tissue response of every thread of a plan at the stored times of a course, and the ageing of the tissue round them.</summary>
internal sealed class BiologyCourse
{
    private readonly ThreadPlan plan;
    private readonly double[] timesDays;
    private readonly FactValues facts;
    private readonly Dictionary<(ThreadMaterial Material, double Diameter, bool AtBarb), TissueResponseCourse> responses = [];
    private readonly AgeingRates ageing;

    /// <summary>Computes the courses.</summary>
    /// <param name="plan">Threads and patient.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="facts">Values to go by.</param>
    public BiologyCourse(ThreadPlan plan, double[] timesDays, FactValues facts)
    {
        this.facts = facts;
        this.plan = plan;
        this.timesDays = timesDays;
        var subject = new Subject { AgeYears = plan.Patient.AgeYears, IsFemale = plan.Patient.Sex == Sex.Female, IsSmoker = plan.Patient.Smoker };
        ageing = Ageing.For(subject, facts);
        foreach (PlannedThread thread in plan.Threads)
        {
            foreach (bool atBarb in (ReadOnlySpan<bool>)[true, false])
            {
                var key = (thread.Material, thread.DiameterMm, atBarb);
                if (!responses.ContainsKey(key))
                {
                    responses[key] = TissueResponse.Simulate(
                        new TissueResponseInput { Material = thread.Material, DiameterMm = thread.DiameterMm, IsBarb = atBarb, Subject = subject },
                        timesDays,
                        facts);
                }
            }
        }
    }

    /// <summary>State of a thread's polymer at a stored time.</summary>
    public PolymerState PolymerAt(int thread, int time) =>
        Polymer.State(PolymerParameters.For(plan.Threads[thread].Material, facts), plan.Threads[thread].DiameterMm, timesDays[time]);

    /// <summary>Tissue response of a thread at or between its barbs.</summary>
    public TissueResponseCourse Response(int thread, bool atBarb) =>
        responses[(plan.Threads[thread].Material, plan.Threads[thread].DiameterMm, atBarb)];

    /// <summary>Content of an original network at a stored time, relative to day 0.</summary>
    public double Content(NetworkKind kind, int time) => ageing.Content(kind, timesDays[time]);

    /// <summary>What all networks do between two stored times.</summary>
    /// <param name="time">Index of the stored time at the end of the step, at least 1.</param>
    /// <param name="deposits">Deposits of the treated course; empty for the untreated one.</param>
    /// <param name="births">Which births count.</param>
    public TissueStep Step(int time, IReadOnlyList<Deposit> deposits, NetworkBirths births)
    {
        double days = timesDays[time] - timesDays[time - 1];
        NetworkStep Original(NetworkKind kind)
        {
            NetworkStep step = NetworkStep.FromMasses(Content(kind, time - 1), Content(kind, time), ageing.DeathRatePerDay(kind), days);
            return births.HasFlag(NetworkBirths.Original) ? step : step.WithoutBirth();
        }

        var collagen = new double[deposits.Count];
        var elastin = new double[deposits.Count];
        double collagenDeath = ageing.DeathRatePerDay(NetworkKind.NewCollagen), elastinDeath = ageing.DeathRatePerDay(NetworkKind.NewElastin);
        if (births.HasFlag(NetworkBirths.New))
        {
            for (int index = 0; index < deposits.Count; index++)
            {
                TissueResponseCourse response = Response(deposits[index].Thread, deposits[index].AtBarb);
                collagen[index] = NetworkStep.FromMasses(response.Collagen[time - 1], response.Collagen[time], collagenDeath, days).Born;
                elastin[index] = NetworkStep.FromMasses(response.Elastin[time - 1], response.Elastin[time], elastinDeath, days).Born;
            }
        }

        return new TissueStep
        {
            Elastin = Original(NetworkKind.Elastin),
            Collagen = Original(NetworkKind.OriginalCollagen),
            Ground = Original(NetworkKind.GroundMatrix),
            NewCollagenKept = Math.Exp(-collagenDeath * days),
            NewElastinKept = Math.Exp(-elastinDeath * days),
            NewCollagenBorn = collagen,
            NewElastinBorn = elastin,
        };
    }
}
