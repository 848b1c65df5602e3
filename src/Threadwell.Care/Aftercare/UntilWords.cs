using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Aftercare;

/// <summary>Until when, in words of both languages.</summary>
internal static class UntilWords
{
    private static readonly LocalDatePattern English = LocalDatePattern.CreateWithInvariantCulture("d MMMM yyyy");
    private static readonly LocalDatePattern Vietnamese = LocalDatePattern.CreateWithInvariantCulture("dd/MM/yyyy");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static Wording Always { get; } = new("always", "luôn luôn");

    public static Wording DoctorAgrees { get; } = new("until your doctor agrees", "đến khi bác sĩ đồng ý");

    public static Wording EndOf(LocalDate day) => new($"to the end of {English.Format(day)}", $"đến hết ngày {Vietnamese.Format(day)}");

    public static Wording MorningOf(LocalDate day) => new($"to the morning of {English.Format(day)}", $"đến sáng ngày {Vietnamese.Format(day)}");

    public static Wording At(LocalDateTime time) => new(
        $"until {Clock.Format(time.TimeOfDay)} on {English.Format(time.Date)}", $"đến {Clock.Format(time.TimeOfDay)} ngày {Vietnamese.Format(time.Date)}");

    public static Wording Closed(LocalDateTime notBefore) => new(
        $"until the entries have closed, and at least until {Clock.Format(notBefore.TimeOfDay)} on {English.Format(notBefore.Date)}",
        $"đến khi các điểm vào đã liền, ít nhất đến {Clock.Format(notBefore.TimeOfDay)} ngày {Vietnamese.Format(notBefore.Date)}");

    public static Wording Dissolved(LocalDate? day) => day is { } known
        ? new($"until they have dissolved, to about {English.Format(known)}", $"đến khi chỉ tiêu hết, khoảng ngày {Vietnamese.Format(known)}")
        : new("until they have dissolved; nobody has published how long that takes at most", "đến khi chỉ tiêu hết; chưa có công bố nào cho biết lâu nhất là bao lâu");
}
