using Microsoft.Extensions.Localization;
using Threadwell.Evidence;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Learning;
using Threadwell.Web.Text;

namespace Threadwell.Web.Learn;

/// <summary>The charts of the story, one or two a step.</summary>
/// <param name="stored">The stored runs.</param>
/// <param name="texts">The page's texts.</param>
/// <param name="language">Language of the numbers.</param>
internal sealed class LearnCharts(StoredStory stored, IStringLocalizer<LearnText> texts, DocumentLanguage language)
{
    private const double DaysPerWeek = 7;

    /// <summary>Weeks of the response that are shown.</summary>
    public const double ResponseWeeks = 16;

    private LearnRun Own => stored.Own;

    private LearnRun Other => stored.Other;

    /// <summary>Cells and signal over the first weeks.</summary>
    public CurveChart Response() => new()
    {
        Title = texts["respond.chart"],
        Unit = texts["axis.weeks"],
        UnitDays = DaysPerWeek,
        End = ResponseWeeks,
        Step = 2,
        High = 1,
        Tick = 0.5,
        Curves =
        [
            new("0.inflammation", texts["series.inflammation"], "inflammation", Own.Days, Own.Inflammation),
            new("0.repair", texts["series.repair"], "repair", Own.Days, Own.Repair),
            new("0.growthFactor", texts["series.signal"], "signal", Own.Days, Own.GrowthFactor, Dashed: true),
            new("0.fibroblasts", texts["series.builders"], "builders", Own.Days, Own.Fibroblasts),
        ],
    };

    /// <summary>New collagen over five years.</summary>
    public CurveChart Collagen() => Monthly("build.chart", 0.3, 0.1, 12) with
    {
        Curves =
        [
            new("0.collagenAtBarb", texts["series.atBarb"], "collagen", Own.Days, Own.CollagenAtBarb),
            new("0.collagenBetween", texts["series.between"], "collagen", Own.Days, Own.CollagenBetween, Dashed: true),
        ],
    };

    /// <summary>Strength and mass of both materials.</summary>
    public CurveChart Polymer() => Monthly("dissolve.chart", 1, 0.5, 12) with
    {
        Curves =
        [
            new("0.strength", texts["series.strength"], "strength", Own.Days, Own.Strength),
            new("0.mass", texts["series.mass"], "mass", Own.Days, Own.Mass),
            new("1.strength", texts["series.strengthOther"], "strength", Other.Days, Other.Strength, Dashed: true),
            new("1.mass", texts["series.massOther"], "mass", Other.Days, Other.Mass, Dashed: true),
        ],
    };

    /// <summary>Lift of both materials, with the bands of the first and what sources say of its duration.</summary>
    public CurveChart Lift()
    {
        Fact measured = EvidenceCatalogue.Get("outcome.duration-of-lift-published");
        Fact advice = EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice");
        return Monthly("remain.chart", 3, 1, 12) with
        {
            Height = 250,
            Curves =
            [
                new("0.lift", texts["series.lift"], "lift", Own.TimesDays, Own.LiftMm),
                new("1.lift", texts["series.liftOther"], "lift", Other.TimesDays, Other.LiftMm, Dashed: true),
            ],
            Bands = Own.LiftBand is { } band ? [new(Own.TimesDays, band.Low90, band.High90, "lift"), new(Own.TimesDays, band.Low50, band.High50, "lift")] : [],
            BandWords = Own.LiftBand is null ? null : texts["series.band"].Value,
            Ranges =
            [
                new(measured.Low!.Value, measured.High!.Value, texts["series.measured", language.Number(measured.Low.Value), language.Number(measured.High.Value), measured.Id], "measured"),
                new(12 * advice.Low!.Value, 12 * advice.High!.Value, texts["series.advice", language.Number(advice.Low.Value), language.Number(advice.High.Value), advice.Id], "advice"),
            ],
        };
    }

    /// <summary>Skin support of both materials beside no treatment.</summary>
    public CurveChart Support() => Monthly("remain.support", 1.1, 0.05, 12) with
    {
        Low = 0.9,
        Height = 180,
        Curves =
        [
            new("0.support", texts["series.support"], "support", Own.TimesDays, Own.Support),
            new("1.support", texts["series.supportOther"], "support", Other.TimesDays, Other.Support, Dashed: true),
            new("0.untreatedSupport", texts["series.untreated"], "untreated", Own.TimesDays, Own.UntreatedSupport),
        ],
    };

    private CurveChart Monthly(string title, double high, double tick, double step) => new()
    {
        Title = texts[title],
        Unit = texts["axis.months"],
        UnitDays = StoredStory.DaysPerMonth,
        End = stored.Story.Months,
        Step = step,
        High = high,
        Tick = tick,
        Curves = [],
    };
}
