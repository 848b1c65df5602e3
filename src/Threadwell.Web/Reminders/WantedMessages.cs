using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.TimeZones;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Questions;

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

    /// <summary>Brings a row up to it: where the clinic's zone or the schedule was changed, the same message has another time.</summary>
    /// <param name="row">The row of the message.</param>
    /// <returns>Whether the row had another time.</returns>
    public bool BringUp(OutboxMessage row)
    {
        if (row.DueAt == DueAt && row.UselessAfter == UselessAfter)
        {
            return false;
        }

        row.NextTryAt = row.DueAt == DueAt ? row.NextTryAt : DueAt;
        (row.DueAt, row.UselessAfter) = (DueAt, UselessAfter);
        return true;
    }
}

/// <summary>
/// Says which messages the record asks for: the one rule by which they are written, kept and taken back. A patient gets one only while she lives and her consent to messages stands, on the
/// channels that she chose, an enrolled phone of hers while it is open; patients of the demonstration get none, for their addresses might be somebody's.
/// </summary>
internal static class WantedMessages
{
    /// <summary>By so much a change of the clinic's zone may move a message, with room to spare: by a day and a little, and by four where the treatment moves over the end of February, for some check-ins come a number of months after it.</summary>
    public static readonly Duration Shift = Duration.FromDays(6);

    // A message about a check-in has no use once the next one is due, and never after two weeks.
    private static readonly Duration LongestUse = Duration.FromDays(14);

    // In the morning, after the usual quiet hours; the patient's own quiet hours are asked when it goes.
    private static readonly LocalTime TimeOfCheckIns = new(9, 0);

    private static readonly Duration TwoHours = Duration.FromHours(2);

    // Months differ in length, and a day's treatment may end on the next.
    private const int DaysToSpare = 4;

    /// <summary>When the reminder of a check-in is due.</summary>
    /// <param name="day">Day of the check-in.</param>
    /// <param name="zone">The clinic's zone.</param>
    public static Instant CheckInDueAt(LocalDate day, DateTimeZone zone) => (day + TimeOfCheckIns).InZone(zone, Resolvers.LenientResolver).ToInstant();

    /// <summary>What the record asks for in the place of a message that was written, which may have another time by now; null where it asks for it no more.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="row">The message.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<WantedMessage?> OfAsync(ThreadwellContext database, DateTimeZone zone, OutboxMessage row, CancellationToken cancellation)
    {
        IReadOnlyList<WantedMessage> wanted = row.Template == MessageKinds.Escalation ? await EscalationsAsync(database, row.DueAt, row.DueAt, cancellation)
            : MessageKinds.IsOfQuestion(row.Template) ? await QuestionMails.WantedAsync(database, row.DueAt, row.DueAt, cancellation)
            : row.PatientId is { } patient ? await OfPatientsAsync(database, zone, row.DueAt - Shift, row.DueAt + Shift, patient, cancellation)
            : [];
        return wanted.FirstOrDefault(message => message.Key == row.IdempotencyKey);
    }

    /// <summary>Messages that fall due in a span of time.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="from">Start of the span.</param>
    /// <param name="until">Its end.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<WantedMessage>> FindAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, CancellationToken cancellation) =>
        [.. await OfPatientsAsync(database, zone, from, until, only: null, cancellation), .. await EscalationsAsync(database, from, until, cancellation), .. await QuestionMails.WantedAsync(database, from, until, cancellation)];

