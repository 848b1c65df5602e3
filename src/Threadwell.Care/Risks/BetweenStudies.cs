namespace Threadwell.Care.Risks;

/// <summary>How far rates of studies differ beyond chance.</summary>
public static class BetweenStudies
{
    // Keeps the odds of none and of all finite (J. B. S. Haldane, Ann. Hum. Genet. 20 (1956) 309).
    private const double Half = 0.5;

    /// <summary>
    /// The share of the variation between studies that chance does not explain, I2 = (Q - (k - 1)) / Q, not below 0, with Cochran's Q of the logarithms of the odds
    /// (J. P. T. Higgins and S. G. Thompson, Stat. Med. 21 (2002) 1539).
    /// </summary>
    /// <param name="studies">Events and patients of each; at least two.</param>
    /// <returns>Between 0 and 1. Of two or three studies it says little: it is shown with their number.</returns>
    /// <exception cref="ArgumentException">Fewer than two studies, or one with more events than patients.</exception>
    public static double Share(IReadOnlyList<(int Events, int Of)> studies)
    {
        ArgumentNullException.ThrowIfNull(studies);
        if (studies.Count < 2 || studies.Any(study => study.Events < 0 || study.Of < study.Events))
        {
            throw new ArgumentException("At least two studies with no more events than patients are needed.", nameof(studies));
        }

        (double LogOdds, double Weight)[] each = [.. studies.Select(study => Of(study.Events + Half, study.Of - study.Events + Half))];
        double mean = each.Sum(study => study.Weight * study.LogOdds) / each.Sum(study => study.Weight);
        double q = each.Sum(study => study.Weight * (study.LogOdds - mean) * (study.LogOdds - mean));
        return q > 0 ? Math.Max(0, (q - (studies.Count - 1)) / q) : 0;
    }

    private static (double LogOdds, double Weight) Of(double with, double without) => (Math.Log(with / without), 1 / ((1 / with) + (1 / without)));
}
