using System.IO.Compression;
using System.Net;
using System.Text;

namespace Threadwell.Web.Tests;

/// <summary>Pages are compressed for the site's own requests alone; scripts and styles for everybody.</summary>
/// <param name="shared">A server.</param>
public sealed class CompressionTests(SharedServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_another_site_caused_is_answered_as_it_is()
    {
        HttpClient browser = shared.Server.Http;
        foreach ((string? from, bool compressed) in ((string?, bool)[])[("none", true), ("same-origin", true), ("same-site", false), ("cross-site", false), (null, false)])
        {
            using HttpResponseMessage answer = await AskAsync(browser, "/patients", from, "br, gzip");
            Assert.Equal(compressed, answer.Content.Headers.ContentEncoding.Contains("br"));
            using Stream body = await answer.Content.ReadAsStreamAsync(Cancelled);
            using var reader = new StreamReader(compressed ? new BrotliStream(body, CompressionMode.Decompress) : body, Encoding.UTF8);
            Assert.Contains("</html>", await reader.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task A_style_comes_as_the_browser_takes_it(string takes, string? coding)
    {
        using HttpClient browser = shared.Server.Stranger();
        string page = await browser.GetStringAsync("/sign-in", Cancelled);
        string style = "/assets/site-" + page.Split("/assets/site-")[1].Split('"')[0];
        byte[] plain = await browser.GetByteArrayAsync(style, Cancelled);
        using HttpResponseMessage answer = await AskAsync(browser, style, "cross-site", takes);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using Stream body = await answer.Content.ReadAsStreamAsync(Cancelled);
        using Stream opened = coding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var copy = new MemoryStream();
        await opened.CopyToAsync(copy, Cancelled);
        Assert.Equal(plain, copy.ToArray());
        using HttpResponseMessage direct = await browser.GetAsync(style + ".br", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, direct.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient browser, string address, string? from, string takes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", takes);
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        return await browser.SendAsync(request, Cancelled);
    }
}
