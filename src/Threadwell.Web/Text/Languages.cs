using System.Globalization;

namespace Threadwell.Web.Text;

/// <summary>The languages of the pages, with their number and date forms. The program runs without the system's language data, so the forms are its own.</summary>
public static class Languages
{
    /// <summary>Names of the languages, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["en", "vi"];

    /// <summary>The languages as cultures.</summary>
    public static IReadOnlyList<CultureInfo> Cultures { get; } = [English(), Vietnamese()];

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
