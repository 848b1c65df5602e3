using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Outcomes;
using Threadwell.Web.Predictions;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>What visits teach of a prediction, from the courses that were kept beside it to the page.</summary>
public sealed class VisitLessonTests : IAsyncLifetime
{
    private const int Courses = 20;

    // Within the half month that is predicted.
    private const int Day = 10;

    private InProcessApp app = null!;
    private HttpClient doctor = null!;
    private StoredTreatment treatment = null!;
    private StoredPrediction stored = null!;
    private PredictionDocument prediction = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FileStore Files => app.App.Services.GetRequiredService<FileStore>();

    public async ValueTask InitializeAsync()
    {
        app = await InProcessApp.StartAsync(courses: Courses);
        doctor = await app.SignInAsync("doctor@demo");
        await app.StoreAsync(async database => treatment = await database.Treatments.AsNoTracking().Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled));
        Guid plan = Guid.Empty;
        await app.StoreAsync(async database => plan = await database.PlanVersions.Where(row => row.Id == treatment.PlanVersionId).Select(row => row.PlanId).SingleAsync(Cancelled));
        using HttpResponseMessage asked = await doctor.PostAsJsonAsync($"/api/plans/{plan}/predictions", new { months = 0.5 }, Cancelled);
        string job = (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("job").GetString()!;
        Assert.Contains("\"state\":\"done\"", await doctor.GetStringAsync(new Uri($"/api/jobs/{job}/events", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        await app.StoreAsync(async database => stored = await database.Predictions.AsNoTracking().SingleAsync(row => row.Id == Guid.Parse(job), Cancelled));
        prediction = PlanJson.Parse<PredictionDocument>(Files.Read(stored.DocumentSha256!), "prediction");
    }

    public async ValueTask DisposeAsync()
    {
        doctor.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Visits_move_the_band_and_what_nobody_foresaw_is_marked_and_struck_out_visits_teach_nothing()
    {
        byte[] packed = Files.Read(stored.SamplesSha256!);
        Assert.InRange(packed.Length, 1000, SamplesFile.MostBytes);
        EnsembleSamples samples = SamplesFile.Read(packed);
        Assert.Equal((Courses, prediction.Seed, prediction.InputSha256), (samples.Courses.Count, samples.Seed, samples.InputSha256));
        Assert.Contains("Nothing yet: no visit's scan has told a shift", await PageAsync(), StringComparison.Ordinal);

        // A little more than predicted, at every target.
        Guid visit = await VisitAsync(Day, 0.3, stored.Id);
        VisitLesson lesson = await LessonAsync();
        Assert.Equal((NoLesson.None, 0), (lesson.Why, lesson.Elsewhere));
        LearnedDocument learned = lesson.Learned!;
        Assert.Equal(prediction.Landmarks.Count, learned.Observations.Count);
        Assert.DoesNotContain(learned.Observations, one => one.IsUnforeseen);
        int last = prediction.TimesDays.Count - 1;
        CurveBand before = learned.Prior.MeanPositionMm, after = learned.Posterior.Ensemble!.MeanPositionMm;
        Assert.True(after.High90[last] - after.Low90[last] < before.High90[last] - before.Low90[last]);
        Assert.Equal(CourseAt(Day) + 0.3, lesson.Points[visit].ValueMm, 1e-9);
        Assert.Equal(PlanJson.ToBytes(learned), PlanJson.ToBytes((await LessonAsync()).Learned!));
        string page = await PageAsync();
        Assert.All((string[])["expected after the visits", "nine of ten courses after the visits", "Before and after in numbers", "Visits: 1. They moved the prediction", "It does not say why they fit"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("not foreseen", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No band", page, StringComparison.Ordinal);

        // A measurement that changes is learned from as it is now.
        await app.StoreAsync(async database => (await database.FollowUpVisits.SingleAsync(row => row.Id == visit, Cancelled)).MeasurementSha256 = Measured(Day, 40, stored.Id));
        lesson = await LessonAsync();
        Assert.All(lesson.Learned!.Observations, one => Assert.True(one.IsUnforeseen));
        Assert.True(lesson.Points[visit].IsUnforeseen);
        page = await PageAsync();
        Assert.Contains("Foreseen by hardly any course: ", page, StringComparison.Ordinal);
        Assert.Contains(">not foreseen<", page, StringComparison.Ordinal);

        // Struck out, it teaches nothing; nor does one beside another prediction, one of no target, or one beyond what was predicted.
        await app.StoreAsync(async database => (await database.FollowUpVisits.SingleAsync(row => row.Id == visit, Cancelled)).StruckAt = app.Clock.GetCurrentInstant());
        Assert.Equal(NoLesson.NoMeasurement, (await LessonAsync()).Why);
        await VisitAsync(Day, 0.3, Guid.NewGuid());
        await VisitAsync(Day + 1, 0.3, stored.Id, "chin");
        await VisitAsync(Day + 20, 0.3, stored.Id);
        lesson = await LessonAsync();
        Assert.Equal((NoLesson.NoMeasurement, 1), (lesson.Why, lesson.Elsewhere));
        string told = await PageAsync();
        Assert.Contains("Visits measured beside another prediction of this plan: 1.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("beside no prediction", told, StringComparison.Ordinal);

        // Measured before there was any prediction, one can be measured again; beyond what was predicted, that would not help.
        await VisitAsync(Day + 3, 0.3, null);
        await VisitAsync(Day + 30, 0.3, null);
        lesson = await LessonAsync();
        Assert.Equal((NoLesson.NoMeasurement, 1, 1), (lesson.Why, lesson.Elsewhere, lesson.Alone));
        Assert.Contains("Visits within the predicted time that were measured beside no prediction: 1.", await PageAsync(), StringComparison.Ordinal);

        await WithoutCoursesAsync();
    }

    // An earlier version of the program kept none; of another model none can be read; and a single course has no bands.
    private async Task WithoutCoursesAsync()
    {
        await VisitAsync(Day + 2, 0.1, stored.Id);
        await app.StoreAsync(async database =>
        {
            StoredPrediction row = await database.Predictions.SingleAsync(candidate => candidate.Id == stored.Id, Cancelled);
            row.DocumentSha256 = Files.Add(PlanJson.ToBytes(prediction with { ModelVersion = "0" }));
        });
        Assert.Equal(NoLesson.OtherModel, (await LessonAsync()).Why);
        Assert.Contains("of a version of the model", await PageAsync(), StringComparison.Ordinal);
        await app.StoreAsync(async database => (await database.Predictions.SingleAsync(candidate => candidate.Id == stored.Id, Cancelled)).SamplesSha256 = null);
        Assert.Contains("no courses were kept with this prediction", await PageAsync(), StringComparison.Ordinal);
        await app.StoreAsync(async database => (await database.Predictions.SingleAsync(candidate => candidate.Id == stored.Id, Cancelled)).DocumentSha256 = Files.Add(PlanJson.ToBytes(prediction with { Ensemble = null })));
        string page = await PageAsync();
        Assert.Contains("so there are no courses to choose among", page, StringComparison.Ordinal);
        Assert.Contains("No band: the prediction was made without samples", page, StringComparison.Ordinal);
    }

    private double CourseAt(double day) =>
        prediction.Landmarks.Average(landmark => CourseTimes.At(landmark.LiftMm, prediction.TimesDays, day) + CourseTimes.At(landmark.UntreatedMm, prediction.TimesDays, day));

    private async Task<Guid> VisitAsync(int day, double beyondMm, Guid? beside, string? landmark = null)
    {
        var id = Guid.CreateVersion7();
        await app.StoreAsync(database =>
        {
            database.Add(new FollowUpVisit
            {
                Id = id, PatientId = treatment.PatientId, TreatmentId = treatment.Id, Day = treatment.Day.PlusDays(day), MeasurementSha256 = Measured(day, beyondMm, beside, landmark), DoctorId = Guid.NewGuid(), CreatedAt = app.Clock.GetCurrentInstant(),
            });
            return Task.CompletedTask;
        });
        return id;
    }

    // The contour went so far beyond the predicted contour at each target, or at one landmark.
    private string Measured(int day, double beyondMm, Guid? beside, string? landmark = null) => Files.Add(new VisitMeasurement
    {
        BeforeScan = Guid.NewGuid(),
        AfterScan = Guid.NewGuid(),
        PlanVersion = treatment.PlanVersionId!.Value,
        Prediction = beside,
        Document = new MeasurementDocument
        {
            Day = day,
            Registration = new RegistrationFacts([Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ], Vector3D.Zero, 0, 0.1, 0.9, IsSettled: true),
            RepeatabilityMm = 0.1,
            Landmarks = [.. (landmark is null ? prediction.Landmarks.Select(course => course.Name) : [landmark])
                .Select(name => new MeasuredLandmark(name, Vector3D.UnitY, 0.1, 0.4 + beyondMm, 0.2, new ProjectedShift(0.1, 0.4), new ProjectedShift(0, 0)))],
            NormalMapMm = [],
        },
        PictureEn = [],
        PictureVi = [],
    }.ToBytes());

    private async Task<VisitLesson> LessonAsync()
    {
        await using AsyncServiceScope scope = app.App.Services.CreateAsyncScope();
        TreatmentOutcome outcome = scope.ServiceProvider.GetRequiredService<TreatmentOutcome>();
        return outcome.Learn((await outcome.FindAsync(treatment.Id))!);
    }

    private async Task<string> PageAsync() => WebUtility.HtmlDecode(await doctor.GetStringAsync(new Uri($"/treatments/{treatment.Id}/outcome", UriKind.Relative), Cancelled));
}
