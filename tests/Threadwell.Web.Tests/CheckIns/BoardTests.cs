using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Triage;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Aftercare;
using UglyToad.PdfPig;
using Told = Threadwell.Care.Tests.Triage.CheckIns;

namespace Threadwell.Web.Tests.CheckIns;

/// <summary>The board, what is done with a task from its page, the cards and the letter.</summary>
public sealed partial class BoardTests(SqliteCheckInClinic clinic) : IClassFixture<SqliteCheckInClinic>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_board_shows_the_gravest_first_with_its_reasons_and_clock_and_the_menu_counts_the_red()
    {
        (_, CareTask amber) = await TaskAsync("distress=yes");
        (_, CareTask red) = await TaskAsync("thread=out");
        string board = await clinic.Doctor.GetStringAsync("/board", Cancelled);
        Assert.True(board.IndexOf($"/tasks/{red.Id}", StringComparison.Ordinal) < board.IndexOf($"/tasks/{amber.Id}", StringComparison.Ordinal));
        Match card = Regex.Match(board, $"<li[^>]*data-task=\"{red.Id}\".*?</li>\\s*(?=<li class=\"card|</ul>\\s*</section>)", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        Assert.Contains("data-level=\"red\"", card.Value, StringComparison.Ordinal);
        Assert.Contains("Day 20", card.Value, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(TriageFile.Shipped.Get("threadOut").Says.En), card.Value, StringComparison.Ordinal);
        Assert.Contains("acknowledges", card.Value, StringComparison.Ordinal);
        Assert.Contains("in 14 min", card.Value, StringComparison.Ordinal);
        Assert.Matches("<span class=\"count\"><span aria-hidden=\"true\">[1-9]", board);
        Assert.Contains($"/tasks/{red.Id}", await clinic.Doctor.GetStringAsync("/board?mine=true", Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain($"/tasks/{amber.Id}", await clinic.Doctor.GetStringAsync("/board?mine=true", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_shows_the_answers_as_told_the_cards_and_the_ways_on()
    {
        (Guid treatment, CareTask task) = await TaskAsync("fluid=pus painLeft=6 note=\"chảy mủ từ sáng\"");
        string page = WebUtility.HtmlDecode(await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled));
        Assert.Contains("chảy mủ từ sáng", page, StringComparison.Ordinal);
        foreach (string card in TriageFile.Shipped.Rules.Where(rule => rule.When is not null && rule.Id.Contains("pus", StringComparison.OrdinalIgnoreCase)).SelectMany(rule => rule.Cards))
        {
            Assert.Contains($"/cards/{card}", page, StringComparison.Ordinal);
            Assert.Contains(ActionCards.Shipped.Find(card)!.Steps[0].Text.En, WebUtility.HtmlDecode(await clinic.Doctor.GetStringAsync($"/cards/{card}", Cancelled)), StringComparison.Ordinal);
        }

        Assert.Contains($"/calendar/new?patient={task.PatientId}&kind=Urgent", page, StringComparison.Ordinal);
        Assert.Contains($"/patients/{task.PatientId}/complications/new?checkIn={task.CheckInId}", page, StringComparison.Ordinal);
        Assert.Contains($"/treatments/{treatment}", page, StringComparison.Ordinal);
        string cards = await clinic.Doctor.GetStringAsync("/cards", Cancelled);
        Assert.All(ActionCards.Shipped.All, card => Assert.Contains($"/cards/{card.Id}\"", cards, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_red_is_taken_spoken_with_seen_and_only_then_closed_and_lowered_by_a_doctor()
    {
        (Guid treatment, CareTask task) = await TaskAsync("thread=out");
        using HttpClient coordinator = await clinic.App.SignInAsync("coordinator@demo");
        Assert.Contains("problem=doctor", await PostAsync(coordinator, task.Id, "acknowledge"), StringComparison.Ordinal);
        Assert.Contains("kept=not-reached", await PostAsync(coordinator, task.Id, "not-reached", ("note", "rang twice")), StringComparison.Ordinal);
        Assert.Contains("kept=acknowledge", await PostAsync(clinic.Doctor, task.Id, "acknowledge"), StringComparison.Ordinal);
        Assert.Contains("problem=note", await PostAsync(clinic.Doctor, task.Id, "contacted", ("note", " ")), StringComparison.Ordinal);
        Assert.Contains("problem=unseen", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", "settled"), ("to", "green")), StringComparison.Ordinal);
        Assert.Contains("kept=contacted", await PostAsync(clinic.Doctor, task.Id, "contacted", ("note", "comes at 15:00")), StringComparison.Ordinal);
        Assert.Contains("kept=seen", await PostAsync(clinic.Doctor, task.Id, "seen", ("note", "trimmed under asepsis")), StringComparison.Ordinal);
        Assert.Contains("problem=reason", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", ""), ("to", "green")), StringComparison.Ordinal);
        Assert.Contains("kept=close", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", "end trimmed, no sign of infection"), ("to", "green")), StringComparison.Ordinal);
        CareTask closed = await ReadAsync(task);
        Assert.Equal((CareTaskState.Closed, (Guid?)CheckInClinic.OnCall, (Instant?)null), (closed.State, closed.OwnerId, closed.NextDueAt));
        Assert.Equal("end trimmed, no sign of infection", closed.CloseReason);
        Assert.Equal(["Opened", "NotReached", "Acknowledged", "Contacted", "Seen", "Lowered", "Closed"], (await clinic.ReadAsync(context => context.CareTaskEvents.Where(row => row.TaskId == task.Id).ToListAsync(Cancelled))).OrderBy(row => row.At).ThenBy(row => row.What == "Closed").Select(row => row.What));
        LoweredStanding lowered = await clinic.ReadAsync(context => context.LoweredStandings.SingleAsync(row => row.TreatmentId == treatment, Cancelled));
        Assert.Equal((TriageLevel.Green, "BS. Nguyễn Minh Anh"), (lowered.To, lowered.ByName));
        Assert.Contains("problem=closed", await PostAsync(clinic.Doctor, task.Id, "seen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_is_lowered_by_a_doctor_below_what_stands_and_a_red_without_being_seen_needs_his_word()
    {
        (Guid treatment, CareTask task) = await TaskAsync("thread=out");
        using HttpClient coordinator = await clinic.App.SignInAsync("coordinator@demo");
        using HttpResponseMessage refused = await coordinator.PostFormAsync($"/tasks/{task.Id}", $"/tasks/{task.Id}/lower", new() { ["revision"] = "1", ["to"] = "green", ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("problem=level", await PostAsync(clinic.Doctor, task.Id, "lower", ("to", "red"), ("reason", "x")), StringComparison.Ordinal);
        Assert.Contains("problem=reason", await PostAsync(clinic.Doctor, task.Id, "lower", ("to", "amber"), ("reason", "")), StringComparison.Ordinal);
        Assert.Contains("kept=lower", await PostAsync(clinic.Doctor, task.Id, "lower", ("to", "amber"), ("reason", "photo shows a barb, not the end")), StringComparison.Ordinal);
        Assert.Equal(TriageLevel.Amber, (await clinic.ReadAsync(context => context.LoweredStandings.SingleAsync(row => row.TreatmentId == treatment, Cancelled))).To);
        Assert.Contains("kept=close", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", "seen at the hospital"), ("unseen", "true"), ("to", "green")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_pages_the_older_is_refused_and_an_amber_is_closed_at_the_desk()
    {
        (_, CareTask task) = await TaskAsync("distress=yes");
        using HttpClient coordinator = await clinic.App.SignInAsync("coordinator@demo");
        Assert.Contains("kept=acknowledge", await PostAsync(coordinator, task.Id, "acknowledge"), StringComparison.Ordinal);
        using HttpResponseMessage late = await clinic.Doctor.PostFormAsync($"/tasks/{task.Id}", $"/tasks/{task.Id}/contacted", new() { ["revision"] = "1", ["note"] = "from an old page" });
        Assert.Contains("problem=changed", late.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(task)).ContactedAt);
        Assert.Contains("kept=contacted", await PostAsync(coordinator, task.Id, "contacted", ("note", "reassured, comes on Monday")), StringComparison.Ordinal);
        Assert.Contains("kept=close", await PostAsync(coordinator, task.Id, "close", ("reason", "appointment made"), ("to", "green")), StringComparison.Ordinal);

        // The desk closes the task; what the patient was shown stands until a doctor lowers it.
        Assert.Empty(await clinic.ReadAsync(context => context.LoweredStandings.Where(row => row.TreatmentId == task.TreatmentId).ToListAsync(Cancelled)));
    }

    [Fact]
    public async Task What_a_doctor_has_not_seen_is_not_lowered_and_closing_leaves_the_level_where_nothing_is_chosen()
    {
        (Guid treatment, CareTask red) = await TaskAsync("thread=out");
        string before = await clinic.Doctor.GetStringAsync($"/tasks/{red.Id}", Cancelled);
        Assert.Matches("<select id=\"close-to\"[^>]*>\\s*<option value(=\"\")?>as it is", before);
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("eyes=visionLoss")));
        Assert.Contains("problem=changed", await PostFromAsync(before, clinic.Doctor, red.Id, "lower", ("to", "green"), ("reason", "settled")), StringComparison.Ordinal);
        Assert.Contains("problem=changed", await PostFromAsync(before, clinic.Doctor, red.Id, "close", ("to", "green"), ("reason", "settled"), ("unseen", "true")), StringComparison.Ordinal);
        Assert.Equal(CareTaskState.New, (await ReadAsync(red)).State);

        // He has read it now; the emergency is still another task's.
        Assert.Contains("problem=elsewhere", await PostAsync(clinic.Doctor, red.Id, "close", ("to", "green"), ("reason", "settled"), ("unseen", "true")), StringComparison.Ordinal);
        Assert.Contains("kept=close", await PostAsync(clinic.Doctor, red.Id, "close", ("to", ""), ("reason", "settled"), ("unseen", "true")), StringComparison.Ordinal);
        Assert.Empty(await LoweredAsync(treatment));
    }

    [Fact]
    public async Task A_level_that_another_open_task_holds_is_not_lowered_from_beside_it()
    {
        (Guid treatment, CareTask amber) = await TaskAsync("distress=yes");
        Guid second = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(second, clinic.Ago(Duration.Zero), Told.Read("thread=out")));
        CareTask red = await clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.CheckInId == second, Cancelled));
        Assert.Contains("problem=elsewhere", await PostAsync(clinic.Doctor, amber.Id, "lower", ("to", "amber"), ("reason", "x")), StringComparison.Ordinal);
        Assert.Contains("problem=elsewhere", await PostAsync(clinic.Doctor, amber.Id, "close", ("to", "green"), ("reason", "x")), StringComparison.Ordinal);
        Assert.Contains("problem=elsewhere", await PostAsync(clinic.Doctor, red.Id, "lower", ("to", "green"), ("reason", "x")), StringComparison.Ordinal);
        Assert.Empty(await LoweredAsync(treatment));
        Assert.Contains("kept=lower", await PostAsync(clinic.Doctor, red.Id, "lower", ("to", "amber"), ("reason", "trimmed")), StringComparison.Ordinal);
        Assert.Contains("kept=close", await PostAsync(clinic.Doctor, amber.Id, "close", ("to", ""), ("reason", "reassured")), StringComparison.Ordinal);
        Assert.Contains("kept=lower", await PostAsync(clinic.Doctor, red.Id, "lower", ("to", "green"), ("reason", "healed")), StringComparison.Ordinal);
        Assert.Equal([TriageLevel.Amber, TriageLevel.Green], await LoweredAsync(treatment));
    }

    [Fact]
    public async Task An_appointment_to_which_she_did_not_come_keeps_no_level_from_being_lowered()
    {
        (Guid treatment, CareTask amber) = await TaskAsync("distress=yes");
        await clinic.AddTaskAsync(amber, CareTaskKind.NoShow);
        await clinic.AddTaskAsync(amber, CareTaskKind.MissedCheckIn);
        Assert.Contains("kept=lower", await PostAsync(clinic.Doctor, amber.Id, "lower", ("to", "green"), ("reason", "reassured")), StringComparison.Ordinal);
        Assert.Equal([TriageLevel.Green], await LoweredAsync(treatment));
    }

    [Fact]
    public async Task A_task_is_taken_from_a_page_that_shows_an_older_owner_and_a_note_that_is_refused_comes_back()
    {
        (_, CareTask task) = await TaskAsync("thread=out");
        string before = await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled);
        await clinic.App.StoreAsync(async context =>
        {
            CareTask row = await context.CareTasks.SingleAsync(found => found.Id == task.Id, Cancelled);
            (row.Owner, row.OwnerId, row.Revision) = (ActionOwner.SecondDoctor, CheckInClinic.Responsible, row.Revision + 1);
        });
        string refused = await PostFromAsync(before, clinic.Doctor, task.Id, "contacted", ("note", "comes at <15:00>"));
        Assert.Contains("problem=changed", refused, StringComparison.Ordinal);
        string again = await clinic.Doctor.GetStringAsync(refused, Cancelled);
        Assert.Contains("comes at &lt;15:00&gt;</textarea>", again, StringComparison.Ordinal);

        // It is said at the form that was sent, and there alone.
        Assert.Single(Regex.Matches(again, "role=\"alert\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Matches($"<details open><summary>[^<]*</summary>\\s*<form[^>]*/tasks/{task.Id}/contacted\"(?:(?!</form>).)*role=\"alert\">Somebody changed this task", again.ReplaceLineEndings(" "));
        Assert.DoesNotContain("15:00&gt;</textarea>", await clinic.Doctor.GetStringAsync(refused, Cancelled), StringComparison.Ordinal);
        Assert.Contains("kept=acknowledge", await PostFromAsync(before, clinic.Doctor, task.Id, "acknowledge"), StringComparison.Ordinal);
        Assert.Equal(CheckInClinic.OnCall, (await ReadAsync(task)).OwnerId);

        // Whoever has answered for it is not put out by an old page.
        Assert.Contains("problem=changed", await PostFromAsync(before, clinic.Doctor, task.Id, "acknowledge"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_are_ticked_off_that_were_done_and_no_others()
    {
        (_, CareTask task) = await TaskAsync("thread=out");
        Assert.Contains("kept=acknowledge", await PostAsync(clinic.Doctor, task.Id, "acknowledge"), StringComparison.Ordinal);
        Assert.Equal([("acknowledged", "true"), ("spoken", "false"), ("seen", "false")], await StepsAsync(task));
        Assert.Contains("kept=close", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", "seen at the hospital"), ("unseen", "true")), StringComparison.Ordinal);
        Assert.Equal([("acknowledged", "true"), ("spoken", "false"), ("seen", "false")], await StepsAsync(task));
        string steps = await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled);
        Assert.Single(Regex.Matches(steps[steps.IndexOf("<ol class=\"steps\">", StringComparison.Ordinal)..], "aria-hidden=\"true\">[✓○]", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_task_that_is_graver_than_its_answers_says_what_they_were_and_why()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(20));
        foreach ((string? phone, string why) in ((string?, string)[])[("red", "the level the phone showed"), (null, "a level that still stands")])
        {
            Guid id = Guid.NewGuid();
            await clinic.KeptAsync(treatment, CheckInClinic.Message(id, clinic.Ago(Duration.Zero), Told.Well, phone));
            CareTask task = await clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.CheckInId == id, Cancelled));
            string said = $"The answers themselves: Green. The task is Red because of {why}.";
            Assert.Contains(said, await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled), StringComparison.Ordinal);
            Assert.Contains(said, await clinic.Doctor.GetStringAsync("/board", Cancelled), StringComparison.Ordinal);
            Assert.Contains("kept=close", await PostAsync(clinic.Doctor, task.Id, "close", ("reason", "x"), ("unseen", "true"), ("to", "")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_task_whose_rules_are_no_longer_in_the_rulebook_says_so()
    {
        (_, CareTask task) = await TaskAsync("thread=out");
        const string Gone = "no longer in the rulebook";
        Assert.DoesNotContain(Gone, await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled), StringComparison.Ordinal);
        await SaidAsync("'ruleOfLongAgo'", Gone);

        // One that is gone is missed beside others that are not, and beside a level above that of the answers.
        await SaidAsync("'threadOut ruleOfLongAgo'", Gone, WebUtility.HtmlEncode(TriageFile.Shipped.Get("threadOut").Says.En));
        await clinic.RunAsync([$"UPDATE check_ins SET \"Level\" = {(int)TriageLevel.Amber}, \"PhoneLevel\" = {(int)TriageLevel.Red} WHERE upper(\"Id\") = '{task.CheckInId.ToString()!.ToUpperInvariant()}'"]);
        await SaidAsync("'threadOut ruleOfLongAgo'", Gone, "The answers themselves: Amber. The task is Red because of the level the phone showed.");

        async Task SaidAsync(string reasons, params string[] said)
        {
            await clinic.RunAsync([$"UPDATE check_ins SET \"Reasons\" = {reasons} WHERE upper(\"Id\") = '{task.CheckInId.ToString()!.ToUpperInvariant()}'"]);
            foreach (string address in (string[])[$"/tasks/{task.Id}", "/board"])
            {
                string page = await clinic.Doctor.GetStringAsync(address, Cancelled);
                Assert.All(said, words => Assert.Contains(words, page, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task What_is_no_number_is_not_dialled()
    {
        (_, CareTask task) = await TaskAsync("distress=yes");
        foreach ((string phone, bool dials) in ((string, bool)[])[("0901 234 567", true), ("hỏi chồng, 12", false)])
        {
            await clinic.App.StoreAsync(async context => (await context.Patients.SingleAsync(row => row.Id == task.PatientId, Cancelled)).Phone = phone);
            string page = WebUtility.HtmlDecode(await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled));
            Assert.Contains(phone, page, StringComparison.Ordinal);
            Assert.Equal(dials, page.Contains("href=\"tel:", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("en", "What was told, and since when", "told since", "Jawline, left", "Allergies on record: ibuprofen", "for 7 days", "later taken off her sheet")]
    [InlineData("vi", "Dấu hiệu đã báo và từ khi nào", "báo từ", "trái", "Dị ứng đã ghi nhận: ibuprofen", "trong 7 ngày", "sau đó đã bỏ khỏi phiếu")]
    public async Task The_letter_of_referral_reads_back_with_threads_lots_signs_medicines_and_allergies(string language, string told, string since, string place, string allergy, string days, string withheld)
    {
        (Guid treatment, CareTask first) = await TaskAsync("fluid=pus");
        await clinic.App.StoreAsync(async context =>
        {
            StoredTreatment row = await context.Treatments.SingleAsync(found => found.Id == treatment, Cancelled);
            context.Assessments.Add(new StoredAssessment { Id = Guid.NewGuid(), PatientId = row.PatientId, AnswersJson = """{"allergyAnaesthetic":"yes","bloodThinner":"no"}""", ResultJson = "{}", Outcome = "x", RulebookVersion = await context.Rulebooks.MaxAsync(kept => kept.Version, Cancelled), ByUserId = CheckInClinic.OnCall, AcceptedBy = CheckInClinic.OnCall, AcceptedAt = clinic.App.Clock.GetCurrentInstant(), CreatedAt = clinic.App.Clock.GetCurrentInstant() });
            var orders = new AftercareOrders { TreatmentId = treatment, PatientId = row.PatientId, ChangedBy = CheckInClinic.OnCall, ChangedAt = clinic.App.Clock.GetCurrentInstant() };
            new KeptOrders { Allergies = ["ibuprofen"], Medicines = [Ordered("Paracetamol 500 mg", "paracetamol"), Ordered("Ibuprofen 400 mg", "ibuprofen")] }.Keep(orders);
            context.AftercareOrders.Add(orders);
        });
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromMinutes(-1)), Told.Read("fluid=pus note=\"sốt từ tối qua\"")));
        byte[] pdf = await clinic.Doctor.GetByteArrayAsync($"/api/tasks/{first.Id}/referral-letter?language={language}", Cancelled);
        using PdfDocument document = PdfDocument.Open(pdf);
        string text = string.Join('\n', document.GetPages().Select(page => page.Text));
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Contains(since, text, StringComparison.Ordinal);
        Assert.Contains(place, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(allergy, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Trần Thị Thử", text, StringComparison.Ordinal);
        Assert.Contains("sốt từ tối qua", text, StringComparison.Ordinal);
        Assert.Contains("L1", text, StringComparison.Ordinal);
        Assert.Contains("Thread, Maker, PDO", text, StringComparison.Ordinal);
        Assert.Contains("BS. Nguyễn Minh Anh", text, StringComparison.Ordinal);
        Assert.Contains("0900 000 100", text, StringComparison.Ordinal);
        Assert.Contains("Paracetamol 500 mg (paracetamol): 1 × 3", text, StringComparison.Ordinal);
        Assert.Contains(days, text, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(text, Regex.Escape(withheld), RegexOptions.None, TimeSpan.FromSeconds(5)));

        static MedicineOrder Ordered(string name, string ingredient) => new() { Name = name, Ingredients = [ingredient], Dose = "1 × 3", Days = 7, OrderedBy = "BS. Nguyễn Minh Anh" };
    }

    private async Task<(Guid Treatment, CareTask Task)> TaskAsync(string told)
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(20));
        Guid id = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(id, clinic.Ago(Duration.Zero), Told.Read(told)));
        return (treatment, await clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.CheckInId == id, Cancelled)));
    }

    // Where the answer leads.
    private static async Task<string> PostAsync(HttpClient browser, Guid task, string action, params (string Name, string Value)[] fields) =>
        await PostFromAsync(await browser.GetStringAsync($"/tasks/{task}", Cancelled), browser, task, action, fields);

    // The same from a page that was opened before.
    private static async Task<string> PostFromAsync(string page, HttpClient browser, Guid task, string action, params (string Name, string Value)[] fields)
    {
        string revision = Revision().Match(page).Groups["revision"].Value;
        string newest = Newest().Match(page).Groups["newest"].Value;
        using HttpResponseMessage answer = await browser.PostFormAsync($"/tasks/{task}", $"/tasks/{task}/{action}", fields.Append(("revision", revision)).Append(("newest", newest)).ToDictionary());
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<IEnumerable<(string Step, string Done)>> StepsAsync(CareTask task) =>
        [.. Regex.Matches(await clinic.Doctor.GetStringAsync($"/tasks/{task.Id}", Cancelled), "data-step=\"(?<step>[A-Za-z]+)\" data-done=\"(?<done>true|false)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => (match.Groups["step"].Value, match.Groups["done"].Value))];

    private async Task<IEnumerable<TriageLevel>> LoweredAsync(Guid treatment) =>
        (await clinic.ReadAsync(context => context.LoweredStandings.AsNoTracking().Where(row => row.TreatmentId == treatment).ToListAsync(Cancelled))).OrderBy(row => row.At).Select(row => row.To);

    private Task<CareTask> ReadAsync(CareTask task) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().SingleAsync(row => row.Id == task.Id, Cancelled));

    [GeneratedRegex("name=\"revision\" value=\"(?<revision>[0-9]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Revision();

    [GeneratedRegex("name=\"newest\" value=\"(?<newest>[0-9a-f-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Newest();
}
