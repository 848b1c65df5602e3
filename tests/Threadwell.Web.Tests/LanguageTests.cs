using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>What the engine says reaches a Vietnamese reader in Vietnamese; what programs read, and the files, stay as they are.</summary>
public sealed class LanguageTests(SharedServer shared) : IAsyncLifetime
{
    private readonly ServerProcess server = shared.Server;
    private HttpClient reader = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        reader = await server.SignInAsync("doctor");
        reader.DefaultRequestHeaders.AcceptLanguage.ParseAdd("vi");
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi", "vi")]
    [InlineData("vi-VN", "vi")]
    [InlineData("VI-vn,en;q=0.8", "vi")]
    [InlineData("vi;q=0,en-GB", "en")]
    [InlineData("fr-FR,vi-VN;q=0.7,en;q=0.3", "vi")]
    [InlineData("fr", "en")]
    [InlineData("*", "en")]
    public async Task A_page_comes_in_the_language_that_the_browser_would_rather_have(string accepted, string language)
    {
        using HttpClient stranger = server.Stranger();
        stranger.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted);
        Assert.Contains($"<html lang=\"{language}\"", await stranger.GetStringAsync("/questions", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_upload_is_told_in_the_readers_language_and_with_its_place()
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("v 1 2\n"));
        HttpResponseMessage answer = await reader.PostAsync("/api/scans?name=face.obj", content, Cancelled);
        string job = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("job").GetString()!;
        string events = await reader.GetStringAsync($"/api/jobs/{job}/events", Cancelled);
        JsonElement last = JsonSerializer.Deserialize<JsonElement>(events.Split('\n').Last(line => line.StartsWith("data:", StringComparison.Ordinal))[5..]);
        Assert.Equal(("failed", "đỉnh 1 có 2 tọa độ thay vì 3", "dòng 1"), (Text(last, "state"), Text(last, "problem"), Text(last, "place")));
        JsonElement english = await server.FollowAsync(job);
        Assert.Equal(("vertex 1 has 2 coordinates instead of 3", "line 1"), (Text(english, "problem"), Text(english, "place")));
    }

    [Fact]
    public async Task A_problem_document_keeps_its_place_and_says_the_rest_in_the_readers_language()
    {
        JsonElement plan = await server.SuggestAsync(await server.SampleAsync());
        HttpResponseMessage answer = await reader.PostAsJsonAsync("/api/plans", new { scanId = Guid.Empty, name = "Hàm", plan }, Cancelled);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal((422, "scanId"), ((int)answer.StatusCode, Text(problem, "place")));
        Assert.Equal(("không có bản quét này.", "Không dùng được dữ liệu này."), (Text(problem, "detail"), Text(problem, "title")));
    }

    [Fact]
    public async Task Zones_and_refused_areas_are_named_in_the_readers_language_beside_their_names_in_files()
    {
        string scan = await server.SampleAsync();
        JsonElement zone = (await reader.GetFromJsonAsync<JsonElement>($"/api/scans/{scan}/zones", Cancelled)).EnumerateArray().First(candidate => Text(candidate, "structure") == "facial artery, left");
        Assert.Equal("động mạch mặt, trái", Text(zone, "name"));
        JsonElement areas = await reader.GetFromJsonAsync<JsonElement>($"/api/scans/{scan}/areas", Cancelled);
        Assert.All(areas.GetProperty("refused").EnumerateArray(), refused => Assert.StartsWith("không dùng chỉ cho ", Text(refused, "refusal"), StringComparison.Ordinal));

        JsonElement plan = await server.SuggestAsync(scan);
        HttpResponseMessage answer = await reader.PostAsJsonAsync($"/api/scans/{scan}/check", plan, Cancelled);
        JsonElement[] warnings = [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("warnings").EnumerateArray()];
        Assert.NotEmpty(warnings);
        Assert.All(warnings, warning => Assert.NotEqual(Text(warning, "reason"), Text(warning, "why")));
    }

    [Fact]
    public async Task A_plan_file_is_the_same_in_every_language_and_its_sentences_can_be_asked_for()
    {
        string scan = await server.SampleAsync();
        HttpResponseMessage answer = await reader.PostAsJsonAsync($"/api/scans/{scan}/suggest", new { area = "jawline", material = "PDO", patient = Steps.Patient }, Cancelled);
        JsonElement plan = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal((await server.SuggestAsync(scan)).GetRawText(), plan.GetRawText());

        string[] sentences = [Text(plan.GetProperty("threads")[0], "reason")!, .. plan.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!), "Written by hand."];
        answer = await reader.PostAsJsonAsync("/api/sentences", new { sentences }, Cancelled);
        string[] said = [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("said").EnumerateArray().Select(sentence => sentence.GetString()!)];
        Assert.Equal(sentences.Length, said.Length);
        Assert.Equal("Dọc theo hàm từ trước tai đến má xệ, nông hơn SMAS (E-131, E-135): kéo má xệ ra sau và lên trên.", said[0]);
        Assert.DoesNotContain(said[..^1], sentences.Contains);
        Assert.Equal("Written by hand.", said[^1]);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
