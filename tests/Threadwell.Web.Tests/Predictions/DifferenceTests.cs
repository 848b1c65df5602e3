using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Tests.Predictions;

/// <summary>Two predictions of one scan beside each other over the API, with numbers that are only written down.</summary>
public sealed class DifferenceTests : OutcomeClinic
{
    private const int Courses = 24;

    [Fact]
    public async Task Two_predictions_of_one_scan_are_subtracted_course_from_course()
    {
        Guid version = Treatment.PlanVersionId!.Value;
        Guid more = await StoreAsync(version, 0.5), less = await StoreAsync(version, 0);
        JsonElement difference = await Doctor.GetFromJsonAsync<JsonElement>(Address(more, less), Cancelled);
        Assert.Equal(Courses, difference.GetProperty("courses").GetInt32());
        JsonElement band = difference.GetProperty("liftBandMm");
        Assert.All(new[] { difference.GetProperty("liftMm"), band.GetProperty("low90"), band.GetProperty("high90") }, curve => Assert.All(curve.EnumerateArray(), value => Assert.Equal(0.5, value.GetDouble(), 1e-12)));
        JsonElement now = difference.GetProperty("summary").GetProperty("liftNowMm");
        Assert.Equal((1, 0), (now.GetProperty("first").GetDouble(), now.GetProperty("second").GetDouble()));

        // No courses, no pairs; of another scan it is no question at all.
        Guid bare = await StoreAsync(version, 0, withCourses: false);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(more, bare));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(more, Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(more, await StoreAsync(await OtherScansVersionAsync(version), 0)));
    }

    private static Uri Address(Guid first, Guid second) => new($"/api/predictions/{first}/difference/{second}", UriKind.Relative);

    private async Task<HttpStatusCode> StatusAsync(Guid first, Guid second)
    {
        using HttpResponseMessage answer = await Doctor.GetAsync(Address(first, second), Cancelled);
        return answer.StatusCode;
    }

    // Lifts that are drawn between 1 and 2 mm, and so much more.
    private async Task<Guid> StoreAsync(Guid version, double moreMm, bool withCourses = true)
    {
        PredictionDocument made = MadeCauses.Prediction;
        PredictionDocument prediction = made with
        {
            InputSha256 = $"{moreMm}",
            Landmarks = [.. made.Landmarks.Select(landmark => landmark with { LiftMm = [.. landmark.LiftMm.Select(lift => lift + moreMm)] })],
            Ensemble = Bands(made),
        };
        double[] none = [.. prediction.TimesDays.Select(_ => 0.0)];
        var samples = new EnsembleSamples
        {
            ModelVersion = prediction.ModelVersion,
            InputSha256 = prediction.InputSha256,
            Seed = prediction.Seed,
            TimesDays = prediction.TimesDays,
            Landmarks = [.. prediction.Landmarks.Select(landmark => landmark.Name)],
            Facts = ["barb.holding-force"],
            Courses = [.. Enumerable.Range(0, Courses).Select(course => (course + 0.5) / Courses).Select(share => new DrawnCourse
            {
                Shares = [share],
                LiftMm = [[.. prediction.TimesDays.Select(_ => 1 + share + moreMm)]],
                UntreatedMm = [none],
                SupportIndex = prediction.SupportIndex,
                UntreatedSupportIndex = prediction.UntreatedSupportIndex,
            })],
        };
        var id = Guid.CreateVersion7();
        FileStore files = App.App.Services.GetRequiredService<FileStore>();
        await App.StoreAsync(database =>
        {
            database.Predictions.Add(new StoredPrediction
            {
                Id = id,
                PlanVersionId = version,
                Months = 12,
                State = PredictionState.Done,
                DocumentSha256 = files.Add(PlanJson.ToBytes(prediction)),
                SamplesSha256 = withCourses ? files.Add(SamplesFile.ToBytes(samples)!) : null,
                CreatedAt = App.Clock.GetCurrentInstant(),
            });
            return Task.CompletedTask;
        });
        return id;
    }

    private async Task<Guid> OtherScansVersionAsync(Guid version)
    {
        var id = Guid.CreateVersion7();
        await App.StoreAsync(async database =>
        {
            PlanVersion carried = await database.PlanVersions.AsNoTracking().SingleAsync(row => row.Id == version, Cancelled);
            StoredPlan plan = await database.Plans.AsNoTracking().SingleAsync(row => row.Id == carried.PlanId, Cancelled);
            StoredScan scan = await database.Scans.FirstAsync(row => row.Id != plan.ScanId, Cancelled);
            var other = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = scan.Id, Name = "Another", DraftJson = plan.DraftJson, CreatedAt = plan.CreatedAt, ChangedAt = plan.ChangedAt };
            other.Versions.Add(new PlanVersion { Id = id, PlanId = other.Id, Number = 1, Note = "", PlanJson = carried.PlanJson, CreatedAt = carried.CreatedAt });
            database.Plans.Add(other);
        });
        return id;
    }

    private static EnsembleDocument Bands(PredictionDocument prediction)
    {
        double[] none = [.. prediction.TimesDays.Select(_ => 0.0)];
        var curve = new CurveBand { Low90 = none, Low50 = none, Median = none, High50 = none, High90 = none };
        var number = new NumberBand { Low90 = 0, Low50 = 0, Median = 0, High50 = 0, High90 = 0 };
        return new EnsembleDocument
        {
            Samples = Courses,
            Failed = 0,
            Facts = 1,
            Landmarks = [],
            MeanLiftMm = curve,
            MeanPositionMm = curve,
            MeanUntreatedMm = curve,
            SupportIndex = curve,
            UntreatedSupportIndex = curve,
            SupportGain = curve,
            Summary = new SummaryBands
            {
                LiftNowMm = number,
                LiftHalfLifeMonths = number,
                LiftEndMonths = number,
                VisibleLiftEndMonths = number,
                LargestSupportGain = number,
                SupportHalfLifeMonths = number,
                SupportEndMonths = number,
                BackToDayZeroMonths = number,
            },
            ReducedModel = new ReducedModelFacts { Nodes = 1, EdgeLengthMm = 1, LiftScaleError = 0, LiftErrorMm = 0, SupportError = 0 },
        };
    }
}
