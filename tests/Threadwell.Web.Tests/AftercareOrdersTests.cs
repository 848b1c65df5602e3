using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Aftercare;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>What a doctor orders for the days after, and the clinic's own lengths, from the form to what the patient is told.</summary>
/// <param name="clinic">The clinic of all of them; each begins without orders.</param>
public sealed class AftercareOrdersTests(AftercareOrdersTests.OneClinic clinic) : IClassFixture<AftercareOrdersTests.OneClinic>, IAsyncLifetime
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private readonly InProcessApp app = clinic.App;
    private readonly HttpClient doctor = clinic.Doctor;
    private Guid treatment;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Page => $"/treatments/{treatment}/aftercare-orders";

    public async ValueTask InitializeAsync()
    {
        await app.StoreAsync(async context => context.RemoveRange(await context.AftercareOrders.ToListAsync(Cancelled)));
        await using ThreadwellContext database = await OpenAsync();
        treatment = await database.Treatments.Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).Select(row => row.Id).FirstAsync(Cancelled);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_order_stands_on_the_page_of_today_in_the_calendar_and_in_the_trail()
    {
        string today = TreatmentClinic.Typed(app.Clock.GetCurrentInstant().InZone(Zone).Date);
        using (HttpResponseMessage saved = await doctor.PostFormAsync(Page, Page, Orders(0, "không", "Paracetamol 500 mg", "paracetamol", "1 viên, ngày 3 lần, sau ăn", today, "14")))
        {
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        string page = WebUtility.HtmlDecode(await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled));
        Assert.Contains("Paracetamol 500 mg: 1 viên, ngày 3 lần, sau ăn", page, StringComparison.Ordinal);
        Assert.Contains("ordered by ", page, StringComparison.Ordinal);
        Assert.Contains("Do not ride: your helmet", page, StringComparison.Ordinal);
        string calendar = Encoding.UTF8.GetString(await doctor.GetByteArrayAsync($"/api/treatments/{treatment}/aftercare-calendar?language=vi", Cancelled)).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("Paracetamol 500 mg", calendar, StringComparison.Ordinal);
        Assert.Equal("%PDF"u8.ToArray(), (await doctor.GetByteArrayAsync($"/api/treatments/{treatment}/aftercare-sheet?language=vi", Cancelled))[..4]);
        await using ThreadwellContext database = await OpenAsync();
        AftercareOrders row = await database.AftercareOrders.SingleAsync(Cancelled);
        Assert.Equal((1L, true), (row.Revision, row.HelmetPresses));
        AuditEntry entry = await database.AuditEntries.Where(line => line.RecordKind == nameof(AftercareOrders)).OrderByDescending(line => line.Sequence).FirstAsync(Cancelled);
        Assert.Equal(("Added", row.PatientId.ToString()), (entry.Action, entry.PatientId));

        // The form holds what was ordered, and an older page overwrites nothing.
        Assert.Contains("value=\"Paracetamol 500 mg\"", await doctor.GetStringAsync(Page, Cancelled), StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await RefusedAsync(Orders(0, "none", "Ibuprofen", "ibuprofen", "1", "", "2")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("penicillin", "Augmentin", "amoxicillin, clavulanic acid", "for I know better", "Name")]
    [InlineData("Aspirin", "Ibuprofen 400", "ibuprofen", "", "Name")]
    [InlineData("penicillin", "Cefuroxime 500", "cefuroxime", "", "Name")]
    [InlineData("none", "Paracetamol", "", "", "Ingredients")]
    [InlineData("", "Paracetamol", "paracetamol", "", "Allergies")]
    public async Task A_medicine_against_an_allergy_is_refused_beside_its_field(string allergies, string name, string ingredients, string despite, string field)
    {
        Dictionary<string, string> orders = Orders(0, allergies, name, ingredients, "1 viên", "", "5");
        orders["Form.Medicines[0].Despite"] = despite;
        string refused = await RefusedAsync(orders);
        string id = field == "Allergies" ? "form-allergies-problem" : $"form-medicines[0]-{field.ToLowerInvariant()}-problem";
        Assert.Contains($"id=\"{id}\"", refused, StringComparison.Ordinal);
        await using ThreadwellContext database = await OpenAsync();
        Assert.Equal(0, await database.AftercareOrders.CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_related_family_needs_a_reason_and_an_allergy_told_later_withholds_the_medicine()
    {
        Dictionary<string, string> orders = Orders(0, "penicillin", "Cefuroxime 500", "cefuroxime", "1 viên", "", "30");
        orders["Form.Medicines[0].Despite"] = "rash as a child, cephalosporins taken since";
        using (HttpResponseMessage saved = await doctor.PostFormAsync(Page, Page, orders))
        {
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        string told = await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled);
        Assert.Contains("Cefuroxime 500: 1", told, StringComparison.Ordinal);
        Assert.Contains("rash as a child", await doctor.GetStringAsync(Page, Cancelled), StringComparison.Ordinal);

        // An assessment that is accepted later names the family itself.
        await app.StoreAsync(async context =>
        {
            AftercareOrders row = await context.AftercareOrders.SingleAsync(Cancelled);
            var assessment = new Threadwell.Storage.Assessments.StoredAssessment
            {
                Id = Guid.CreateVersion7(), PatientId = row.PatientId, AnswersJson = "{\"allergyMedicines\":\"cephalosporin\"}", ResultJson = "{}", Outcome = "noReasonAgainst",
                RulebookVersion = await context.Rulebooks.MaxAsync(book => book.Version, Cancelled), ByUserId = row.ChangedBy, AcceptedBy = row.ChangedBy, AcceptedAt = app.Clock.GetCurrentInstant(), CreatedAt = app.Clock.GetCurrentInstant(),
            };
            context.Add(assessment);
        });
        string withheld = await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled);
        Assert.DoesNotContain("Cefuroxime 500: 1", withheld, StringComparison.Ordinal);
        Assert.Contains("Do not take Cefuroxime 500", withheld, StringComparison.Ordinal);
        Assert.Contains("Sleep on your back", withheld, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_allergy_written_down_with_another_treatment_counts_for_this_one_whichever_was_first()
    {
        var other = Guid.CreateVersion7();
        await app.StoreAsync(async context =>
        {
            StoredTreatment own = await context.Treatments.SingleAsync(row => row.Id == treatment, Cancelled);
            Instant ended = app.Clock.GetCurrentInstant() - Duration.FromDays(200);
            context.Add(new StoredTreatment { Id = other, PatientId = own.PatientId, Kind = TreatmentKind.Planned, State = TreatmentState.Ended, Day = own.Day.PlusDays(-200), OperatorId = own.OperatorId, FacilityId = own.FacilityId, CreatedAt = ended, EndedAt = ended });
        });
        Dictionary<string, string> allergic = Orders(0, "aspirin", "", "", "", "", "");
        Dictionary<string, string> orders = Orders(0, "none", "Ibuprofen 400", "ibuprofen", "1 viên", "", "30");
        string elsewhere = $"/treatments/{other}/aftercare-orders";

        // Written down first: the medicine is refused, and the page names what is known.
        await SavedAsync(elsewhere, allergic);
        string refused = await RefusedAsync(orders);
        Assert.Contains("id=\"form-medicines[0]-name-problem\"", refused, StringComparison.Ordinal);
        Assert.Contains("Written down with the orders of another treatment, checked in any case: aspirin", refused, StringComparison.Ordinal);

        // Written down later: the medicine is told no more.
        await app.StoreAsync(async context => context.RemoveRange(await context.AftercareOrders.ToListAsync(Cancelled)));
        await SavedAsync(Page, orders);
        Assert.Contains("Ibuprofen 400: 1", await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled), StringComparison.Ordinal);
        await SavedAsync(elsewhere, allergic);
        string told = await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled);
        Assert.DoesNotContain("Ibuprofen 400: 1", told, StringComparison.Ordinal);
        Assert.Contains("Do not take Ibuprofen 400", told, StringComparison.Ordinal);

        async Task SavedAsync(string page, Dictionary<string, string> typed)
        {
            using HttpResponseMessage saved = await doctor.PostFormAsync(page, page, typed);
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }
    }

    [Fact]
    public async Task What_was_found_settled_ends_its_rule()
    {
        LocalDate treated = await TreatedAsync();
        Dictionary<string, string> early = Orders(0, "", "", "", "", "", "");
        early["Form.Settled[make-up]"] = TreatmentClinic.Typed(treated.PlusDays(-1));
        Assert.Contains("id=\"form-settled[make-up]-problem\"", await RefusedAsync(early), StringComparison.Ordinal);
        early["Form.Settled[make-up]"] = TreatmentClinic.Typed(treated.PlusDays(3));
        using HttpResponseMessage saved = await doctor.PostFormAsync(Page, Page, early);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        string page = await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled);
        Assert.True(page.IndexOf("No make-up", StringComparison.Ordinal) > page.IndexOf("<summary>Over</summary>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clinic_lengthens_a_rule_never_shortens_it_and_its_doctor_signs_off()
    {
        using HttpClient administrator = await app.SignInAsync("administrator@demo");
        string shown = await administrator.GetStringAsync("/clinic/aftercare", Cancelled);
        string revision = shown.Split("Form.Revision\" value=\"")[1].Split('"')[0];
        Dictionary<string, string> lengths = new() { ["_handler"] = "lengths", ["Form.Revision"] = revision, ["Form.Lengths[heat]"] = "13", ["Form.Lengths[sun]"] = "30", ["Form.Lengths[soaking]"] = "14" };
        using (HttpResponseMessage refused = await administrator.PostFormAsync("/clinic/aftercare", "/clinic/aftercare", lengths))
        {
            Assert.Contains("id=\"problem-heat\"", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        lengths["Form.Lengths[heat]"] = "28";
        using (HttpResponseMessage saved = await administrator.PostFormAsync("/clinic/aftercare", "/clinic/aftercare", lengths))
        {
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        await using ThreadwellContext database = await OpenAsync();
        AftercareLengths kept = AftercareLengths.Of(await database.ClinicSettings.AsNoTracking().SingleAsync(Cancelled));
        Assert.Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["heat"] = 28, ["sun"] = 30 }, kept.Lengths);
        Assert.Null(kept.SignedOffBy);
        Assert.Contains("AftercareJson", await database.AuditEntries.Where(entry => entry.RecordKind == "ClinicSettings").OrderByDescending(entry => entry.Sequence).Select(entry => entry.Detail).FirstAsync(Cancelled), StringComparison.Ordinal);

        // What the patient is told follows.
        string until = (await TreatedAsync()).PlusDays(28).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        Assert.Contains($"to the end of {until}", await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled), StringComparison.Ordinal);

        string rules = await doctor.GetStringAsync("/rules/aftercare", Cancelled);
        string read = rules.Split("name=\"revision\" value=\"")[1].Split('"')[0];
        using (HttpResponseMessage older = await doctor.PostFormAsync("/rules/aftercare", "/rules/aftercare/sign-off", new() { ["revision"] = revision }))
        {
            Assert.Equal("/rules/aftercare?changed=1", older.Headers.Location!.OriginalString);
        }

        using (HttpResponseMessage signed = await doctor.PostFormAsync("/rules/aftercare", "/rules/aftercare/sign-off", new() { ["revision"] = read }))
        {
            Assert.Equal("/rules/aftercare", signed.Headers.Location!.OriginalString);
        }

        Assert.Contains("Signed off by", await administrator.GetStringAsync("/clinic/aftercare", Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("Không", 0)]
    [InlineData("penicillin; aspirin,\nlatex", 3)]
    public void Allergies_are_read_from_a_list(string typed, int count) => Assert.Equal(count, KnownAllergies.Read(typed).Count);

    private async Task<ThreadwellContext> OpenAsync() => await app.App.Services.GetRequiredService<IDbContextFactory<ThreadwellContext>>().CreateDbContextAsync(Cancelled);

    private async Task<LocalDate> TreatedAsync()
    {
        await using ThreadwellContext database = await OpenAsync();
        Instant ended = (await database.Treatments.Where(row => row.Id == treatment).Select(row => row.EndedAt).SingleAsync(Cancelled))!.Value;
        return ended.InZone(Zone).Date;
    }

    private async Task<string> RefusedAsync(Dictionary<string, string> orders)
    {
        using HttpResponseMessage answer = await doctor.PostFormAsync(Page, Page, orders);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    public sealed class OneClinic : IAsyncLifetime
    {
        internal InProcessApp App { get; private set; } = null!;

        internal HttpClient Doctor { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await InProcessApp.StartAsync();
            Doctor = await App.SignInAsync("doctor@demo");
        }

        public async ValueTask DisposeAsync()
        {
            Doctor.Dispose();
            await App.DisposeAsync();
        }
    }

    private static Dictionary<string, string> Orders(long revision, string allergies, string name, string ingredients, string dose, string from, string days) => new()
    {
        ["_handler"] = "orders",
        ["Form.Revision"] = revision.ToString(CultureInfo.InvariantCulture),
        ["Form.Allergies"] = allergies,
        ["Form.Helmet"] = "yes",
        ["Form.Medicines[0].Name"] = name,
        ["Form.Medicines[0].Ingredients"] = ingredients,
        ["Form.Medicines[0].Dose"] = dose,
        ["Form.Medicines[0].From"] = from,
        ["Form.Medicines[0].Days"] = days,
    };
}
