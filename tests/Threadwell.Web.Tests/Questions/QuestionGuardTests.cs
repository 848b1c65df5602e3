using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Threadwell.Care.Questions;
using Threadwell.Storage.Files;
using Threadwell.Storage.Questions;
using Threadwell.Web.Questions;

namespace Threadwell.Web.Tests.Questions;

/// <summary>What stands between the open form and the clinic: the emergency gate, the warning, traps, work, limits, hostile words and hostile files.</summary>
public sealed partial class QuestionGuardTests(QuestionClinic clinic) : IClassFixture<QuestionClinic>
{
    private const string Usual = "How long does a thread lift of the jawline last?";

    private static readonly string[] HostileWords =
    [
        "<script>alert(1)</script>",
        "\"><script src=//evil.example></script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "'\"--></style></script><iframe src=javascript:alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "{{constructor.constructor('alert(1)')()}}",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "]]><script>alert(1)</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "\u202Egnp.exe\u202C <b onmouseover=alert(1)>x</b>",
        "\u0000<script>alert(1)</script>\uFFFE",
        "@Html.Raw(\"<script>\")",
        "<base href=//evil.example><form action=//evil.example>",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Em bị khó thở từ sáng nay sau khi căng chỉ, phải làm sao?")]
    [InlineData("Em bi kho tho tu sang nay sau khi cang chi, phai lam sao?")]
    public async Task An_emergency_is_not_sent_before_its_writer_says_that_it_is_none(string text)
    {
        using HttpClient asker = clinic.Visitor("vi");
        Dictionary<string, string> fields = QuestionClinic.Fields(text, $"a{Guid.NewGuid():n}@mail.example");
        using HttpResponseMessage gate = await QuestionClinic.AskAsync(asker, fields);
        string page = WebUtility.HtmlDecode(await gate.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(HttpStatusCode.OK, gate.StatusCode);
        Assert.Contains("data-level=\"emergency\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:115\"", page, StringComparison.Ordinal);
        Assert.Contains(text, page, StringComparison.Ordinal);
        using HttpResponseMessage sent = await QuestionClinic.AskAsync(asker, new(fields, StringComparer.Ordinal) { ["Form.NoEmergency"] = "true" });
        Assert.Equal("/ask/sent?by=mail", QuestionClinic.Led(sent));
    }

    [Fact]
    public async Task What_may_tell_who_asks_is_shown_before_it_is_sent()
    {
        using HttpClient asker = clinic.Visitor();
        Dictionary<string, string> fields = QuestionClinic.Fields("My name is Mai Nguyen, call me on 0912 345 678 about my threads.");
        using HttpResponseMessage warned = await QuestionClinic.AskAsync(asker, fields);
        string page = await warned.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("<q>0912 345 678</q>", page, StringComparison.Ordinal);
        Assert.Contains("<q>My name is Mai Nguyen</q>", page, StringComparison.Ordinal);
        using HttpResponseMessage sent = await QuestionClinic.AskAsync(asker, new(fields, StringComparer.Ordinal) { ["Form.KeepsIdentity"] = "true" });
        Assert.Equal("/ask/sent?by=mail", QuestionClinic.Led(sent));
    }

    [Theory]
    [InlineData("Form.Topic", "politics", "Choose what it is about.")]
    [InlineData("Form.AgeBand", "", "Choose your age.")]
    [InlineData("Form.Text", "Why?", "Write a little more")]
    [InlineData("Form.Email", "nobody", "Give an e-mail address like")]
    [InlineData("Form.Email", "a@b.example\r\nBcc: all@evil.example", "Give an e-mail address like")]
    public async Task What_is_wrong_is_said_at_its_field(string field, string value, string said)
    {
        using HttpClient asker = clinic.Visitor();
        using HttpResponseMessage refused = await QuestionClinic.AskAsync(asker, new(QuestionClinic.Fields(Usual), StringComparer.Ordinal) { [field] = value }, works: false);
        string page = await refused.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains($"aria-describedby=\"{field.ToLowerInvariant().Replace('.', '-')}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0301")]
    [InlineData("\u0301\u0323")]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("không ")]
    public async Task Megabytes_in_a_field_are_refused_at_once(string part)
    {
        using HttpClient asker = clinic.Visitor();
        string huge = string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length));
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        using HttpResponseMessage refused = await QuestionClinic.AskAsync(asker, new(QuestionClinic.Fields(huge, huge), StringComparer.Ordinal) { ["Form.Topic"] = huge, ["Form.Ticket"] = huge, ["Form.Proof"] = huge });
        string page = await refused.Content.ReadAsStringAsync(Cancelled);
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("id=\"form-text-problem\"", page, StringComparison.Ordinal);
        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took.TotalSeconds:0.0} s.");
    }

    [Fact]
    public async Task What_is_refused_uses_up_nothing_and_leaves_nothing()
    {
        FileStore files = clinic.App.App.Services.GetRequiredService<FileStore>();
        using HttpClient asker = clinic.Visitor();
        byte[] picture = Picture(SKEncodedImageFormat.Jpeg);
        int before = files.Names().Count();
        for (int number = 0; number < 3; number++)
        {
            using HttpResponseMessage refused = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual, "again@mail.example"), works: true, ("good.jpg", WithNote(picture, "kept")), ("bad.jpg", picture[..(picture.Length / 2)]));
            Assert.Contains("One of the photos cannot be read", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        Assert.Equal(before, files.Names().Count());
        for (int number = 0; number < QuestionLimits.PerMailAddress; number++)
        {
            using HttpResponseMessage taken = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual, "again@mail.example"));
            Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        }
    }

    [Fact]
    public async Task A_machine_that_fills_in_what_nobody_sees_is_told_nothing_and_nothing_is_kept()
    {
        int before = await CountAsync();
        using HttpClient machine = clinic.Visitor();
        using HttpResponseMessage told = await QuestionClinic.AskAsync(machine, new(QuestionClinic.Fields(Usual), StringComparer.Ordinal) { ["Form.Website"] = "https://evil.example" }, works: false);
        Assert.Equal("/ask/sent?by=mail", QuestionClinic.Led(told));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_ticket_counts_once_and_only_with_its_work()
    {
        string ticket = clinic.App.App.Services.GetRequiredService<WorkTickets>().Make();
        string proof = ProofOfWork.Do(ticket);
        foreach ((string given, string done, bool taken) in ((string, string, bool)[])
            [(ticket, string.Join('.', Enumerable.Repeat("1", ProofOfWork.Puzzles)), false), (ticket + "x", proof, false), ("1." + ticket, proof, false), (ticket, proof, true), (ticket, proof, false)])
        {
            using HttpClient asker = clinic.Visitor();
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(asker, new(QuestionClinic.Fields(Usual, $"a{Guid.NewGuid():n}@mail.example"), StringComparer.Ordinal) { ["Form.Ticket"] = given, ["Form.Proof"] = done });
            Assert.Equal(taken ? HttpStatusCode.Found : HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Limits_hold_for_an_address_for_a_mailbox_and_for_whoever_does_no_work()
    {
        using HttpClient eager = clinic.Visitor();
        for (int number = 0; number <= QuestionLimits.PerAddress; number++)
        {
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(eager, QuestionClinic.Fields(Usual, $"eager{number}@mail.example"));
            Assert.Equal(number < QuestionLimits.PerAddress ? HttpStatusCode.Found : HttpStatusCode.TooManyRequests, answer.StatusCode);
            if (number == QuestionLimits.PerAddress)
            {
                // What was typed is not lost.
                Assert.Contains(Usual, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            }
        }

        for (int number = 0; number <= QuestionLimits.PerMailAddress; number++)
        {
            using HttpClient asker = clinic.Visitor();
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual, "One@mail.example"));
            Assert.Equal(number < QuestionLimits.PerMailAddress ? HttpStatusCode.Found : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        using HttpClient without = clinic.Visitor();
        for (int number = 0; number <= QuestionLimits.WithoutWorkPerAddress; number++)
        {
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(without, QuestionClinic.Fields(Usual, $"without{number}@mail.example"), works: false);
            Assert.Equal(number < QuestionLimits.WithoutWorkPerAddress ? HttpStatusCode.Found : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Hostile_words_stay_words_on_every_page_that_shows_them()
    {
        using HttpClient reader = clinic.Visitor();
        string all = string.Join("\n", HostileWords);
        string link = await clinic.AskAndConfirmAsync(clinic.Visitor(), $"I would like to know about threads.\n{all}");
        Guid id = (await clinic.KeptAsync(link)).Id;

        // A form in the usual coding that holds a zero is no form.
        all = all.Replace("\0", "", StringComparison.Ordinal);
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", all), ("then", "save")));
        string inbox = await clinic.Doctor.GetStringAsync($"/inbox/{id}", Cancelled);
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", all), ("then", "answer")));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, id, "publish", ("title", "</title><script>alert(1)</script> threads"), ("question", all), ("answer", all), ("checked", "true")));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, id, "publish", ("title", "</title><script>alert(1)</script> threads"), ("question", all), ("answer", "x" + all), ("checked", "true"), ("note", "<img src=x onerror=alert(1)>")));
        string address = "";
        await clinic.App.StoreAsync(async context => address = await context.PublishedAnswers.Where(row => row.QuestionId == id).Select(row => $"/questions/{row.Id}-{row.Slug}").SingleAsync(Cancelled));
        string[] pages =
        [
            inbox, await clinic.Doctor.GetStringAsync("/inbox", Cancelled), await clinic.Doctor.GetStringAsync($"/inbox/{id}", Cancelled), await reader.GetStringAsync(link, Cancelled), await reader.GetStringAsync(address, Cancelled),
            await reader.GetStringAsync("/questions?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"), Cancelled), await reader.GetStringAsync("/questions?q=script&topic=" + Uri.EscapeDataString("'\"><script>"), Cancelled),
            await reader.GetStringAsync("/questions?q=threads", Cancelled), await RefusedAsync(all),
        ];
        foreach (string page in pages)
        {
            // The program's own elements alone.
            Assert.DoesNotMatch("<script(?![^>]*(src=\"/assets/|type=\"application/json\"))", page);
            Assert.DoesNotMatch("<(iframe|svg/|math|base|style|object|embed|b |meta http-equiv)", page);

            // What stands in quotes is a value, which a quote of its own would have ended.
            Assert.DoesNotMatch("<[a-z][^<>]*\\son[a-z]+=", Value().Replace(page, "=\"\""));
            Assert.DoesNotMatch("\\s(href|src|action)=\"(javascript:|//evil)", page);
            Assert.DoesNotMatch("<[a-z][^<>]*\\s(href|src|action)=(javascript:|//evil)", Value().Replace(page, "=\"\""));
            Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        }

        XElement feed = XElement.Parse(await reader.GetStringAsync("/questions/feed.atom", Cancelled));
        Assert.Contains(feed.Descendants(feed.Name.Namespace + "content"), content => content.Value.Contains("<script>alert(1)</script>", StringComparison.Ordinal) && !content.HasElements);
    }

    [Fact]
    public async Task Hostile_files_are_refused_and_pictures_are_encoded_anew()
    {
        byte[] picture = Picture(SKEncodedImageFormat.Jpeg);
        (string Name, byte[] Content)[] refused =
        [
            ("page.jpg", "<html><script>alert(1)</script></html>"u8.ToArray()),
            ("picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray()),
            ("gif.jpg", "GIF89a/*<script>*/=alert(1)"u8.ToArray()),
            ("program.png", [.. "MZ"u8, .. new byte[4000]]),
            ("half.jpg", picture[..(picture.Length / 2)]),
            ("head.png", Picture(SKEncodedImageFormat.Png)[..40]),
            ("bomb.png", Bomb(60_000, 60_000)),
            ("negative.png", Bomb(-1, -1)),
            ("../../etc/passwd", "root:x:0:0"u8.ToArray()),
        ];
        foreach ((string name, byte[] content) in refused)
        {
            using HttpClient asker = clinic.Visitor();
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual, $"a{Guid.NewGuid():n}@mail.example"), works: true, (name, content));
            string page = await answer.Content.ReadAsStringAsync(Cancelled);
            Assert.True(answer.StatusCode == HttpStatusCode.OK && page.Contains("One of the photos cannot be read", StringComparison.Ordinal), $"{name}: {(int)answer.StatusCode}");
        }

        using (HttpClient asker = clinic.Visitor())
        using (HttpResponseMessage many = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual), works: true, [.. Enumerable.Repeat(("a.jpg", picture), 4)]))
        {
            Assert.Contains("At most 3 photos", await many.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        // What hides behind a picture, or in its notes, is gone; what comes back is a picture and nothing else.
        byte[] hiding = [.. WithNote(picture, "<script>alert(1)</script> 21.0278 N"), .. "PK\u0003\u0004<?php system($_GET[0]); ?>"u8];
        string link = await clinic.AskAndConfirmAsync(clinic.Visitor(), Usual, photos: [("me.php.jpg", hiding)]);
        Guid id = (await clinic.KeptAsync(link)).Id;
        QuestionPhoto photo = null!;
        await clinic.App.StoreAsync(async context => photo = await context.QuestionPhotos.AsNoTracking().SingleAsync(row => row.QuestionId == id, Cancelled));
        using HttpResponseMessage shown = await clinic.Doctor.GetAsync($"/inbox/{id}/photos/{photo.Id}", Cancelled);
        byte[] bytes = await shown.Content.ReadAsByteArrayAsync(Cancelled);
        string content2 = Encoding.Latin1.GetString(bytes);
        Assert.Equal(("image/jpeg", "nosniff"), (shown.Content.Headers.ContentType!.MediaType, shown.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("sandbox", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("script", content2, StringComparison.Ordinal);
        Assert.DoesNotContain("php", content2, StringComparison.Ordinal);
        Assert.DoesNotContain("21.0278", content2, StringComparison.Ordinal);

        // Sealed on the disk, and for no stranger.
        Assert.False(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(clinic.App.App.Services.GetRequiredService<FileStore>().PathOf(photo.FileSha256), Cancelled)).Contains("JFIF", StringComparison.Ordinal));
        using HttpClient stranger = clinic.Visitor();
        Assert.Equal(HttpStatusCode.Found, (await stranger.GetAsync($"/inbox/{id}/photos/{photo.Id}", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.Doctor.GetAsync($"/inbox/{Guid.NewGuid()}/photos/{photo.Id}", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Questions_that_come_together_are_all_kept()
    {
        int before = await CountAsync();
        using HttpClient one = clinic.Visitor();
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            using HttpClient asker = clinic.Visitor();
            using HttpResponseMessage answer = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(Usual, $"together{number}@mail.example"));
            return answer.StatusCode;
        }));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Found, status));
        Assert.Equal(before + 24, await CountAsync());
    }

    [Fact]
    public async Task A_form_of_another_site_is_turned_away()
    {
        using HttpClient foreign = clinic.Visitor();
        using var form = new FormUrlEncodedContent(QuestionClinic.Fields(Usual));
        using HttpResponseMessage answer = await foreign.PostAsync("/ask", form, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Every_id_on_a_public_page_is_there_once_and_every_label_has_its_field()
    {
        using HttpClient reader = clinic.Visitor();
        foreach (string address in (string[])["/ask", "/questions", "/ask/sent?by=mail", "/questions?q=nothing+like+it"])
        {
            string page = await reader.GetStringAsync(address, Cancelled);
            string[] ids = [.. Id().Matches(page).Select(match => match.Groups["id"].Value)];
            Assert.Equal(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
            Assert.All(Points().Matches(page).SelectMany(match => match.Groups["ids"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)), id => Assert.Contains(id, ids));
        }
    }

    private async Task<string> RefusedAsync(string text)
    {
        using HttpClient asker = clinic.Visitor();
        using HttpResponseMessage refused = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields(text, "no address"), works: false);
        return await refused.Content.ReadAsStringAsync(Cancelled);
    }

    private async Task<int> CountAsync()
    {
        int count = 0;
        await clinic.App.StoreAsync(async context => count = await context.Questions.CountAsync(Cancelled));
        return count;
    }

    private static byte[] Picture(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(80, 60);
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(x * 3), (byte)(y * 4), (byte)(x ^ y)));
            }
        }

        using SKData data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    // A PNG that says it is that large, and holds next to nothing.
    private static byte[] Bomb(int width, int height)
    {
        byte[] picture = Picture(SKEncodedImageFormat.Png);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(29), Crc32(picture.AsSpan(12, 17)));
        return picture;
    }

    // ISO 3309, as PNG has it.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    // A comment segment behind the start of a JPEG (ITU-T T.81, B.2.4.5).
    private static byte[] WithNote(byte[] picture, string note)
    {
        byte[] words = Encoding.ASCII.GetBytes(note);
        return [.. picture[..2], 0xFF, 0xFE, (byte)((words.Length + 2) >> 8), (byte)(words.Length + 2), .. words, .. picture[2..]];
    }

    [GeneratedRegex("=\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    [GeneratedRegex("\\sid=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\\s(for|aria-describedby|aria-labelledby)=\"(?<ids>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Points();
}
