using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Plans;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;
using Threadwell.Web.Proposals;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Tests;

/// <summary>A search for plans in the record: one for each plan, its patient's, told in the audit trail, told again where it failed, and gone with the plan.</summary>
public sealed class ProposalKeepingTests : OutcomeClinic
{
    [Fact]
    public async Task Of_many_who_ask_in_the_same_moment_one_starts_a_search_and_it_is_the_patients()
    {
        Guid plan = await PlanAsync();
        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        HttpClient[] doctors = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => App.SignInAsync("doctor@demo")))];
        HttpStatusCode[] answers = await Task.WhenAll(doctors.Select(doctor => AskAsync(doctor, plan)));
        Array.ForEach(doctors, doctor => doctor.Dispose());
        Assert.Single(answers, HttpStatusCode.Accepted);
        Assert.Equal(5, answers.Count(status => status == HttpStatusCode.UnprocessableEntity));
        StoredProposals row = await RowAsync();
        Assert.Equal((plan, PredictionState.Open), (row.PlanId, row.State));
        await using (AsyncServiceScope scope = App.App.Services.CreateAsyncScope())
        {
            Assert.Equal(Treatment.PatientId, (await scope.ServiceProvider.GetRequiredService<RecordOwners>().FindAsync(RecordKind.Job, row.Id)).PatientId);
        }

        string key = row.Id.ToString();
        AuditEntry told = await ReadAsync(database => database.AuditEntries.SingleAsync(entry => entry.RecordKind == nameof(StoredProposals) && entry.RecordKey == key, Cancelled));
        Assert.Equal(Treatment.PatientId.ToString(), told.PatientId);

        // Cancelled before its turn came, it can be asked for again, and another one takes its row.
        lanes.Proposals.Find(row.Id)!.Cancel();
        Assert.Equal(PredictionState.Cancelled, (await RowAsync()).State);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(Doctor, plan));
        Assert.Equal((row.Id, PredictionState.Open), ((await RowAsync()).Id, (await RowAsync()).State));
        over.Set();
        lanes.Proposals.Find(row.Id)!.Cancel();
    }

    [Fact]
    public async Task What_went_wrong_is_told_again_and_what_nobody_searches_for_can_be_asked_for_again()
    {
        Guid plan = await PlanAsync();
        await App.StoreAsync(database =>
        {
            database.Add(new StoredProposals { Id = Guid.CreateVersion7(), PlanId = plan, AskedJson = "{}", State = PredictionState.Failed, Problem = JobLane.FaultSentence, AskedAt = App.Clock.GetCurrentInstant() });
            return Task.CompletedTask;
        });
        string told = await Doctor.GetStringAsync(new Uri($"/api/plans/{plan}/proposals", UriKind.Relative), Cancelled);
        Assert.Contains("This is a fault of the program", told, StringComparison.Ordinal);
        Assert.Contains("\"job\": null", told, StringComparison.Ordinal);

        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(Doctor, plan));
        StoredProposals row = await RowAsync();
        Assert.Equal((PredictionState.Open, null), (row.State, row.Problem));
        lanes.Proposals.Find(row.Id)!.Cancel();

        // Open, but its job is over: nobody searches.
        await App.StoreAsync(async database => (await database.Proposals.SingleAsync(Cancelled)).State = PredictionState.Open);
        Assert.Contains("\"job\": null", await Doctor.GetStringAsync(new Uri($"/api/plans/{plan}/proposals", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(Doctor, plan));

        // The search of a plan that goes is stopped, and its row goes with it.
        Job job = lanes.Proposals.Find(row.Id)!;
        using HttpResponseMessage removed = await Doctor.DeleteAsync(new Uri($"/api/plans/{plan}", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(JobState.Cancelled, job.Status.State);
        Assert.Equal(0, await ReadAsync(database => database.Proposals.CountAsync(Cancelled)));
        over.Set();
    }

    [Fact]
    public async Task A_plan_that_goes_while_a_search_for_it_is_asked_for_gets_none()
    {
        Guid plan = await PlanAsync();
        ProposalRuns runs = App.App.Services.GetRequiredService<ProposalRuns>();
        await App.StoreAsync(async database =>
        {
            StoredPlan read = await database.Plans.AsNoTracking().SingleAsync(row => row.Id == plan, Cancelled);
            await database.Plans.Where(row => row.Id == plan).ExecuteDeleteAsync(Cancelled);
            Assert.Null(await runs.StartAsync(database, read, [new LiftWish("jowl.left", 1)]));
            database.ChangeTracker.Clear();
        });
        Assert.Equal(0, await ReadAsync(database => database.Proposals.CountAsync(Cancelled)));
    }

    private Task<StoredProposals> RowAsync() => ReadAsync(database => database.Proposals.AsNoTracking().SingleAsync(Cancelled));

    private static async Task<HttpStatusCode> AskAsync(HttpClient doctor, Guid plan)
    {
        using HttpResponseMessage answer = await doctor.PostAsJsonAsync(new Uri($"/api/plans/{plan}/proposals", UriKind.Relative), new { wish = new[] { new { landmark = "jowl", liftMm = 1 } } }, Cancelled);
        return answer.StatusCode;
    }

    // Another search comes first, until it is over.
    private Lanes HoldUp(ManualResetEventSlim over)
    {
        Lanes lanes = App.App.Services.GetRequiredService<Lanes>();
        lanes.Proposals.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        return lanes;
    }

    // A plan of the patient's that nothing was signed for: a copy of the one that was carried out.
    private async Task<Guid> PlanAsync()
    {
        var id = Guid.CreateVersion7();
        await App.StoreAsync(async database =>
        {
            StoredPlan carried = await database.Plans.SingleAsync(plan => plan.Versions.Any(version => version.Id == Treatment.PlanVersionId), Cancelled);
            database.Add(new StoredPlan { Id = id, ScanId = carried.ScanId, Name = "Another", DraftJson = carried.DraftJson, CreatedAt = carried.CreatedAt, ChangedAt = carried.ChangedAt });
        });
        return id;
    }
}
