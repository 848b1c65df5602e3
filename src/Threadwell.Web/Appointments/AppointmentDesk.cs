using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Care.Outcomes;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Clinic;
using Threadwell.Web.Forms;
using Threadwell.Web.Patients;
using Threadwell.Web.Text;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Appointments;

/// <summary>
/// Books, moves and closes appointments. Everything that speaks against a time is checked in the transaction that takes it, and each refusal is a sentence at the field it is about.
/// </summary>
/// <param name="records">The record.</param>
/// <param name="time">The clinic's time.</param>
/// <param name="clock">The clock.</param>
/// <param name="text">Words.</param>
/// <param name="treatmentText">Words of treatments.</param>
internal sealed class AppointmentDesk(IDbContextFactory<ThreadwellContext> records, ClinicTime time, IClock clock, IStringLocalizer<AppointmentText> text, IStringLocalizer<TreatmentText> treatmentText)
{
    /// <summary>Letters of a note.</summary>
    public const int LongestNote = 500;

    /// <summary>Now, to the millisecond that is kept.</summary>
    public Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>Books an appointment.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="problems">Receives what speaks against it, a sentence a field.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its key; null where something speaks against it.</returns>
    public Task<Guid?> BookAsync(Guid patient, AppointmentForm form, FieldProblems problems, CancellationToken cancellation) => WriteAsync(patient, null, form, problems, cancellation);

    /// <summary>Moves an appointment that is to come: another time, doctor, room or length. A treatment moves with its appointment.</summary>
    /// <param name="id">The appointment.</param>
    /// <param name="form">What was typed, with the revision that was read.</param>
    /// <param name="problems">Receives what speaks against it, a sentence a field.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it was moved.</returns>
    public async Task<bool> MoveAsync(Guid id, AppointmentForm form, FieldProblems problems, CancellationToken cancellation) => await WriteAsync(Guid.Empty, id, form, problems, cancellation) is not null;

    /// <summary>Says what became of an appointment.</summary>
    /// <param name="id">The appointment.</param>
    /// <param name="state">What.</param>
    /// <param name="revision">Revision that was read.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What speaks against it, as the texts name it ("changed", "state", "early", "taken", "twice"); null where it was done.</returns>
    public async Task<string?> CloseAsync(Guid id, AppointmentState state, long revision, Guid by, CancellationToken cancellation)
    {
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        await using ThreadwellContext database = await records.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await BookingLock.BeginAsync(database, cancellation);
        if (await database.Appointments.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } found)
        {
            return "state";
        }

        Instant now = Now;
        if (found.Revision != revision)
        {
            return "changed";
        }

        if (!MayBecome(found.State, state))
        {
            return "state";
        }

        // Nobody has come, or failed to come, before the day and the hour.
        if ((state == AppointmentState.Arrived && now.InZone(zone).Date < found.StartsAt.InZone(zone).Date) || (state is AppointmentState.NoShow or AppointmentState.Done && now < found.StartsAt))
        {
            return "early";
        }

        // Who did come after all takes her time again, unless it was given away, or she has another appointment for the same.
        if (found.State == AppointmentState.NoShow)
        {
            if (found is { Kind: AppointmentKind.Treatment, TreatmentId: { } treatment } ? await IsBookedAsync(database, treatment, cancellation) : found is { ScheduledId.Length: > 0, TreatmentId: { } followed } && await IsStandingAsync(database, followed, found.ScheduledId, cancellation))
            {
                return "twice";
            }

            if ((await Taken.WithinAsync(database, found.StartsAt, found.EndsAt, cancellation))
                .Any(one => one.Doctor == found.DoctorId || one.Patient == found.PatientId || one.Takes(new AppointmentPlace(found.FacilityId, "", found.Room))))
            {
                return "taken";
            }

            if (await NoShowTasks.FindAsync(database, found, cancellation) is { } task)
            {
                await NoShowTasks.UndoAsync(database, task, text["noshow.undone"], by, now, cancellation);
            }
        }

