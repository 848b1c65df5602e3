using System.Globalization;
using Microsoft.Extensions.Localization;
using Threadwell.Reports.Documents;
using Threadwell.Web.Text;

namespace Threadwell.Web.Registry;

/// <summary>Names and numbers of the registry as they are read on its page.</summary>
/// <param name="Text">Texts of the page.</param>
/// <param name="Operators">Names of those who treat, by key; numbers for whom names are not shown.</param>
/// <param name="Facilities">Names of places, by key.</param>
public sealed record RegistryNames(IStringLocalizer<RegistryText> Text, IReadOnlyDictionary<string, string> Operators, IReadOnlyDictionary<string, string> Facilities)
{
    private const string Range = "–";

    /// <summary>Form of numbers.</summary>
    public static DocumentLanguage Language => DocumentLanguage.Of(CultureInfo.CurrentUICulture.Name);

    /// <summary>Name of a value of a dimension.</summary>
    public string Of(RegistryDimension dimension, string value) => (dimension.Name, value) switch
    {
        ("material" or "area", RegistryTreatment.Several) => Text["several." + dimension.Name],
        ("material" or "area", RegistryTreatment.None) => Text["none.placed"],
        ("area", _) => Text["area." + value],
        ("operator", _) => Operators.GetValueOrDefault(value) ?? Text["unknown"],
        ("facility", _) => Facilities.GetValueOrDefault(value) ?? Text["unknown"],
        ("sex", _) => Text["sex." + value],
        ("age", _) when value.StartsWith("under", StringComparison.Ordinal) => Text["age.under", value[5..]],
        ("age", _) when value.StartsWith("from", StringComparison.Ordinal) => Text["age.from", value[4..]],
        ("age", _) => value.Replace("-", Range, StringComparison.Ordinal),
        _ => value,
    };

    /// <summary>A quarter.</summary>
    public string Quarter(int quarter) => Text["quarter", Quarters.Write(quarter)[^1..], Quarters.First(quarter).Year];

    /// <summary>A share in per cent.</summary>
    public static string Share(double share) => Language.Number(100 * share, 1) + " %";

    /// <summary>An interval in per cent.</summary>
    public static string Interval(double low, double high) => $"{Language.Number(100 * low, 1)}{Range}{Language.Number(100 * high, 1)} %";

    /// <summary>Months, to one decimal; a dash where they are not known.</summary>
    public static string Months(double? months) => months is { } known ? Language.Number(known, 1) : "—";

    /// <summary>A count with its thousands set apart.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
