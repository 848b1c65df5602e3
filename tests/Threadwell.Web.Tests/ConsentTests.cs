using System.Net;
using System.Text.RegularExpressions;
using SkiaSharp;
using Threadwell.Tests.Shared;
using UglyToad.PdfPig;

namespace Threadwell.Web.Tests;

public sealed partial class ConsentTests(SharedServer shared)
{
    private const string Name = "Vũ Thị Ánh Nguyệt";
    private static readonly string[] AllYes = ["yes", "yes", "yes", "yes", "yes"];

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly Dictionary<string, (Uri Record, string Plan, string Version)> Planned = new(StringComparer.Ordinal);

    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_chosen_before_a_person_chooses_it()
    {
        (Uri record, _, string version) = await PlannedAsync();
        string page = await server.ConsentPageAsync(record, $"about={version}&language=en");
        Assert.Equal(5, Regex.Count(page, "class=\"card consent-decision\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotMatch(CheckedInput(), page);
    }

    [Fact]
    public async Task The_text_follows_from_the_plan_in_the_language_that_was_chosen()
    {
        (Uri record, _, string version) = await PlannedAsync("PLLA");
        string english = await server.ConsentPageAsync(record, $"about={version}&language=en");
        Assert.Contains("poly-L-lactic acid (PLLA): often takes over 2 years to dissolve", Words(english), StringComparison.Ordinal);
        Assert.Contains("jawline, left", english, StringComparison.Ordinal);
        Assert.Contains("A surgical lift", Words(english), StringComparison.Ordinal);
        Assert.Contains("Doctors often say the effect lasts 3 to 5 years", Words(english), StringComparison.Ordinal);
        Assert.Contains("Measured lift has usually faded much sooner", Words(english), StringComparison.Ordinal);
        Assert.Contains("we expect it to return towards where it would have been, not below", Words(english), StringComparison.Ordinal);
        Assert.DoesNotContain("polydioxanone", english, StringComparison.Ordinal);
        string vietnamese = await server.ConsentPageAsync(record, $"about={version}&language=vi");
        Assert.Contains("axit poly-L-lactic (PLLA): thường cần hơn 2 năm để tiêu", Words(vietnamese), StringComparison.Ordinal);
        Assert.Contains("lang=\"vi\"", vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Risks_are_ranges_with_their_sources_and_mixed_ones_are_never_mingled_with_them()
    {
        (Uri record, _, string version) = await PlannedAsync();
        string text = Words(await server.ConsentPageAsync(record, $"about={version}&language=en"));
        int absorbable = text.IndexOf("Measured with absorbable threads", StringComparison.Ordinal);
        int mixed = text.IndexOf("Pooled from studies that mix", StringComparison.Ordinal);
        int reported = text.IndexOf("Also reported; how often it happens is not known", StringComparison.Ordinal);
        Assert.True(absorbable > 0 && absorbable < mixed && mixed < reported);
        Assert.Contains("dimples 2.1 to 6.2 0.7 to 11 E-093, E-095, E-098", text[absorbable..mixed], StringComparison.Ordinal);
        Assert.Contains("infection 6.2 3.4 to 11 E-093", text[absorbable..mixed], StringComparison.Ordinal);
        Assert.DoesNotContain("E-100", text[..reported], StringComparison.Ordinal);
        Assert.DoesNotContain("40.5", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_yes_becomes_a_consent_of_its_own_and_a_no_none()
    {
        (Uri record, _, string version) = await PlannedAsync();
        using HttpResponseMessage signed = await server.SignAsync(record, $"about={version}&language=vi", Name, ["yes", "yes", "no", "yes", "no"]);
        string consent = signed.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith("/consents/", consent, StringComparison.Ordinal);
        string page = WebUtility.HtmlDecode(await signed.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(3, ConsentLink().Matches(page).Select(match => match.Value).Append(consent).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("BS. Nguyễn Minh Anh", page, StringComparison.Ordinal);

        byte[] pdf = await server.Http.GetByteArrayAsync(consent + "/pdf", Cancelled);
        using PdfDocument document = PdfDocument.Open(pdf);
        string text = string.Concat(document.GetPages().Select(sheet => sheet.Text));
        Assert.Contains($"Người ký: {Name} ", text, StringComparison.Ordinal);
        Assert.Contains("Trước sự chứng kiến của: BS. Nguyễn Minh Anh ", text, StringComparison.Ordinal);
        Assert.Contains("Điều trị: Đồng ý. Tôi đồng ý căng chỉ theo kế hoạch ở trên. ", text, StringComparison.Ordinal);
        Assert.Contains("Dùng ảnh của tôi vào việc khác: Không. ", text, StringComparison.Ordinal);
        string hash = HashOnPage().Match(page).Groups["hash"].Value;
        Assert.Contains(hash, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes,yes,,no,no", Name, "choice-2")]
    [InlineData("no,no,no,no,no", Name, "problems")]
    [InlineData("yes,no,no,no,no", "Vũ Thị Ánh", "signature-problem")]
    [InlineData("yes,no,no,no,no", "", "signature-problem")]
    public async Task An_unfinished_form_is_refused_and_keeps_its_answers(string answers, string name, string place)
    {
        (Uri record, _, string version) = await PlannedAsync();
        using HttpResponseMessage refused = await server.SignAsync(record, $"about={version}&language=vi", name, answers.Split(','));
        Assert.EndsWith("/consent", refused.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        string page = await refused.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains($"\"{place}\"", page, StringComparison.Ordinal);
        Assert.Equal(answers.Split(',').Count(answer => answer.Length > 0), Regex.Count(page, "name=\"Form.Choices[^>]*checked", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task What_has_changed_since_it_was_shown_is_not_signed()
    {
        (Uri record, _, string version) = await PlannedAsync();
        string english = ConsentSteps.Shown().Match(await server.ConsentPageAsync(record, $"about={version}&language=en")).Groups["hash"].Value;
        using HttpResponseMessage refused = await server.SignAsync(record, $"about={version}&language=vi", Name, AllYes, shown: english);
        Assert.Contains("id=\"problems\"", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drawn_signature_is_kept_as_a_picture_of_its_own_and_an_empty_one_refused()
    {
        (Uri record, _, string version) = await PlannedAsync();
        using HttpResponseMessage empty = await server.SignAsync(record, $"about={version}&language=vi", null, AllYes, Drawing(drawn: false));
        Assert.Contains("\"signature-problem\"", await empty.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using HttpResponseMessage foreign = await server.SignAsync(record, $"about={version}&language=vi", null, AllYes, "data:image/svg+xml;base64,PHN2Zy8+");
        Assert.Contains("\"signature-problem\"", await foreign.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using HttpResponseMessage signed = await server.SignAsync(record, $"about={version}&language=vi", null, AllYes, Drawing(drawn: true));
        using SKBitmap kept = SKBitmap.Decode(await server.Http.GetByteArrayAsync(signed.RequestMessage!.RequestUri!.AbsolutePath + "/signature.png", Cancelled));
        Assert.Equal((90, 30), (kept.Width, kept.Height));
        Assert.Equal(SKColors.White, kept.GetPixel(2, 2));
        Assert.Equal(SKColors.Black, kept.GetPixel(45, 15));
    }

    [Fact]
    public async Task A_signed_plan_stays_and_its_draft_goes_on()
    {
        (Uri record, string plan, string version) = await PlannedAsync();
        (await server.SignAsync(record, $"about={version}&language=vi", Name, AllYes)).Dispose();
        (int status, System.Text.Json.JsonElement body) = await server.SendAsync(HttpMethod.Delete, $"/api/plans/{plan}");
        Assert.Equal(422, status);
        Assert.Contains("consent to version 1", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        System.Text.Json.JsonElement kept = await server.GetAsync($"/api/plans/{plan}");
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/api/plans/{plan}", new { revision = 1, name = "Khác", draft = kept.GetProperty("draft") })).Status);
    }

    [Fact]
    public async Task A_withdrawal_is_kept_with_its_reason_and_shown()
    {
        (Uri record, _, string version) = await PlannedAsync();
        using HttpResponseMessage signed = await server.SignAsync(record, $"about={version}&language=vi", Name, ["yes", "no", "no", "no", "no"]);
        string consent = signed.RequestMessage!.RequestUri!.AbsolutePath;
        using HttpResponseMessage withdrawn = await server.Http.PostFormAsync(consent, consent + "/withdraw", new() { ["reason"] = "Tôi đổi ý" });
        Assert.Contains("Tôi đổi ý", WebUtility.HtmlDecode(await withdrawn.Content.ReadAsStringAsync(Cancelled)), StringComparison.Ordinal);
        using PdfDocument document = PdfDocument.Open(await server.Http.GetByteArrayAsync(consent + "/pdf", Cancelled));
        string text = string.Concat(document.GetPages().Select(sheet => sheet.Text));
        Assert.Contains("Đã rút lại lúc", text, StringComparison.Ordinal);
        Assert.Contains("Lý do: Điều trị. Tôi đổi ý", text, StringComparison.Ordinal);
        string page = WebUtility.HtmlDecode(await server.Http.GetStringAsync(consent, Cancelled));
        Assert.DoesNotContain($"action=\"{consent}/withdraw\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_registry_and_messages_need_no_plan()
    {
        Uri record = await server.OpenRecordAsync(Name, "04/05/1982");
        using HttpResponseMessage signed = await server.SignAsync(record, "about=none&language=vi", Name, ["yes", "no", "no", "yes"]);
        Assert.StartsWith("/consents/", signed.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_patient_s_plan_is_not_found()
    {
        (_, _, string version) = await PlannedAsync();
        Uri other = await server.OpenRecordAsync("Hồ Ngọc Lan", "01/02/1983");
        using HttpResponseMessage page = await server.Http.GetAsync(new Uri($"{other.AbsolutePath}/consent?about={version}", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using HttpResponseMessage picture = await server.Http.GetAsync(new Uri($"{other.AbsolutePath}/consent/pictures/{version}/0", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, picture.StatusCode);
    }

    [Fact]
    public async Task A_consultation_without_a_prediction_says_so_and_tells_the_rest()
    {
        (Uri record, _, _) = await PlannedAsync();
        string page = WebUtility.HtmlDecode(await server.Http.GetStringAsync(record.AbsolutePath + "/consultation", Cancelled));
        Assert.Contains("There is no prediction for this record yet", page, StringComparison.Ordinal);
        Assert.Contains("Doctors often say the effect lasts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"face\"", page, StringComparison.Ordinal);
    }

    // One record a material for all tests: reading its scan takes seconds.
    private async Task<(Uri Record, string Plan, string Version)> PlannedAsync(string material = "PDO")
    {
        await Gate.WaitAsync(Cancelled);
        try
        {
            if (!Planned.TryGetValue(material, out (Uri Record, string Plan, string Version) planned))
            {
                Uri record = await server.OpenRecordAsync(Name, $"0{Planned.Count + 1}/04/1981");
                (string plan, string version) = await server.KeepPlanAsync(await server.AddScanAsync(record), material);
                planned = (record, plan, version);
                Planned.Add(material, planned);
            }

            return planned;
        }
        finally
        {
            Gate.Release();
        }
    }

    // What is read on a page: its text without marks of HTML, with single spaces.
    private static string Words(string html) => Spaces().Replace(Tags().Replace(html[html.IndexOf("id=\"shown\"", StringComparison.Ordinal)..], " "), " ").Replace(" ,", ",", StringComparison.Ordinal);

    private static string Drawing(bool drawn)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(90, 30, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(SKColors.Transparent);
        if (drawn)
        {
            using var canvas = new SKCanvas(bitmap);
            using var pen = new SKPaint { Color = SKColors.Black, StrokeWidth = 6 };
            canvas.DrawLine(10, 15, 80, 15, pen);
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return "data:image/png;base64," + Convert.ToBase64String(png.ToArray());
    }

    [GeneratedRegex("<input type=\"radio\"[^>]*checked", RegexOptions.None, 1000)]
    private static partial Regex CheckedInput();

    [GeneratedRegex("/consents/[0-9a-f-]{36}(?=\")", RegexOptions.None, 1000)]
    private static partial Regex ConsentLink();

    [GeneratedRegex("<dd class=\"consent-hash\">(?<hash>[0-9a-f]{64})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashOnPage();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
