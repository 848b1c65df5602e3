using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NodaTime;
using SkiaSharp;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Questions;
using Threadwell.Tests.Shared;
using Threadwell.Web.Questions;

namespace Threadwell.Web.Tests.Questions;

/// <summary>The way of a question: asked, confirmed, answered, read, published, found, corrected, taken back, linked, erased.</summary>
public sealed class QuestionTests(QuestionClinic clinic) : IClassFixture<QuestionClinic>
{
    private const string Title = "Chỉ PDO giữ được bao lâu?";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_asked_answered_published_found_corrected_and_erased()
    {
        using HttpClient asker = clinic.Visitor("vi");
        string link = await clinic.AskAndConfirmAsync(asker, "Em đã căng chỉ PDO ba tháng trước. Chỉ giữ được bao lâu nữa ạ?", photos: [("me.png", Picture())]);
        PublicQuestion kept = await clinic.KeptAsync(link);
        Assert.Equal((QuestionState.Open, "vi"), (kept.State, kept.Language));
        Assert.True(kept.DueAt > kept.OpenedAt + Duration.FromDays(2));

        // The message holds the link and nothing of the question.
        MimeMessage mail = await clinic.MailAsync(kept.Email);
        Assert.DoesNotContain("PDO", mail.ToString(), StringComparison.Ordinal);
        Assert.Contains("xác nhận", mail.Subject, StringComparison.Ordinal);

        // A doctor finds it in the inbox, takes it, writes and sends.
        string inbox = await clinic.Doctor.GetStringAsync("/inbox", Cancelled);
        Assert.Contains($"/inbox/{kept.Id}", inbox, StringComparison.Ordinal);
        Assert.Equal("?problem=draft&form=draft#draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", ""), ("then", "answer")));
        Assert.Equal("?kept=claim", await clinic.StepAsync(clinic.Doctor, kept.Id, "claim"));
        Assert.Equal("?problem=owner&form=draft#draft", await clinic.StepAsync(clinic.SecondDoctor, kept.Id, "draft", ("draft", "Của người khác"), ("then", "answer")));
        Assert.Equal("?problem=changed&form=draft#draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "x"), ("then", "answer"), ("revision", "1")));
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "Chỉ tan trong sáu đến chín tháng."), ("then", "save")));
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "Chỉ tan trong sáu đến chín tháng.\n\nĐộ nâng giảm dần."), ("then", "answer")));

        // She is told, and reads the answer with name, licence and date.
        Assert.Contains("câu hỏi của bạn có tin mới", (await clinic.MailAsync(kept.Email, 2)).Subject, StringComparison.Ordinal);
        string own = WebUtility.HtmlDecode(await asker.GetStringAsync(link, Cancelled));
        Assert.Contains("<p class=\"notes\">Độ nâng giảm dần.</p>", own, StringComparison.Ordinal);
        Assert.Contains("DEMO-BS-01", own, StringComparison.Ordinal);
        Assert.Contains("đây không phải bác sĩ điều trị của bạn", own, StringComparison.Ordinal);

        // Published only after a doctor has read it, without what tells who asked.
        (string Name, string Value)[] words = [("title", Title), ("question", "Đã căng chỉ ba tháng."), ("answer", "Chỉ tan trong sáu đến chín tháng."), ("checked", "true")];
        Assert.Equal("?problem=checked&form=publish#publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", [.. words[..3]]));
        Assert.Equal("?problem=identity&form=publish#publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", [words[0], ("question", "Gọi em số 0912 345 678"), .. words[2..]]));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", words));

        // Everybody reads it, finds it with and without accents, in feed and map.
        using HttpClient reader = clinic.Visitor();
        string list = WebUtility.HtmlDecode(await reader.GetStringAsync("/questions?q=giu+duoc+bao+lau", Cancelled));
        Assert.Contains(Title, list, StringComparison.Ordinal);
        Assert.Contains(Title, WebUtility.HtmlDecode(await reader.GetStringAsync("/questions?q=giữ được&topic=results", Cancelled)), StringComparison.Ordinal);
        Assert.DoesNotContain(Title, WebUtility.HtmlDecode(await reader.GetStringAsync("/questions?q=giữ được&topic=healing", Cancelled)), StringComparison.Ordinal);
        PublishedAnswer published = await PublishedAsync(kept.Id);
        string address = $"/questions/{published.Id}-chi-pdo-giu-duoc-bao-lau";
        Assert.Contains(address, list, StringComparison.Ordinal);
        string article = WebUtility.HtmlDecode(await reader.GetStringAsync(address, Cancelled));
        Assert.All(
            (string[])["itemtype=\"https://schema.org/QAPage\"", "itemprop=\"mainEntity\"", "itemprop=\"acceptedAnswer\"", "itemprop=\"author\"", "DEMO-BS-01", "this is not your doctor", "last reviewed on", "next review by", $"<link rel=\"canonical\" href=\"{clinic.App.Address.ToString().TrimEnd('/')}{address}\""],
            part => Assert.Contains(part, article, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(kept.Email, article, StringComparison.Ordinal);

        // Whose doctor is the demonstration's says so, wherever it is read, and asks search engines to leave it out.
        Assert.All((string[])["who answered are made up", "<meta name=\"robots\" content=\"noindex\""], part => Assert.Contains(part, article, StringComparison.Ordinal));
        Assert.Contains(" · Demonstration</p>", list, StringComparison.Ordinal);
        using (HttpResponseMessage old = await reader.GetAsync($"/questions/{published.Id}-an-older-title", Cancelled))
        {
            Assert.EndsWith(address, old.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        XElement feed = XElement.Parse(await reader.GetStringAsync("/questions/feed.atom", Cancelled));
        Assert.Contains(feed.Elements(feed.Name.Namespace + "entry"), entry => entry.Element(feed.Name.Namespace + "title")!.Value == Title && entry.Element(feed.Name.Namespace + "author")!.Value.EndsWith(" · Demonstration", StringComparison.Ordinal));
        Assert.Contains(address, await reader.GetStringAsync("/sitemap.xml", Cancelled), StringComparison.Ordinal);
        Assert.Contains("/sitemap.xml", await reader.GetStringAsync("/robots.txt", Cancelled), StringComparison.Ordinal);

        // A correction says what and why, and how it read before is kept.
        Assert.Equal("?problem=note&form=publish#publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", [words[0], words[1], ("answer", "Chỉ PDO tan trong sáu đến tám tháng."), words[3]]));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", [words[0], words[1], ("answer", "Chỉ PDO tan trong sáu đến tám tháng."), words[3], ("note", "Thời gian tan ngắn hơn.")]));
        article = WebUtility.HtmlDecode(await reader.GetStringAsync(address, Cancelled));
        Assert.Contains("Thời gian tan ngắn hơn.", article, StringComparison.Ordinal);
        Assert.DoesNotContain("chín tháng", article, StringComparison.Ordinal);
        Assert.Contains("sáu đến chín tháng", WebUtility.HtmlDecode(await clinic.Doctor.GetStringAsync($"/inbox/{kept.Id}", Cancelled)), StringComparison.Ordinal);
        Assert.Equal("?kept=review", await clinic.StepAsync(clinic.Doctor, kept.Id, "review"));

        // Her consent taken back takes it off at once; given again, a doctor publishes anew.
        await PostOwnAsync(asker, link, "publishing", ("may", "false"));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(address, Cancelled)).StatusCode);
        Assert.DoesNotContain(Title, WebUtility.HtmlDecode(await reader.GetStringAsync("/questions?q=giu+duoc", Cancelled)), StringComparison.Ordinal);
        Assert.Equal("?problem=consent&form=publish#publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", words));
        await PostOwnAsync(asker, link, "publishing", ("may", "true"));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", [words[0], words[1], ("answer", "Chỉ PDO tan trong sáu đến tám tháng."), words[3]]));

        // Erased at her wish: words, photo, address, answer and publication, and the trail says so.
        string[] files = await FilesAsync(kept.Id);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.True(File.Exists(Stored(file))));
        Assert.Equal($"{link}?done=unsure#erase", await PostOwnAsync(asker, link, "erase"));
        Assert.Equal("/ask/sent?by=erased", await PostOwnAsync(asker, link, "erase", ("sure", "true")));
        Assert.Equal(HttpStatusCode.NotFound, (await asker.GetAsync(link, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(address, Cancelled)).StatusCode);
        Assert.All(files, file => Assert.False(File.Exists(Stored(file))));
        await clinic.App.StoreAsync(async context =>
        {
            PublicQuestion left = await context.Questions.AsNoTracking().SingleAsync(row => row.Id == kept.Id, Cancelled);
            Assert.Equal((QuestionState.Erased, "", "", "", "", ""), (left.State, left.Text, left.Email, left.Answer, left.Draft, left.Link));
            Assert.False(await context.QuestionEvents.AnyAsync(row => row.QuestionId == kept.Id, Cancelled));
            Assert.False(await context.PublishedAnswers.AnyAsync(row => row.QuestionId == kept.Id, Cancelled));
            Assert.False(await context.Outbox.AnyAsync(row => row.IdempotencyKey.Contains(kept.Id.ToString()), Cancelled));
            string key = kept.Id.ToString();
            Assert.True(await context.AuditEntries.AnyAsync(entry => entry.Action == "Erased" && entry.RecordKey == key, Cancelled));
            Assert.True(await context.AuditEntries.AnyAsync(entry => entry.Action == "Added" && entry.RecordKey == key && entry.UserName == "", Cancelled));
            Assert.True(await context.AuditEntries.AnyAsync(entry => entry.Action == "Read" && entry.RecordKind == "Question" && entry.RecordKey == key, Cancelled));
        });
        Assert.Contains("Erased", await AuditPageAsync(), StringComparison.Ordinal);

        // Its number is no other answer's.
        PublicQuestion next = await clinic.KeptAsync(await clinic.AskAndConfirmAsync(clinic.Visitor(), "How long does a thread lift of the brows last?"));
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, next.Id, "draft", ("draft", "Some months."), ("then", "answer")));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.Doctor, next.Id, "publish", ("title", "How long do the brows last?"), ("question", "How long?"), ("answer", "Some months."), ("checked", "true")));
        Assert.True((await PublishedAsync(next.Id)).Id > published.Id);
    }

    [Fact]
    public async Task A_question_belongs_to_no_record_until_a_doctor_links_it_and_then_the_record_keeps_it()
    {
        using HttpClient asker = clinic.Visitor();
        string link = await clinic.AskAndConfirmAsync(asker, "I was treated at your clinic. Is the numb spot at my cheek usual?");
        PublicQuestion kept = await clinic.KeptAsync(link);
        Patient patient = null!;
        await clinic.App.StoreAsync(async context => patient = await context.Patients.AsNoTracking().OrderBy(row => row.Number).FirstAsync(Cancelled));
        Assert.DoesNotContain($"/inbox/{kept.Id}", await clinic.Doctor.GetStringAsync($"/patients/{patient.Id}", Cancelled), StringComparison.Ordinal);
        Assert.Equal("?problem=patient&form=link#link", await clinic.StepAsync(clinic.Doctor, kept.Id, "link", ("number", "999999")));
        Assert.Equal("?kept=link", await clinic.StepAsync(clinic.Doctor, kept.Id, "link", ("number", patient.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Contains($"/inbox/{kept.Id}", await clinic.Doctor.GetStringAsync($"/patients/{patient.Id}", Cancelled), StringComparison.Ordinal);
        Assert.Equal("?kept=unlink", await clinic.StepAsync(clinic.Doctor, kept.Id, "unlink"));
        Assert.Equal("?kept=link", await clinic.StepAsync(clinic.Doctor, kept.Id, "link", ("number", patient.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "It is usual; tell us at your visit."), ("then", "answer")));
        Assert.Contains("belongs to your medical record", await asker.GetStringAsync(link, Cancelled), StringComparison.Ordinal);

        // What she erases is her address and her link; the record keeps question and answer.
        Assert.Equal("/ask/sent?by=erased", await PostOwnAsync(asker, link, "erase", ("sure", "true")));
        Assert.Equal(HttpStatusCode.NotFound, (await asker.GetAsync(link, Cancelled)).StatusCode);
        await clinic.App.StoreAsync(async context =>
        {
            PublicQuestion left = await context.Questions.AsNoTracking().SingleAsync(row => row.Id == kept.Id, Cancelled);
            Assert.Equal((QuestionState.Answered, "", kept.Text, false), (left.State, left.Email, left.Text, left.MayPublish));
            string patientKey = patient.Id.ToString();
            Assert.True(await context.AuditEntries.AnyAsync(entry => entry.Action == "Erased" && entry.PatientId == patientKey, Cancelled));
        });

        // Kept for the record alone, it goes when the link to it was a mistake.
        string page = await clinic.Doctor.GetStringAsync($"/inbox/{kept.Id}", Cancelled);
        Assert.Contains("Taking the link back erases question, answer and photos for good.", page, StringComparison.Ordinal);
        Assert.Equal("?problem=sure&form=unlink#unlink", await clinic.StepAsync(clinic.Doctor, kept.Id, "unlink"));
        Assert.Equal(kept.Text, await TextAsync(kept.Id));
        Assert.Equal("?kept=unlink", await clinic.StepAsync(clinic.Doctor, kept.Id, "unlink", ("sure", "true")));
        await clinic.App.StoreAsync(async context =>
        {
            PublicQuestion left = await context.Questions.AsNoTracking().SingleAsync(row => row.Id == kept.Id, Cancelled);
            Assert.Equal((QuestionState.Erased, "", "", null), (left.State, left.Text, left.Answer, left.PatientId));

            // Her wish, and this end of it: both in the trail of the record that it was kept for.
            string key = kept.Id.ToString(), patientKey = patient.Id.ToString();
            Assert.Equal(2, await context.AuditEntries.CountAsync(entry => entry.Action == "Erased" && entry.RecordKey == key && entry.PatientId == patientKey, Cancelled));
        });
    }

    [Fact]
    public async Task Where_the_clinic_wants_it_a_second_doctor_approves_and_the_author_is_named()
    {
        await SetAsync(reviews: true);
        try
        {
            using HttpClient asker = clinic.Visitor();
            string link = await clinic.AskAndConfirmAsync(asker, "May I fly two days after a thread lift of the jawline?", mayPublish: false);
            PublicQuestion kept = await clinic.KeptAsync(link);
            Assert.Equal("?problem=second&form=draft#draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "You may."), ("then", "answer")));
            Assert.Equal("You may.", (await clinic.KeptAsync(link)).Draft);
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "You may, after a week."), ("then", "review")));
            Assert.Equal("?problem=second&form=draft#draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "You may, after a week."), ("then", "answer")));
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.SecondDoctor, kept.Id, "draft", ("draft", "You may, after a week."), ("then", "return")));
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "You may, after two weeks."), ("then", "review")));
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.SecondDoctor, kept.Id, "draft", ("draft", "You may, after two weeks."), ("then", "answer")));
            PublicQuestion answered = await clinic.KeptAsync(link);
            Assert.Equal(("DEMO-BS-01", QuestionState.Answered), (answered.AnsweredLicence, answered.State));
            Assert.NotNull(answered.ReviewedBy);
            Assert.NotEqual(answered.AnsweredBy, answered.ReviewedBy);
            Assert.Equal("?problem=consent&form=publish#publish", await clinic.StepAsync(clinic.Doctor, kept.Id, "publish", ("title", "May I fly?"), ("question", "x"), ("answer", "y"), ("checked", "true")));

            // Late under review, it stays its author's, who still does not approve it; nor does another approve other words than the author's.
            string late = await clinic.AskAndConfirmAsync(clinic.Visitor(), "May I swim two days after a thread lift of the jawline?", mayPublish: false);
            Guid id = (await clinic.KeptAsync(late)).Id;
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.SecondDoctor, id, "draft", ("draft", "After two weeks."), ("then", "review")));
            Duration ahead = clinic.App.Clock.Ahead;
            try
            {
                clinic.App.Clock.Ahead = Duration.FromDays(9);
                await LookAsync();
            }
            finally
            {
                clinic.App.Clock.Ahead = ahead;
            }

            Assert.NotNull((await clinic.KeptAsync(late)).EscalatedAt);
            Assert.Equal("?problem=second&form=draft#draft", await clinic.StepAsync(clinic.SecondDoctor, id, "draft", ("draft", "After two weeks."), ("then", "answer")));
            Assert.Equal("?problem=differs&form=draft#draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", "At once."), ("then", "answer")));
            Assert.Equal("?problem=differs&form=draft#draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", "At once."), ("then", "save")));
            Assert.Equal("After two weeks.", (await clinic.KeptAsync(late)).Draft);

            // What was typed stands in the form again, once, for who typed it.
            string refused = $"/inbox/{id}?problem=differs&form=draft";
            Assert.DoesNotContain("At once.", await clinic.SecondDoctor.GetStringAsync(refused, Cancelled), StringComparison.Ordinal);
            Assert.Contains(">At once.</textarea>", await clinic.Doctor.GetStringAsync(refused, Cancelled), StringComparison.Ordinal);
            Assert.Contains(">After two weeks.</textarea>", await clinic.Doctor.GetStringAsync(refused, Cancelled), StringComparison.Ordinal);

            // Where somebody changed the draft meanwhile, his stays in the form.
            Assert.Equal("?problem=changed&form=draft#draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", "Never."), ("then", "return"), ("revision", "1")));
            string beside = await clinic.Doctor.GetStringAsync($"/inbox/{id}?problem=changed&form=draft", Cancelled);
            Assert.Contains(">After two weeks.</textarea>", beside, StringComparison.Ordinal);
            Assert.Contains("Never.", beside, StringComparison.Ordinal);
            Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, id, "draft", ("draft", "After two weeks."), ("then", "answer")));
            Assert.Equal("DEMO-BS-02", (await clinic.KeptAsync(late)).AnsweredLicence);
        }
        finally
        {
            await SetAsync(reviews: false);
        }
    }

    [Fact]
    public async Task What_nobody_answers_in_time_goes_to_the_head_of_department_and_what_nobody_confirms_goes()
    {
        using HttpClient asker = clinic.Visitor();
        string link = await clinic.AskAndConfirmAsync(asker, "How many threads are usual for the brows, please?");
        string stale = $"stale{Guid.NewGuid():n}@mail.example";
        using (HttpResponseMessage sent = await QuestionClinic.AskAsync(clinic.Visitor(), QuestionClinic.Fields("Nobody will confirm this question at all.", stale)))
        {
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }

        string unconfirmed = QuestionClinic.LinkOf(await clinic.MailAsync(stale));
        Guid gone = (await clinic.KeptAsync(unconfirmed)).Id;

        // Nobody reads what was not confirmed, not who knows its key either.
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.Doctor.GetAsync($"/inbox/{gone}", Cancelled)).StatusCode);
        await LookAsync();
        Assert.Null((await clinic.KeptAsync(link)).EscalatedAt);
        Duration ahead = clinic.App.Clock.Ahead;
        try
        {
            clinic.App.Clock.Ahead = Duration.FromDays(9);
            await LookAsync();
            PublicQuestion late = await clinic.KeptAsync(link);
            Assert.NotNull(late.EscalatedAt);
            Assert.Equal(Threadwell.Web.Accounts.DemonstrationAccounts.IdOf(Threadwell.Storage.Accounts.Role.Doctor), late.OwnerId);
            await clinic.App.StoreAsync(async context => Assert.Equal((QuestionState.Erased, ""), await context.Questions.Where(row => row.Id == gone).Select(row => new ValueTuple<QuestionState, string>(row.State, row.Text)).SingleAsync(Cancelled)));
            Assert.Contains("takes longer than it should", await asker.GetStringAsync(link, Cancelled), StringComparison.Ordinal);
        }
        finally
        {
            clinic.App.Clock.Ahead = ahead;
        }
    }

    [Fact]
    public async Task Templates_are_kept_and_added_to_a_draft()
    {
        using (HttpResponseMessage saved = await clinic.Doctor.PostFormAsync("/inbox/templates", "/inbox/templates", new() { ["_handler"] = "template", ["Form.Title"] = "Bruises", ["Form.Language"] = "en", ["Form.Text"] = "Bruises pass in two weeks.", ["Form.Then"] = "save" }))
        {
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        Guid template = default;
        await clinic.App.StoreAsync(async context => template = await context.AnswerTemplates.Where(row => row.Title == "Bruises").Select(row => row.Id).SingleAsync(Cancelled));
        using HttpClient asker = clinic.Visitor();
        string link = await clinic.AskAndConfirmAsync(asker, "I have a bruise since yesterday; how long will it stay?");
        PublicQuestion kept = await clinic.KeptAsync(link);
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "Thank you for asking."), ("then", "template"), ("template", template.ToString())));
        Assert.Equal("Thank you for asking.\n\nBruises pass in two weeks.", (await clinic.KeptAsync(link)).Draft);
        Assert.Equal("?problem=reason&form=close#close", await clinic.StepAsync(clinic.Doctor, kept.Id, "close", ("reason", " ")));
        Assert.Equal("?kept=close", await clinic.StepAsync(clinic.Doctor, kept.Id, "close", ("reason", "Please see a doctor near you.")));
        Assert.Contains("Please see a doctor near you.", await asker.GetStringAsync(link, Cancelled), StringComparison.Ordinal);

        // She is told that there is news, for she waits for it.
        Assert.Contains("there is news", (await clinic.MailAsync(kept.Email, 2)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_e_mail_the_private_link_is_shown_at_once_and_without_scripts_nothing_is_taken()
    {
        await SetAsync(mailFrom: "");
        try
        {
            using HttpClient asker = clinic.Visitor();
            using HttpResponseMessage unworked = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields("How long does the swelling last, as a rule?", ""), works: false);
            Assert.Contains("The check that no machine sends this was not done", await unworked.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            using HttpResponseMessage sent = await QuestionClinic.AskAsync(asker, QuestionClinic.Fields("How long does the swelling last, as a rule?", ""));
            string link = QuestionClinic.Led(sent)!.Split('?')[0];
            Assert.Matches("^/ask/[A-Za-z0-9_-]{43}$", link);
            Assert.Contains("Keep the address of this page", await asker.GetStringAsync(link, Cancelled), StringComparison.Ordinal);
            Assert.Equal(QuestionState.Open, (await clinic.KeptAsync(link)).State);
        }
        finally
        {
            await SetAsync(mailFrom: "hello@clinic.example");
        }
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(64, 48);
        bitmap.Erase(SKColors.SeaGreen);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static async Task<string> PostOwnAsync(HttpClient asker, string link, string step, params IReadOnlyList<(string Name, string Value)> fields)
    {
        using HttpResponseMessage answer = await asker.PostFormAsync(link, $"{link}/{step}", fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<string> AuditPageAsync()
    {
        using HttpClient administrator = await clinic.App.SignInAsync("administrator@demo");
        return await administrator.GetStringAsync("/clinic/audit", Cancelled);
    }

    private async Task LookAsync()
    {
        await using AsyncServiceScope scope = clinic.App.App.Services.CreateAsyncScope();
        await QuestionClock.RunAsync(scope.ServiceProvider, Cancelled);
    }

    private async Task<PublishedAnswer> PublishedAsync(Guid question)
    {
        PublishedAnswer? found = null;
        await clinic.App.StoreAsync(async context => found = await context.PublishedAnswers.AsNoTracking().SingleAsync(row => row.QuestionId == question, Cancelled));
        return found!;
    }

    private async Task<string> TextAsync(Guid question)
    {
        string found = "";
        await clinic.App.StoreAsync(async context => found = await context.Questions.Where(row => row.Id == question).Select(row => row.Text).SingleAsync(Cancelled));
        return found;
    }

    private async Task<string[]> FilesAsync(Guid question)
    {
        string[] found = [];
        await clinic.App.StoreAsync(async context => found = [.. (await context.QuestionPhotos.AsNoTracking().Where(row => row.QuestionId == question).ToListAsync(Cancelled)).SelectMany(photo => (string[])[photo.FileSha256, photo.ThumbnailSha256])]);
        return found;
    }

    private string Stored(string sha256) => clinic.App.App.Services.GetRequiredService<Threadwell.Storage.Files.FileStore>().PathOf(sha256);

    private Task SetAsync(bool reviews = false, string mailFrom = "hello@clinic.example") => clinic.App.StoreAsync(async context =>
    {
        Threadwell.Storage.Clinic.ClinicSettings settings = await context.ClinicSettings.SingleAsync(Cancelled);
        (settings.ReviewsAnswers, settings.MailFrom) = (reviews, mailFrom);
    });
}
