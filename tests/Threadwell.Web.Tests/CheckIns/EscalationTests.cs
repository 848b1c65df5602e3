using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Reminders;
using Threadwell.Web.CheckIns;
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
        Assert.Equal([$"escalation/{task.Id}/acknowledged", $"escalation/{task.Id}/headOfDepartment", $"escalation/{task.Id}/secondDoctor"], (await MessagesAsync(task)).Select(message => message.IdempotencyKey));
        Assert.Equal([CheckInClinic.OnCall, CheckInClinic.Head, CheckInClinic.Responsible], (await MessagesAsync(task)).Select(message => message.UserId!.Value));
        Assert.All(await MessagesAsync(task), message => Assert.True(message.Urgent));
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

    private Task<CareTask> ReadAsync(CareTask task) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.Id == task.Id, Cancelled));

    private async Task<(ActionOwner Owner, Guid? Id)> OwnerAsync(CareTask task) => await ReadAsync(task) is var row ? (row.Owner, row.OwnerId) : default;

    private Task<List<string>> EventsAsync(CareTask task) => clinic.ReadAsync(context => context.CareTaskEvents.Where(row => row.TaskId == task.Id).OrderBy(row => row.At).Select(row => row.What).ToListAsync(Cancelled));

    private Task<List<OutboxMessage>> MessagesAsync(CareTask task) => clinic.ReadAsync(context => context.Outbox.AsNoTracking().Where(row => row.IdempotencyKey.StartsWith($"escalation/{task.Id}/")).OrderBy(row => row.IdempotencyKey).ToListAsync(Cancelled));

    private Task<List<CareTask>> TasksAsync(Guid treatment) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().Where(task => task.TreatmentId == treatment).OrderBy(task => task.OpenedAt).ToListAsync(Cancelled));
}