        found.State = state;
        found.ChangedAt = now;
        found.Revision++;
        if (state == AppointmentState.NoShow)
        {
            NoShowTasks.Open(database, found, await ClinicOpening.ReadAsync(database, zone, found.FacilityId, cancellation), zone, now, by);
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody is at the task of the appointment.
            return "changed";
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Whether an appointment of one state may be given another.</summary>
    public static bool MayBecome(AppointmentState from, AppointmentState to) => (from, to) switch
    {
        (AppointmentState.Booked, AppointmentState.Arrived or AppointmentState.Done or AppointmentState.NoShow or AppointmentState.Cancelled) => true,
        (AppointmentState.Arrived, AppointmentState.Done or AppointmentState.Cancelled) => true,

        // A slip of the hand: she is there.
        (AppointmentState.NoShow, AppointmentState.Arrived) => true,
        _ => false,
    };

    private async Task<Guid?> WriteAsync(Guid patient, Guid? id, AppointmentForm form, FieldProblems problems, CancellationToken cancellation)
    {
        DateTimeZone zone = await time.ZoneAsync(cancellation);
        await using ThreadwellContext database = await records.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await BookingLock.BeginAsync(database, cancellation);
        Appointment? old = null;
        if (id is { } key)
        {
            old = await database.Appointments.SingleOrDefaultAsync(row => row.Id == key, cancellation);
            if (old is not { State: AppointmentState.Booked } || old.Revision != form.Revision)
            {
                problems.Add("Form", text["problem.changed"]);
                return null;
            }

            patient = old.PatientId;
        }
        else if (!await database.Patients.AnyAsync(row => row.Id == patient, cancellation))
        {
            problems.Add("Form", text["patient.unknown"]);
            return null;
        }

        AppointmentKind kind = old?.Kind ?? form.KindChosen;
        AppointmentChoices choices = await AppointmentChoices.ReadAsync(database, zone, cancellation);
        (Instant From, Instant Until, LocalDate Day)? span = ReadSpan(form, kind, zone, problems);
        Guid doctor = Guid.TryParse(form.Doctor, out Guid chosen) && choices.Doctors.Any(one => one.Id == chosen) ? chosen : Guid.Empty;
        AppointmentPlace? place = choices.Places.FirstOrDefault(one => one.Value == form.Place);
        if (doctor == Guid.Empty)
        {
            problems.Add("Form.Doctor", text["doctor.needed"]);
        }

        if (place is null)
        {
            problems.Add("Form.Place", text["place.needed"]);
        }

        if ((form.Note ?? "").Length > LongestNote)
        {
            problems.Add("Form.Note", text["note.long", LongestNote]);
        }

        StoredTreatment? treatment = await TreatmentAsync(database, patient, old, kind, form, problems, cancellation);
        if (span is not var (from, until, day) || place is null || doctor == Guid.Empty)
        {
            return null;
        }

        if (from < Now)
        {
            problems.Add(day < Now.InZone(zone).Date ? "Form.Day" : "Form.Time", text["past"]);
        }

        CheckOpen(choices.Openings[place.Facility], kind, from, until, day, problems);
        await CheckFreeAsync(database, id, from, until, doctor, place, patient, zone, problems, cancellation);
        if (kind == AppointmentKind.Treatment && treatment is { Kind: TreatmentKind.Planned })
        {
            await CheckTreatmentAsync(database, doctor, day, problems, cancellation);
        }

        if (!problems.None)
        {
            return null;
        }

        Instant now = Now;
        Appointment kept = old ?? new Appointment
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            Kind = kind,
            StartsAt = from,
            EndsAt = until,
            DoctorId = doctor,
            FacilityId = place.Facility,
            TreatmentId = treatment?.Id,
            ScheduledId = kind == AppointmentKind.FollowUp && treatment is not null ? form.Scheduled ?? "" : "",
            State = AppointmentState.Booked,
            CreatedAt = now,
            ChangedAt = now,
        };
        (kept.StartsAt, kept.EndsAt, kept.DoctorId, kept.FacilityId, kept.Room, kept.Note, kept.ChangedAt) = (from, until, doctor, place.Facility, place.Room, (form.Note ?? "").Trim(), now);
        if (old is null)
        {
            database.Appointments.Add(kept);
        }
        else
        {
            kept.Revision++;
        }

        if (kind == AppointmentKind.Treatment && treatment is { State: TreatmentState.Preparing } together
            && (together.Day, together.OperatorId, together.FacilityId, together.Room) != (day, doctor, place.Facility, place.Room))
        {
            (together.Day, together.OperatorId, together.FacilityId, together.Room) = (day, doctor, place.Facility, place.Room);
            together.Revision++;
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            problems.Add("Form", text["problem.changed"]);
            return null;
        }

        return kept.Id;
    }

