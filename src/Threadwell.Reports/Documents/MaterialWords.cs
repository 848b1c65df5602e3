using Threadwell.Biology;
using Threadwell.Evidence;

namespace Threadwell.Reports.Documents;

/// <summary>What patients are told of a material, with the numbers of the evidence catalogue.</summary>
public static class MaterialWords
{
    private const double MonthsPerYear = 12;

    // Beyond this many months people count in years.
    private const double LongestInMonths = 18;

    /// <summary>Name with abbreviation: "polydioxanone (PDO)".</summary>
    public static string Name(ThreadMaterial material, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Text("material." + PlanWords.Of(material));
    }

    /// <summary>In what time the material dissolves: "dissolves in about 6 to 8 months", or that nobody measured it.</summary>
    public static string Resorption(ThreadMaterial material, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Fact(material) switch
        {
            null => language.Text("resorption.unknown"),
            { Low: { } low, High: null } => language.Text("resorption.least", language.Number(low / MonthsPerYear)),
            { Low: { } low, High: { } high } when high > LongestInMonths => language.Text("resorption.years", language.Number(low / MonthsPerYear), language.Number(high / MonthsPerYear)),
            { Low: { } low, High: { } high } => language.Text("resorption.months", language.Number(low), language.Number(high)),
            { } fact => throw new InvalidOperationException($"Fact '{fact.Name}' has no range."),
        };
    }

    /// <summary>The fact behind <see cref="Resorption"/>; null where nobody measured it.</summary>
    public static Fact? Fact(ThreadMaterial material) => material switch
    {
        ThreadMaterial.Pdo => EvidenceCatalogue.Get("outcome.dissolving-pdo"),
        ThreadMaterial.Plla => EvidenceCatalogue.Get("outcome.dissolving-plla"),
        ThreadMaterial.Pcl => EvidenceCatalogue.Get("outcome.dissolving-pcl"),
        ThreadMaterial.Plcl => null,
        _ => throw new ArgumentOutOfRangeException(nameof(material)),
    };
}
