using System.Collections.Immutable;
using Threadwell.Care.Registry;
using Threadwell.Care.Rules;
using Threadwell.Evidence;

namespace Threadwell.Care.Risks;

/// <summary>One published rate, with how far chance alone may have moved it.</summary>
/// <param name="Rate">The rate, patients in 100.</param>
/// <param name="Patients">Patients of the series; null for a pooled rate.</param>
/// <param name="LowPercent">Lower end of the 95 % score interval; the rate itself where the number of patients is not printed.</param>
/// <param name="HighPercent">Upper end, likewise.</param>
/// <param name="Differences">In what the series is not like the case; empty where it is like it in all that is looked at.</param>
public sealed record SeriesRate(Fact Rate, int? Patients, double LowPercent, double HighPercent, ImmutableArray<SeriesDifference> Differences);

/// <summary>How far studies differ among each other.</summary>
/// <param name="Percent">Share of the variation between them that chance does not explain (I2), %.</param>
/// <param name="Published">The fact it was printed in; null where it was computed here from the series that are shown.</param>
/// <param name="Series">How many series it was computed from; 0 where it was printed.</param>
public sealed record RateHeterogeneity(double Percent, Fact? Published, int Series);

/// <summary>What a published rate was at an age.</summary>
/// <param name="UpTo50">Up to 50 years, patients in 100.</param>
/// <param name="Over50">Above.</param>
/// <param name="Own">The one of the case's age; null where its age is not known.</param>
public sealed record AgeRates(Fact UpTo50, Fact Over50, Fact? Own);

/// <summary>A complication for a case: every published rate with its interval, never one number for one person.</summary>
public sealed record ComplicationEstimate
{
    /// <summary>The complication.</summary>
    public required ComplicationRate Complication { get; init; }

    /// <summary>The published rates, those of the series most like the case first; empty where the frequency is not known.</summary>
    public required ImmutableArray<SeriesRate> Series { get; init; }

    /// <summary>Lowest end of the intervals, patients in 100; null where the frequency is not known.</summary>
    public double? LowPercent => Series.IsEmpty ? null : Series.Min(series => series.LowPercent);

    /// <summary>Highest end of the intervals, patients in 100; null where the frequency is not known.</summary>
    public double? HighPercent => Series.IsEmpty ? null : Series.Max(series => series.HighPercent);

    /// <summary>How far the studies differ; null where that is neither printed nor can be computed.</summary>
    public required RateHeterogeneity? Heterogeneity { get; init; }

    /// <summary>Rates by age, of all kinds of threads together; null where none were published.</summary>
    public required AgeRates? ByAge { get; init; }
}

/// <summary>
/// Something that makes complications likelier or rarer, and of which no number was published for absorbable threads: it is said, and changes no rate.
/// </summary>
/// <param name="Id">Name that does not change.</param>
/// <param name="Says">What is known, in plain words.</param>
/// <param name="Sources">Evidence rows.</param>
public sealed record StatedModifier(string Id, Wording Says, ImmutableArray<string> Sources);

/// <summary>
/// Complications of a case. No series is left out because the case is otherwise (a range never becomes narrower by what one knows of a patient), none is scaled by a factor
/// that nobody measured, and series of absorbable and of mixed threads stay apart. A range runs from the lowest to the highest end of its series' intervals.
/// </summary>
public static class ComplicationModel
{
    private const double Percent = 100;
    private const double AgeOfSplitYears = 50;