    private (Instant From, Instant Until, LocalDate Day)? ReadSpan(AppointmentForm form, AppointmentKind kind, DateTimeZone zone, FieldProblems problems)
    {
        LocalDate? day = ClinicDates.Read(form.Day);
        LocalTime? starts = ClockTimes.Read(form.Time);
        int minutes = string.IsNullOrWhiteSpace(form.Minutes) ? AppointmentDurations.Usual(kind)
            : int.TryParse(form.Minutes, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int typed) ? typed : 0;
        if (day is null)
        {
            problems.Add("Form.Day", text["day.wrong"]);
        }

        if (starts is null)
        {
            problems.Add("Form.Time", text["time.wrong"]);
        }

        if (minutes is < AppointmentDurations.Shortest or > AppointmentDurations.Longest)
        {
            problems.Add("Form.Minutes", text["minutes.wrong", AppointmentDurations.Shortest, AppointmentDurations.Longest]);
            return null;
        }

        if (day is not { } date || starts is not { } at)
        {
            return null;
        }

        // Where the clocks go forward an hour is missing; where they go back, the first of the two is meant.
        var mapping = zone.MapLocal(date + at);
        if (mapping.Count == 0)
        {
            problems.Add("Form.Time", text["time.missing", ClockTimes.ToType(at), ClinicDates.ToRead(date)]);
            return null;
        }

        Instant from = mapping.First().ToInstant();
        return (from, from + Duration.FromMinutes(minutes), date);
    }

    private void CheckOpen(ClinicOpening opening, AppointmentKind kind, Instant from, Instant until, LocalDate day, FieldProblems problems)
    {
        // What cannot wait may lie outside the hours; its page says so.
        if (kind == AppointmentKind.Urgent || opening.IsOpenThroughout(from, until))
        {
            return;
        }

        if (!opening.IsKnown)
        {
            problems.Add("Form.Place", text["hours.unknown"]);
        }
        else if (opening.On(day) is { Count: > 0 } spans)
        {
            problems.Add("Form.Time", text["closed.then", ClinicDates.ToRead(day), string.Join(", ", spans.Select(span => $"{ClockTimes.ToType(span.Opens)}–{ClockTimes.ToType(span.Closes)}"))]);
        }
        else
        {
            string closed = opening.ClosureOn(day) is { Length: > 0 } why ? text["closed.day.why", ClinicDates.ToRead(day), why] : text["closed.day", ClinicDates.ToRead(day)];
            problems.Add("Form.Day", closed);
        }
    }

