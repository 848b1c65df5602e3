using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>Searches for plans as they are started, cancelled, kept and begun again after the program's end; what a search finds is the engine's tests' (Planning).</summary>
public sealed class ProposalApiTests(SharedServer shared)
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_is_refused_for_a_wish_without_sense_and_can_be_cancelled()
    {
        ServerProcess server = shared.Server;
        (string id, _) = await server.AddPlanAsync(await server.SampleAsync());
        (int status, JsonElement refused) = await AskAsync(server, id, "umbilicus", 2);
        Assert.Equal((422, "umbilicus"), (status, refused.GetProperty("place").GetString()));
        Assert.Equal(422, (await AskAsync(server, id, "jowl", -1)).Status);
        Assert.Equal(422, (await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/proposals", new { wish = Array.Empty<object>() })).Status);
        Assert.Equal((null, null, JsonValueKind.Null), await StandingAsync(server, id));

        (status, JsonElement started) = await AskAsync(server, id, "jowl", 2);
        Assert.Equal(202, status);
        string job = started.GetProperty("job").GetString()!;
        Assert.Equal((job, null, JsonValueKind.Null), await StandingAsync(server, id));
        (status, refused) = await AskAsync(server, id, "jowl", 1);
        Assert.Equal(422, status);
        Assert.Contains("being searched for already", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/jobs/{job}")).Status);
        Assert.Equal("cancelled", (await server.FollowAsync(job)).GetProperty("state").GetString());
        Assert.Equal((null, null, JsonValueKind.Null), await StandingAsync(server, id));
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{id}/proposals/pictures/0")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{id}/proposals/page")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{Guid.NewGuid()}/proposals")).Status);
    }

    [Fact]
    public async Task A_search_and_what_it_found_survive_restarts()
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        await SurviveAsync(server);
    }

    [Fact]
    public async Task A_search_and_what_it_found_survive_restarts_on_PostgreSQL()
    {
        // In short DatabaseTests keep a plan's proposals on PostgreSQL, and CourseFilesTests what they leave when they go.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        string folder = Directory.CreateTempSubdirectory("threadwell-proposals-").FullName;
        await using (TestDatabase database = await TestDatabase.PostgreSqlAsync())
        {
            await PreparedData.CopySamplesToAsync(folder, database.Database);
            using ServerProcess server = await ServerProcess.StartAsync(folder, "--database", database.Connection!);
            await SurviveAsync(server, "--database", database.Connection!);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task SurviveAsync(ServerProcess server, params string[] database)
    {
        string scan = await server.SampleAsync();
        JsonElement plan = await server.SuggestAsync(scan, "brow");
        (_, JsonElement added) = await server.SendAsync(HttpMethod.Post, "/api/plans", new { scanId = scan, name = "Brow", plan });
        string id = added.GetProperty("id").GetString()!;
        string job = (await AskAsync(server, id, "brow-peak", 1)).Body.GetProperty("job").GetString()!;

        // The draft goes on changing; the search is for what it was asked for.
        JsonElement emptied = JsonSerializer.SerializeToElement(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(plan)!.ToDictionary(
            member => member.Key, member => member.Key == "patient" ? JsonSerializer.SerializeToElement(new { ageYears = 70, sex = "male", laxity = "mild", smoker = true }) : member.Value));
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = 1, name = "Brow", draft = emptied })).Status);

        // Killed in the middle, the next start begins again with it.
        Assert.NotEqual(0, await server.EndAsync("KILL"));
        await server.StartAgainAsync();
        Assert.Equal((job, null, JsonValueKind.Null), await StandingAsync(server, id));
        Assert.Equal("done", (await server.FollowAsync(job)).GetProperty("state").GetString());
        JsonElement found = (await server.GetAsync($"/api/plans/{id}/proposals")).GetProperty("found");
        JsonElement[] proposals = [.. found.GetProperty("proposals").EnumerateArray()];
        Assert.NotEmpty(proposals);
        Assert.All(proposals, proposal => Assert.Equal((52, "brow"), (proposal.GetProperty("plan").GetProperty("patient").GetProperty("ageYears").GetInt32(), proposal.GetProperty("plan").GetProperty("area").GetString())));
        byte[][] pictures = await PicturesAsync(server, id, proposals.Length);
        Assert.All(pictures, picture => Assert.True(picture.AsSpan().StartsWith(Png)));
        await AreKeptByTheirAddressAsync(server, id, found.GetProperty("foundAt").GetString()!, pictures[0]);
        string page = await server.Http.GetStringAsync($"/api/plans/{id}/proposals/page", Cancelled);
        Assert.All(pictures, picture => Assert.Contains(Convert.ToBase64String(picture), page, StringComparison.Ordinal));

        // Another search: what was found before stays while it runs, over an orderly end, and where it is cancelled.
        Assert.Equal(202, (await AskAsync(server, id, "brow-peak", 2)).Status);
        Assert.Equal(0, await server.EndAsync());
        await server.StartAgainAsync();
        Assert.Equal((job, null, JsonValueKind.Object), await StandingAsync(server, id));
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/jobs/{job}")).Status);
        Assert.Equal("cancelled", (await server.FollowAsync(job)).GetProperty("state").GetString());
        Assert.Equal(0, await server.EndAsync());
        await server.StartAgainAsync();
        Assert.Equal((null, null, JsonValueKind.Object), await StandingAsync(server, id));
        Assert.Equal(found.GetRawText(), (await server.GetAsync($"/api/plans/{id}/proposals")).GetProperty("found").GetRawText());
        Assert.Equal(pictures, await PicturesAsync(server, id, proposals.Length));
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{id}/proposals/pictures/{proposals.Length}")).Status);

        // The record is whole with it, and it goes with its plan, with its files.
        string[] others = await OrphansAsync(server, database);
        Assert.Equal(202, (await AskAsync(server, id, "brow-peak", 2)).Status);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/plans/{id}")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{id}/proposals")).Status);
        Assert.Equal(others, await OrphansAsync(server, database));
    }

    // An address that names the moment and the language shows the same whoever asks, and no other moment's.
    private static async Task AreKeptByTheirAddressAsync(ServerProcess server, string plan, string foundAt, byte[] english)
    {
        string address = $"/api/plans/{plan}/proposals/pictures/0";
        (string unnamed, string? kept) = await PictureAsync(address, "vi");
        Assert.NotEqual(Sha256(english), unnamed);
        Assert.Equal("no-store", kept);
        string named = $"{address}?found={Uri.EscapeDataString(foundAt)}";
        Assert.Equal((unnamed, "no-store"), await PictureAsync(named, "vi"));
        Assert.Equal((unnamed, "max-age=3600, private"), await PictureAsync(named + "&language=vi", "en"));
        Assert.Equal((Sha256(english), "max-age=3600, private"), await PictureAsync(named + "&language=en", "vi"));
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"{address}?found={Uri.EscapeDataString(DateTimeOffset.Parse(foundAt, CultureInfo.InvariantCulture).AddTicks(-10).ToString("O", CultureInfo.InvariantCulture))}&language=en")).Status);

        static string Sha256(byte[] picture) => Convert.ToHexStringLower(SHA256.HashData(picture));

        async Task<(string Sha256, string? Kept)> PictureAsync(string address, string reader)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.AcceptLanguage.ParseAdd(reader);
            using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancelled);
            return (Sha256(await answer.Content.ReadAsByteArrayAsync(Cancelled)), answer.Headers.CacheControl?.ToString());
        }
    }

    // Files that nothing refers to, of a record that is whole.
    private static async Task<string[]> OrphansAsync(ServerProcess server, string[] database)
    {
        using Process check = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "db", "check", "--data", server.DataFolder, .. database]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string told = await check.StandardOutput.ReadToEndAsync(Cancelled);
        await check.WaitForExitAsync(Cancelled);
        Assert.Equal((0, true), (check.ExitCode, told.Contains("All is well", StringComparison.Ordinal)));
        return [.. told.Split('\n').Where(line => line.Contains("nothing refers to /", StringComparison.Ordinal))];
    }

    private static Task<(int Status, JsonElement Body)> AskAsync(ServerProcess server, string plan, string landmark, double liftMm) =>
        server.SendAsync(HttpMethod.Post, $"/api/plans/{plan}/proposals", new { wish = new[] { new { landmark, liftMm } } });

    private static async Task<(string? Job, string? Problem, JsonValueKind Found)> StandingAsync(ServerProcess server, string plan)
    {
        JsonElement standing = await server.GetAsync($"/api/plans/{plan}/proposals");
        return (standing.GetProperty("job").GetString(), standing.GetProperty("problem").GetString(), standing.GetProperty("found").ValueKind);
    }

    private static Task<byte[][]> PicturesAsync(ServerProcess server, string plan, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => server.Http.GetByteArrayAsync($"/api/plans/{plan}/proposals/pictures/{number}", Cancelled)));
}
