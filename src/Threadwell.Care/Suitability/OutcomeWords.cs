using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Suitability;

/// <summary>Outcomes in words. "Suitable" is never said alone: the doctor decides.</summary>
public static class OutcomeWords
{
    private static readonly LocalDatePattern English = LocalDatePattern.CreateWithInvariantCulture("d MMMM yyyy");
    private static readonly LocalDatePattern Vietnamese = LocalDatePattern.CreateWithInvariantCulture("dd/MM/yyyy");

    /// <summary>An outcome in words.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="until">For <see cref="Outcome.NotNow"/>: until when, where it is known.</param>
    /// <param name="isReview">Whether that day is one to look again.</param>
    public static Wording Of(Outcome outcome, LocalDate? until, bool isReview = false) => outcome switch
    {
        Outcome.NoReasonAgainst => new("No reason against: your doctor decides", "Không có lý do từ chối: bác sĩ của bạn quyết định"),
        Outcome.WithConditions => new("Possible with conditions: your doctor decides", "Có thể, kèm điều kiện: bác sĩ của bạn quyết định"),
        Outcome.NotSettled => new("Cannot be settled until open questions are answered", "Chưa thể kết luận đến khi trả lời các câu hỏi còn mở"),
        Outcome.NotNow when until is { } day && isReview => new($"Not now; look again on {English.Format(day)}", $"Chưa phải lúc này; xem lại ngày {Vietnamese.Format(day)}"),
        Outcome.NotNow when until is { } day => new($"Not now, until {English.Format(day)}", $"Chưa phải lúc này, đến ngày {Vietnamese.Format(day)}"),
        Outcome.NotNow => new("Not now", "Chưa phải lúc này"),
        Outcome.NotSuitable => new("Not suitable", "Không phù hợp"),
        Outcome.Refer => new("Referred for other advice", "Chuyển tư vấn chuyên khoa khác"),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
