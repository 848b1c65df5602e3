using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Appointments;
using Threadwell.Web.Pages;
using Threadwell.Web.Patients;
using TreatmentFacts = Threadwell.Care.Triage.TreatmentFacts;

namespace Threadwell.Web.CheckIns;

/// <summary>What triage has to know of a treatment, as the record holds it now: facts, the clinic's calendar, and all that was told and lowered.</summary>
internal sealed class TreatmentCourse
{
    // The finest difference of times that the record keeps.
    private static readonly Duration OrderStep = Duration.FromMilliseconds(1);

    /// <summary>The treatment with its threads.</summary>
    public required StoredTreatment Treatment { get; init; }

    /// <summary>Where the clinic's days begin.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The clinic's settings.</summary>
    public required ClinicSettings Settings { get; init; }

    /// <summary>Facts; what the record does not hold is null, and raises where it matters.</summary>
    public required TreatmentFacts Facts { get; init; }

    /// <summary>When the facility is open, the earliest day and hour first.</summary>
    public required IReadOnlyList<ClinicHours> Hours { get; init; }

    /// <summary>Its working days; null where the clinic has given none.</summary>
    public required ClinicCalendar? Calendar { get; init; }

    /// <summary>Check-ins in the order in which they arrived.</summary>
    public required IReadOnlyList<StoredCheckIn> CheckIns { get; init; }

    /// <summary>Levels that were lowered.</summary>
    public required IReadOnlyList<LoweredStanding> Lowered { get; init; }

    /// <summary>Whether check-ins belong to it: threads have been set, or a complication was cared for.</summary>
    public bool HasBegun => Treatment.State is TreatmentState.Started or TreatmentState.Ended;

    /// <summary>The level that stands; null where none was ever shown.</summary>
    public TriageLevel? Standing => StandingOf(CheckIns, Lowered);

    /// <summary>The level that stands after check-ins and lowerings.</summary>
    public static TriageLevel? StandingOf(IEnumerable<StoredCheckIn> told, IEnumerable<LoweredStanding> lowered) => StandingLevel.Of(
        told.Select(row => new ShownLevel(row.ArrivedAt, row.Shown())),
        lowered.Select(row => new LoweredLevel(row.At, row.To, row.ByName, row.Reason)));

    /// <summary>The check-in that arrived last; null where none did.</summary>
    public StoredCheckIn? Newest => NewestOf(CheckIns);

    /// <summary>The check-in of some that arrived last; null where there is none.</summary>
    public static StoredCheckIn? NewestOf(IEnumerable<StoredCheckIn> told) => told.OrderBy(row => row.ArrivedAt).ThenBy(row => row.Id).LastOrDefault();

    /// <summary>
    /// When what is told or lowered now comes in the treatment's order: now, but after all that was told and lowered before, also where the clock was set back since. A lowering counts for what came before
    /// it, which a doctor could have seen, and for nothing that comes later. Right only in the transaction of <see cref="CheckInLock"/>.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="told">All that was told.</param>
    /// <param name="lowered">All that was lowered.</param>
    public static Instant NextOf(Instant now, IEnumerable<StoredCheckIn> told, IEnumerable<LoweredStanding> lowered) =>
        told.Select(row => row.ArrivedAt).Concat(lowered.Select(row => row.At)).Select(at => at + OrderStep).Append(now).Max();

    /// <summary>Reads it; null where there is no such treatment.</summary>
    /// <param name="database">The record.</param>
    /// <param name="time">The clinic's zone.</param>
    /// <param name="id">Key of the treatment.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TreatmentCourse?> FindAsync(ThreadwellContext database, ClinicTime time, Guid id, CancellationToken cancellation)
    {
        if (await database.Treatments.AsNoTracking().Include(row => row.Threads).SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } treatment)
        {
            return null;
        }

        DateTimeZone zone = await time.ZoneAsync(cancellation);
        List<ClinicHours> hours = await database.ClinicHours.AsNoTracking().Where(row => row.FacilityId == treatment.FacilityId).OrderBy(row => row.Weekday).ThenBy(row => row.Opens).ToListAsync(cancellation);
        List<ClinicClosure> closed = await database.ClinicClosures.AsNoTracking().Where(row => row.FacilityId == treatment.FacilityId).ToListAsync(cancellation);
        return new TreatmentCourse
        {
            Treatment = treatment,
            Zone = zone,
            Settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings(),
            Facts = FactsOf(treatment, zone),
            Hours = hours,
            Calendar = new ClinicOpening(zone, hours, closed).Calendar(),
            CheckIns = await database.CheckIns.AsNoTracking().Where(row => row.TreatmentId == id).OrderBy(row => row.ArrivedAt).ThenBy(row => row.Id).ToListAsync(cancellation),
            Lowered = await database.LoweredStandings.AsNoTracking().Where(row => row.TreatmentId == id).OrderBy(row => row.At).ToListAsync(cancellation),
        };
    }

    /// <summary>The facts that the record of a treatment holds.</summary>
    public static TreatmentFacts FactsOf(StoredTreatment treatment, DateTimeZone zone)
    {
        ImplantedThread[] threads = [.. treatment.Threads.Where(thread => thread.StruckAt is null)];
        bool known = treatment is { Kind: TreatmentKind.Planned, State: TreatmentState.Ended } && threads.Length > 0;
        BodySide[] sides = [.. threads.Select(thread => thread.Side).Distinct()];
        return new TreatmentFacts(
            treatment.EndedAt?.InZone(zone).ToOffsetDateTime(),

            // The record holds the doses and when they were stated, which is before the start, and not when the last one was injected.
            AnaestheticAt: null,
            known ? [.. threads.Select(thread => PageWords.Of(thread.Area)).Distinct()] : null,
            known ? sides is [BodySide.Left] or [BodySide.Right] ? TreatedSides.One : TreatedSides.Both : null);
    }

    /// <summary>
    /// A check-in as triage compares it with later ones. Where its own time cannot be right (none, before the treatment, from the time to come) it is taken to have
    /// been told when it arrived, which is the latest that it can be.
    /// </summary>
    public CheckIn Told(StoredCheckIn row, TriageRulebook rulebook) =>
        new(ToldAt(row.AnsweredAt, row.ArrivedAt, Facts.TreatedAt?.ToInstant(), rulebook).InZone(Zone).ToOffsetDateTime(), KeptAnswers.Of(row, rulebook));

    /// <summary>When a check-in counts as told.</summary>
    /// <param name="answeredAt">Its own time, as the row keeps it.</param>
    /// <param name="arrivedAt">When it arrived.</param>
    /// <param name="treated">When the treatment ended; null where that is not known.</param>
    /// <param name="rulebook">The rulebook.</param>
    public static Instant ToldAt(string answeredAt, Instant arrivedAt, Instant? treated, TriageRulebook rulebook)
    {
        Instant latest = arrivedAt + Duration.FromMinutes(rulebook.ClockToleranceMinutes);
        Instant at = OffsetDateTimePattern.Rfc3339.Parse(answeredAt).TryGetValue(default, out OffsetDateTime time) && time.ToInstant() is var told && told <= latest && !(told < treated) ? told : arrivedAt;
        return at < treated ? treated.Value : at;
    }
}
