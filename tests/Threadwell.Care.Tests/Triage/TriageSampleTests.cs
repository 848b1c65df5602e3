using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>
/// Writes down what this engine says of courses made by chance; the tests of the pages' scripts hold the phone's engine against it (<c>Client/tests/triage.test.ts</c>).
/// After a wanted change of the rules, THREADWELL_WRITE_SAMPLE=1 writes it anew.
/// </summary>
public sealed class TriageSampleTests
{
    private const int Courses = 600;

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_sample_for_the_pages_scripts_says_what_the_engine_says()
    {
        string path = Path.Combine(CheckIns.Folder(), "sample.json");
        var random = new RandomCourses(2026);
        string sample = $"[\n{string.Join(",\n", Enumerable.Range(0, Courses).Select(_ => JsonSerializer.Serialize(Line(random.Next()), Plain)))}\n]\n";
        if (Environment.GetEnvironmentVariable("THREADWELL_WRITE_SAMPLE") == "1")
        {
            File.WriteAllText(path, sample);
        }

        Assert.Equal(File.ReadAllText(path), sample);
    }

    private static object Line(RandomCourse course)
    {
        TriageResult result = TriageEngine.Judge(CheckIns.Rulebook, course.History, course.Facts, course.Now, RandomCourses.Calendar);
        return new
        {
            now = Time(course.Now),
            facts = new { treatedAt = Time(course.Facts.TreatedAt), anaestheticAt = Time(course.Facts.AnaestheticAt), areas = course.Facts.Areas, sides = course.Facts.Sides?.ToString().ToLowerInvariant() },
            history = course.History.Select(one => new { answeredAt = Time(one.AnsweredAt), told = Told(one.Answers) }),
            level = result.Level?.ToString().ToLowerInvariant(),
            day = result.Day,
            reasons = result.Reasons.Select(rule => rule.Id),
            does = result.Does.Skip(1).Select(text => text.Vi),
            ask = result.Ask,
            missed = result.Missed,
            due = result.Deadlines.Select(deadline => deadline.Due.ToInstant().ToUnixTimeMilliseconds()),
        };
    }

    /// <summary>What differs from a sheet on which all is well; null for no answer.</summary>
    private static SortedDictionary<string, object?> Told(AnswerSheet sheet)
    {
        var told = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (Question question in CheckIns.Rulebook.Questionnaire.Questions)
        {
            var key = new AnswerKey(question.Id);
            Answer? answer = sheet.Find(key);
            if (!Equals(answer, CheckIns.Well.Find(key)))
            {
                told[question.Id] = answer switch
                {
                    WordAnswer word => word.Word,
                    WordsAnswer words => words.Words,
                    NumberAnswer number => number.Value,
                    TextAnswer text => text.Text,
                    UnknownAnswer => "unknown",
                    _ => null,
                };
            }
        }

        return told;
    }

    private static string? Time(NodaTime.OffsetDateTime? time) => time is { } known ? OffsetDateTimePattern.Rfc3339.Format(known) : null;
}
