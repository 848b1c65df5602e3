using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>The questionnaire, its result, and the rules behind it, over HTTP.</summary>
public sealed partial class AssessmentTests(SharedServer shared)
{
    private static readonly string[] Harmless = ["breastExamined", "weightStable"];

    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_question_answered_without_a_reason_against_is_accepted_and_leads_on()
    {
        Uri record = await server.OpenRecordAsync("Đỗ Thị Hạnh", "01/05/1986");
        (Uri result, string page) = await AssessAsync(record, Healthy());
        Assert.Contains("No reason against: your doctor decides", page, StringComparison.Ordinal);
        Assert.Contains("Not yet accepted by a doctor", page, StringComparison.Ordinal);
        using HttpResponseMessage accepted = await server.Http.PostFormAsync(result.AbsolutePath, result.AbsolutePath + "/accept", []);
        Assert.Equal(record.AbsolutePath, accepted.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Accepted by BS. Nguyễn Minh Anh", await ReadAsync(result.AbsolutePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reason_is_shown_with_its_source_and_what_would_change_it()
    {
        Uri record = await server.OpenRecordAsync("Bùi Thu Nga", "01/05/1986");
        Dictionary<string, string[]> answers = Healthy();
        answers["a.smoking"] = ["yes"];
        answers["a.dentalWork"] = ["day"];
        answers["a.dentalWork.day"] = [TimeProvider.System.GetUtcNow().AddDays(-2).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture)];
        (_, string page) = await AssessAsync(record, answers);
        Assert.Contains("Not now, until", page, StringComparison.Ordinal);
        Assert.Contains("data-rule=\"dental.recent\"", page, StringComparison.Ordinal);
        Assert.Contains("data-rule=\"smoking\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/evidence/E-109\"", page, StringComparison.Ordinal);
        Assert.Contains("Two weeks after the dental work.", page, StringComparison.Ordinal);
        Assert.Contains("clinical judgement", page, StringComparison.Ordinal);
        foreach (Match source in SourceLinks().Matches(page))
        {
            using HttpResponseMessage answer = await server.Http.GetAsync(source.Groups["at"].Value, Cancelled);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Nose_and_buttocks_are_refused_with_the_reason_and_severe_laxity_is_referred_with_a_letter()
    {
        Uri record = await server.OpenRecordAsync("Ngô Thuý Vy", "01/05/1986");
        Dictionary<string, string[]> answers = Healthy();
        answers["a.areas"] = ["neck", "nose", "buttock"];
        answers["a.laxity.neck"] = ["severe"];
        (Uri result, string page) = await AssessAsync(record, answers);
        Assert.Equal(2, Regex.Count(page, "cannot hold a shape there for long", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains("Referred for other advice", page, StringComparison.Ordinal);
        byte[] letter = await server.Http.GetByteArrayAsync(result.AbsolutePath + "/letter.pdf", Cancelled);
        Assert.Equal("%PDF"u8.ToArray(), letter[..4]);
        Assert.Equal(letter, await server.Http.GetByteArrayAsync(result.AbsolutePath + "/letter.pdf", Cancelled));
    }

    [Fact]
    public async Task What_is_left_open_is_named_and_cannot_be_accepted()
    {
        Uri record = await server.OpenRecordAsync("Võ Kim Chi", "01/05/1986");
        Dictionary<string, string[]> answers = Healthy();
        answers.Remove("a.keloid");
        answers["a.pregnant"] = ["unknown"];
        (Uri result, string page) = await AssessAsync(record, answers);
        Assert.Contains("Cannot be settled until open questions are answered", page, StringComparison.Ordinal);
        Assert.Contains("Have your scars ever grown thick", page, StringComparison.Ordinal);
        Assert.DoesNotContain(result.AbsolutePath + "/accept", page, StringComparison.Ordinal);
        (await server.Http.PostFormAsync(result.AbsolutePath, result.AbsolutePath + "/accept", [])).Dispose();
        Assert.Contains("Not yet accepted by a doctor", await ReadAsync(result.AbsolutePath), StringComparison.Ordinal);

        // What was answered is filled in when the doctor completes it.
        string form = await ReadAsync(record.AbsolutePath + "/assess");
        Assert.Contains("name=\"a.smoking\" value=\"no\" checked", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_follows_from_an_answer_is_asked_before_anything_is_kept()
    {
        Uri record = await server.OpenRecordAsync("Lý Thanh Trúc", "01/05/1986");
        string page = record.AbsolutePath + "/assess";
        string first = await ReadAsync(page);
        Assert.DoesNotContain("name=\"a.bloodThinnerPlan\"", first, StringComparison.Ordinal);
        Dictionary<string, string[]> answers = Healthy();
        answers["a.bloodThinner"] = ["yes"];
        using HttpResponseMessage sent = await SendAsync(server.Http, page, answers, Shown(first));
        string again = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(page, sent.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("name=\"a.bloodThinnerPlan\"", again, StringComparison.Ordinal);
        Assert.Contains("name=\"a.laxity.jawline\"", again, StringComparison.Ordinal);
        Assert.Contains("name=\"a.bloodThinner\" value=\"yes\" checked", again, StringComparison.Ordinal);
        Assert.DoesNotContain("/assessments/", await ReadAsync(record.AbsolutePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_none_is_told_beside_its_question_and_stays_as_typed()
    {
        Uri record = await server.OpenRecordAsync("Hồ Bích Ngọc", "01/05/1986");
        string page = record.AbsolutePath + "/assess";
        Dictionary<string, string[]> answers = Healthy();
        answers["a.vaccine"] = ["day"];
        answers["a.vaccine.day"] = ["31/02/2026"];
        using HttpResponseMessage sent = await SendAsync(server.Http, page, answers, Shown(await ReadAsync(page)));
        string again = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Cancelled));
        Assert.Contains("id=\"q-vaccine-problem\"", again, StringComparison.Ordinal);
        Assert.Contains("value=\"31/02/2026\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_vietnamese()
    {
        Uri record = await server.OpenRecordAsync("Trương Mỹ Lan", "01/05/1986");
        (Uri result, _) = await AssessAsync(record, Healthy());
        using var request = new HttpRequestMessage(HttpMethod.Get, result.AbsolutePath);
        request.Headers.AcceptLanguage.ParseAdd("vi");
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancelled);
        Assert.Contains("Không có lý do từ chối: bác sĩ của bạn quyết định", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_answers_her_own_questions_and_the_doctor_completes_them()
    {
        Uri other = await server.OpenRecordAsync("Phùng Gia Hân", "01/05/1986");
        string doctors = await ReadAsync(other.AbsolutePath + "/assess");
        Assert.All(RulebookFile.Shipped.Questionnaire.Questions.Where(question => question is { Id: not ("birthDate" or "sex"), AskedWhen: null }), question => Assert.Contains($"name=\"a.{question.Id}\"", doctors, StringComparison.Ordinal));

        using HttpClient patient = await server.SignInAsync("patient");
        using HttpResponseMessage hidden = await patient.GetAsync(other.AbsolutePath + "/assess", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        string assess = OwnAssessment().Match(await patient.GetStringAsync("/my", Cancelled)).Groups["at"].Value;
        string form = await patient.GetStringAsync(assess, Cancelled);
        Assert.Contains("name=\"a.smoking\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"a.skinThickness\"", form, StringComparison.Ordinal);
        (Uri result, string page) = await AssessAsync(patient, assess, Healthy());
        Assert.Contains("Cannot be settled until open questions are answered", page, StringComparison.Ordinal);
        Assert.Contains("by the doctor, on examination", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/accept", page, StringComparison.Ordinal);
        using HttpResponseMessage refused = await patient.PostFormAsync(assess, result.AbsolutePath + "/accept", []);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        // The doctor finds her answers filled in.
        Assert.Contains("name=\"a.smoking\" value=\"no\" checked", await ReadAsync(assess), StringComparison.Ordinal);
        (_, string completed) = await AssessAsync(server.Http, assess, Healthy());
        Assert.DoesNotContain("Cannot be settled", completed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_previews_and_saves_a_rule_and_only_the_responsible_doctor_signs_it_off()
    {
        // A server of its own: other tests count on the shipped rules.
        using ServerProcess own = await ServerProcess.StartAsync();
        using HttpClient administrator = await own.SignInAsync("administrator");
        const string page = "/clinic/rules/smoking";
        JsonNode rule = JsonNode.Parse(RulebookFile.ToBytes(RulebookFile.Shipped.Find("smoking")!))!;
        rule["outcome"] = "notSuitable";
        Dictionary<string, string> form = new()
        {
            ["_handler"] = "rule",
            ["Form.Version"] = "1",
            ["Form.Rule"] = rule.ToJsonString(),
            ["Form.Example"] = AnswerFile.Example.Replace("\"smoking\": \"no\"", "\"smoking\": \"yes\"", StringComparison.Ordinal),
            ["Form.Do"] = "preview",
        };
        string preview = await PostAsync(administrator, page, form);
        Assert.Contains("What the change would do", preview, StringComparison.Ordinal);
        Assert.Contains("data-outcome=\"notsuitable\"", preview, StringComparison.Ordinal);
        Assert.Contains("Judged again, each on its own day", preview, StringComparison.Ordinal);

        form["Form.Do"] = "save";
        Assert.Contains("Say what you changed and why", await PostAsync(administrator, page, form), StringComparison.Ordinal);
        form["Form.Note"] = "the clinic treats no smokers";
        string saved = await PostAsync(administrator, page, form);
        Assert.Contains("Version 2.", saved, StringComparison.Ordinal);
        Assert.Contains("the clinic treats no smokers", saved, StringComparison.Ordinal);
        Assert.Contains("Changed: smoking.", saved, StringComparison.Ordinal);
        Assert.Contains("Somebody else has saved", await PostAsync(administrator, page, form), StringComparison.Ordinal);

        form["Form.Rule"] = rule.ToJsonString().Replace("\"smoking\"],", "\"smoke\"],", StringComparison.Ordinal).Replace("\"question\":\"smoking\"", "\"question\":\"smoke\"", StringComparison.Ordinal);
        form["Form.Do"] = "preview";
        Assert.Contains("when.question: no question is named 'smoke'", await PostAsync(administrator, page, form), StringComparison.Ordinal);

        // The demonstration's doctor is the responsible one; signing off is a mark of this version alone.
        Assert.Contains("Not yet signed off", await own.Http.GetStringAsync("/rules", Cancelled), StringComparison.Ordinal);
        string signed = await PostAsync(own.Http, "/rules", "/rules/2/sign-off", []);
        Assert.Contains("Signed off by BS. Nguyễn Minh Anh", signed, StringComparison.Ordinal);
        using HttpResponseMessage refused = await administrator.PostFormAsync("/clinic/rules/smoking", "/rules/2/sign-off", []);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using HttpClient coordinator = await own.SignInAsync("coordinator");
        Assert.Equal(HttpStatusCode.OK, (await coordinator.GetAsync("/rules", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(page, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/clinic/rules/none", Cancelled)).StatusCode);
    }

    /// <summary>What a form sends when a healthy person of 40 with mild laxity of the jawline answers everything.</summary>
    internal static Dictionary<string, string[]> Healthy()
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["a.areas"] = ["jawline"], ["a.laxity.jawline"] = ["mild"] };
        foreach (Question question in RulebookFile.Shipped.Questionnaire.Questions.Where(question => question is { Optional: false, Per: null, Id: not ("birthDate" or "sex" or "areas") }))
        {
            fields["a." + question.Id] =
            [
                question.Kind switch
                {
                    QuestionKind.Date => "never",
                    QuestionKind.Choice => question.Id == "skinThickness" ? "normal" : question.Choices[0].Id,
                    _ => Harmless.Contains(question.Id) ? "yes" : "no",
                },
            ];
        }

        return fields;
    }

    private Task<(Uri Result, string Page)> AssessAsync(Uri record, Dictionary<string, string[]> answers) => AssessAsync(server.Http, record.AbsolutePath + "/assess", answers);

    private static async Task<(Uri Result, string Page)> AssessAsync(HttpClient client, string page, Dictionary<string, string[]> answers)
    {
        // Once for what is asked of everybody, once more for what follows from it.
        string form = await client.GetStringAsync(page, Cancelled);
        for (int round = 0; round < 3; round++)
        {
            using HttpResponseMessage sent = await SendAsync(client, page, answers, Shown(form));
            form = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Cancelled));
            if (sent.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/assessments/", StringComparison.Ordinal))
            {
                return (sent.RequestMessage.RequestUri, form);
            }
        }

        throw new InvalidOperationException("The questionnaire did not come to an end: " + form);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string page, Dictionary<string, string[]> answers, string[] shown)
    {
        IEnumerable<KeyValuePair<string, string>> fields = answers
            .Where(answer => shown.Contains(answer.Key.EndsWith(".day", StringComparison.Ordinal) ? answer.Key[..^4] : answer.Key))
            .SelectMany(answer => answer.Value.Select(word => new KeyValuePair<string, string>(answer.Key, word)))
            .Concat(shown.Select(field => new KeyValuePair<string, string>("shown", field)))
            .Append(new("_handler", "assess"))
            .Append(new("__RequestVerificationToken", await client.TokenAsync(page)));
        using var content = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(page, UriKind.Relative), content, Cancelled);
    }

    private static Task<string> PostAsync(HttpClient client, string page, Dictionary<string, string> form) => PostAsync(client, page, page, form);

    private static async Task<string> PostAsync(HttpClient client, string page, string action, Dictionary<string, string> form)
    {
        using HttpResponseMessage answer = await client.PostFormAsync(page, action, form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task<string> ReadAsync(string address) => WebUtility.HtmlDecode(await server.Http.GetStringAsync(address, Cancelled));

    private static string[] Shown(string form) => [.. ShownFields().Matches(form).Select(match => match.Groups["field"].Value)];

    [GeneratedRegex("name=\"shown\" value=\"(?<field>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShownFields();

    [GeneratedRegex("href=\"(?<at>/patients/[0-9a-f-]{36}/assess)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnAssessment();

    [GeneratedRegex("class=\"source\" href=\"(?<at>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourceLinks();
}