    private async Task CheckFreeAsync(ThreadwellContext database, Guid? id, Instant from, Instant until, Guid doctor, AppointmentPlace place, Guid patient, DateTimeZone zone, FieldProblems problems, CancellationToken cancellation)
    {
        Taken[] taken = [.. (await Taken.WithinAsync(database, from, until, cancellation)).Where(one => one.Id != id)];
        Check("Form.Doctor", "taken.doctor", one => one.Doctor == doctor);
        Check("Form.Place", "taken.room", one => one.Takes(place));
        Check("Form.Time", "taken.patient", one => one.Patient == patient);

        void Check(string field, string problem, Func<Taken, bool> takes)
        {
            if (taken.FirstOrDefault(takes) is { } other)
            {
                problems.Add(field, text[problem, ClockTimes.ToType(other.From.InZone(zone).TimeOfDay), ClockTimes.ToType(other.Until.InZone(zone).TimeOfDay)]);
            }
        }
    }

    // The treatment that an appointment is for must be there and not begun; a visit follows one that took place, each visit of the schedule once, be it booked or seen without an appointment.
    private async Task<StoredTreatment?> TreatmentAsync(ThreadwellContext database, Guid patient, Appointment? old, AppointmentKind kind, AppointmentForm form, FieldProblems problems, CancellationToken cancellation)
    {
        Guid? key = old is not null ? old.TreatmentId : Guid.TryParse(form.Treatment, out Guid typed) ? typed : null;
        StoredTreatment? treatment = key is { } known ? await database.Treatments.SingleOrDefaultAsync(row => row.Id == known && row.PatientId == patient, cancellation) : null;
        if (kind == AppointmentKind.Treatment && treatment is not { State: TreatmentState.Preparing })
        {
            problems.Add("Form.Treatment", text["treatment.needed"]);
            return treatment;
        }

        if (old is null && treatment is not null && kind == AppointmentKind.Treatment && await IsBookedAsync(database, treatment.Id, cancellation))
        {
            problems.Add("Form.Treatment", text["treatment.twice"]);
        }

        if (old is null && kind == AppointmentKind.FollowUp && !string.IsNullOrEmpty(form.Treatment))
        {
            await CheckVisitAsync(database, treatment, form.Scheduled ?? "", problems, cancellation);
        }

        return treatment;
    }

    private async Task CheckVisitAsync(ThreadwellContext database, StoredTreatment? treatment, string scheduled, FieldProblems problems, CancellationToken cancellation)
    {
        if (treatment is not { State: TreatmentState.Ended })
        {
            problems.Add("Form.Treatment", text["visit.treatment"]);
        }
        else if (scheduled.Length > 0 && FollowUpSchedule.Find(scheduled) is null)
        {
            problems.Add("Form.Treatment", text["visit.unknown"]);
        }
        else if (scheduled.Length > 0 && await IsStandingAsync(database, treatment.Id, scheduled, cancellation))
        {
            problems.Add("Form.Treatment", text["visit.twice"]);
        }
    }

    private static Task<bool> IsBookedAsync(ThreadwellContext database, Guid treatment, CancellationToken cancellation) =>
        database.Appointments.AnyAsync(row => row.TreatmentId == treatment && row.Kind == AppointmentKind.Treatment && (row.State == AppointmentState.Booked || row.State == AppointmentState.Arrived), cancellation);

    private static async Task<bool> IsStandingAsync(ThreadwellContext database, Guid treatment, string scheduled, CancellationToken cancellation) =>
        (await DueVisits.StandingAsync(database, [treatment], cancellation)).Contains((treatment, scheduled));

    private async Task CheckTreatmentAsync(ThreadwellContext database, Guid doctor, LocalDate day, FieldProblems problems, CancellationToken cancellation)
    {
        List<StaffLicence> licences = await database.StaffLicences.AsNoTracking().Where(row => row.UserId == doctor).ToListAsync(cancellation);
        if (!OperatorLicences.MayTreat(licences, day))
        {
            problems.Add("Form.Doctor", text["doctor.licence", ClinicDates.ToRead(day)]);
        }

        if (BookingForm.Uncovered(await OnCallCalendar.TurnsAsync(database, day), day) is { Count: > 0 } gaps)
        {
            problems.Add("Form.Day", BookingForm.UncoveredWords(gaps, treatmentText));
        }
    }
}
