using Threadwell.Evidence;

namespace Threadwell.Web.Scans;

/// <summary>Widths by which a person sees whether a scan's unit can be right.</summary>
/// <param name="LowMm">Nearly all adults have more, mm.</param>
/// <param name="HighMm">Nearly all adults have less, mm.</param>
/// <param name="Source">Evidence row.</param>
internal sealed record UsualWidths(double LowMm, double HighMm, string Source)
{
    // Two standard deviations hold 95 in 100 people.
    private const double Deviations = 2;

    /// <summary>From one outer corner of the eye to the other: women's mean less, men's mean plus two standard deviations.</summary>
    public static UsualWidths BetweenOuterEyeCorners()
    {
        Fact women = EvidenceCatalogue.Get("anthropometry.biocular-width.female");
        Fact men = EvidenceCatalogue.Get("anthropometry.biocular-width.male");
        return new(women.Value - (Deviations * women.StandardDeviation!.Value), men.Value + (Deviations * men.StandardDeviation!.Value), women.Id);
    }
}
