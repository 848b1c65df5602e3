using System.Globalization;
using Threadwell.Evidence;

namespace Threadwell.Web.Pages;

/// <summary>Facts of the evidence catalogue on a page, with numbers in the page's language.</summary>
internal static class FactWords
{
    /// <summary>A value with its unit; a plain ratio has none.</summary>
    public static string WithUnit(double value, string unit)
    {
        string number = value.ToString("G6", CultureInfo.CurrentCulture).Replace('-', '−');
        return unit == "1" ? number : $"{number} {unit}";
    }

    /// <summary>Key of a grade in the texts.</summary>
    public static string Key(EvidenceGrade grade) => grade.ToString().ToLowerInvariant();

    /// <summary>What a search looks in.</summary>
    public static string Searched(Fact fact) => string.Join('\n', fact.Id, fact.Name, fact.Quantity, fact.Unit, fact.Conditions, fact.Source, fact.Topic);
}
