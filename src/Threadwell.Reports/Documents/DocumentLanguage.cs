using System.Globalization;
using System.Resources;
using NodaTime;

namespace Threadwell.Reports.Documents;

/// <summary>A language of documents and reports, with its texts and its forms of numbers, dates and times.</summary>
public sealed class DocumentLanguage
{
    private static readonly ResourceManager Texts = new("Threadwell.Reports.Text.DocumentText", typeof(DocumentLanguage).Assembly);

    private static readonly ResourceManager ReportTexts = new("Threadwell.Reports.Text.ReportText", typeof(DocumentLanguage).Assembly);

    private readonly CultureInfo culture;
    private readonly string datePattern;

    private DocumentLanguage(string name, string datePattern, string decimalSeparator)
    {
        Name = name;
        this.datePattern = datePattern;
        var made = new CultureInfo(name);
        made.NumberFormat.NumberDecimalSeparator = decimalSeparator;
        made.NumberFormat.NegativeSign = "−";
        culture = CultureInfo.ReadOnly(made);
    }

    /// <summary>English: 5 Mar 2026, 1.5.</summary>
    public static DocumentLanguage English { get; } = new("en", "d MMM yyyy", ".");

    /// <summary>Vietnamese: 05/03/2026, 1,5.</summary>
    public static DocumentLanguage Vietnamese { get; } = new("vi", "dd/MM/yyyy", ",");

    /// <summary>Tag of the language: "en" or "vi".</summary>
    public string Name { get; }

    /// <summary>The language of a tag; English for any other than "vi".</summary>
    public static DocumentLanguage Of(string name) => name == "vi" ? Vietnamese : English;

    /// <summary>A date.</summary>
    public string Date(LocalDate date) => date.ToString(datePattern, CultureInfo.InvariantCulture);

    /// <summary>A time of day with its date and the clinic's distance from universal time: "14:05, 5 Mar 2026 (UTC+07)".</summary>
    public string Time(OffsetDateTime time) => $"{time.LocalDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)}, {Date(time.Date)} (UTC{time.Offset.ToString("g", CultureInfo.InvariantCulture)})";

    /// <summary>A number with as many decimals as asked for.</summary>
    public string Number(double value, int decimals) => Number(value, "F" + decimals.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with at most two decimals and none that are zero.</summary>
    public string Number(double value) => Number(value, "0.##");

    /// <summary>A number by a .NET format; one that is shown as zero has no sign.</summary>
    public string Number(double value, string format)
    {
        string shown = value.ToString(format, culture);
        return shown.AsSpan().IndexOfAnyInRange('1', '9') < 0 && double.IsFinite(value) ? shown.TrimStart('−') : shown;
    }

    /// <summary>A text of <c>Text/ReportText.resx</c>, with values in its places.</summary>
    /// <exception cref="ArgumentException">There is no such text.</exception>
    internal string Report(string key, params object[] values) => Filled(ReportTexts, key, values);

    /// <summary>A text of <c>Text/DocumentText.resx</c>, with values in its places.</summary>
    /// <exception cref="ArgumentException">There is no such text.</exception>
    internal string Text(string key, params object[] values) => Filled(Texts, key, values);

    private string Filled(ResourceManager texts, string key, object[] values)
    {
        string text = texts.GetString(key, culture) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));
        return values.Length == 0 ? text : string.Format(culture, text, values);
    }
}
