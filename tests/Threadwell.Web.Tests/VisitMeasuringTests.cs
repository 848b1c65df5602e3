using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Hosting;
using Threadwell.Web.Scans;
using Threadwell.Web.Tests.Access;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Tests;

/// <summary>The scan of a visit against the one before the treatment, from its upload to the page: on a virtual head whose change is known.</summary>
public sealed class VisitMeasuringTests
{
    private const double LiftMm = 1.5;
    private const double ReachMm = 18;
    private const double ScannerNoiseMm = 0.15;
    private const double EdgeMm = 2.6;

    private static readonly RigidMotion Pose = RigidMotion.About(new Vector3D(0.04, -0.06, 0.03), new Vector3D(0, 0, 60), new Vector3D(5, -8, 4));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visits_scan_is_measured_against_the_one_before_and_told_with_its_error()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        (StoredTreatment treatment, StoredScan before, PlanVersion version) = await TreatedAsync(app);
        ThreadPlan plan = PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), "plan");

        // A short course of the plan that was carried out, so that the visit is held against a prediction, too.
        using HttpResponseMessage asked = await doctor.PostAsJsonAsync($"/api/plans/{version.PlanId}/predictions", new { months = 0.5 }, Cancelled);
        Assert.Equal("done", (await FollowAsync(doctor, (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("job").GetString()!)).GetProperty("state").GetString());

        using HttpResponseMessage recorded = await doctor.PostFormAsync($"/treatments/{treatment.Id}/visits/new", $"/treatments/{treatment.Id}/visits/new", new() { ["_handler"] = "visit", ["Form.Day"] = TreatmentClinic.Typed(TreatmentClinic.Today), ["Form.Doctor"] = "2" });
        Assert.Equal(HttpStatusCode.Found, recorded.StatusCode);
        string visit = recorded.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Contains("There is no scan of this visit yet.", await PageAsync(doctor, $"/visits/{visit}"), StringComparison.Ordinal);

        // The skin round a planned landmark is carried along the plan by a known amount; another mesh, another pose, a scanner's noise.
        LiftTarget target = plan.Targets[0];
        Vector3D along = target.Vector.Normalized();
        Vector3D place = plan.Landmarks.First(landmark => landmark.Name == target.Landmark).Position;
        TriangleMesh first = app.App.Services.GetRequiredService<ScanLibrary>().AsMeasured(before);
        Vector3D Change(Vector3D point) => LiftMm * Math.Exp(-(point - place).LengthSquared / (2 * ReachMm * ReachMm)) * along;
        JsonElement read = await UploadAsync(doctor, visit, "month.glb", Glb(Rescan(first, Change)));
        Assert.Equal("done", read.GetProperty("state").GetString());
        Assert.Equal("done", (await FollowAsync(doctor, visit)).GetProperty("state").GetString());
        string page = await PageAsync(doctor, $"/visits/{visit}");
        Assert.Contains("Lift along the skin was not measured", page, StringComparison.Ordinal);
        Assert.Contains("Left against right", page, StringComparison.Ordinal);
        FollowUpVisit kept = await VisitAsync(app, visit);
        Assert.Null(kept.LiftMm);
        long revision = kept.Revision;

        // With points marked on both scans the lift along the skin is told, within its own error.
        using (MultipartFormDataContent marks = new())
        {
            marks.Add(new StringContent("marks"), "_handler");
            marks.Add(new StringContent(kept.ScanId.ToString()!), "scan");
            marks.Add(new StringContent(await doctor.TokenAsync($"/visits/{visit}/marks")), "__RequestVerificationToken");
            marks.Add(Marks(place), "before", "before.json");
            marks.Add(Marks(Pose.Move(place + (LiftMm * along))), "after", "after.json");
            using HttpResponseMessage marked = await doctor.PostAsync(new Uri($"/visits/{visit}/marks", UriKind.Relative), marks, Cancelled);
            Assert.Equal(HttpStatusCode.Found, marked.StatusCode);
        }

        Assert.Equal("done", (await FollowAsync(doctor, visit)).GetProperty("state").GetString());
        kept = await VisitAsync(app, visit);
        Assert.True(kept.Revision > revision, "what a measurement writes is seen by whoever read the visit before");
        Assert.InRange(kept.LiftErrorMm!.Value, 0.01, 0.2);
        Assert.True(Math.Abs(kept.LiftMm!.Value - LiftMm) <= kept.LiftErrorMm.Value, $"lift {kept.LiftMm:0.000} ± {kept.LiftErrorMm:0.000} mm, truly {LiftMm} mm");

        JsonElement numbers = await doctor.GetFromJsonAsync<JsonElement>($"/api/visits/{visit}/measurement", Cancelled);
        JsonElement landmark = numbers.GetProperty("landmarks").EnumerateArray().First();
        Assert.Equal(target.Landmark, landmark.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Number, landmark.GetProperty("predicted").GetProperty("normalMm").ValueKind);
        Assert.Equal(5, numbers.GetProperty("day").GetDouble());
        Assert.Equal("image/png", (await doctor.GetAsync(new Uri($"/api/visits/{visit}/change.png?language=vi", UriKind.Relative), Cancelled)).Content.Headers.ContentType!.MediaType);
        Assert.Contains("<html lang=\"en\">", await doctor.GetStringAsync(new Uri($"/visits/{visit}/report", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        string outcome = await PageAsync(doctor, $"/treatments/{treatment.Id}/outcome");
        Assert.Contains("No band: the prediction was made without samples", outcome, StringComparison.Ordinal);
        Assert.Contains(kept.LiftMm.Value.ToString("+0.00", CultureInfo.InvariantCulture), outcome, StringComparison.Ordinal);
        Assert.Contains("<svg", outcome, StringComparison.Ordinal);

        // What was asked for last failed: the page says so, above what was measured before.
        await FailAsync(app, Guid.Parse(visit));
        page = await PageAsync(doctor, $"/visits/{visit}");
        Assert.Contains("It could not be measured: the points lie on no skin.", page, StringComparison.Ordinal);
        Assert.Contains("Left against right", page, StringComparison.Ordinal);

        // Points are taken for the scan that the page was opened for, and can be left out again.
        Dictionary<string, string> without = new() { ["_handler"] = "marks", ["scan"] = Guid.NewGuid().ToString(), ["without"] = "yes" };
        using (HttpResponseMessage stale = await doctor.PostFormAsync($"/visits/{visit}/marks", $"/visits/{visit}/marks", without))
        {
            Assert.Contains("The visit has got another scan", await stale.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        without["scan"] = kept.ScanId.ToString()!;
        using (HttpResponseMessage again = await doctor.PostFormAsync($"/visits/{visit}/marks", $"/visits/{visit}/marks", without))
        {
            Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        }

        Assert.Equal("done", (await FollowAsync(doctor, visit)).GetProperty("state").GetString());
        kept = await VisitAsync(app, visit);
        Assert.Null(kept.LiftMm);
        Assert.NotEqual("", kept.MeasurementSha256);

        // A scan of another part of the body is refused, and nothing is told.
        byte[] torso = await FileOfAsync(app, "Sample C");
        Assert.Equal("done", (await UploadAsync(doctor, visit, "torso.glb", torso)).GetProperty("state").GetString());
        JsonElement refused = await FollowAsync(doctor, visit);
        Assert.Equal("failed", refused.GetProperty("state").GetString());
        page = await PageAsync(doctor, $"/visits/{visit}");
        Assert.Contains("It could not be measured: it cannot be laid on the first scan", page, StringComparison.Ordinal);
        kept = await VisitAsync(app, visit);
        Assert.Equal(("", null), (kept.MeasurementSha256, kept.LiftMm));
    }

    private static async Task<(StoredTreatment Treatment, StoredScan Before, PlanVersion Version)> TreatedAsync(InProcessApp app)
    {
        (StoredTreatment, StoredScan, PlanVersion) found = default;
        await app.StoreAsync(async database =>
        {
            StoredTreatment treatment = await database.Treatments.AsNoTracking().Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled);
            PlanVersion version = await database.PlanVersions.AsNoTracking().SingleAsync(row => row.Id == treatment.PlanVersionId, Cancelled);
            Guid scan = await database.Plans.Where(row => row.Id == version.PlanId).Select(row => row.ScanId).SingleAsync(Cancelled);
            found = (treatment, await database.Scans.AsNoTracking().SingleAsync(row => row.Id == scan, Cancelled), version);
        });
        return found;
    }

    private static async Task FailAsync(InProcessApp app, Guid visit)
    {
        Job job = app.App.Services.GetRequiredService<Lanes>().Measurements.Add(visit, (_, _) => throw new InvalidInputException("marks.json", null, "the points lie on no skin."));
        await foreach (JobStatus _ in job.WatchAsync(Cancelled))
        {
        }
    }

    private static async Task<FollowUpVisit> VisitAsync(InProcessApp app, string visit)
    {
        FollowUpVisit found = null!;
        await app.StoreAsync(async database => found = await database.FollowUpVisits.AsNoTracking().SingleAsync(row => row.Id == Guid.Parse(visit), Cancelled));
        return found;
    }

    private static async Task<byte[]> FileOfAsync(InProcessApp app, string sample)
    {
        string sha256 = "";
        await app.StoreAsync(async database => sha256 = await database.Scans.Where(row => row.Name == sample).Select(row => row.FileSha256).SingleAsync(Cancelled));
        return app.App.Services.GetRequiredService<FileStore>().Read(sha256);
    }

    private static async Task<string> PageAsync(HttpClient client, string address) => WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));

    private static StringContent Marks(Vector3D place) => new(string.Create(CultureInfo.InvariantCulture, $$"""{"marks": [{"name": "mole", "position": [{{place.X}}, {{place.Y}}, {{place.Z}}]}]}"""));

    private static async Task<JsonElement> UploadAsync(HttpClient doctor, string visit, string name, byte[] content)
    {
        using HttpResponseMessage sent = await doctor.PostAsync(new Uri($"/api/visits/{visit}/scans?name={name}", UriKind.Relative), new ByteArrayContent(content), Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        return await FollowAsync(doctor, (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("job").GetString()!);
    }

    // Gives the job's last status.
    private static async Task<JsonElement> FollowAsync(HttpClient client, string job)
    {
        JsonElement last = default;
        using Stream stream = await client.GetStreamAsync(new Uri($"/api/jobs/{job}/events", UriKind.Relative), Cancelled);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                last = JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            }
        }

        return last;
    }

    private static TriangleMesh Rescan(TriangleMesh skin, Func<Vector3D, Vector3D> change)
    {
        TriangleMesh other = IsotropicRemesher.Remesh(new TriangleMesh([.. skin.Positions.Select(point => point + change(point))], skin.Triangles), EdgeMm);
        Vector3D[] normals = other.VertexNormals();
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Pose.Move(new TriangleMesh([.. other.Positions.Select((point, vertex) => point + (ScannerNoiseMm * Normal() * normals[vertex]))], other.Triangles));
    }

    private static byte[] Glb(TriangleMesh mesh)
    {
        using var stream = new MemoryStream();
        MeshWriter.WriteGlb(stream, mesh, new MeshAttributes { Normals = mesh.VertexNormals() });
        return stream.ToArray();
    }
}
