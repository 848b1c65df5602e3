using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>What is written into the outbox, and what is taken back.</summary>
public sealed class PlannerTests
{
    public static TheoryData<string> Databases => ["SQLite", "PostgreSQL"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Check_ins_of_the_week_ahead_are_written_once(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        StoredTreatment treatment = await clinic.AddTreatmentAsync(await clinic.AddPatientAsync(), ReminderClinic.At(2026, 11, 27, 9));
        await clinic.Planner.RunAsync(Cancelled);
        await clinic.Planner.RunAsync(Cancelled);

        // The clinic's own call of day 1 is no message; day 7 lies within seven days of 10:00.
        (string Scheduled, Instant Due)[] expected = [("day1", ReminderClinic.At(2026, 11, 28, 9)), ("day2", ReminderClinic.At(2026, 11, 29, 9)), ("day3", ReminderClinic.At(2026, 11, 30, 9)), ("day5", ReminderClinic.At(2026, 12, 2, 9)), ("day7", ReminderClinic.At(2026, 12, 4, 9))];
        Assert.Equal(expected.Select(item => ($"check-in/{treatment.Id}/{item.Scheduled}/email", item.Due)), (await clinic.OutboxAsync()).Select(row => (row.IdempotencyKey, row.DueAt)));
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Waiting, row.State));

        // Each has its use until the next is due.
        Assert.Equal(ReminderClinic.At(2026, 12, 2, 9), (await clinic.OutboxAsync())[2].UselessAfter);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Nothing_is_written_without_consent_address_or_choice_nor_for_the_demonstration(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        Patient off = await clinic.AddPatientAsync();
        await clinic.ChangeAsync(context => context.ReminderChoices.Add(new ReminderChoice { PatientId = off.Id, Email = false }));
        foreach (Patient patient in (Patient[])[await clinic.AddPatientAsync(consents: false), await clinic.AddPatientAsync(demonstration: true), await clinic.AddPatientAsync(email: ""), off])
        {
            await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
            await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromDays(3));
        }

        await clinic.Planner.RunAsync(Cancelled);
        Assert.Empty(await clinic.OutboxAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_is_not_wanted_any_more_is_taken_back_and_comes_back(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        Patient patient = await clinic.AddPatientAsync();
        StoredTreatment treatment = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        int all = (await clinic.OutboxAsync()).Count;
        Assert.True(all > 3);

        // Answers that come on the day, or later, make the reminder of the day needless.
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 7);
        await clinic.AnswerAsync(treatment, "day1");
        await clinic.Planner.RunAsync(Cancelled);
        Assert.Equal("day1", Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Withdrawn).IdempotencyKey.Split('/')[2]);

