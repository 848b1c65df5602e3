using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;
using Threadwell.Storage.Outcomes;

namespace Threadwell.Web.Registry;

/// <summary>A complication of a treatment.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Severity">How severe it was.</param>
/// <param name="Months">Onset after the treatment, months.</param>
/// <param name="ThreadId">The thread that it is about, one of the treatment's that stand; null for none in particular.</param>
/// <param name="LotKey">That thread's lot.</param>
/// <param name="NamesThread">Whether it is about one thread, also where that was struck out.</param>
public sealed record RegistryComplication(ComplicationKind Kind, ComplicationSeverity Severity, double Months, Guid? ThreadId, string? LotKey, bool NamesThread);

/// <summary>A check-in that somebody had to act on at once.</summary>
/// <param name="Level">Red or emergency.</param>
/// <param name="OpenedAt">When its task was opened.</param>
/// <param name="AcknowledgedAt">When somebody acknowledged it; null where nobody did.</param>
/// <param name="ContactedAt">When somebody spoke with the patient; null where nobody did.</param>
public sealed record RegistryAlarm(TriageLevel Level, Instant OpenedAt, Instant? AcknowledgedAt, Instant? ContactedAt);

/// <summary>A signed, planned treatment of a patient who consented to the registry, with what is known of how it went. It holds no name and no free text.</summary>
public sealed record RegistryTreatment
{
    /// <summary>Material or area of a treatment that used more than one.</summary>
    public const string Several = "several";

    /// <summary>Material or area of a treatment whose threads were all struck out.</summary>
    public const string None = "none";

    /// <summary>Level of a check-in that was not answered.</summary>
    public const byte NotAnswered = byte.MaxValue;

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Day of the treatment.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Its material; <see cref="Several"/> or <see cref="None"/> where it is no single one.</summary>
    public required string Material { get; init; }

    /// <summary>Its area; <see cref="Several"/> or <see cref="None"/> where it is no single one.</summary>
    public required string Area { get; init; }

    /// <summary>Who treated.</summary>
    public required string Operator { get; init; }

    /// <summary>Where.</summary>
    public required string Facility { get; init; }

    /// <summary>Band of age on that day.</summary>
    public required string Age { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>How many threads were placed.</summary>
    public required int Threads { get; init; }

    /// <summary>Lots of its threads, by <see cref="Storage.Treatments.LotKeys"/>.</summary>
    public required IReadOnlyList<string> Lots { get; init; }

    /// <summary>Time until half of the first measured lift was lost, followed from that measurement on; null where no lift was measured.</summary>
    public required TimeToEvent? HalfLift { get; init; }

    /// <summary>Whether the first measurement showed no lift, so that there is no half of it.</summary>
    public required bool IsWithoutLift { get; init; }

    /// <summary>Time until the same area was treated again.</summary>
    public required TimeToEvent Retreatment { get; init; }

    /// <summary>Day on which the patient was recorded as lost, if nothing was heard from her since; null otherwise.</summary>
    public required LocalDate? LostOn { get; init; }

    /// <summary>Day of her death; null otherwise.</summary>
    public required LocalDate? DiedOn { get; init; }

    /// <summary>Its complications.</summary>
    public required IReadOnlyList<RegistryComplication> Complications { get; init; }

    /// <summary>Level of the first answer to each check-in of the schedule; <see cref="NotAnswered"/> where there is none.</summary>
    public required byte[] Levels { get; init; }

    /// <summary>Check-ins that somebody had to act on at once.</summary>
    public required IReadOnlyList<RegistryAlarm> Alarms { get; init; }

    /// <summary>The calendar quarter of the treatment, counted.</summary>
    public int Quarter => Quarters.Of(Day);
}

/// <summary>What is waited for after a treatment.</summary>
/// <param name="Of">A treatment's time; null where it has none.</param>
internal sealed record RegistryTime(Func<RegistryTreatment, TimeToEvent?> Of)
{
    /// <summary>That half of the lift is lost.</summary>
    public static RegistryTime HalfLift { get; } = new(treatment => treatment.HalfLift);

    /// <summary>That the same area is treated again.</summary>
    public static RegistryTime Retreatment { get; } = new(treatment => treatment.Retreatment);
}

/// <summary>Calendar quarters as numbers and as they stand in addresses ("2026-4").</summary>
internal static class Quarters
{
    private const int MonthsEach = 3;
    private const int Year = 4;

    /// <summary>The quarter of a day.</summary>
    public static int Of(LocalDate day) => (day.Year * Year) + ((day.Month - 1) / MonthsEach);

    /// <summary>As it stands in an address.</summary>
    public static string Write(int quarter) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{quarter / Year}-{(quarter % Year) + 1}");

    /// <summary>Reads one.</summary>
    /// <returns>The quarter; null where the text is none.</returns>
    public static int? Read(string text) =>
        text.Split('-') is [{ Length: 4 } year, [>= '1' and <= '4' and var quarter]] && int.TryParse(year, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? (number * Year) + (quarter - '1')
            : null;

    /// <summary>First day of a quarter.</summary>
    public static LocalDate First(int quarter) => new(quarter / Year, (quarter % Year * MonthsEach) + 1, 1);

    /// <summary>Last day of a quarter.</summary>
    public static LocalDate Last(int quarter) => First(quarter + 1).PlusDays(-1);
}
