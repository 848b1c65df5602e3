using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;
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

        // A course holds them up from the beginning.
        using var over = new ManualResetEventSlim();
        Lanes lanes = App.App.Services.GetRequiredService<Lanes>();
        lanes.Courses.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
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
    public async Task They_are_told_in_plain_words_to_doctor_and_patient_and_go_with_the_prediction()
    {
        Guid prediction = await PredictedAsync();
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        var id = Guid.CreateVersion7();
        await App.StoreAsync(database =>
        {
            database.Add(new StoredCauses
            {
                Id = id, PredictionId = prediction, State = PredictionState.Done, DocumentSha256 = files.Add(PlanJson.ToBytes(Made(asked: 208, samples: 120))), CreatedAt = App.Clock.GetCurrentInstant(),
            });
            return Task.CompletedTask;
        });
        string page = await PageAsync($"/predictions/{prediction}/causes");
        Assert.All(
            (string[])["Most depends on: Technique, 70 % (60 % to 80 %) of the uncertainty.", "threads of PCL", "aftercare not followed", "not smoking", "From 120 pairs of draws", "The five minutes were over after 121 of 208 pairs", "It does not say what will cause", "Not in it: complications", "Compute again"],
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
        await App.StoreAsync(database => database.Predictions.Where(row => row.Id == prediction).ExecuteDeleteAsync(Cancelled));
        Assert.Equal(0, await ReadAsync(database => database.Causes.CountAsync(Cancelled)));
    }

    // A finished prediction of the version that was carried out, with numbers that are only written down.
    private async Task<Guid> PredictedAsync()
    {
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        double[] times = [0, 30, 365];
        var document = new PredictionDocument
        {
            ModelVersion = "0",
            InputSha256 = "",
            Seed = 1,
            TimesDays = times,
            Landmarks = [new LandmarkCourse { Name = "jowl.left", Vector = Vector3D.UnitY, LiftMm = [2, 1.5, 0.2], UntreatedMm = [0, 0, -0.1] }],
            Threads = [],
            SupportIndex = [1, 1.05, 1.02],
            UntreatedSupportIndex = [1, 1, 0.99],
            Summary = Summary,
            Mesh = new MeshFacts { Nodes = 1, Elements = 1, Columns = 1, EdgeLengthMm = 1, SmallestScaledJacobian = 1 },
            Residuals = [],
            Warnings = [],
        };
        var prediction = new StoredPrediction
        {
            Id = Guid.CreateVersion7(), PlanVersionId = Treatment.PlanVersionId!.Value, Months = 12, State = PredictionState.Done, DocumentSha256 = files.Add(PlanJson.ToBytes(document)), CreatedAt = App.Clock.GetCurrentInstant(),
        };
        await App.StoreAsync(database =>
        {
            database.Add(prediction);
            return Task.CompletedTask;
        });
        return prediction.Id;
    }

    private static PredictionSummary Summary => new()
    {
        LiftNowMm = 2,
        LiftHalfLifeMonths = 3,
        LiftEndMonths = 11,
        VisibleLiftEndMonths = 6,
        VisibleThresholdMm = 1,
        SupportHalfLifeMonths = null,
        SupportEndMonths = null,
        BackToDayZeroMonths = null,
        SimulatedMonths = 12,
    };

    private static CauseDocument Made(int asked, int samples) => new()
    {
        ModelVersion = "0",
        InputSha256 = "",
        Months = 12,
        Asked = asked,
        Samples = samples,
        Failed = 1,
        Outcomes = [.. Enum.GetValues<CauseOutcome>().Select(outcome => new OutcomeCauses
        {
            Outcome = outcome,
            Mean = 2,
            StandardDeviation = 0.5,
            Causes = [.. Enum.GetValues<Cause>().Select(cause => cause == Cause.Technique
                ? new CauseShare { Cause = cause, Alone = 0.6, Total = 0.7, TotalLow = 0.6, TotalHigh = 0.8 }
                : new CauseShare { Cause = cause, Alone = 0.1, Total = 0.12, TotalLow = 0.1, TotalHigh = 0.15 })],
        })],
        WhatIf = [.. new[] { "asPlanned", "material:PCL", "aftercare:poor", "smoker:false" }.Select(change => new WhatIf { Change = change, Summary = Summary, LiftAfterYearMm = 0.2, SupportGain = 0.05 })],
        ReducedModel = new ReducedModelFacts { Nodes = 1, EdgeLengthMm = 10, LiftScaleError = 0, LiftErrorMm = 0.1, SupportError = 0.01 },
    };
}
