using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.TimeZones;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Reminders;

/// <summary>A message that should be sent, by what the record says now.</summary>
/// <param name="Key">What makes it the one that it is.</param>
/// <param name="Channel">How it travels.</param>
/// <param name="Template">Which text it carries.</param>
/// <param name="DueAt">When.</param>
/// <param name="UselessAfter">After this it has no use any more; null where it always has.</param>
internal sealed record WantedMessage(string Key, MessageChannel Channel, string Template, Instant DueAt, Instant? UselessAfter)
{
    /// <summary>The patient; null for a message to staff.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The account; null where it goes to a patient.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The browser; null for e-mail.</summary>
    public Guid? SubscriptionId { get; init; }

    /// <summary>What is put into the text, JSON.</summary>
    public string FieldsJson { get; init; } = "";

    /// <summary>Whether it goes in quiet hours, too.</summary>
    public bool Urgent { get; init; }
}

/// <summary>
/// Says which messages the record asks for: the one rule by which they are written, kept and taken back. A patient gets one only while her consent to messages stands, on the channels that
/// she chose; patients of the demonstration get none, for their addresses might be somebody's.
/// </summary>
internal static class WantedMessages
{
    // A message about a check-in has no use once the next one is due, and never after two weeks.
    private static readonly Duration LongestUse = Duration.FromDays(14);

    // In the morning, after the usual quiet hours; the patient's own quiet hours are asked when it goes.
    private static readonly LocalTime TimeOfCheckIns = new(9, 0);

    private static readonly Duration TwoHours = Duration.FromHours(2);

    // The last check-in is due five years after the treatment.
    private static readonly Duration Followed = Duration.FromDays((5 * 366) + 30);

    /// <summary>The clinic's zone, as its pages know it.</summary>
    public static async Task<DateTimeZone> ZoneAsync(ThreadwellContext database, CancellationToken cancellation)
    {
        string? name = await database.ClinicSettings.Where(row => row.Id == ClinicSettings.TheOnly).Select(row => row.TimeZone).FirstOrDefaultAsync(cancellation);
        return (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZoneProviders.Tzdb.GetSystemDefault();
    }

    /// <summary>Messages that fall due in a span of time.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="from">Start of the span.</param>
    /// <param name="until">Its end.</param>
    /// <param name="only">This patient's alone; null for everybody's, and those to staff.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<WantedMessage>> FindAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        List<Occasion> occasions = [.. await CheckInsAsync(database, zone, from, until, only, cancellation), .. await AppointmentsAsync(database, zone, from, until, only, cancellation)];
        var wanted = new List<WantedMessage>();
        foreach (IGrouping<Guid, Occasion> person in occasions.GroupBy(occasion => occasion.PatientId).ToList())
        {
            if (await ReachedByAsync(database, person.Key, cancellation) is { } reach)
            {
                wanted.AddRange(person.SelectMany(occasion => On(occasion, reach)));
            }
        }

        if (only is null)
        {
            wanted.AddRange(await EscalationsAsync(database, from, until, cancellation));
        }

        return wanted;
    }

