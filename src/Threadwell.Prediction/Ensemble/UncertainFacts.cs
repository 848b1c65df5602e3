using MathNet.Numerics.Distributions;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The facts that are uncertain and how they are distributed: every fact that a prediction goes by and that has a published or assumed spread.
/// </summary>
/// <remarks>
/// The catalogue's value is the median. Where a standard deviation was published, the fact is log-normal with that coefficient of variation. Where a range is known, each half is
/// log-normal (normal where the range reaches nought) so that its end is the 2.5th or the 97.5th percentile. Nothing is drawn beyond those percentiles: a range is what its source
/// or its reason calls possible.
/// </remarks>
internal static class UncertainFacts
{
    private const double Percentile = 0.025;

    // 97.5th percentile of the standard normal distribution.
    private const double RangeInDeviations = 1.959963984540054;

    // How something is measured or solved, not how a patient is.
    private static readonly HashSet<string> Conventions = new(StringComparer.Ordinal)
    {
        "clinic.visible-lift-threshold", "suction.aperture", "suction.pressure", "support.end-margin", "tissue.continuation-length", "tissue.poisson-ratio-at-most-stiff",
        "tissue.new-collagen.largest-shear-modulus", "tissue.collagen.half-life-rat", "tissue.cells.rat-to-human-rate",
    };

    private static readonly Dictionary<string, Cause> CauseOfTopic = new(StringComparer.Ordinal)
    {
        ["polymers"] = Cause.Thread,
        ["barbs"] = Cause.Thread,
        ["tissue-response"] = Cause.Thread,
        ["ageing"] = Cause.Skin,
        ["tissue-mechanics"] = Cause.Skin,
        ["technique"] = Cause.Technique,
    };

    /// <summary>All of them with their cause, by name.</summary>
    public static IReadOnlyList<(Fact Fact, Cause Cause)> All { get; } =
    [
        .. EvidenceCatalogue.All
            .Where(fact => (fact.Low is not null && fact.High is not null) || fact.StandardDeviation is not null)
            .Where(fact => CauseOfTopic.ContainsKey(fact.Topic) && !Conventions.Contains(fact.Name) && !IsOfAPlan(fact.Name))
            .OrderBy(fact => fact.Name, StringComparer.Ordinal)
            .Select(fact => (fact, CauseOf(fact))),
    ];

    /// <summary>The value of a fact at a share of its distribution.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="share">Share of the distribution below the value, 0 to 1; a half is the catalogue's value.</param>
    public static double Value(Fact fact, double share)
    {
        ArgumentNullException.ThrowIfNull(fact);
        double deviations = Deviations(share);
        if (fact.StandardDeviation is { } deviation)
        {
            double variation = deviation / fact.Value;
            return fact.Value * Math.Exp(deviations * Math.Sqrt(Math.Log(1 + (variation * variation))));
        }

        double end = deviations < 0 ? fact.Low!.Value : fact.High!.Value;
        double reach = Math.Abs(deviations) / RangeInDeviations;
        return fact.Low > 0 ? fact.Value * Math.Pow(end / fact.Value, reach) : fact.Value + (reach * (end - fact.Value));
    }

    /// <summary>Deviations of a normal distribution at a share of that of a fact, which is cut at both ends.</summary>
    /// <param name="share">Share of the distribution below, 0 to 1.</param>
    public static double Deviations(double share) => Normal.InvCDF(0, 1, Percentile + ((1 - (2 * Percentile)) * share));

    // A plan names its own numbers: what the catalogue suggests for a plan, allows a proposed one or says of a size of suture is not asked again.
    private static bool IsOfAPlan(string name) =>
        name.StartsWith("plan.", StringComparison.Ordinal) || name.StartsWith("planning.", StringComparison.Ordinal) || name.StartsWith("suture.", StringComparison.Ordinal) || name.StartsWith("barbed.", StringComparison.Ordinal);

    private static Cause CauseOf(Fact fact) => fact.Name.StartsWith("aftercare.", StringComparison.Ordinal) ? Cause.Aftercare : CauseOfTopic[fact.Topic];
}
