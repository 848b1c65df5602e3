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
    private readonly TissueResponseCourse?[] ofLooseBarbs;
    private readonly double[,] loosenedMm;
    private readonly ResponseDisturbance disturbance;
    private readonly Subject subject;
    private readonly AgeingRates ageing;

    /// <summary>Computes the courses.</summary>
    /// <param name="plan">Threads and patient.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="disturbance">What disturbs the healing tissue.</param>
    /// <param name="facts">Values to go by.</param>
    public BiologyCourse(ThreadPlan plan, double[] timesDays, ResponseDisturbance disturbance, FactValues facts)
    {
        this.facts = facts;
        this.disturbance = disturbance;
        ofLooseBarbs = new TissueResponseCourse?[plan.Threads.Count];
        loosenedMm = new double[plan.Threads.Count, timesDays.Length];
        this.plan = plan;
        this.timesDays = timesDays;
        subject = new Subject { AgeYears = plan.Patient.AgeYears, IsFemale = plan.Patient.Sex == Sex.Female, IsSmoker = plan.Patient.Smoker };
        ageing = Ageing.For(subject, facts);
        foreach (PlannedThread thread in plan.Threads)
        {
            foreach (bool atBarb in (ReadOnlySpan<bool>)[true, false])
            {
                var key = (thread.Material, thread.DiameterMm, atBarb);
                if (!responses.ContainsKey(key))
                {
                    responses[key] = TissueResponse.Simulate(InputOf(thread, atBarb), timesDays, facts);
                }
            }
        }
    }

    /// <summary>State of a thread's polymer at a stored time.</summary>
    public PolymerState PolymerAt(int thread, int time) =>
        Polymer.State(PolymerParameters.For(plan.Threads[thread].Material, facts), plan.Threads[thread].DiameterMm, timesDays[time]);

    /// <summary>Tissue response of a thread at or between its barbs; what works barbs loose changes it from then on.</summary>
    public TissueResponseCourse Response(int thread, bool atBarb) => atBarb && ofLooseBarbs[thread] is { } loose
        ? loose
        : responses[(plan.Threads[thread].Material, plan.Threads[thread].DiameterMm, atBarb)];

    /// <summary>Tells that the barbs of a thread were worked loose in the step that ends at a stored time: that slip injures again.</summary>
    /// <param name="thread">Index of the thread.</param>
    /// <param name="time">Index of the stored time, at least 1; not before one that was told.</param>
    /// <param name="meanMm">Mean over its barbs of what the step worked loose, mm.</param>
    public void WorkedLoose(int thread, int time, double meanMm)
    {
        if (meanMm == 0)
        {
            return;
        }

        loosenedMm[thread, time] = meanMm;
        ofLooseBarbs[thread] = TissueResponse.Simulate(InputOf(plan.Threads[thread], atBarb: true) with { SlipMmPerDay = day => SlipSpeed(thread, day) }, timesDays, facts);
    }

    /// <summary>Content of an original network at a stored time, relative to day 0.</summary>
    public double Content(NetworkKind kind, int time) => ageing.Content(kind, timesDays[time]);

    private TissueResponseInput InputOf(PlannedThread thread, bool atBarb) =>
        new() { Material = thread.Material, DiameterMm = thread.DiameterMm, IsBarb = atBarb, Subject = subject, Disturbance = disturbance };

    /// <summary>Speed of slip, mm/d: even over each step, whose end belongs to it.</summary>
    private double SlipSpeed(int thread, double day)
    {
        int end = Array.FindIndex(timesDays, 1, time => time >= day);
        return end < 0 ? 0 : loosenedMm[thread, end] / (timesDays[end] - timesDays[end - 1]);
    }

    /// <summary>Content of an original network at a stored time, relative to a non-smoker of the same sex at the age at which the numbers of skin hold.</summary>
    public double ContentByAge(NetworkKind kind, int time) => ageing.ContentOnDayZero(kind) * Content(kind, time);

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