    private static async Task<List<Occasion>> CheckInsAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        Instant earliest = from - Followed;
        var treated = await database.Treatments
            .Where(row => row.State == TreatmentState.Ended && row.Kind == TreatmentKind.Planned && row.EndedAt != null && row.EndedAt >= earliest && row.EndedAt <= until && (only == null || row.PatientId == only))
            .Join(database.Patients.Where(patient => !patient.IsDemonstration), row => row.PatientId, patient => patient.Id, (row, _) => new { row.Id, row.PatientId, EndedAt = row.EndedAt!.Value })
            .ToListAsync(cancellation);
        var due = new List<(Guid Treatment, LocalDate Day, Occasion Occasion)>();
        foreach (var treatment in treated)
        {
            (ScheduledCheckIn CheckIn, LocalDate Day)[] schedule = [.. CheckInSchedule.Of(TriageFile.Shipped, treatment.EndedAt.InZone(zone).Date).Where(item => item.CheckIn.Call != true).OrderBy(item => item.Day)];
            for (int index = 0; index < schedule.Length; index++)
            {
                Instant at = At(schedule[index].Day, zone);
                if (at >= from && at <= until)
                {
                    Instant useless = index + 1 < schedule.Length ? Instant.Min(At(schedule[index + 1].Day, zone), at + LongestUse) : at + LongestUse;
                    due.Add((treatment.Id, schedule[index].Day, new Occasion(
                        MessageKinds.CheckInKey(treatment.Id, schedule[index].CheckIn.Id), treatment.PatientId, MessageKinds.CheckIn, at, useless)
                    {
                        TreatmentId = treatment.Id,
                        FieldsJson = JsonSerializer.Serialize(new { treatment = treatment.Id, checkIn = schedule[index].CheckIn.Id }),
                        ScheduledId = schedule[index].CheckIn.Id,
                    }));
                }
            }
        }

        if (due.Count == 0)
        {
            return [];
        }

