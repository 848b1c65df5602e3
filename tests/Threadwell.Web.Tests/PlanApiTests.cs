using System.Text.Json;
using System.Text.Json.Nodes;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

public sealed class PlanApiTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    [Fact]
    public async Task A_draft_is_kept_by_revision_and_a_second_page_cannot_overwrite_it_unseen()
    {
        (string id, JsonElement plan) = await server.AddPlanAsync(await server.SampleAsync());
        JsonNode draft = JsonSerializer.SerializeToNode(plan)!;
        draft["threads"]![0]!["depthMm"] = 4.5;
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = 1, name = "Mine", draft });
        Assert.Equal((200, 2L), (status, body.GetProperty("revision").GetInt64()));
        (status, body) = await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = 1, name = "Theirs", draft });
        Assert.Equal((409, 2L), (status, body.GetProperty("revision").GetInt64()));
        body = await server.GetAsync($"/api/plans/{id}");
        Assert.Equal("Mine", body.GetProperty("name").GetString());
        Assert.Equal(4.5, body.GetProperty("draft").GetProperty("threads")[0].GetProperty("depthMm").GetDouble());
    }

    [Fact]
    public async Task A_version_stays_while_the_draft_goes_on()
    {
        (string id, JsonElement plan) = await server.AddPlanAsync(await server.SampleAsync());
        Assert.Equal(201, (await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/versions", new { note = "as agreed" })).Status);
        byte[] kept = await server.Http.GetByteArrayAsync($"/api/plans/{id}/versions/1", TestContext.Current.CancellationToken);
        JsonNode draft = JsonSerializer.SerializeToNode(plan)!;
        draft["threads"]!.AsArray().RemoveAt(0);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = 1, name = "Jawline", draft })).Status);
        Assert.Equal(kept, await server.Http.GetByteArrayAsync($"/api/plans/{id}/versions/1", TestContext.Current.CancellationToken));
        Assert.Equal(plan.GetProperty("threads").GetArrayLength(), JsonSerializer.Deserialize<JsonElement>(kept).GetProperty("threads").GetArrayLength());
        JsonElement version = (await server.GetAsync($"/api/plans/{id}")).GetProperty("versions")[0];
        Assert.Equal((1, "as agreed"), (version.GetProperty("number").GetInt32(), version.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task An_unfinished_draft_is_kept_but_no_version_of_it()
    {
        (string id, JsonElement plan) = await server.AddPlanAsync(await server.SampleAsync());
        JsonNode draft = JsonSerializer.SerializeToNode(plan)!;
        draft["threads"] = new JsonArray();
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/api/plans/{id}", new { revision = 1, name = "Empty", draft })).Status);
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Post, $"/api/plans/{id}/predictions", new { months = 12 });
        Assert.Equal((422, "threads"), (status, body.GetProperty("place").GetString()));
    }

    [Fact]
    public async Task Lift_follows_the_plan_and_the_refined_lift_is_near_the_coarse_one()
    {
        string scan = await server.SampleAsync();
        JsonElement plan = await server.SuggestAsync(scan);
        JsonElement coarse = await PreviewAsync(scan, plan, refine: false);
        JsonElement refined = await PreviewAsync(scan, plan, refine: true);
        Assert.Null(coarse.GetProperty("failure").GetString());
        Dictionary<string, double> released = Lifts(refined);
        Assert.NotEmpty(released);
        foreach ((string landmark, double lift) in Lifts(coarse))
        {
            Assert.True(released[landmark] > 0.3, $"{landmark} is hardly lifted");
            Assert.InRange(lift / released[landmark], 0.85, 1.15);
        }

        byte[] carrier = await server.Http.GetByteArrayAsync($"/api/previews/{coarse.GetProperty("mesh").GetString()}/carrier", TestContext.Current.CancellationToken);
        uint moving = BitConverter.ToUInt32(carrier, 0);
        uint columns = BitConverter.ToUInt32(carrier, 4);
        Assert.Equal(8 + (28 * moving), (uint)carrier.Length);
        Assert.Equal(12 * columns, (uint)coarse.GetProperty("displacement").GetBytesFromBase64().Length);
        Assert.Equal(4 * columns, (uint)coarse.GetProperty("dimpling").GetBytesFromBase64().Length);
        Assert.Equal(plan.GetProperty("threads").GetArrayLength(), coarse.GetProperty("threads").GetArrayLength());
        Assert.All(coarse.GetProperty("threads").EnumerateArray(), thread => Assert.NotEqual(0, thread.GetProperty("barbs").GetArrayLength()));

        JsonNode without = JsonSerializer.SerializeToNode(plan)!;
        without["threads"] = new JsonArray();
        Assert.All(Lifts(await PreviewAsync(scan, JsonSerializer.SerializeToElement(without), refine: false)).Values, lift => Assert.InRange(lift, -0.01, 0.01));
    }

    private static Dictionary<string, double> Lifts(JsonElement preview) => preview.GetProperty("lifts").EnumerateArray().ToDictionary(
        lift => lift.GetProperty("landmark").GetString()!, lift => lift.GetProperty("liftMm").GetDouble(), StringComparer.Ordinal);

    private async Task<JsonElement> PreviewAsync(string scan, JsonElement plan, bool refine)
    {
        while (true)
        {
            (int status, JsonElement body) = await server.SendAsync(HttpMethod.Post, $"/api/scans/{scan}/preview", new { plan, refine });
            if (status == 200)
            {
                return body;
            }

            Assert.Equal(202, status);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
