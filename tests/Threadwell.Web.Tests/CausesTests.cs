using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Access;
using Threadwell.Tests.Shared;
using Threadwell.Web.Hosting;
using Threadwell.Web.Predictions;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Tests;

/// <summary>What decides a result, as it is asked for, stored beside the prediction, shown, and gone with it.</summary>
public sealed class CausesTests : OutcomeClinic
{
    [Fact]
    public async Task A_doctor_asks_for_them_while_courses_go_first_and_may_stop_them()
    {
        Guid prediction = await PredictedAsync();
        string page = $"/predictions/{prediction}/causes";
        Assert.Contains("It has not been computed for this prediction yet.", await PageAsync(page), StringComparison.Ordinal);

        // Of a machine that draws no courses as few pairs as there may be.
        Assert.Contains("20 pairs of draws, less than a minute on two cores", await PageAsync(page), StringComparison.Ordinal);
        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        Assert.Equal(page, await PostAsync(page, page + "/start"));
        Assert.Equal(page, await PostAsync(page, page + "/start"));
        StoredCauses row = await ReadAsync(database => database.Causes.AsNoTracking().SingleAsync(Cancelled));
        Assert.Equal((prediction, PredictionState.Open), (row.PredictionId, row.State));
        Assert.Contains($"data-job=\"{row.Id}\"", await PageAsync(page), StringComparison.Ordinal);
        await using (AsyncServiceScope scope = App.App.Services.CreateAsyncScope())
        {
            Assert.Equal(Treatment.PatientId, (await scope.ServiceProvider.GetRequiredService<RecordOwners>().FindAsync(RecordKind.Job, row.Id)).PatientId);
        }

        using HttpResponseMessage stopped = await Doctor.DeleteAsync(new Uri($"/api/jobs/{row.Id}", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        await foreach (JobStatus _ in lanes.Causes.Find(row.Id)!.WatchAsync(Cancelled))
        {
        }

        Assert.Equal(PredictionState.Cancelled, await ReadAsync(database => database.Causes.Select(causes => causes.State).SingleAsync(Cancelled)));
        Assert.Contains("It was stopped before it had found anything.", await PageAsync(page), StringComparison.Ordinal);
        over.Set();
    }

    [Fact]
    public async Task Asked_for_again_the_earlier_result_stays_until_there_is_another()
    {
        Guid prediction = await PredictedAsync();
        string page = $"/predictions/{prediction}/causes", api = "/api" + page;
        await StoreAsync(prediction, PredictionState.Done, MadeCauses.Of(asked: 20, samples: 19) with { ModelVersion = "0.9" });

        // Of another model than the prediction: said on both pages.
        string[] shown = [page, $"/predictions/{prediction}/consultation"];
        foreach (string address in shown)
        {
            Assert.Contains("Computed by model 0.9, the prediction by model 0:", await PageAsync(address), StringComparison.Ordinal);
        }

        string before = await Doctor.GetStringAsync(new Uri(api, UriKind.Relative), Cancelled);
        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        HttpClient[] doctors = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => App.SignInAsync("doctor@demo")))];
        string[] tokens = [.. await Task.WhenAll(doctors.Select(doctor => doctor.TokenAsync(page)))];
        HttpStatusCode[] answers = await Task.WhenAll(doctors.Zip(tokens).Select(async pair =>
        {
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", pair.Second)]);
            using HttpResponseMessage answer = await pair.First.PostAsync(new Uri(page + "/start", UriKind.Relative), form, Cancelled);
            return answer.StatusCode;
        }));
        Array.ForEach(doctors, doctor => doctor.Dispose());
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Found, status));
        StoredCauses row = await ReadAsync(database => database.Causes.AsNoTracking().SingleAsync(Cancelled));
        Assert.Equal((PredictionState.Open, null), (row.State, row.EndedAt));
        string told = await PageAsync(page);
        Assert.All((string[])["id=\"causes-job\"", "What follows was computed earlier", "From 19 pairs of draws"], words => Assert.Contains(words, told, StringComparison.Ordinal));
        Assert.DoesNotContain("causes/start", told, StringComparison.Ordinal);
        Assert.Equal(before, await Doctor.GetStringAsync(new Uri(api, UriKind.Relative), Cancelled));

        // Stopped, it leaves what there was.
        using HttpResponseMessage stopped = await Doctor.DeleteAsync(new Uri($"/api/jobs/{row.Id}", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        await foreach (JobStatus _ in lanes.Causes.Find(row.Id)!.WatchAsync(Cancelled))
        {
        }

        Assert.False(lanes.Causes.IsBusy);
        Assert.Equal((PredictionState.Cancelled, row.DocumentSha256), await ReadAsync(database => database.Causes.Select(causes => ValueTuple.Create(causes.State, causes.DocumentSha256)).SingleAsync(Cancelled)));
        told = await PageAsync(page);
        Assert.All((string[])["It was stopped before it had found anything.", "What follows was computed earlier", "From 19 pairs of draws", "causes/start"], words => Assert.Contains(words, told, StringComparison.Ordinal));
        Assert.Contains("From 19 pairs of draws", await PageAsync(shown[1]), StringComparison.Ordinal);
        over.Set();
    }

    [Fact]
    public async Task What_nobody_computes_is_not_shown_as_under_way_and_can_be_asked_for_again()
    {
        Guid prediction = await PredictedAsync();
        string page = $"/predictions/{prediction}/causes";
        await StoreAsync(prediction, PredictionState.Open, null);
        string told = await PageAsync(page);
        Assert.DoesNotContain("causes-job", told, StringComparison.Ordinal);
        Assert.Contains("It has not been computed for this prediction yet.", told, StringComparison.Ordinal);
        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        Assert.Equal(page, await PostAsync(page, page + "/start"));
        Assert.Contains("id=\"causes-job\"", await PageAsync(page), StringComparison.Ordinal);

        // It goes with the prediction.
        App.App.Services.GetRequiredService<CauseRuns>().Cancel(prediction);
        Guid row = await ReadAsync(database => database.Causes.Select(causes => causes.Id).SingleAsync(Cancelled));
        await foreach (JobStatus _ in lanes.Causes.Find(row)!.WatchAsync(Cancelled))
        {
        }

        Assert.Equal(JobState.Cancelled, lanes.Causes.Find(row)!.Status.State);
        over.Set();
    }

    [Fact]
    public async Task An_early_end_is_to_be_noticed_where_intervals_reach_further_than_a_tenth()
    {
        Guid prediction = await PredictedAsync();
        await StoreAsync(prediction, PredictionState.Done, MadeCauses.Of(asked: 208, samples: 40, reach: 0.12));
        Assert.Contains("<p class=\"notice\">The five minutes were over after 41 of 208 pairs", await PageAsync($"/predictions/{prediction}/causes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_told_in_plain_words_to_doctor_and_patient_and_go_with_the_prediction()
    {
        Guid prediction = await PredictedAsync();
        Guid id = await StoreAsync(prediction, PredictionState.Done, MadeCauses.Of(asked: 208, samples: 120));
        string page = await PageAsync($"/predictions/{prediction}/causes");
        Assert.All(
            (string[])["Most depends on: Technique, 70 % (60 % to 80 %) of the uncertainty.", "threads of PCL", "aftercare not followed", "not smoking", "From 120 pairs of draws", "<p class=\"small quiet\">The five minutes were over after 121 of 208 pairs", "It does not say what will cause", "Not in it: complications", "Compute again"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("\"asked\": 208", await Doctor.GetStringAsync(new Uri($"/api/predictions/{prediction}/causes", UriKind.Relative), Cancelled), StringComparison.Ordinal);

        // Who may read the record but not write it is shown no button.
        using HttpClient coordinator = await App.SignInAsync("coordinator@demo");
        string read = WebUtility.HtmlDecode(await coordinator.GetStringAsync(new Uri($"/predictions/{prediction}/causes", UriKind.Relative), Cancelled));
        Assert.Contains("Most depends on", read, StringComparison.Ordinal);
        Assert.DoesNotContain("causes/start", read, StringComparison.Ordinal);

        // The patient finds them in her own consultation.
        await App.StoreAsync(async database => (await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = Treatment.PatientId);
        using HttpClient patient = await App.SignInAsync("patient@demo");
        string own = WebUtility.HtmlDecode(await patient.GetStringAsync(new Uri($"/predictions/{prediction}/consultation", UriKind.Relative), Cancelled));
        Assert.Contains("What decides your result", own, StringComparison.Ordinal);
        Assert.Contains("threads of PCL", own, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await patient.GetAsync(new Uri($"/predictions/{prediction}/causes", UriKind.Relative), Cancelled)).StatusCode);

        // Written and removed, it is told whose record it was.
        await App.StoreAsync(async database => database.Remove(await database.Causes.SingleAsync(Cancelled)));
        string key = id.ToString();
        AuditEntry[] told = await ReadAsync(database => database.AuditEntries.Where(entry => entry.RecordKind == nameof(StoredCauses) && entry.RecordKey == key).ToArrayAsync(Cancelled));
        Assert.Equal(2, told.Length);
        Assert.All(told, entry => Assert.Equal(Treatment.PatientId.ToString(), entry.PatientId));
        await App.StoreAsync(database =>
        {
            database.Add(new StoredCauses { Id = id, PredictionId = prediction, State = PredictionState.Failed, Problem = "it went wrong.", CreatedAt = App.Clock.GetCurrentInstant() });
            return Task.CompletedTask;
        });
        Assert.Contains("It could not be computed: it went wrong.", await PageAsync($"/predictions/{prediction}/causes"), StringComparison.Ordinal);

        // The prediction takes causes and files with it.
        await App.StoreAsync(database => database.PlanVersions.Where(version => version.Id == Treatment.PlanVersionId).ExecuteUpdateAsync(row => row.SetProperty(version => version.SignedAt, (NodaTime.Instant?)null), Cancelled));
        string file = (await ReadAsync(database => database.Predictions.Where(row => row.Id == prediction).Select(row => row.DocumentSha256).SingleAsync(Cancelled)))!;
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        Assert.True(files.Has(file));
        using HttpResponseMessage removed = await Doctor.DeleteAsync(new Uri($"/api/predictions/{prediction}", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(0, await ReadAsync(database => database.Causes.CountAsync(Cancelled)));
        Assert.False(files.Has(file));
    }

    [Fact]
    public async Task A_course_or_causes_whose_turn_comes_when_their_prediction_is_gone_end_without_a_fault()
    {
        Guid prediction = await PredictedAsync();
        using var over = new ManualResetEventSlim();
        Lanes lanes = HoldUp(over);
        lanes.Causes.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        Job course = App.App.Services.GetRequiredService<PredictionRuns>().Start(prediction);
        Assert.Equal($"/predictions/{prediction}/causes", await PostAsync($"/predictions/{prediction}/causes", $"/predictions/{prediction}/causes/start"));
        Job causes = lanes.Causes.Find(await ReadAsync(database => database.Causes.Select(row => row.Id).SingleAsync(Cancelled)))!;
        await App.StoreAsync(database => database.Predictions.Where(row => row.Id == prediction).ExecuteDeleteAsync(Cancelled));
        over.Set();
        foreach (Job job in (Job[])[course, causes])
        {
            await foreach (JobStatus _ in job.WatchAsync(Cancelled))
            {
            }

            Assert.Equal((JobState.Cancelled, null), (job.Status.State, job.Status.Problem));
        }
    }

    // A course holds them up from the beginning, until it is over.
    private Lanes HoldUp(ManualResetEventSlim over)
    {
        Lanes lanes = App.App.Services.GetRequiredService<Lanes>();
        lanes.Courses.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        return lanes;
    }

    private async Task<Guid> StoreAsync(Guid prediction, PredictionState state, CauseDocument? document)
    {
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        var id = Guid.CreateVersion7();
        await App.StoreAsync(database =>
        {
            database.Add(new StoredCauses
            {
                Id = id, PredictionId = prediction, State = state, DocumentSha256 = document is null ? null : files.Add(PlanJson.ToBytes(document)), CreatedAt = App.Clock.GetCurrentInstant(),
            });
            return Task.CompletedTask;
        });
        return id;
    }

    // A finished prediction of the version that was carried out, with numbers that are only written down.
    private async Task<Guid> PredictedAsync()
    {
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        var prediction = new StoredPrediction
        {
            Id = Guid.CreateVersion7(), PlanVersionId = Treatment.PlanVersionId!.Value, Months = 12, State = PredictionState.Done, DocumentSha256 = files.Add(PlanJson.ToBytes(MadeCauses.Prediction)), CreatedAt = App.Clock.GetCurrentInstant(),
        };
        await App.StoreAsync(database =>
        {
            database.Add(prediction);
            return Task.CompletedTask;
        });
        return prediction.Id;
    }
}
