using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>Collagen content of skin by age and sex: it falls by a constant share a year, faster in women after menopause (E-167, E-166).</summary>
internal static class CollagenContent
{
    /// <summary>Days in a year.</summary>
    public const double DaysPerYear = 365.25;

    private static readonly double Loss = EvidenceCatalogue.Value("skin.collagen.loss", "1/year");
    private static readonly double LossAfterMenopause = EvidenceCatalogue.Value("skin.collagen.loss-after-menopause", "1/year");
    private static readonly double MenopauseAge = EvidenceCatalogue.Value("skin.menopause-age", "year");

    /// <summary>Share of the content lost in a year at an age, 1/year.</summary>
    public static double LossPerYear(double ageYears, bool isFemale) => isFemale && ageYears >= MenopauseAge ? LossAfterMenopause : Loss;

    /// <summary>Loss integrated from one age to a later or earlier one: content(to) = content(from) · exp(−this).</summary>
    public static double IntegratedLoss(double fromAge, double toAge, bool isFemale) =>
        Integral(toAge, isFemale) - Integral(fromAge, isFemale);

    private static double Integral(double age, bool isFemale) =>
        Loss * age + (isFemale ? (LossAfterMenopause - Loss) * Math.Max(0, age - MenopauseAge) : 0);
}