        Guid[] treatments = [.. due.Select(item => item.Treatment).Distinct()];
        var answered = (await database.CheckIns.Where(row => treatments.Contains(row.TreatmentId)).Select(row => new { row.TreatmentId, row.ScheduledId, row.ArrivedAt }).ToListAsync(cancellation))
            .ToLookup(row => row.TreatmentId);
        return [.. due.Where(item => !answered[item.Treatment].Any(row => row.ScheduledId == item.Occasion.ScheduledId || row.ArrivedAt >= zone.AtStartOfDay(item.Day).ToInstant())).Select(item => item.Occasion)];
    }

    private static async Task<List<Occasion>> AppointmentsAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        // A day and an hour more: the day before may be a long one.
        Instant last = until + Duration.FromHours(25);
        List<Appointment> booked = await database.Appointments.AsNoTracking()
            .Where(row => row.State == AppointmentState.Booked && row.StartsAt >= from && row.StartsAt <= last && (only == null || row.PatientId == only))
            .Join(database.Patients.Where(patient => !patient.IsDemonstration), row => row.PatientId, patient => patient.Id, (row, _) => row)
            .ToListAsync(cancellation);
        var occasions = new List<Occasion>();
        foreach (Appointment appointment in booked)
        {
            ZonedDateTime starts = appointment.StartsAt.InZone(zone);
            Instant hours = appointment.StartsAt - TwoHours;
            Add("day", zone.AtLeniently(starts.LocalDateTime.PlusDays(-1)).ToInstant(), hours);
            Add("hours2", hours, appointment.StartsAt);

            // An appointment that is made within that time is known to the patient as it is.
            void Add(string lead, Instant at, Instant useless)
            {
                if (at >= from && at <= until && appointment.CreatedAt <= at)
                {
                    occasions.Add(new Occasion(MessageKinds.AppointmentKey(appointment.Id, appointment.StartsAt, lead), appointment.PatientId, MessageKinds.Appointment, at, useless)
                    {
                        FieldsJson = JsonSerializer.Serialize(new { appointment = appointment.Id, startsAt = appointment.StartsAt.ToUnixTimeMilliseconds() }),
                    });
                }
            }
        }

        return occasions;
    }

    // They are written with the task itself (StaffMessages), and wanted until somebody takes it or another has it. Accounts have no address: by push alone.
    private static async Task<List<WantedMessage>> EscalationsAsync(ThreadwellContext database, Instant from, Instant until, CancellationToken cancellation)
    {
        List<OutboxMessage> waiting = await database.Outbox.AsNoTracking()
            .Where(row => row.Template == MessageKinds.Escalation && row.Channel == MessageChannel.Push && row.State == MessageState.Waiting && row.DueAt >= from && row.DueAt <= until).ToListAsync(cancellation);
        Guid[] keys = [.. waiting.Select(MessageKinds.TaskOf).Distinct()];
        Dictionary<Guid, Guid?> open = await database.CareTasks.Where(row => keys.Contains(row.Id) && row.State == CareTaskState.New).ToDictionaryAsync(row => row.Id, row => row.OwnerId, cancellation);
        return [.. waiting.Where(row => row.UserId is not null && open.GetValueOrDefault(MessageKinds.TaskOf(row)) == row.UserId)
            .Select(row => new WantedMessage(row.IdempotencyKey, row.Channel, row.Template, row.DueAt, row.UselessAfter) { UserId = row.UserId, SubscriptionId = row.PushSubscriptionId, FieldsJson = row.FieldsJson, Urgent = row.Urgent })];
    }

    private static async Task<Reach?> ReachedByAsync(ThreadwellContext database, Guid id, CancellationToken cancellation)
    {
        if (!await database.Consents.AnyAsync(row => row.PatientId == id && row.Kind == ConsentKind.Messages && row.WithdrawnAt == null, cancellation))
        {
            return null;
        }

        Patient patient = await database.Patients.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        ReminderChoice choice = await database.ReminderChoices.AsNoTracking().SingleOrDefaultAsync(row => row.PatientId == id, cancellation) ?? new ReminderChoice { PatientId = id };
        var browsers = new List<(Guid Id, Guid? Treatment)>();
        if (choice.Push)
        {
            // A phone that was shut is not pushed to, nor one of a relative who may not help any more; a phone hears of the treatment alone that it was enrolled for.
            var subscriptions = await database.PushSubscriptions.Where(row => row.PatientId == id && row.EndedAt == null).Select(row => new { row.Id, row.DeviceId }).ToListAsync(cancellation);
            foreach (var subscription in subscriptions)
            {
                if (subscription.DeviceId is not { } phone)
                {
                    browsers.Add((subscription.Id, null));
                }
                else if (await database.EnrolledDevices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == phone && row.RevokedAt == null, cancellation) is { } device
                    && (device.FamilyAccessId == null || await database.FamilyAccess.AnyAsync(row => row.Id == device.FamilyAccessId && row.RevokedAt == null, cancellation)))
                {
                    browsers.Add((subscription.Id, device.TreatmentId));
                }
            }
        }

        return new Reach(choice.Email && patient.Email.Length > 0, browsers);
    }

    private static IEnumerable<WantedMessage> On(Occasion occasion, Reach reach)
    {
        if (reach.Email)
        {
            yield return new WantedMessage($"{occasion.Key}/email", MessageChannel.Email, occasion.Template, occasion.DueAt, occasion.UselessAfter) { PatientId = occasion.PatientId, FieldsJson = occasion.FieldsJson };
        }

        foreach ((Guid browser, Guid? treatment) in reach.Browsers)
        {
            if (treatment is null || treatment == occasion.TreatmentId)
            {
                yield return new WantedMessage($"{occasion.Key}/push/{browser}", MessageChannel.Push, occasion.Template, occasion.DueAt, occasion.UselessAfter)
                {
                    PatientId = occasion.PatientId,
                    SubscriptionId = browser,
                    FieldsJson = occasion.FieldsJson,
                };
            }
        }
    }

    private static Instant At(LocalDate day, DateTimeZone zone) => (day + TimeOfCheckIns).InZone(zone, Resolvers.LenientResolver).ToInstant();

    // What a message is about, before it is known how the patient is reached.
    private sealed record Occasion(string Key, Guid PatientId, string Template, Instant DueAt, Instant UselessAfter)
    {
        public Guid? TreatmentId { get; init; }

        public string ScheduledId { get; init; } = "";

        public string FieldsJson { get; init; } = "";
    }

    private sealed record Reach(bool Email, IReadOnlyList<(Guid Id, Guid? Treatment)> Browsers);
}
