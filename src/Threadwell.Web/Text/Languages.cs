using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Threadwell.Web.Text;

/// <summary>The languages of the pages, with their number and date forms. The program runs without the system's language data, so the forms are its own.</summary>
public static class Languages
{
    /// <summary>Names of the languages, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["en", "vi"];

    /// <summary>The languages as cultures.</summary>
    public static IReadOnlyList<CultureInfo> Cultures { get; } = [English(), Vietnamese()];

    /// <summary>The language that a browser would rather have: by the first part of a name, for without the system's language data nothing knows that "vi-VN" is Vietnamese.</summary>
    /// <param name="wanted">What it accepts.</param>
    /// <returns>Its name; null where there is none of them.</returns>
    public static string? Accepted(IEnumerable<StringWithQualityHeaderValue> wanted) => wanted
        .Where(one => one.Quality is not 0)
        .OrderByDescending(one => one.Quality ?? 1)
        .Select(one => one.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(name => Names.Contains(name, StringComparer.Ordinal));

    private static CultureInfo English()
    {
        var culture = new CultureInfo("en");
        culture.DateTimeFormat.ShortDatePattern = "d MMM yyyy";
        culture.DateTimeFormat.ShortTimePattern = "HH:mm";
        return CultureInfo.ReadOnly(culture);
    }

    private static CultureInfo Vietnamese()
    {
        var culture = new CultureInfo("vi");
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        culture.DateTimeFormat.ShortTimePattern = "HH:mm";
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Monday;
        return CultureInfo.ReadOnly(culture);
    }
}
