using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Appointments;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Tests.Appointments;

/// <summary>What may be booked, and what became of it.</summary>
public sealed class AppointmentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_time_that_does_not_fit_is_refused_at_its_field()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        Guid patient = await clinic.PatientAsync();
        LocalDate day = clinic.Today.PlusDays(1);
        async Task<FieldProblems> Refused(AppointmentForm form, string field)
        {
            (Guid? booked, FieldProblems problems) = await clinic.BookAsync(patient, form);
            Assert.Null(booked);
            Assert.NotNull(problems[field]);
            return problems;
        }

        await Refused(BookingClinic.Form(clinic.Today.PlusDays(-1), "09:00"), "Form.Day");
        await Refused(BookingClinic.Form(day, "noon"), "Form.Time");
        await Refused(BookingClinic.Form(day, "09:00", minutes: "0"), "Form.Minutes");
        await Refused(BookingClinic.Form(day, "09:00", minutes: "481"), "Form.Minutes");
        await Refused(BookingClinic.Form(day, "09:00", doctor: Guid.NewGuid()), "Form.Doctor");
        await Refused(BookingClinic.Form(day, "09:00", room: 3), "Form.Place");
        Assert.Contains("08:00–12:00, 13:30–17:30", (await Refused(BookingClinic.Form(day, "07:45"), "Form.Time"))["Form.Time"], StringComparison.Ordinal);
        await Refused(BookingClinic.Form(day, "11:45"), "Form.Time");
        await Refused(BookingClinic.Form(day, "12:30"), "Form.Time");
        Assert.Contains("Staff day", (await Refused(BookingClinic.Form(clinic.Today.PlusDays(3), "09:00"), "Form.Day"))["Form.Day"], StringComparison.Ordinal);
        Assert.Null((await clinic.BookAsync(Guid.NewGuid(), BookingClinic.Form(day, "09:00"))).Booked);
        Assert.Equal(0, await clinic.ReadAsync(context => context.Appointments.CountAsync(Cancelled)));

        // What cannot wait may lie outside the hours, and begins at the minute that fits the span otherwise.
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(day, "20:00", kind: AppointmentKind.Urgent))).Booked);
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(day, "11h30"))).Booked);
    }

    [Fact]
    public async Task Nobody_and_no_room_is_booked_twice_and_what_was_called_off_is_free_again()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        (Guid first, Guid other) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        LocalDate day = clinic.Today.PlusDays(1);
        Guid booked = (await clinic.BookAsync(first, BookingClinic.Form(day, "09:00"))).Booked!.Value;
        FieldProblems same = (await clinic.BookAsync(other, BookingClinic.Form(day, "09:15"))).Problems;
        Assert.Contains("09:00", same["Form.Doctor"], StringComparison.Ordinal);
        Assert.NotNull(same["Form.Place"]);
        Assert.Null(same["Form.Time"]);
        FieldProblems room = (await clinic.BookAsync(other, BookingClinic.Form(day, "08:45", BookingClinic.Second))).Problems;
        Assert.Null(room["Form.Doctor"]);
        Assert.NotNull(room["Form.Place"]);
        Assert.NotNull((await clinic.BookAsync(first, BookingClinic.Form(day, "09:00", BookingClinic.Second, 2))).Problems["Form.Time"]);

        // Beside it, before it and after it there is room.
        Assert.NotNull((await clinic.BookAsync(other, BookingClinic.Form(day, "09:00", BookingClinic.Second, 2))).Booked);
        Assert.NotNull((await clinic.BookAsync(other, BookingClinic.Form(day, "08:30"))).Booked);
        Assert.NotNull((await clinic.BookAsync(other, BookingClinic.Form(day, "09:30"))).Booked);
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Cancelled, 1));
        Assert.NotNull((await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "09:00"))).Booked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_who_book_one_hour_at_once_one_gets_it(bool server)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-booking-").FullName;
        await using (TestDatabase database = server ? await TestDatabase.PreparedPostgreSqlAsync() : TestDatabase.Sqlite(folder))
        {
            await using BookingClinic clinic = await BookingClinic.StartAsync(database.Connection);
            LocalDate day = clinic.Today.PlusDays(1);
            var people = new List<Guid>();
            for (int index = 0; index < 12; index++)
            {
                people.Add(await clinic.PatientAsync());
            }

            // All want the same doctor, half of them in the other room; then all the same room with either doctor; then one patient wants all at once.
            (Guid? Booked, FieldProblems Problems)[] doctor = await Task.WhenAll(people.Select((patient, index) => Task.Run(() => clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", room: 1 + (index % 2))))));
            Assert.Single(doctor, answer => answer.Booked is not null);
            Assert.All(doctor.Where(answer => answer.Booked is null), answer => Assert.NotNull(answer.Problems["Form.Doctor"]));
            (Guid? Booked, FieldProblems Problems)[] room = await Task.WhenAll(people.Select((patient, index) => Task.Run(() => clinic.BookAsync(patient, BookingClinic.Form(day, "10:00", index % 2 == 0 ? BookingClinic.Doctor : BookingClinic.Second)))));
            Assert.Single(room, answer => answer.Booked is not null);
            Assert.All(room.Where(answer => answer.Booked is null), answer => Assert.NotNull(answer.Problems["Form.Place"]));
            (Guid? Booked, FieldProblems Problems)[] patients = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => Task.Run(() => clinic.BookAsync(people[0], BookingClinic.Form(day, "11:00", index % 2 == 0 ? BookingClinic.Doctor : BookingClinic.Second, 1 + (index % 2))))));
            Assert.Single(patients, answer => answer.Booked is not null);
            Assert.Equal(3, await clinic.ReadAsync(context => context.Appointments.CountAsync(Cancelled)));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_who_move_different_appointments_onto_one_hour_do_not_both_get_it()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        LocalDate day = clinic.Today.PlusDays(1);
        Guid one = (await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "08:00"))).Booked!.Value;
        Guid two = (await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "09:00"))).Booked!.Value;
        AppointmentForm To(AppointmentForm form)
        {
            form.Revision = 1;
            return form;
        }

        (bool Moved, FieldProblems Problems)[] moves = await Task.WhenAll(((Guid[])[one, two]).Select(id => Task.Run(() => clinic.MoveAsync(id, To(BookingClinic.Form(day, "10:00"))))));
        Assert.Single(moves, move => move.Moved);

        // An older page is told; the newest one moves, also within its own time.
        Guid moved = moves[0].Moved ? one : two;
        Assert.NotNull((await clinic.MoveAsync(moved, To(BookingClinic.Form(day, "11:00")))).Problems["Form"]);
        AppointmentForm own = BookingClinic.Form(day, "10:15");
        own.Revision = 2;
        Assert.True((await clinic.MoveAsync(moved, own)).Moved);
        Assert.Equal(3, await clinic.ReadAsync(context => context.Appointments.Where(row => row.Id == moved).Select(row => row.Revision).SingleAsync(Cancelled)));
    }

    [Fact]
    public async Task A_treatment_needs_a_licence_and_somebody_on_call_and_moves_with_its_appointment()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        Guid patient = await clinic.PatientAsync();
        LocalDate day = clinic.Today.PlusDays(4);
        Guid treatment = await clinic.TreatmentAsync(patient, day);
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", kind: AppointmentKind.Treatment))).Problems["Form.Treatment"]);
        Assert.NotNull((await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "09:00", kind: AppointmentKind.Treatment, treatment: treatment))).Problems["Form.Treatment"]);
        Assert.Contains("no licence", (await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", BookingClinic.Second, kind: AppointmentKind.Treatment, treatment: treatment))).Problems["Form.Doctor"], StringComparison.Ordinal);
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(clinic.Today.PlusDays(20), "09:00", kind: AppointmentKind.Treatment, treatment: treatment))).Problems["Form.Day"]);
        Guid booked = (await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", kind: AppointmentKind.Treatment, treatment: treatment))).Booked!.Value;
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(day, "15:00", kind: AppointmentKind.Treatment, treatment: treatment))).Problems["Form.Treatment"]);
        Appointment kept = await clinic.ReadAsync(context => context.Appointments.SingleAsync(row => row.Id == booked, Cancelled));
        Assert.Equal(Duration.FromMinutes(90), kept.EndsAt - kept.StartsAt);

        AppointmentForm later = BookingClinic.Form(day.PlusDays(2), "14:00", room: 2);
        later.Revision = 1;
        Assert.True((await clinic.MoveAsync(booked, later)).Moved);
        StoredTreatment moved = await clinic.ReadAsync(context => context.Treatments.SingleAsync(row => row.Id == treatment, Cancelled));
        Assert.Equal((day.PlusDays(2), "Room 2"), (moved.Day, moved.Room));

        // Care for a complication waits for no licence of that kind and no rota.
        Guid care = await clinic.TreatmentAsync(patient, clinic.Today.PlusDays(40), kind: TreatmentKind.ComplicationCare);
        Assert.NotNull((await clinic.BookAsync(patient, BookingClinic.Form(clinic.Today.PlusDays(40), "09:00", BookingClinic.Second, kind: AppointmentKind.Treatment, treatment: care))).Booked);
    }

    [Fact]
    public async Task An_hour_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_the_first()
    {
        // In Paris the hour from 2 is missing on 28 March 2027 and comes twice on 31 October 2027.
        await using BookingClinic clinic = await BookingClinic.StartAsync(zone: "Europe/Paris", now: Instant.FromUtc(2027, 3, 1, 9, 0));
        await clinic.App.StoreAsync(context =>
        {
            context.Add(new ClinicHours { Id = Guid.NewGuid(), FacilityId = BookingClinic.Facility, Weekday = 7, Opens = new(1, 0), Closes = new(5, 0) });
            return Task.CompletedTask;
        });
        Guid patient = await clinic.PatientAsync();
        Assert.Contains("02:30 does not exist", (await clinic.BookAsync(patient, BookingClinic.Form(new LocalDate(2027, 3, 28), "02:30"))).Problems["Form.Time"], StringComparison.Ordinal);
        Guid spring = (await clinic.BookAsync(patient, BookingClinic.Form(new LocalDate(2027, 3, 28), "09:00"))).Booked!.Value;
        Guid before = (await clinic.BookAsync(patient, BookingClinic.Form(new LocalDate(2027, 3, 27), "09:00"))).Booked!.Value;
        Guid twice = (await clinic.BookAsync(patient, BookingClinic.Form(new LocalDate(2027, 10, 31), "02:30"))).Booked!.Value;
        Dictionary<Guid, Instant> starts = await clinic.ReadAsync(context => context.Appointments.ToDictionaryAsync(row => row.Id, row => row.StartsAt, Cancelled));
        Assert.Equal(Instant.FromUtc(2027, 3, 28, 7, 0), starts[spring]);
        Assert.Equal(Instant.FromUtc(2027, 3, 27, 8, 0), starts[before]);
        Assert.Equal(Instant.FromUtc(2027, 10, 31, 0, 30), starts[twice]);

        // The second of the two hours is another time: somebody else may have it.
        var choices = await clinic.ReadAsync(context => AppointmentChoices.ReadAsync(context, clinic.Zone, Cancelled));
        var taken = await clinic.ReadAsync(context => Taken.WithinAsync(context, Instant.FromUtc(2027, 10, 31, 0, 0), Instant.FromUtc(2027, 10, 31, 4, 0), Cancelled));
        Assert.Equal(twice, Assert.Single(taken).Id);
        Assert.DoesNotContain(new FreeTimes(choices, [], clinic.App.Clock.GetCurrentInstant()).On(new LocalDate(2027, 3, 28), 30, null, null), free => free.Start.Hour == 2);
    }

    [Fact]
    public async Task Visits_of_the_schedule_are_offered_near_their_day_and_once()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        Guid patient = await clinic.PatientAsync();

        // Three months after the treatment fall on the closed day, so the next day is offered.
        LocalDate due = clinic.Today.PlusDays(3);
        LocalDate treated = due.PlusMonths(-3);
        Guid treatment = await clinic.TreatmentAsync(patient, treated, TreatmentState.Ended);
        DueVisit visit = Assert.Single(await DueAsync(clinic, patient), one => one.Visit.Id == "month3");
        LocalDate expected = visit.Due == due ? due.PlusDays(1) : visit.Due;
        Assert.Equal((expected, new LocalTime(8, 0), BookingClinic.Doctor), (visit.Suggested!.Start.Date, visit.Suggested.Start.TimeOfDay, visit.Suggested.Doctor));
        Assert.Contains(await clinic.ReadAsync(async context => await DueVisits.OfClinicAsync(context, await AppointmentChoices.ReadAsync(context, clinic.Zone, Cancelled), clinic.App.Clock.GetCurrentInstant(), Cancelled)), one => one.Visit.Id == "month3");

        AppointmentForm form = BookingClinic.Form(expected, "08:00", kind: AppointmentKind.FollowUp, treatment: treatment, scheduled: "month3");
        Guid booked = (await clinic.BookAsync(patient, form)).Booked!.Value;
        Assert.DoesNotContain(await DueAsync(clinic, patient), one => one.Visit.Id == "month3");
        form.Time = "10:00";
        Assert.NotNull((await clinic.BookAsync(patient, form)).Problems["Form.Treatment"]);

        // Called off, it is due again; seen without an appointment, it is done.
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Cancelled, 1));
        Assert.Contains(await DueAsync(clinic, patient), one => one.Visit.Id == "month3");
        await clinic.App.StoreAsync(context =>
        {
            context.Add(new FollowUpVisit { Id = Guid.NewGuid(), PatientId = patient, TreatmentId = treatment, Day = clinic.Today, ScheduledId = "month3", DoctorId = BookingClinic.Doctor, CreatedAt = clinic.App.Clock.GetCurrentInstant() });
            return Task.CompletedTask;
        });
        Assert.DoesNotContain(await DueAsync(clinic, patient), one => one.Visit.Id == "month3");
    }

    [Fact]
    public async Task Who_did_not_come_is_called_three_times_then_written_to_and_only_then_lost()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        Guid patient = await clinic.PatientAsync();
        LocalDate day = clinic.Today.PlusDays(1);
        Guid booked = (await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00"))).Booked!.Value;
        Assert.Equal("early", await clinic.CloseAsync(booked, AppointmentState.NoShow, 1));
        Assert.Equal("early", await clinic.CloseAsync(booked, AppointmentState.Arrived, 1));
        clinic.App.Clock.Ahead = clinic.Zone.AtStrictly(day + new LocalTime(10, 0)).ToInstant() - SystemClock.Instance.GetCurrentInstant();
        Assert.Equal("changed", await clinic.CloseAsync(booked, AppointmentState.NoShow, 2));
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.NoShow, 1));
        Assert.Equal("state", await clinic.CloseAsync(booked, AppointmentState.Done, 2));
        CareTask task = await clinic.ReadAsync(context => context.CareTasks.SingleAsync(Cancelled));
        Assert.Equal((CareTaskKind.NoShow, CareTaskState.New, (Instant?)clinic.Zone.AtStrictly(day + new LocalTime(17, 30)).ToInstant()), (task.Kind, task.State, task.NextDueAt));

        foreach ((string step, bool fits) in ((string, bool)[])[("letter", false), ("lost", false), ("notReached", true), ("notReached", true), ("lost", false), ("notReached", true), ("notReached", false), ("lost", false), ("letter", true), ("letter", false), ("lost", true), ("contacted", false)])
        {
            await clinic.App.StoreAsync(async context =>
            {
                Appointment appointment = await context.Appointments.SingleAsync(Cancelled);
                NoShowCase found = (await NoShowTasks.FindAsync(context, appointment, Cancelled))!;
                Assert.Equal(fits, NoShowTasks.Note(context, found, step, "", BookingClinic.Second, clinic.App.Clock.GetCurrentInstant(), day));
            });
        }

        Assert.Equal(["Opened", "NotReached", "NotReached", "NotReached", "Letter", "Closed"], await clinic.ReadAsync(context => context.CareTaskEvents.OrderBy(row => row.At).ThenBy(row => row.Id).Select(row => row.What).ToListAsync(Cancelled)));
        LifeEvent lost = await clinic.ReadAsync(context => context.LifeEvents.SingleAsync(Cancelled));
        Assert.Equal((LifeEventKind.LostToFollowUp, day, BookingClinic.Second), (lost.Kind, lost.Day, lost.RecordedBy));
        Assert.Equal(CareTaskState.Closed, await clinic.ReadAsync(context => context.CareTasks.Select(row => row.State).SingleAsync(Cancelled)));

        // She was there after all, and is not lost; the task stays closed as it was.
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Arrived, 2));
        Assert.NotNull(await clinic.ReadAsync(context => context.LifeEvents.Select(row => row.StruckAt).SingleAsync(Cancelled)));
        Assert.Equal(6, await clinic.ReadAsync(context => context.CareTaskEvents.CountAsync(Cancelled)));
    }

    [Theory]
    [InlineData(AppointmentKind.Treatment)]
    [InlineData(AppointmentKind.FollowUp)]
    public async Task Who_did_not_come_and_was_booked_anew_has_one_appointment(AppointmentKind kind)
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        Guid patient = await clinic.PatientAsync();
        LocalDate day = clinic.Today.PlusDays(1);
        Guid treatment = kind == AppointmentKind.Treatment ? await clinic.TreatmentAsync(patient, day) : await clinic.TreatmentAsync(patient, clinic.Today.PlusMonths(-3), TreatmentState.Ended);
        string? scheduled = kind == AppointmentKind.FollowUp ? "month3" : null;
        Guid missed = (await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", kind: kind, treatment: treatment, scheduled: scheduled))).Booked!.Value;
        clinic.App.Clock.Ahead = clinic.Zone.AtStrictly(day + new LocalTime(10, 0)).ToInstant() - SystemClock.Instance.GetCurrentInstant();
        Assert.Null(await clinic.CloseAsync(missed, AppointmentState.NoShow, 1));
        Guid anew = (await clinic.BookAsync(patient, BookingClinic.Form(day.PlusDays(1), "09:00", kind: kind, treatment: treatment, scheduled: scheduled))).Booked!.Value;
        Assert.Equal("twice", await clinic.CloseAsync(missed, AppointmentState.Arrived, 2));
        Assert.Null(await clinic.CloseAsync(anew, AppointmentState.Cancelled, 1));
        Assert.Null(await clinic.CloseAsync(missed, AppointmentState.Arrived, 2));
    }

    [Fact]
    public async Task A_visit_follows_a_treatment_that_took_place_and_is_one_of_the_schedule_that_has_not_been()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        (Guid patient, Guid other) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        LocalDate day = clinic.Today.PlusDays(1);
        Guid ended = await clinic.TreatmentAsync(patient, clinic.Today.PlusMonths(-3), TreatmentState.Ended);
        async Task<string?> ProblemAsync(Guid who, string? treatment, string? scheduled, string at = "09:00")
        {
            AppointmentForm form = BookingClinic.Form(day, at, kind: AppointmentKind.FollowUp, scheduled: scheduled);
            form.Treatment = treatment;
            (Guid? booked, FieldProblems problems) = await clinic.BookAsync(who, form);
            Assert.Equal(booked is null, problems["Form.Treatment"] is not null);
            return problems["Form.Treatment"];
        }

        // Not begun, another's, none at all.
        foreach (string treatment in (string[])[(await clinic.TreatmentAsync(patient, clinic.Today.PlusDays(4))).ToString(), (await clinic.TreatmentAsync(other, clinic.Today.PlusDays(-9), TreatmentState.Ended)).ToString(), "a treatment"])
        {
            Assert.Contains("follows a treatment", await ProblemAsync(patient, treatment, "month3"), StringComparison.Ordinal);
        }

        // No visit of the schedule, and longer than its column.
        Assert.Contains("no such visit", await ProblemAsync(patient, ended.ToString(), "month4"), StringComparison.Ordinal);
        Assert.Contains("no such visit", await ProblemAsync(patient, ended.ToString(), new string('m', 60)), StringComparison.Ordinal);

        // Booked and done.
        Assert.Null(await ProblemAsync(patient, ended.ToString(), "month3"));
        clinic.App.Clock.Ahead = clinic.Zone.AtStrictly(day + new LocalTime(10, 0)).ToInstant() - SystemClock.Instance.GetCurrentInstant();
        Guid booked = await clinic.ReadAsync(context => context.Appointments.Select(row => row.Id).SingleAsync(Cancelled));
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Done, 1));
        Assert.Contains("has taken place", await ProblemAsync(patient, ended.ToString(), "month3", "11:00"), StringComparison.Ordinal);

        // Seen without an appointment.
        await clinic.App.StoreAsync(context =>
        {
            context.Add(new FollowUpVisit { Id = Guid.NewGuid(), PatientId = patient, TreatmentId = ended, Day = clinic.Today, ScheduledId = "month1", DoctorId = BookingClinic.Doctor, CreatedAt = clinic.App.Clock.GetCurrentInstant() });
            return Task.CompletedTask;
        });
        Assert.Contains("has taken place", await ProblemAsync(patient, ended.ToString(), "month1", "11:00"), StringComparison.Ordinal);

        // Struck out as entered by mistake, it is due again.
        await clinic.App.StoreAsync(async context => (await context.FollowUpVisits.SingleAsync(row => row.ScheduledId == "month1", Cancelled)).StruckAt = clinic.App.Clock.GetCurrentInstant());
        Assert.Null(await ProblemAsync(patient, ended.ToString(), "month1", "11:30"));

        // A visit of no schedule may follow as often as it is wanted, and one of no treatment too.
        Assert.Null(await ProblemAsync(patient, ended.ToString(), "", "11:00"));
        Assert.Null(await ProblemAsync(patient, ended.ToString(), null, "14:00"));
        Assert.Null(await ProblemAsync(patient, null, null, "15:00"));
    }

    [Fact]
    public async Task A_slip_of_did_not_come_is_put_right_while_her_time_is_free()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        (Guid patient, Guid other) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        LocalDate day = clinic.Today.PlusDays(1);
        Guid booked = (await clinic.BookAsync(patient, BookingClinic.Form(day, "09:00", minutes: "60"))).Booked!.Value;
        clinic.App.Clock.Ahead = clinic.Zone.AtStrictly(day + new LocalTime(9, 10)).ToInstant() - SystemClock.Instance.GetCurrentInstant();
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.NoShow, 1));

        // Her doctor was given to another meanwhile.
        Guid instead = (await clinic.BookAsync(other, BookingClinic.Form(day, "09:30", room: 2))).Booked!.Value;
        Assert.Equal("taken", await clinic.CloseAsync(booked, AppointmentState.Arrived, 2));
        Assert.Equal(CareTaskState.New, await clinic.ReadAsync(context => context.CareTasks.Select(row => row.State).SingleAsync(Cancelled)));
        Assert.Null(await clinic.CloseAsync(instead, AppointmentState.Cancelled, 1));
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Arrived, 2));
        CareTask task = await clinic.ReadAsync(context => context.CareTasks.SingleAsync(Cancelled));
        Assert.Equal((CareTaskState.Closed, (Instant?)null), (task.State, task.NextDueAt));
        Assert.Contains("did come", task.CloseReason, StringComparison.Ordinal);
        Assert.Equal(["Opened", "Closed"], await clinic.ReadAsync(context => context.CareTaskEvents.OrderBy(row => row.At).ThenBy(row => row.Id).Select(row => row.What).ToListAsync(Cancelled)));

        // Her time is hers again; who leaves without being seen is cancelled.
        Assert.NotNull((await clinic.BookAsync(other, BookingClinic.Form(day, "09:30", room: 2))).Problems["Form.Doctor"]);
        Assert.Equal("state", await clinic.CloseAsync(booked, AppointmentState.NoShow, 3));
        Assert.Null(await clinic.CloseAsync(booked, AppointmentState.Cancelled, 3));
        Assert.NotNull((await clinic.BookAsync(other, BookingClinic.Form(day, "09:30", room: 2))).Booked);
    }

    [Fact]
    public async Task An_appointment_with_a_doctor_or_in_a_room_that_is_there_no_more_keeps_its_column()
    {
        await using BookingClinic clinic = await BookingClinic.StartAsync();
        LocalDate day = clinic.Today.PlusDays(1);
        Assert.NotNull((await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "09:00"))).Booked);
        Assert.NotNull((await clinic.BookAsync(await clinic.PatientAsync(), BookingClinic.Form(day, "10:00", BookingClinic.Second, 2))).Booked);
        await clinic.App.StoreAsync(async context =>
        {
            (await context.Users.SingleAsync(row => row.Id == BookingClinic.Second, Cancelled)).DisabledAt = clinic.App.Clock.GetCurrentInstant();
            (await context.Facilities.SingleAsync(Cancelled)).Rooms = "Room 1\nRoom 3";
        });
        await clinic.ReadAsync(async context =>
        {
            AppointmentChoices choices = await AppointmentChoices.ReadAsync(context, clinic.Zone, Cancelled);
            IReadOnlyList<CalendarEntry> standing = await CalendarContent.EntriesAsync(context, choices, day, day, Cancelled);
            var columns = new CalendarColumns(choices, new FreeTimes(choices, [], clinic.App.Clock.GetCurrentInstant()), day, standing);
            IReadOnlyList<CalendarColumn> doctors = columns.ByDoctor(null, null);
            IReadOnlyList<CalendarColumn> rooms = columns.ByRoom(null, null);
            Assert.Equal([("Dr One", 1), ("Dr Two", 1)], doctors.Select(column => (column.Head, column.Entries.Count)));
            Assert.Equal([("Room 1", 1), ("Room 3", 0), ("Room 2", 1)], rooms.Select(column => (column.Head, column.Entries.Count)));

            // Nobody is offered there.
            Assert.NotNull(doctors[0].Free(day + new LocalTime(15, 0)));
            Assert.Null(doctors[1].Free(day + new LocalTime(15, 0)));
            Assert.Null(rooms[2].Free(day + new LocalTime(15, 0)));
            return 0;
        });
    }

    private static Task<IReadOnlyList<DueVisit>> DueAsync(BookingClinic clinic, Guid patient) => clinic.ReadAsync(async context =>
        await DueVisits.OfPatientAsync(context, await AppointmentChoices.ReadAsync(context, clinic.Zone, Cancelled), patient, clinic.App.Clock.GetCurrentInstant(), Cancelled));
}