        await clinic.ChangeAsync(context => context.Consents.Single().WithdrawnAt = clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Withdrawn, row.State));

        await clinic.ChangeAsync(context => context.Consents.Single().WithdrawnAt = null);
        await clinic.Planner.RunAsync(Cancelled);
        Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Withdrawn);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Who_died_is_not_written_to(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        Patient patient = await clinic.AddPatientAsync();
        Patient other = await clinic.AddPatientAsync();
        await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        await clinic.AddTreatmentAsync(other, clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        await clinic.ChangeAsync(context => context.LifeEvents.Add(new LifeEvent
        {
            Id = Guid.NewGuid(), PatientId = patient.Id, Kind = LifeEventKind.Death, Day = new LocalDate(2026, 11, 27), RecordedBy = Guid.NewGuid(), CreatedAt = clinic.Clock.Now,
        }));
        await clinic.Planner.RunAsync(Cancelled);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(row.PatientId == patient.Id ? MessageState.Withdrawn : MessageState.Waiting, row.State));

        // Struck out, it was a mistake.
        await clinic.ChangeAsync(context => context.LifeEvents.Single().StruckAt = clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Waiting, row.State));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_message_that_cannot_be_written_holds_no_other_up_and_shows(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        StoredTreatment treatment = await clinic.AddTreatmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now);
        string key = $"{MessageKinds.CheckInKey(treatment.Id, "day2")}/email";

        // The place of its row is taken by another message.
        await clinic.ChangeAsync(context => context.Outbox.Add(new OutboxMessage
        {
            Id = MessageKinds.IdOf(key), IdempotencyKey = "other", Channel = MessageChannel.Email, Template = MessageKinds.CheckIn, DueAt = clinic.Clock.Now, Urgent = false, State = MessageState.Sent, NextTryAt = clinic.Clock.Now,
        }));
        Assert.Single((await Assert.ThrowsAsync<AggregateException>(() => clinic.Planner.RunAsync(Cancelled))).InnerExceptions);
        Assert.Equal(["day1", "day3", "day5", "day7"], (await clinic.OutboxAsync()).Where(row => row.State == MessageState.Waiting).Select(row => row.IdempotencyKey.Split('/')[2]));
    }

    // The clinic's treatments are looked for by the time at which they ended: none of the five years' check-ins may slip through, whatever the length of the months.
    [Theory]
    [InlineData(2026, 1, 31, 23, 30)]
    [InlineData(2026, 8, 31, 0, 10)]
    [InlineData(2026, 11, 30, 10, 0)]
    [InlineData(2028, 2, 29, 18, 0)]
    public async Task Every_check_in_of_five_years_is_written_ahead_of_its_day(int year, int month, int day, int hour, int minute)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        Instant ended = ReminderClinic.At(year, month, day, hour, minute);
        StoredTreatment treatment = await clinic.AddTreatmentAsync(await clinic.AddPatientAsync(), ended);
        (string Id, LocalDate Day)[] schedule = [.. CheckInSchedule.Of(TriageFile.Shipped, new LocalDate(year, month, day)).Where(item => item.CheckIn.Call != true).Select(item => (item.CheckIn.Id, item.Day))];
        Assert.True(schedule.Length > 15);
        foreach ((string id, LocalDate due) in schedule)
        {
            clinic.Clock.Now = Instant.Max(ended, ReminderClinic.At(due.Year, due.Month, due.Day, 9) - Duration.FromDays(7));
            await clinic.Planner.RunAsync(Cancelled);
            Assert.Single(await clinic.OutboxAsync(), row => row.IdempotencyKey == $"{MessageKinds.CheckInKey(treatment.Id, id)}/email" && row.State == MessageState.Waiting);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_appointment_is_told_the_day_before_and_two_hours_before(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        Patient patient = await clinic.AddPatientAsync();
        await clinic.AddAppointmentAsync(patient, ReminderClinic.At(2026, 11, 30, 14));
        await clinic.Planner.RunAsync(Cancelled);
        Assert.Equal([ReminderClinic.At(2026, 11, 29, 14), ReminderClinic.At(2026, 11, 30, 12)], (await clinic.OutboxAsync()).Select(row => row.DueAt));

        // Moved: what was planned is taken back, and the new time is told.
        await clinic.ChangeAsync(context => context.Appointments.Single().StartsAt = ReminderClinic.At(2026, 12, 1, 9, 30));
        await clinic.Planner.RunAsync(Cancelled);
        Assert.Equal(
            [(ReminderClinic.At(2026, 11, 30, 9, 30), MessageState.Waiting), (ReminderClinic.At(2026, 12, 1, 7, 30), MessageState.Waiting)],
            (await clinic.OutboxAsync()).Where(row => row.State != MessageState.Withdrawn).Select(row => (row.DueAt, row.State)));
        Assert.Equal(2, (await clinic.OutboxAsync()).Count(row => row.State == MessageState.Withdrawn));

        await clinic.ChangeAsync(context => context.Appointments.Single().State = AppointmentState.Cancelled);
        await clinic.Planner.RunAsync(Cancelled);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Withdrawn, row.State));

        // Made this morning for this afternoon: she knows; only the two hours remain.
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromHours(5));
        await clinic.Planner.RunAsync(Cancelled);
        Assert.EndsWith("/hours2/email", Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Waiting).IdempotencyKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_nobody_takes_reaches_whoever_has_it_and_who_has_it_next()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        Patient patient = await clinic.AddPatientAsync();
        StoredTreatment treatment = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now - Duration.FromDays(400));
        (Guid first, Guid second) = (Guid.NewGuid(), Guid.NewGuid());
        var task = new CareTask
        {
            Id = Guid.NewGuid(), PatientId = patient.Id, TreatmentId = treatment.Id, Kind = CareTaskKind.CheckIn, Level = Threadwell.Care.Triage.TriageLevel.Red, OpenedAt = clinic.Clock.Now, DeadlinesJson = "[]", State = CareTaskState.New,
            Owner = Threadwell.Care.Triage.ActionOwner.OnCall, OwnerId = first,
        };
        async Task TellAsync(Guid owner, string step) => await clinic.ChangeAsync(async context =>
        {
            (await context.CareTasks.SingleAsync(Cancelled)).OwnerId = owner;
            task.OwnerId = owner;
            await StaffMessages.AddAsync(context, task, step, clinic.Clock.Now, Cancelled);
        });
        await clinic.ChangeAsync(context =>
        {
            context.CareTasks.Add(task);
            foreach (Guid doctor in (Guid[])[first, second])
            {
                context.PushSubscriptions.Add(new PushSubscription { Id = Guid.NewGuid(), UserId = doctor, AddressSha256 = MessageKinds.IdOf(doctor.ToString()).ToString("n") + new string('0', 32), Address = "https://web.push.apple.com/x", PublicKey = "", Secret = "", CreatedAt = clinic.Clock.Now });
            }
        });
        await TellAsync(first, "acknowledged");
        await clinic.Planner.RunAsync(Cancelled);
        OutboxMessage told = Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Waiting);
        Assert.Equal((first, MessageChannel.Push, true, MessageKinds.Escalation), (told.UserId!.Value, told.Channel, told.Urgent, told.Template));

        await TellAsync(second, "secondDoctor");
        await clinic.Planner.RunAsync(Cancelled);
        Assert.Equal(second, Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Waiting).UserId);

        await clinic.ChangeAsync(context => context.CareTasks.Single().State = CareTaskState.Acknowledged);
        await clinic.Planner.RunAsync(Cancelled);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Withdrawn, row.State));
    }
}