    private static async Task<IReadOnlyList<WantedMessage>> OfPatientsAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        List<Occasion> occasions = [.. await CheckInsAsync(database, zone, from, until, only, cancellation), .. await AppointmentsAsync(database, zone, from, until, only, cancellation)];
        Dictionary<Guid, Reach> reached = await ReachedByAsync(database, [.. occasions.Select(occasion => occasion.PatientId).Distinct()], cancellation);
        return [.. occasions.SelectMany(occasion => reached.TryGetValue(occasion.PatientId, out Reach? reach) ? On(occasion, reach) : [])];
    }

    private static async Task<List<Occasion>> CheckInsAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        var due = new List<(Guid Treatment, LocalDate Day, Occasion Occasion)>();
        foreach ((Guid treatment, Guid patient, Instant endedAt) in await TreatedAsync(database, zone, from, until, only, cancellation))
        {
            (ScheduledCheckIn CheckIn, LocalDate Day)[] schedule = [.. CheckInSchedule.Of(TriageFile.Shipped, endedAt.InZone(zone).Date).Where(item => item.CheckIn.Call != true).OrderBy(item => item.Day)];
            for (int index = 0; index < schedule.Length; index++)
            {
                Instant at = CheckInDueAt(schedule[index].Day, zone);
                if (at >= from && at <= until)
                {
                    Instant useless = index + 1 < schedule.Length ? Instant.Min(CheckInDueAt(schedule[index + 1].Day, zone), at + LongestUse) : at + LongestUse;
                    due.Add((treatment, schedule[index].Day, new Occasion(MessageKinds.CheckInKey(treatment, schedule[index].CheckIn.Id), patient, MessageKinds.CheckIn, at, useless)
                    {
                        FieldsJson = JsonSerializer.Serialize(new { treatment, checkIn = schedule[index].CheckIn.Id }),
                        ScheduledId = schedule[index].CheckIn.Id,
                        TreatmentId = treatment,
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

    // Treatments of which a check-in may fall due in the span: of a patient all, of the clinic those that ended as long before the span as a check-in comes after its treatment.
    private static async Task<IReadOnlyList<(Guid Treatment, Guid Patient, Instant EndedAt)>> TreatedAsync(ThreadwellContext database, DateTimeZone zone, Instant from, Instant until, Guid? only, CancellationToken cancellation)
    {
        LocalDate[] first = Before(from, -DaysToSpare);
        LocalDate[] last = Before(until, DaysToSpare);
        var treated = new List<(Guid, Guid, Instant)>();
        foreach ((LocalDate start, LocalDate end) in only is null ? Joined([.. first.Zip(last)]) : [(first.Min(), last.Max())])
        {
            Instant earliest = zone.AtStartOfDay(start).ToInstant();
            Instant latest = zone.AtStartOfDay(end).ToInstant();
            var rows = await database.Treatments
                .Where(row => row.State == TreatmentState.Ended && row.Kind == TreatmentKind.Planned && row.EndedAt != null && row.EndedAt >= earliest && row.EndedAt < latest && (only == null || row.PatientId == only))
                .Join(database.Patients.Where(patient => !patient.IsDemonstration), row => row.PatientId, patient => patient.Id, (row, _) => new { row.Id, row.PatientId, EndedAt = row.EndedAt!.Value })
                .ToListAsync(cancellation);
            treated.AddRange(rows.Select(row => (row.Id, row.PatientId, row.EndedAt)));
        }

        return treated;

        // For each check-in the day of treatment that has it about a moment.
        LocalDate[] Before(Instant moment, int spare)
        {
            LocalDate day = moment.InZone(zone).Date.PlusDays(spare);
            return [.. TriageFile.Shipped.Schedule.Where(item => item.Call != true).Select(item => item.Months is { } months ? day.PlusMonths(-months) : day.PlusDays(-item.Days!.Value))];
        }
    }

    // Spans of days in order, none of which touches another.
    private static List<(LocalDate Start, LocalDate End)> Joined(IReadOnlyList<(LocalDate Start, LocalDate End)> spans)
    {
        var joined = new List<(LocalDate Start, LocalDate End)>();
        foreach ((LocalDate start, LocalDate end) in spans.OrderBy(span => span.Start))
        {
            if (joined.Count > 0 && start <= joined[^1].End)
            {
                joined[^1] = (joined[^1].Start, LocalDate.Max(joined[^1].End, end));
            }
            else
            {
                joined.Add((start, end));
            }
        }

        return joined;
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

    // How each of some patients is reached: by a fixed number of queries. Whoever died, or does not consent, is not in it.
    private static async Task<Dictionary<Guid, Reach>> ReachedByAsync(ThreadwellContext database, Guid[] patients, CancellationToken cancellation)
    {
        if (patients.Length == 0)
        {
            return [];
        }

        var consenting = (await MessageConsent.Standing(database).Where(row => patients.Contains(row.PatientId)).Select(row => row.PatientId).ToListAsync(cancellation)).ToHashSet();
        consenting.ExceptWith(await database.LifeEvents.Where(row => patients.Contains(row.PatientId) && row.Kind == LifeEventKind.Death && row.StruckAt == null).Select(row => row.PatientId).ToListAsync(cancellation));
        Guid[] reached = [.. consenting];
        var addresses = (await database.Patients.Where(row => reached.Contains(row.Id)).Select(row => new { row.Id, row.Email }).ToListAsync(cancellation)).ToDictionary(row => row.Id, row => row.Email);
        var choices = (await database.ReminderChoices.Where(row => reached.Contains(row.PatientId)).Select(row => new { row.PatientId, row.Email, row.Push }).ToListAsync(cancellation))
            .ToDictionary(row => row.PatientId, row => (row.Email, row.Push));
        var browsers = (await database.PushSubscriptions.Where(row => row.PatientId != null && reached.Contains(row.PatientId.Value) && row.EndedAt == null).OrderBy(row => row.Id)
            .Select(row => new { PatientId = row.PatientId!.Value, row.Id, row.DeviceId }).ToListAsync(cancellation)).ToLookup(row => row.PatientId);

        // An enrolled phone for as long as it is open, and the patient's own alone: she consented to be reminded herself.
        var phones = (await database.EnrolledDevices.Where(row => reached.Contains(row.PatientId) && row.RevokedAt == null && row.FamilyAccessId == null).Select(row => new { row.Id, row.TreatmentId }).ToListAsync(cancellation))
            .ToDictionary(row => row.Id, row => row.TreatmentId);
        return reached.ToDictionary(id => id, id =>
        {
            var usual = new ReminderChoice { PatientId = id };
            (bool email, bool push) = choices.GetValueOrDefault(id, (usual.Email, usual.Push));
            return new Reach(email && addresses[id].Length > 0, push
                ? [.. browsers[id].Where(row => row.DeviceId is not { } device || phones.ContainsKey(device)).Select(row => new ReachedBrowser(row.Id, row.DeviceId is { } device ? phones[device] : null))]
                : []);
        });
    }

    private static IEnumerable<WantedMessage> On(Occasion occasion, Reach reach)
    {
        if (reach.Email)
        {
            yield return new WantedMessage(MessageKinds.ByEmail(occasion.Key), MessageChannel.Email, occasion.Template, occasion.DueAt, occasion.UselessAfter) { PatientId = occasion.PatientId, FieldsJson = occasion.FieldsJson };
        }

        foreach (ReachedBrowser browser in reach.Browsers.Where(browser => browser.Follows is not { } follows || occasion.TreatmentId is not { } treatment || treatment == follows))
        {
            yield return new WantedMessage(MessageKinds.ByPush(occasion.Key, browser.Id), MessageChannel.Push, occasion.Template, occasion.DueAt, occasion.UselessAfter)
            {
                PatientId = occasion.PatientId,
                SubscriptionId = browser.Id,
                FieldsJson = occasion.FieldsJson,
            };
        }
    }

    // What a message is about, before it is known how the patient is reached.
    private sealed record Occasion(string Key, Guid PatientId, string Template, Instant DueAt, Instant UselessAfter)
    {
        public string ScheduledId { get; init; } = "";

        /// <summary>The treatment after which the check-in comes; null for an appointment.</summary>
        public Guid? TreatmentId { get; init; }

        public string FieldsJson { get; init; } = "";
    }

    private sealed record Reach(bool Email, IReadOnlyList<ReachedBrowser> Browsers);

    // A browser, and for an enrolled phone the one treatment whose check-ins it opens.
    private sealed record ReachedBrowser(Guid Id, Guid? Follows);
}
