using NodaTime;

namespace Threadwell.Care.Aftercare;

/// <summary>What holds at one instant.</summary>
/// <param name="Day">Days after the treatment in the patient's time; negative before it.</param>
/// <param name="Date">The day.</param>
/// <param name="Do">What to do, the first to end first.</param>
/// <param name="Avoid">What to leave.</param>
/// <param name="Know">What to know.</param>
/// <param name="Ended">What has ended, the latest first.</param>
/// <param name="ToCome">What has not begun, the first to begin first.</param>
/// <param name="Checks">On this day: being called, asked or seen.</param>
public sealed record AftercareToday(
    int Day,
    LocalDate Date,
    IReadOnlyList<AftercareItem> Do,
    IReadOnlyList<AftercareItem> Avoid,
    IReadOnlyList<AftercareItem> Know,
    IReadOnlyList<AftercareItem> Ended,
    IReadOnlyList<AftercareItem> ToCome,
    IReadOnlyList<AftercareCheck> Checks)
{
    /// <summary>Looks at an aftercare at an instant. Each of its items is in exactly one of the lists.</summary>
    /// <param name="plan">The aftercare.</param>
    /// <param name="at">The instant.</param>
    public static AftercareToday At(AftercarePlan plan, Instant at)
    {
        ArgumentNullException.ThrowIfNull(plan);
        LocalDate date = at.InZone(AftercareZone.Of(plan)).Date;
        IReadOnlyList<AftercareItem> Held(AftercareKind kind) => [.. plan.Items.Where(item => item.Kind == kind && item.HoldsAt(at))];
        return new AftercareToday(
            Period.DaysBetween(plan.TreatedAt.Date, date),
            date,
            Held(AftercareKind.Do),
            Held(AftercareKind.Avoid),
            Held(AftercareKind.Know),
            [.. plan.Items.Where(item => at >= item.From && at >= item.Until.Ends).OrderByDescending(item => item.Until.Ends)],
            [.. plan.Items.Where(item => at < item.From).OrderBy(item => item.From)],
            [.. plan.Checks.Where(check => check.Date == date)]);
    }
}