    /// <summary>What is stated without a number.</summary>
    public static ImmutableArray<StatedModifier> Modifiers { get; } =
    [
        new("sterility", new("How sterile the work is decides on infection, and studies differ: pooled ones find 2 in 100, one series of PDO 6. Unlicensed work ended in abscesses.", "Mức độ vô khuẩn quyết định nhiễm trùng, và các nghiên cứu khác nhau: gộp lại là 2 trên 100 người, một nghiên cứu PDO là 6. Làm ở nơi không phép đã gây áp xe."), ["E-090", "E-093", "E-102"]),
        new("depth", new("A thread that lies too close to the skin is seen, felt or comes out; one that lies too deep meets nerves, vessels and the parotid gland.", "Chỉ nằm quá nông sẽ thấy, sờ được hoặc trồi ra; chỉ nằm quá sâu chạm dây thần kinh, mạch máu và tuyến mang tai."), ["E-093", "E-101", "E-103"]),
        new("anchor", new("A thread that is fixed holds longer and brings hazards of its own at the anchor: exposure, loss of hair, injury of the parotid gland.", "Chỉ được cố định giữ lâu hơn nhưng có nguy cơ riêng ở điểm neo: lộ chỉ, rụng tóc, tổn thương tuyến mang tai."), ["E-095"]),
        new("weight", new("After losing weight threads show more.", "Sau khi giảm cân, chỉ dễ lộ hơn."), ["E-104"]),
    ];

    /// <summary>All complications for a case, in the order of <see cref="ComplicationRates.All"/>.</summary>
    /// <param name="which">What is known of the case.</param>
    public static ImmutableArray<ComplicationEstimate> Of(ComplicationCase which)
    {
        ArgumentNullException.ThrowIfNull(which);
        return [.. ComplicationRates.All.Select(rate => Estimate(rate, which))];
    }

    private static ComplicationEstimate Estimate(ComplicationRate rate, ComplicationCase which)
    {
        ImmutableArray<SeriesRate> series = [.. rate.Rates.Select(fact => Of(fact, which)).OrderBy(published => published.Differences.Length)];
        return new ComplicationEstimate { Complication = rate, Series = series, Heterogeneity = HeterogeneityOf(rate, series), ByAge = ByAge(rate.Id, which.AgeYears) };
    }

    private static SeriesRate Of(Fact rate, ComplicationCase which)
    {
        var series = ComplicationSeries.Of(rate.Id);
        if (series.Patients is not { } patients)
        {
            return new SeriesRate(rate, null, rate.Value, rate.Value, series.From(which));
        }

        RateInterval interval = WilsonInterval.Of(Events(rate, patients), patients);
        return new SeriesRate(rate, patients, interval.Low * Percent, interval.High * Percent, series.From(which));
    }

    // Series print shares of 100; the patients behind them are whole.
    private static int Events(Fact rate, int patients) => (int)Math.Round(rate.Value / Percent * patients, MidpointRounding.AwayFromZero);

    /// <summary>Rates of a complication by age, published for all kinds of threads together: they are said beside the rates of either kind, and added to neither.</summary>
    internal static AgeRates? ByAge(string complication, double? ageYears)
    {
        string name = complication.EndsWith("-mixed", StringComparison.Ordinal) ? complication[..^"-mixed".Length] : complication;
        (string id, Fact upTo50, Fact over50) = ComplicationRates.ByAge.FirstOrDefault(row => row.Id == name);
        return id is null ? null : new AgeRates(upTo50, over50, ageYears is { } age ? age > AgeOfSplitYears ? over50 : upTo50 : null);
    }

    private static RateHeterogeneity? HeterogeneityOf(ComplicationRate rate, ImmutableArray<SeriesRate> series)
    {
        if (rate.Basis == RateBasis.MixedThreads)
        {
            return rate.Id switch
            {
                "swelling-mixed" => Printed("complication-heterogeneity.swelling"),
                "dimpling-mixed" => Printed("complication-heterogeneity.dimpling"),
                "visible-mixed" => Printed("complication-heterogeneity.visible"),
                _ => null,
            };
        }

        (int Events, int Of)[] counted = [.. series.Where(published => published.Patients is not null).Select(published => (Events(published.Rate, published.Patients!.Value), published.Patients!.Value))];
        return counted.Length < 2 ? null : new RateHeterogeneity(Percent * BetweenStudies.Share(counted), null, counted.Length);
    }

    private static RateHeterogeneity Printed(string name)
    {
        Fact fact = EvidenceCatalogue.Get(name);
        return new RateHeterogeneity(fact.Value, fact, 0);
    }
}
