namespace Threadwell.Biology;

/// <summary>
/// What disturbs the tissue round a thread in its first weeks, where aftercare is not followed. Massage and heat end on a day; what they leave behind are the cells that
/// they called and how well these repair.
/// </summary>
public sealed record ResponseDisturbance
{
    /// <summary>Rest, as it is advised.</summary>
    public static ResponseDisturbance None { get; } = new();

    /// <summary>Injury by massage, relative to that of insertion, 1/d, from day 0 on.</summary>
    public double InjuryPerDay { get; init; }

    /// <summary>Day on which that injury ends.</summary>
    public double InjuryUntilDay { get; init; }

    /// <summary>Working collagen and elastin that cells make at any time in tissue that was injured again, relative to rest.</summary>
    public double LastingSynthesis { get; init; } = 1;

    /// <summary>Inflammatory cells that injury calls while the tissue is heated, relative to rest.</summary>
    public double HeatedRecruitment { get; init; } = 1;

    /// <summary>Collagen and elastin that the cells make while the tissue is heated, relative to rest.</summary>
    public double HeatedSynthesis { get; init; } = 1;

    /// <summary>Day on which heat ends.</summary>
    public double HeatUntilDay { get; init; }

    internal void Check()
    {
        foreach (double value in (ReadOnlySpan<double>)[InjuryPerDay, InjuryUntilDay, LastingSynthesis, HeatedRecruitment, HeatedSynthesis, HeatUntilDay])
        {
            if (value is not (>= 0 and < double.PositiveInfinity))
            {
                throw new ArgumentOutOfRangeException(nameof(ResponseDisturbance), value, "A disturbance is finite and not negative.");
            }
        }
    }
}
