using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Storage.Appointments;
using Threadwell.Web.Text;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>A part of the opening: words, and the number that they dial.</summary>
internal sealed record OpeningPart(string Words, string? Dial);

/// <summary>Who reads a check-in, in which hours, and what to do outside them.</summary>
internal static partial class OpeningLine
{
    /// <summary>The opening with hours and numbers put in.</summary>
    /// <param name="wording">The rulebook's opening in the reader's language.</param>
    /// <param name="course">The treatment's course.</param>
    /// <param name="text">Words.</param>
    public static IEnumerable<OpeningPart> Of(string wording, TreatmentCourse course, IStringLocalizer<CheckInText> text) => Places().Split(wording).Where(part => part.Length > 0).Select(part => part switch
    {
        "{hours}" => new OpeningPart(Hours(course.Hours, text), null),
        "{phone}" => Dialled(course.Settings.Phone) is { } phone ? new OpeningPart(course.Settings.Phone, phone) : new OpeningPart(text["the-clinic"], null),
        "{emergency}" => new OpeningPart(TreatmentFacts.AmbulanceInVietNam, TreatmentFacts.AmbulanceInVietNam),
        _ => new OpeningPart(part, null),
    });

    /// <summary>A number as a telephone dials it; null where there is none that can be dialled.</summary>
    public static string? Dialled(string phone) => phone.Length > 0 && TreatmentFacts.IsTelephone(phone) ? string.Concat(phone.Where(letter => char.IsAsciiDigit(letter) || letter == '+')) : null;

    /// <summary>Opening hours in words, days with the same hours together; a plain sentence where the clinic has set none.</summary>
    public static string Hours(IReadOnlyList<ClinicHours> hours, IStringLocalizer<CheckInText> text)
    {
        if (hours.Count == 0)
        {
            return text["hours.unknown"];
        }

        (int Day, string Times)[] days = [.. hours.GroupBy(row => row.Weekday).OrderBy(day => day.Key)
            .Select(day => (day.Key, string.Join(", ", day.OrderBy(row => row.Opens).Select(row => $"{Clock(row.Opens)}–{Clock(row.Closes)}"))))];
        var parts = new List<string>();
        for (int first = 0; first < days.Length;)
        {
            int last = first;
            while (last + 1 < days.Length && days[last + 1].Day == days[last].Day + 1 && days[last + 1].Times == days[first].Times)
            {
                last++;
            }

            string name = first == last ? Day(days[first].Day) : text["hours.days", Day(days[first].Day), Day(days[last].Day)];
            parts.Add($"{name} {days[first].Times}");
            first = last + 1;
        }

        return string.Join("; ", parts);

        string Day(int day) => text[$"weekday.{day}"];
    }

    private static string Clock(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<place>\{[a-z]+\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();
}
