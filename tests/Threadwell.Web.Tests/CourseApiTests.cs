using System.Net;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Threadwell.Geometry;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>Courses, and what survives the end of the program; each test has a server of its own.</summary>
public sealed class CourseApiTests
{
    // Behind the bands: the fewest that are taken.
    private const string Courses = "20";

    // The shortest course of the command line: each of its times is solved in every one of those behind the bands.
    private const double Months = 0.25;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_course_gives_the_bytes_of_the_command_line_and_survives_restarts()
    {
        using ServerProcess server = await ServerProcess.StartAsync(dataFolder: null, "--samples", Courses);
        string scan = await server.SampleAsync();
        (string plan, _) = await server.AddPlanAsync(scan);
        (int status, JsonElement started) = await server.SendAsync(HttpMethod.Post, $"/api/plans/{plan}/predictions", new { months = Months });
        Assert.Equal(202, status);
        string id = started.GetProperty("job").GetString()!;

        // The program is killed in the middle of the course: the next start takes it up again.
        Assert.NotEqual(0, await server.EndAsync("KILL"));
        await server.StartAgainAsync();
        JsonElement end = await server.FollowAsync(id);
        Assert.Equal("done", end.GetProperty("state").GetString());
        Assert.Equal("done", (await server.GetAsync($"/api/predictions/{id}")).GetProperty("state").GetString());

        byte[] document = await server.Http.GetByteArrayAsync($"/api/predictions/{id}/document", Cancelled);
        await SameAsCommandLineAsync(server, scan, plan, document);
        Assert.Equal(20, JsonSerializer.Deserialize<JsonElement>(document).GetProperty("ensemble").GetProperty("samples").GetInt32());
        await SurfaceMovesByTheLiftAsync(server, scan, id, document);
        using HttpResponseMessage report = await server.Http.GetAsync($"/api/predictions/{id}/report", Cancelled);
        Assert.Contains("style-src 'sha256-", report.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await ReportInBothLanguagesAsync(server, id);

        await CausesSurviveARestartAsync(server, id);
        Assert.Equal(0, await server.EndAsync());
        await server.StartAgainAsync();
        JsonElement kept = (await server.GetAsync($"/api/plans/{plan}")).GetProperty("predictions")[0];
        Assert.Equal((id, "done"), (kept.GetProperty("id").GetString(), kept.GetProperty("state").GetString()));
        Assert.Equal(document, await server.Http.GetByteArrayAsync($"/api/predictions/{id}/document", Cancelled));
    }

    /// <summary>What decides the result: killed while it is computed, taken up again, and stored; 20 of the usual 128 courses make 30 of the usual 192 pairs.</summary>
    private static async Task CausesSurviveARestartAsync(ServerProcess server, string prediction)
    {
        string page = $"/predictions/{prediction}/causes";
        using (HttpResponseMessage asked = await server.Http.PostFormAsync(page, page + "/start", []))
        {
            Assert.Contains("id=\"causes-job\"", await asked.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        string job = await JobAsync();
        Assert.NotEqual(0, await server.EndAsync("KILL"));
        await server.StartAgainAsync();
        Assert.Equal(job, await JobAsync());
        Assert.Equal("done", (await server.FollowAsync(job)).GetProperty("state").GetString());
        JsonElement causes = await server.GetAsync($"/api{page}");
        Assert.Equal((30, 30, 0, Months), (causes.GetProperty("asked").GetInt32(), causes.GetProperty("samples").GetInt32(), causes.GetProperty("failed").GetInt32(), causes.GetProperty("months").GetDouble()));
        string told = await server.Http.GetStringAsync(page, Cancelled);
        Assert.Contains("From 30 pairs of draws", told, StringComparison.Ordinal);
        Assert.DoesNotContain("causes-job", told, StringComparison.Ordinal);
        Assert.Contains("What decides your result", await server.Http.GetStringAsync($"/predictions/{prediction}/consultation", Cancelled), StringComparison.Ordinal);

        async Task<string> JobAsync() => (await server.Http.GetStringAsync(page, Cancelled)).Split("data-job=\"")[1].Split('"')[0];
    }

    private static async Task ReportInBothLanguagesAsync(ServerProcess server, string id)
    {
        foreach ((string language, string heading) in new[] { ("en", "The answer in short"), ("vi", "Câu trả lời ngắn gọn") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/predictions/{id}/report");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancelled);
            string page = await answer.Content.ReadAsStringAsync(Cancelled);
            Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">", page, StringComparison.Ordinal);
            Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
            Assert.Contains(heading, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
            Assert.Single(page.Split("<html").Skip(1));
        }
    }

    [Fact]
    public async Task A_course_is_cancelled_and_the_program_ends_cleanly_while_one_runs()
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        (string plan, _) = await server.AddPlanAsync(await server.SampleAsync());
        string first = (await server.SendAsync(HttpMethod.Post, $"/api/plans/{plan}/predictions", new { months = 60 })).Body.GetProperty("job").GetString()!;
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/predictions/{first}")).Status);
        Assert.Equal("cancelled", (await server.FollowAsync(first)).GetProperty("state").GetString());
        Assert.Equal("cancelled", (await server.GetAsync($"/api/predictions/{first}")).GetProperty("state").GetString());

        string second = (await server.SendAsync(HttpMethod.Post, $"/api/plans/{plan}/predictions", new { months = 60 })).Body.GetProperty("job").GetString()!;
        Task<JsonElement> watching = server.FollowAsync(second);
        Assert.Equal(0, await server.EndAsync());
        _ = await Record.ExceptionAsync(() => watching);
        await server.StartAgainAsync();
        Assert.Equal("open", (await server.GetAsync($"/api/predictions/{second}")).GetProperty("state").GetString());
    }

    private static async Task SameAsCommandLineAsync(ServerProcess server, string scan, string plan, byte[] document)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-test-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "scan.glb"), await server.Http.GetByteArrayAsync($"/api/scans/{scan}/file", Cancelled), Cancelled);
            await File.WriteAllBytesAsync(Path.Combine(folder, "plan.json"), await server.Http.GetByteArrayAsync($"/api/plans/{plan}/versions/1", Cancelled), Cancelled);
            using Process predict = Process.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "predict", Path.Combine(folder, "plan.json"), "--months", Months.ToString(CultureInfo.InvariantCulture), "--samples", Courses, "--out", Path.Combine(folder, "out")]);
            await predict.WaitForExitAsync(Cancelled);
            Assert.Equal(0, predict.ExitCode);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, "out", "prediction.json"), Cancelled), document);
            await LearnsFromAVisitAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The files of that prediction are what a visit is learned from.</summary>
    private static async Task LearnsFromAVisitAsync(string folder)
    {
        string visit = Path.Combine(folder, "visits.json");
        await File.WriteAllTextAsync(visit, """{"observations": [{"day": 7, "landmark": "jowl.left", "positionMm": 1.0, "errorMm": 0.3}]}""", Cancelled);
        using Process update = Process.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "update", Path.Combine(folder, "out"), "--observations", visit, "--out", Path.Combine(folder, "learned")]);
        await update.WaitForExitAsync(Cancelled);
        Assert.Equal(0, update.ExitCode);
        JsonElement learned = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(Path.Combine(folder, "learned", "learned.json"), Cancelled));
        double Lift(JsonElement bands) => bands.GetProperty("meanLiftMm").GetProperty("median")[0].GetDouble();
        Assert.True(Lift(learned.GetProperty("posterior").GetProperty("ensemble")) < Lift(learned.GetProperty("prior")));
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(Path.Combine(folder, "learned", "learned.html"), Cancelled), StringComparison.Ordinal);
    }

    /// <summary>The downloaded surface of day 0 moves at a landmark by the lift of the prediction.</summary>
    private static async Task SurfaceMovesByTheLiftAsync(ServerProcess server, string scan, string id, byte[] document)
    {
        Vector3D[] rest = await PositionsAsync(server, $"/api/scans/{scan}/surface");
        Vector3D[] treated = await PositionsAsync(server, $"/api/predictions/{id}/surface.glb?day=0&course=treated");
        Vector3D[] untreated = await PositionsAsync(server, $"/api/predictions/{id}/surface.glb?day=0&course=untreated");
        Assert.Equal(rest.Length, treated.Length);
        JsonElement landmarks = (await server.GetAsync($"/api/scans/{scan}")).GetProperty("landmarks");
        foreach (JsonElement course in JsonSerializer.Deserialize<JsonElement>(document).GetProperty("landmarks").EnumerateArray())
        {
            string name = course.GetProperty("name").GetString()!;
            Vector3D at = Vector(landmarks.EnumerateArray().First(landmark => landmark.GetProperty("name").GetString() == name).GetProperty("position"));
            int nearest = Enumerable.Range(0, rest.Length).MinBy(vertex => Vector3D.Distance(rest[vertex], at));
            double moved = Vector3D.Dot(treated[nearest] - untreated[nearest], Vector(course.GetProperty("vector")));
            double lift = course.GetProperty("liftMm")[0].GetDouble();

            // The nearest vertex lies up to a millimetre beside the landmark, where the lift is a few per cent another one.
            Assert.InRange(moved, lift - 0.1 - (0.1 * lift), lift + 0.1 + (0.1 * lift));
        }
    }

    private static Vector3D Vector(JsonElement numbers) => new(numbers[0].GetDouble(), numbers[1].GetDouble(), numbers[2].GetDouble());

    private static async Task<Vector3D[]> PositionsAsync(ServerProcess server, string address) =>
        [.. MeshReader.Parse("surface", ".glb", await server.Http.GetByteArrayAsync(address, Cancelled)).Positions.Select(position => 1000 * position)];
}
