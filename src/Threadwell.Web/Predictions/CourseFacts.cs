using Threadwell.Evidence;

namespace Threadwell.Web.Predictions;

/// <summary>What sources say of the course after a thread lift, handed to the pages that show one: no page holds a number of its own.</summary>
/// <param name="Advice">How long the effect lasts by doctors' advice.</param>
/// <param name="Measured">How long a lift lasts by published measurements.</param>
/// <param name="MeasurableMm">Least lift that a surface measurement can repeat, mm.</param>
/// <param name="MeasurableSource">Evidence row of it.</param>
/// <param name="VisibleMm">Least lift that others can see, the clinic's default, mm.</param>
/// <param name="SupportMargin">Support nearer to untreated than this share cannot be told from it.</param>
/// <param name="Dissolving">In how many months a material dissolves, by its name in plan files; a material that nobody measured is missing.</param>
internal sealed record CourseFacts(
    MonthsRange Advice,
    MonthsRange Measured,
    double MeasurableMm,
    string MeasurableSource,
    double VisibleMm,
    double SupportMargin,
    IReadOnlyDictionary<string, MonthsRange> Dissolving)
{
    private const double MonthsPerYear = 12;

    /// <summary>The facts as the catalogue holds them.</summary>
    public static CourseFacts Read() => new(
        MonthsRange.Of(EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice"), MonthsPerYear),
        MonthsRange.Of(EvidenceCatalogue.Get("outcome.duration-of-lift-published"), 1),
        EvidenceCatalogue.Value("outcome.repeatability-of-surface-measurement", "mm"),
        EvidenceCatalogue.Get("outcome.repeatability-of-surface-measurement").Id,
        EvidenceCatalogue.Value("clinic.visible-lift-threshold", "mm"),
        EvidenceCatalogue.Value("support.end-margin", "1"),
        new Dictionary<string, MonthsRange>(StringComparer.Ordinal)
        {
            ["PDO"] = MonthsRange.Of(EvidenceCatalogue.Get("outcome.dissolving-pdo"), 1),
            ["PLLA"] = MonthsRange.Of(EvidenceCatalogue.Get("outcome.dissolving-plla"), 1),
            ["PCL"] = MonthsRange.Of(EvidenceCatalogue.Get("outcome.dissolving-pcl"), 1),
        });
}

/// <summary>A range of months and the evidence row that it comes from; without an upper end it is "at least".</summary>
internal sealed record MonthsRange(double LowMonths, double? HighMonths, string Source)
{
    /// <summary>The range of a fact.</summary>
    /// <param name="fact">A fact with at least a lower end.</param>
    /// <param name="monthsPerUnit">Months in its unit.</param>
    public static MonthsRange Of(Fact fact, double monthsPerUnit) => new(monthsPerUnit * fact.Low!.Value, monthsPerUnit * fact.High, fact.Id);
}
