using System.Collections.Immutable;
using Threadwell.Evidence;

namespace Threadwell.Care.Risks;

/// <summary>
/// Draws complications for virtual patients, to fill trials and made-up records. Each happens by itself at its pooled rate, for the patient's own age where a rate by age was
/// published. That is a statement about many patients: it says nothing of one.
/// </summary>
public static class ComplicationGenerator
{
    private const double Percent = 100;

    // Pooled rates, of absorbable threads where such were pooled. Complications of which single series alone tell are left out: a series is not a population.
    private static readonly ImmutableArray<(string Id, Fact Rate)> Pooled =
    [
        ("numbness", EvidenceCatalogue.Get("complication-rate.numbness.absorbable-pooled")),
        ("exposure", EvidenceCatalogue.Get("complication-rate.exposure.absorbable-pooled")),
        ("infection", EvidenceCatalogue.Get("complication-rate.infection.mixed-niu")),
        ("dimpling", EvidenceCatalogue.Get("complication-rate.dimpling.mixed-niu")),
        ("visible", EvidenceCatalogue.Get("complication-rate.visible.mixed-niu")),
        ("swelling", EvidenceCatalogue.Get("complication-rate.swelling.mixed-niu")),
    ];

    /// <summary>Names of what may be drawn.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. Pooled.Select(row => row.Id)];

    /// <summary>Draws for one virtual patient.</summary>
    /// <param name="ageYears">Her age; null where the population's rate is wanted.</param>
    /// <param name="uniform">Gives numbers evenly from 0 to below 1; asked once for each of <see cref="Ids"/>, in their order.</param>
    /// <returns>What she got, in the order of <see cref="Ids"/>.</returns>
    public static ImmutableArray<string> Draw(double? ageYears, Func<double> uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        return [.. Pooled.Where(row => uniform() * Percent < RateOf(row.Id, row.Rate, ageYears).Value).Select(row => row.Id)];
    }

    private static Fact RateOf(string id, Fact pooled, double? ageYears) =>
        ageYears is { } age && ComplicationModel.ByAge(id, age) is { Own: { } own } ? own : pooled;
}
