using System.Text.RegularExpressions;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>The Learn page as somebody without an account and without scripts gets it.</summary>
public sealed partial class LearnTests(SharedServer shared)
{
    private static readonly string[] Steps = ["insert", "anchor", "respond", "build", "dissolve", "remain"];

    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "The thread dissolves", "Model estimate", "0.28 mg")]
    [InlineData("vi", "Sợi chỉ tiêu dần", "Ước tính của mô hình", "0,28 mg")]
    public async Task Every_step_stands_in_the_page_with_its_picture_and_says_that_it_is_an_estimate(string language, string heading, string estimate, string number)
    {
        string page = System.Net.WebUtility.HtmlDecode(await PageAsync(language));
        Assert.Contains(heading, page, StringComparison.Ordinal);
        Assert.Contains(number, page, StringComparison.Ordinal);
        string[] figures = [.. Figures().Matches(page).Select(match => match.Value)];
        Assert.Equal(Steps.Length + 1, figures.Length);
        Assert.All(figures, figure => Assert.Contains(estimate, figure, StringComparison.Ordinal));
        Assert.All(figures, figure => Assert.Matches("<svg[^>]* role=\"img\" aria-label=\"[^\"]{30,}\"", figure));
        Assert.All(Steps, step => Assert.Contains($"id=\"{step}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_pictures_are_kept_for_ever_and_nothing_is_inline()
    {
        string page = await PageAsync("en");
        Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*(src=|application/json))", page);
        string[] pictures = [.. Pictures().Matches(page).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        Assert.True(pictures.Length >= 15);
        foreach (string picture in pictures)
        {
            using HttpResponseMessage answer = await server.Http.GetAsync(new Uri(picture, UriKind.Relative), Cancelled);
            Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
            Assert.True(answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300));
        }
    }

    [Fact]
    public async Task Both_sides_of_how_long_it_lasts_stand_there_with_their_sources_and_every_source_has_its_page()
    {
        string page = await PageAsync("en");
        Assert.Contains("3 to 5 years", page, StringComparison.Ordinal);
        Assert.Contains("6 to 24 months", page, StringComparison.Ordinal);
        string[] sources = [.. Sources().Matches(page).Select(match => match.Groups["address"].Value).Distinct(StringComparer.Ordinal)];
        Assert.Contains("/evidence/E-188", sources);
        Assert.Contains("/evidence/C-01", sources);
        foreach (string source in sources)
        {
            using HttpResponseMessage answer = await server.Http.GetAsync(new Uri(source, UriKind.Relative), Cancelled);
            Assert.True(answer.IsSuccessStatusCode, source);
        }
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/evidence")]
    public async Task Who_has_no_account_finds_it(string address) =>
        Assert.Contains("href=\"/learn\"", await server.Http.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled), StringComparison.Ordinal);

    private async Task<string> PageAsync(string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/learn");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancelled);
        Assert.True(answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    [GeneratedRegex("<figure .*?</figure>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Figures();

    [GeneratedRegex("/assets/[a-z0-9-]+\\.webp", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Pictures();

    [GeneratedRegex("href=\"(?<address>/evidence/[^\"#]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Sources();
}
