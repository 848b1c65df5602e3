using System.Text.Json;

namespace Threadwell.Tests.Shared;

/// <summary>Steps that several tests take.</summary>
internal static class Steps
{
    public static readonly object Patient = new { ageYears = 52, sex = "female", laxity = "moderate" };

    /// <summary>Key of the sample patient of a name.</summary>
    public static async Task<string> SampleAsync(this ServerProcess server, string name = "Sample A") =>
        (await server.GetAsync("/api/scans")).EnumerateArray().First(scan => scan.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    /// <summary>The standard plan of an area on a scan.</summary>
    public static async Task<JsonElement> SuggestAsync(this ServerProcess server, string scan, string area = "jawline", string material = "PDO")
    {
        (int status, JsonElement plan) = await server.SendAsync(HttpMethod.Post, $"/api/scans/{scan}/suggest", new { area, material, patient = Patient });
        Assert.Equal(200, status);
        return plan;
    }

    /// <summary>A kept plan with the standard threads of an area.</summary>
    public static async Task<(string Id, JsonElement Plan)> AddPlanAsync(this ServerProcess server, string scan, string name = "Jawline", string area = "jawline")
    {
        JsonElement plan = await server.SuggestAsync(scan, area);
        (int status, JsonElement added) = await server.SendAsync(HttpMethod.Post, "/api/plans", new { scanId = scan, name, plan });
        Assert.Equal(201, status);
        return (added.GetProperty("id").GetString()!, plan);
    }
}
