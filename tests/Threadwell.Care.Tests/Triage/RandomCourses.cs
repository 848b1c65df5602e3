using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>A course made by chance.</summary>
internal sealed record RandomCourse(IReadOnlyList<CheckIn> History, TreatmentFacts Facts, OffsetDateTime Now)
{
    /// <summary>Whether times contradict each other: an anaesthetic after the treatment, answers before it or from the time to come, a treatment to come.</summary>
    public bool Contradicts
    {
        get
        {
            Instant now = Now.ToInstant();
            Instant? treated = Facts.TreatedAt?.ToInstant();
            return treated > now || Facts.AnaestheticAt?.ToInstant() > (treated ?? now) || History.Any(one => one.AnsweredAt?.ToInstant() is { } at && (at > now || at < treated || at < Facts.AnaestheticAt?.ToInstant()));
        }
    }
}

/// <summary>Makes courses by chance from a seed: mostly mild answers, some open, times and facts that are sometimes missing or contradict each other.</summary>
internal sealed class RandomCourses(int seed)
{
    public static readonly ClinicCalendar Calendar = new(
        new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday },
        new HashSet<LocalDate> { new(2026, 3, 6), new(2026, 4, 30), new(2026, 5, 1) },
        new LocalTime(17, 30));

    private static readonly string[] Notes =
    [
        "", "cảm ơn bác sĩ", "no fever", "fever", "không sốt", "chưa hết sốt", "khó thở", "hoi kho tho", "mủ vàng", "còn sót chỉ", "I can’t breathe", "không bị co giật, chỉ hơi đau", "ĐAU NGỰC",
        "a little better, not much worse", "hết đau hơn hôm qua", "I never had chills", "sưng.to", "không ngất", "khong con sot", "\uD83D\uDE42 ok",
    ];

    private readonly Random random = new(seed);

    public RandomCourse Next()
    {
        // Courses in the first hours, days or weeks: there the rules change.
        double span = random.Next(4) switch { 0 => 30, 1 => 100, 2 => 400, _ => 2000 };
        CheckIn[] history = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new CheckIn(Chance(0.08) ? null : At(random.NextDouble() * span), Sheet()))];
        if (history.Length > 1 && Chance(0.1))
        {
            history[0] = history[0] with { AnsweredAt = history[1].AnsweredAt };
        }

        OffsetDateTime now = history.Length > 0 && history.Max(one => one.AnsweredAt?.ToInstant()) is { } last && Chance(0.9) ? (last + Duration.FromMinutes(random.Next(-30, 600))).WithOffset(CheckIns.TreatedAt.Offset) : At(random.NextDouble() * span);
        return new RandomCourse(history, Facts(), now);
    }

    private AnswerSheet Sheet()
    {
        AnswerSheet sheet = CheckIns.Well;
        int changes = random.Next(0, 7);
        for (int change = 0; change < changes; change++)
        {
            Question question = CheckIns.Rulebook.Questionnaire.Questions[random.Next(CheckIns.Rulebook.Questionnaire.Questions.Count)];
            sheet = sheet.With(new AnswerKey(question.Id), Chance(0.12) ? null : Chance(0.04) && question.Kind is not (QuestionKind.Choices or QuestionKind.Text) ? Answer.Unknown : Some(question));
        }

        return sheet;
    }

    private Answer Some(Question question) => question.Kind switch
    {
        QuestionKind.YesNo => Chance(0.5) ? Answer.Yes : Answer.No,
        QuestionKind.Choice => new WordAnswer(question.Choices[random.Next(question.Choices.Count)].Id),
        QuestionKind.Choices => new WordsAnswer([.. question.Choices.Where((_, index) => index == 0 || Chance(0.3)).Select(choice => choice.Id)]),
        QuestionKind.Number => new NumberAnswer(question.Id == "temperature" ? Math.Round(36 + (random.NextDouble() * 3), 1) : random.Next(0, 9)),
        _ => new TextAnswer(Notes[random.Next(Notes.Length)]),
    };

    private TreatmentFacts Facts() => new(
        Chance(0.06) ? null : Chance(0.04) ? At(50) : CheckIns.TreatedAt,
        Chance(0.15) ? null : At(-3 + (random.NextDouble() * 3.2)),
        Chance(0.1) ? null : Chance(0.7) ? ["jawline"] : Chance(0.5) ? ["neck", "breast"] : ["abdomen"],
        Chance(0.1) ? null : Chance(0.8) ? TreatedSides.Both : TreatedSides.One);

    private static OffsetDateTime At(double hours) => CheckIns.TreatedAt + Duration.FromSeconds(Math.Round(hours * 3600));

    private bool Chance(double share) => random.NextDouble() < share;
}
