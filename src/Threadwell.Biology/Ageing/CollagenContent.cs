using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>Collagen content of skin by age and sex: it falls by a constant share a year, faster in women after menopause (E-167, E-166).</summary>
internal sealed class CollagenContent(FactValues facts)
{
    /// <summary>Days in a year.</summary>
    public const double DaysPerYear = 365.25;

    private readonly double loss = facts.Value("skin.collagen.loss", "1/year");
    private readonly double lossAfterMenopause = facts.Value("skin.collagen.loss-after-menopause", "1/year");
    private readonly double menopauseAge = facts.Value("skin.menopause-age", "year");

    /// <summary>Share of the content lost in a year at an age, 1/year.</summary>
    public double LossPerYear(double ageYears, bool isFemale) => isFemale && ageYears >= menopauseAge ? lossAfterMenopause : loss;

    /// <summary>Loss integrated from one age to a later or earlier one: content(to) = content(from) · exp(−this).</summary>
    public double IntegratedLoss(double fromAge, double toAge, bool isFemale) =>
        Integral(toAge, isFemale) - Integral(fromAge, isFemale);

    private double Integral(double age, bool isFemale) =>
        loss * age + (isFemale ? (lossAfterMenopause - loss) * Math.Max(0, age - menopauseAge) : 0);
}
