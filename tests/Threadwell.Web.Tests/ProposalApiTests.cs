using System.Text.Json;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>Starting and cancelling a search for plans; what a search finds is the engine's tests' (Planning).</summary>
public sealed class ProposalApiTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    [Fact]
    public async Task A_search_is_refused_for_a_wish_without_sense_and_can_be_cancelled()
    {
        (string id, _) = await server.AddPlanAsync(await server.SampleAsync());
        async Task<(int Status, JsonElement Body)> AskAsync(string landmark, double liftMm) =>
            await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/proposals", new { wish = new[] { new { landmark, liftMm } } });
        (int status, JsonElement refused) = await AskAsync("umbilicus", 2);
        Assert.Equal((422, "umbilicus"), (status, refused.GetProperty("place").GetString()));
        Assert.Equal(422, (await AskAsync("jowl", -1)).Status);
        Assert.Equal(422, (await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/proposals", new { wish = Array.Empty<object>() })).Status);

        (status, JsonElement started) = await AskAsync("jowl", 2);
        Assert.Equal(202, status);
        string job = started.GetProperty("job").GetString()!;
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/jobs/{job}")).Status);
        Assert.Equal("cancelled", (await server.FollowAsync(job)).GetProperty("state").GetString());
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, $"/api/plans/{id}/proposals/{job}")).Status);
    }
}
