using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>Check-ins for tests, and the words in which the table of cases tells them.</summary>
internal static partial class CheckIns
{
    public static readonly OffsetDateTime TreatedAt = new(new LocalDateTime(2026, 3, 2, 10, 0), Offset.FromHours(7));

    public static readonly TreatmentFacts Facts = new(TreatedAt, TreatedAt - Duration.FromMinutes(90), ["jawline", "nasolabial"], TreatedSides.Both);

    public static TriageRulebook Rulebook => TriageFile.Shipped;

    /// <summary>A sheet on which all is well: every question answered, the temperature not measured.</summary>
    public static AnswerSheet Well { get; } = new(Rulebook.Questionnaire.Questions.Where(question => question.Id is not ("note" or "temperature")).Select(question => KeyValuePair.Create(new AnswerKey(question.Id), Harmless(question))));

    /// <summary>Reads "painLeft=3 lump=soft+beating note="…"" into a sheet on which all else is well; "?" takes an answer away.</summary>
    public static AnswerSheet Read(string told)
    {
        AnswerSheet sheet = Well;
        foreach (Match pair in Pair().Matches(told))
        {
            string id = pair.Groups["id"].Value;
            string value = pair.Groups["value"].Value.Trim('"');
            Question question = Rulebook.Questionnaire.Find(id) ?? throw new ArgumentException($"'{id}' is no question.", nameof(told));
            Answer? answer = value == "?" ? null : AnswerReader.FromForm(question.Kind == QuestionKind.Choices ? value.Split('+') : [value], question, "cases", id);
            sheet = sheet.With(new AnswerKey(id), answer);
            if (id == "temperature")
            {
                sheet = sheet.With(new AnswerKey("temperatureTaken"), Answer.Yes);
            }
        }

        return sheet;
    }

    /// <summary>Reads "26h" (after the treatment), "day 3" (09:00 on that day) or "unknown" (null).</summary>
    public static OffsetDateTime? Time(string when)
    {
        if (when == "unknown")
        {
            return null;
        }

        return when.StartsWith("day ", StringComparison.Ordinal)
            ? (TreatedAt.Date.PlusDays(int.Parse(when[4..], CultureInfo.InvariantCulture)) + new LocalTime(9, 0)).WithOffset(TreatedAt.Offset)
            : TreatedAt + Duration.FromSeconds(Math.Round(double.Parse(when.TrimEnd('h'), CultureInfo.InvariantCulture) * 3600));
    }

    /// <summary>The folder of this file, where the table and the sample lie.</summary>
    public static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    private static Answer Harmless(Question question) => question.Kind switch
    {
        QuestionKind.Choices => new WordsAnswer(["none"]),
        QuestionKind.Choice => new WordAnswer(question.Choices[0].Id),
        QuestionKind.Number => new NumberAnswer(question.Lowest!.Value),
        _ => Answer.No,
    };

    [GeneratedRegex("""(?<id>\w+)=(?<value>"[^"]*"|\S+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pair();
}
