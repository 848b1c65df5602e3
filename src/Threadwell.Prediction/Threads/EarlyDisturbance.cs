using Threadwell.Biology;
using Threadwell.Evidence;

namespace Threadwell.Prediction;

/// <summary>
/// What early movement, massage and heat do (design 3.7): movement makes barbs carry more than at rest and works them loose, massage works them loose and injures again, heat changes
/// what injury calls and what cells make. All of it ends within weeks. Reasons and limits: <c>docs/theory/threads.md</c> and <c>docs/theory/tissue-response.md</c>.
/// </summary>
internal sealed class EarlyDisturbance
{
    private readonly double peakLoad;
    private readonly double movementPerDay;
    private readonly double movementUntil;
    private readonly double massagePerDay;
    private readonly double massageUntil;

    /// <summary>Reads what habits do.</summary>
    /// <param name="habits">What is done in spite of the advice.</param>
    /// <param name="facts">Values to go by.</param>
    public EarlyDisturbance(AftercareHabits habits, FactValues facts)
    {
        movementUntil = habits.EarlyMovement ? facts.Value("aftercare.movement.until", "d") : 0;
        massageUntil = habits.Massage ? facts.Value("aftercare.massage.until", "d") : 0;
        peakLoad = facts.Value("aftercare.movement.peak-load", "1");
        movementPerDay = facts.Value("aftercare.movement.loosening", "1/d");
        massagePerDay = facts.Value("aftercare.massage.loosening", "1/d");
        Response = new ResponseDisturbance
        {
            InjuryPerDay = facts.Value("aftercare.massage.injury", "1/d"),
            InjuryUntilDay = massageUntil,
            LastingSynthesis = habits.Massage ? facts.Value("aftercare.massage.synthesis-factor", "1") : 1,
            HeatedRecruitment = facts.Value("aftercare.heat.recruitment-factor", "1"),
            HeatedSynthesis = facts.Value("aftercare.heat.synthesis-factor", "1"),
            HeatUntilDay = habits.Heat ? facts.Value("aftercare.heat.until", "d") : 0,
        };
    }

    /// <summary>What the tissue responds to.</summary>
    public ResponseDisturbance Response { get; }

    /// <summary>Load of a barb at the peaks of movement relative to rest, in a step that begins on a day; 1 where nothing moves it any more.</summary>
    /// <param name="fromDay">First day of the step.</param>
    public double PeakLoad(double fromDay) => fromDay < movementUntil ? peakLoad : 1;

    /// <summary>Share of the elastic stretch of a barb's grip that is worked loose between two days: each day takes its share of what is left.</summary>
    /// <param name="fromDay">First day.</param>
    /// <param name="toDay">Last day.</param>
    public double Loosened(double fromDay, double toDay)
    {
        double DaysUntil(double end) => Math.Max(0, Math.Min(toDay, end) - fromDay);
        return -double.ExpM1(-(movementPerDay * DaysUntil(movementUntil)) - (massagePerDay * DaysUntil(massageUntil)));
    }
}
