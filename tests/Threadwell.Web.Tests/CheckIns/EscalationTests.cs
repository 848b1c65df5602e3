using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Reminders;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Patients;
using Told = Threadwell.Care.Tests.Triage.CheckIns;

namespace Threadwell.Web.Tests.CheckIns;

/// <summary>What falls due by itself, on a clock that the test sets.</summary>
public sealed class EscalationTests(SqliteCheckInClinic clinic) : IClassFixture<SqliteCheckInClinic>, IDisposable
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Puts the clock right again for the test that follows.</summary>
    public void Dispose() => clinic.App.Clock.Ahead = Duration.Zero;

    [Fact]
    public async Task A_red_that_nobody_answers_goes_to_the_second_doctor_and_then_to_the_head_of_department_once_each()
    {
        CareTask task = await RedAsync();
        await RunAsync(14);
        Assert.Equal((ActionOwner.OnCall, CheckInClinic.OnCall), await OwnerAsync(task));
        for (int again = 0; again < 3; again++)
        {
            await RunAsync(15.1);
        }

        Assert.Equal((ActionOwner.SecondDoctor, CheckInClinic.Responsible), await OwnerAsync(task));
        Assert.Equal(task.OpenedAt + Duration.FromMinutes(30), (await ReadAsync(task)).NextDueAt);
        await RunAsync(29);
        Assert.Equal((ActionOwner.SecondDoctor, CheckInClinic.Responsible), await OwnerAsync(task));
        await RunAsync(31);
        await RunAsync(600);
        Assert.Equal((ActionOwner.HeadOfDepartment, CheckInClinic.Head), await OwnerAsync(task));
        Assert.Equal(["Opened", "Escalated", "Escalated"], await EventsAsync(task));
        Assert.Equal(["acknowledged", "headOfDepartment", "secondDoctor"], (await MessagesAsync(task)).Select(message => message.IdempotencyKey.Split('/')[2]));
        Assert.Equal([CheckInClinic.OnCall, CheckInClinic.Head, CheckInClinic.Responsible], (await MessagesAsync(task)).Select(message => message.UserId!.Value));
        Assert.All(await MessagesAsync(task), message => Assert.True(message is { Urgent: true, Channel: MessageChannel.Push, PushSubscriptionId: not null }));
    }

    [Fact]
    public async Task A_stop_over_both_times_is_made_up_for_and_a_clock_that_goes_back_undoes_nothing()
    {
        CareTask task = await RedAsync();
        await RunAsync(300);
        Assert.Equal((ActionOwner.HeadOfDepartment, CheckInClinic.Head), await OwnerAsync(task));
        Assert.Equal(3, (await MessagesAsync(task)).Count);
        await RunAsync(1);
        await RunAsync(40);
        Assert.Equal(3, (await MessagesAsync(task)).Count);
        Assert.Equal((ActionOwner.HeadOfDepartment, CheckInClinic.Head), await OwnerAsync(task));
    }

    [Fact]
    public async Task Where_no_message_reaches_whoever_has_it_the_task_and_the_rota_say_so()
    {
        await clinic.ListensAsync(CheckInClinic.OnCall, listens: false);
        try
        {
            CareTask task = await RedAsync();
            Assert.Empty(await MessagesAsync(task));
            Assert.Equal(["NotTold", "Opened"], (await EventsAsync(task)).Order(StringComparer.Ordinal));
            Assert.Contains("Nobody was told by message", await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled), StringComparison.Ordinal);
            Assert.Contains("Nobody was told by message", await CardAsync(task), StringComparison.Ordinal);
            Assert.Contains("class=\"unreached\"", await clinic.Doctor.GetStringAsync("/on-call", Cancelled), StringComparison.Ordinal);

            // The second doctor is told.
            await RunAsync(15.1);
            clinic.App.Clock.Ahead = Duration.Zero;
            Assert.Equal(CheckInClinic.Responsible, Assert.Single(await MessagesAsync(task)).UserId);
            Assert.DoesNotContain("Nobody was told by message", await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled), StringComparison.Ordinal);
            Assert.DoesNotContain("Nobody was told by message", await CardAsync(task), StringComparison.Ordinal);
        }
        finally
        {
            await clinic.ListensAsync(CheckInClinic.OnCall, listens: true);
        }

        Assert.DoesNotContain("class=\"unreached\"", await clinic.Doctor.GetStringAsync("/on-call", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_cannot_be_handed_on_does_not_stop_those_behind_it()
    {
        CareTask broken = await RedAsync();
        CareTask behind = await RedAsync();
        await clinic.RunAsync([$"UPDATE care_tasks SET \"DeadlinesJson\" = '[' WHERE upper(\"Id\") = '{broken.Id.ToString().ToUpperInvariant()}'"]);
        var log = new Log<Escalation>();
        try
        {
            await RunAsync(15.1, log);
            Assert.Single(log.Faults);
            Assert.Equal((ActionOwner.OnCall, CheckInClinic.OnCall), await OwnerAsync(broken));
            Assert.Equal((ActionOwner.SecondDoctor, CheckInClinic.Responsible), await OwnerAsync(behind));
        }
        finally
        {
            await clinic.RunAsync([$"UPDATE care_tasks SET \"DeadlinesJson\" = '[]' WHERE upper(\"Id\") = '{broken.Id.ToString().ToUpperInvariant()}'"]);
        }
    }

    [Fact]
    public async Task What_the_database_refuses_to_keep_is_no_quicker_hand_but_a_fault_and_is_done_by_the_next_look()
    {
        CareTask red = await RedAsync();
        Guid silent = await clinic.TreatmentAsync(Duration.FromDays(1));
        var log = new Log<Escalation>();
        await clinic.RunAsync(clinic.Stop("care_task_events", stopped: true));
        try
        {
            await RunAsync(15.1, log);
        }
        finally
        {
            await clinic.RunAsync(clinic.Stop("care_task_events", stopped: false));
        }

        Assert.True(log.Faults.Count >= 2, $"{log.Faults.Count} faults");
        Assert.All(log.Faults, fault => Assert.IsType<DbUpdateException>(fault));
        await RunAsync(15.2);
        Assert.Equal((ActionOwner.SecondDoctor, CheckInClinic.Responsible), await OwnerAsync(red));
        Assert.Single(await TasksAsync(silent), task => task.Kind == CareTaskKind.MorningCall);
    }

    [Fact]
    public async Task What_is_only_looked_at_stays_as_the_page_has_read_it()
    {
        CareTask task = await RedAsync();
        await RunAsync(31);
        long revision = (await ReadAsync(task)).Revision;

        // At two hours she should have been spoken with: nobody is left to whom it could be handed on.
        await RunAsync(121);
        Assert.Equal(revision, (await ReadAsync(task)).Revision);
        Assert.Equal(task.OpenedAt + Duration.FromMinutes(120), TaskDeadlines.Open(await ReadAsync(task)).Single(step => step.Step == "spoken").Due.ToInstant());
    }

    [Fact]
    public async Task A_look_that_is_called_off_from_within_is_logged_and_the_next_one_follows()
    {
        var log = new Log<EscalationClock>();
        var scopes = new FailingScopes();
        using var beats = new EscalationClock(scopes, new Hurried(), log);
        await beats.StartAsync(Cancelled);
        await scopes.Second.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.False(beats.ExecuteTask!.IsCompleted);
        await beats.StopAsync(Cancelled);
        Assert.NotEmpty(log.Faults);
        Assert.All(log.Faults, fault => Assert.IsType<OperationCanceledException>(fault));
    }

    [Fact]
    public async Task What_is_acknowledged_escalates_no_further()
    {
        CareTask task = await RedAsync();
        await clinic.App.StoreAsync(async context =>
        {
            CareTask row = await context.CareTasks.SingleAsync(found => found.Id == task.Id, Cancelled);
            (row.State, row.AcknowledgedAt) = (CareTaskState.Acknowledged, row.OpenedAt + Duration.FromMinutes(3));
        });
        await RunAsync(200);
        Assert.Equal((ActionOwner.OnCall, CheckInClinic.OnCall), await OwnerAsync(task));
        Assert.Equal(["Opened"], await EventsAsync(task));
    }

    [Fact]
    public async Task Two_at_the_same_time_hand_it_on_once()
    {
        CareTask task = await RedAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(16)));
        Assert.Equal(["Opened", "Escalated"], await EventsAsync(task));
        Assert.Equal(2, (await MessagesAsync(task)).Count);
    }

    [Fact]
    public async Task The_call_of_the_morning_after_and_a_silence_in_the_first_week_are_asked_for_once_each()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromMinutes(1));
        const double Day = 24 * 60;
        await RunAsync(1);
        Assert.Empty(await TasksAsync(treatment));
        await RunAsync(Day);
        await RunAsync(Day);
        CareTask call = Assert.Single(await TasksAsync(treatment));
        Assert.Equal((CareTaskKind.MorningCall, TriageLevel.Green, ActionOwner.Clinic), (call.Kind, call.Level, call.Owner));
        Assert.NotNull(call.NextDueAt);

        // Day 1 went by in silence; days 2 and 3 are the same silence while somebody has still to call.
        await RunAsync(2 * Day);
        await RunAsync(3 * Day);
        await RunAsync(4 * Day);
        CareTask missed = Assert.Single(await TasksAsync(treatment), task => task.Kind == CareTaskKind.MissedCheckIn);
        Assert.Equal(("missed:day1", TriageLevel.Amber), (missed.Occasion, missed.Level));

        // Closed, and silent again: a further one, once.
        await clinic.App.StoreAsync(async context => (await context.CareTasks.SingleAsync(row => row.Id == missed.Id, Cancelled)).State = CareTaskState.Closed);
        await RunAsync(6.2 * Day);
        await RunAsync(6.3 * Day);
        Assert.Equal(["missed:day1", "missed:day5"], (await TasksAsync(treatment)).Where(task => task.Kind == CareTaskKind.MissedCheckIn).Select(task => task.Occasion).Order(StringComparer.Ordinal));

        // Who has answered is not missed.
        Guid other = await clinic.TreatmentAsync(Duration.FromDays(3));
        await TellAsync(other, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromMinutes(1)), Told.Well));
        await RunAsync(6.3 * Day);
        Assert.DoesNotContain(await TasksAsync(other), task => task.Kind == CareTaskKind.MissedCheckIn);
    }

    private async Task<string> CardAsync(CareTask task)
    {
        string board = await clinic.Doctor.GetStringAsync("/board", Cancelled);
        string card = board[board.IndexOf($"data-task=\"{task.Id}\"", StringComparison.Ordinal)..];
        return card.IndexOf("data-task=", 10, StringComparison.Ordinal) is var next and > 0 ? card[..next] : card;
    }

    private async Task<CareTask> RedAsync()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(20));
        await TellAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("fluid=pus")));
        return Assert.Single(await TasksAsync(treatment));
    }

    // Past the endpoint: no session outlives the days by which the clock is put on.
    private async Task TellAsync(Guid treatment, object message)
    {
        await using AsyncServiceScope scope = clinic.App.App.Services.CreateAsyncScope();
        Reception kept = await scope.ServiceProvider.GetRequiredService<CheckInReception>().ReceiveAsync(treatment, JsonSerializer.SerializeToUtf8Bytes(message), CheckInTeller.Clinic, CheckInClinic.OnCall, device: null, Cancelled);
        Assert.Equal(ReceptionOutcome.Kept, kept.Outcome);
    }

    private async Task RunAsync(double minutes)
    {
        clinic.App.Clock.Ahead = Duration.FromMinutes(minutes);
        await using AsyncServiceScope scope = clinic.App.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Escalation>().RunAsync(Cancelled);
    }

    // Faults that a test makes are heard by it, and not told to whoever runs the tests.
    private async Task RunAsync(double minutes, Log<Escalation> log)
    {
        clinic.App.Clock.Ahead = Duration.FromMinutes(minutes);
        await using AsyncServiceScope scope = clinic.App.App.Services.CreateAsyncScope();
        IServiceProvider services = scope.ServiceProvider;
        await new Escalation(services.GetRequiredService<ThreadwellContext>(), services.GetRequiredService<ClinicTime>(), services.GetRequiredService<IClock>(), log).RunAsync(Cancelled);
    }

    private Task<CareTask> ReadAsync(CareTask task) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.Id == task.Id, Cancelled));

    private async Task<(ActionOwner Owner, Guid? Id)> OwnerAsync(CareTask task) => await ReadAsync(task) is var row ? (row.Owner, row.OwnerId) : default;

    private Task<List<string>> EventsAsync(CareTask task) => clinic.ReadAsync(context => context.CareTaskEvents.Where(row => row.TaskId == task.Id).OrderBy(row => row.At).Select(row => row.What).ToListAsync(Cancelled));

    private Task<List<OutboxMessage>> MessagesAsync(CareTask task) => clinic.ReadAsync(context => context.Outbox.AsNoTracking().Where(row => row.IdempotencyKey.StartsWith($"escalation/{task.Id}/")).OrderBy(row => row.IdempotencyKey).ToListAsync(Cancelled));

    private Task<List<CareTask>> TasksAsync(Guid treatment) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().Where(task => task.TreatmentId == treatment).OrderBy(task => task.OpenedAt).ToListAsync(Cancelled));

    // No scope is ever made: the database that one would open has given up.
    private sealed class FailingScopes : IServiceScopeFactory
    {
        private int tries;

        public TaskCompletionSource Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IServiceScope CreateScope()
        {
            if (++tries == 2)
            {
                Second.SetResult();
            }

            throw new OperationCanceledException("The database gave up.");
        }
    }
}
