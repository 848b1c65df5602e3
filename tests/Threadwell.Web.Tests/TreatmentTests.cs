using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>A treatment from its booking to its signature, over HTTP.</summary>
public sealed class TreatmentTests(TreatmentClinic clinic) : IClassFixture<TreatmentClinic>
{
    private static readonly string[] Nerves = ["brow.left", "brow.right", "eye.left", "eye.right", "smile.left", "smile.right", "lip.left", "lip.right", "sensation.left", "sensation.right"];
    private static readonly string[] DischargeTicks = ["bleeding", "entries", "pain", "told", "reached"];
    private static readonly string[] SterileSteps = ["room-clean", "skin-clean", "no-infection", "hands", "antisepsis", "drapes", "packages", "single-use"];
    private static readonly object[] NoDoses = [];
    private static readonly string[] None = [];

    private readonly ServerProcess server = clinic.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> AllNormal => Nerves.ToDictionary(place => place, _ => "normal", StringComparer.Ordinal);

    [Fact]
    public async Task A_day_whose_first_two_weeks_nobody_covers_cannot_be_booked()
    {
        string patient = await clinic.PatientAsync();
        (string address, string page) = await clinic.BookAsync(patient, day: TreatmentClinic.Today.PlusDays(55));
        Assert.EndsWith("/treat", address, StringComparison.Ordinal);
        Assert.Contains("id=\"form-day-problem\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{TreatmentClinic.Typed(TreatmentClinic.Today.PlusDays(55))}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_starts_while_anything_is_open_and_each_step_closes_its_line()
    {
        string patient = await clinic.PatientAsync();
        (string treatment, _) = await clinic.BookAsync(patient);
        string[] all = ["assessment.missing", "recheck.missing", "consent.missing", "phone", "photos", "dose.open", "sterility", "asymmetry", "nerves"];
        Assert.Equal(all, Gate(await server.GetAsync(treatment)));
        (int status, JsonElement refused) = await clinic.ChangeAsync(HttpMethod.Post, treatment, "start", new { });
        Assert.Equal(422, status);
        Assert.Equal(all, refused.GetProperty("fields").EnumerateObject().Select(line => line.Name));
        Assert.All(refused.GetProperty("fields").EnumerateObject(), line => Assert.StartsWith("Cannot start: ", line.Value.GetString(), StringComparison.Ordinal));

        await KeepAsync(treatment, HttpMethod.Put, "recheck", new { fever = "no", herpes = "no", pregnant = "no", medicines = "no", allergy = "no", systolic = "125", diastolic = "80" });
        await KeepAsync(treatment, HttpMethod.Put, "phone", new { });
        await KeepAsync(treatment, HttpMethod.Put, "doses", new { weightKg = "60,5", doses = NoDoses, isNone = true, reason = "" });
        await KeepAsync(treatment, HttpMethod.Put, "sterility", new { ticked = SterileSteps });
        await KeepAsync(treatment, HttpMethod.Put, "asymmetry", new { measures = new[] { new { key = "brow", left = "22", right = "24,5" } }, note = "", countersignedBy = "Nurse Lan" });
        await KeepAsync(treatment, HttpMethod.Put, "nerves", new { findings = AllNormal, note = "" });
        foreach (string view in (string[])["Front", "ObliqueLeft", "ObliqueRight", "ProfileLeft", "ProfileRight"])
        {
            using ByteArrayContent photo = TreatmentClinic.Photo();
            using HttpResponseMessage added = await server.Http.PostAsync($"{treatment}/photos?view={view}", photo, Cancelled);
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        }

        // What other pages give is left, and the server still refuses; with it the treatment starts.
        Assert.Equal(["assessment.missing", "consent.missing"], Gate(await server.GetAsync(treatment)));
        Assert.Equal(422, (await clinic.ChangeAsync(HttpMethod.Post, treatment, "start", new { })).Status);
        await clinic.ConsentAsync(patient);
        JsonElement state = await KeepAsync(treatment, HttpMethod.Post, "start", new { });
        Assert.Equal(("started", ""), (state.GetProperty("state").GetString(), state.GetProperty("override").GetString()));
    }

    [Fact]
    public async Task The_running_dose_is_held_against_the_limit()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync());
        object[] doses = [new { isCream = true, percent = "5", amount = "4", withAdrenaline = true }, new { isCream = false, percent = "1", amount = "10", withAdrenaline = false }];
        JsonElement state = await KeepAsync(treatment, HttpMethod.Put, "doses", new { weightKg = "50", doses, isNone = false, reason = "" });
        JsonElement sum = state.GetProperty("doses");
        Assert.Equal((300.0, 225.0), (sum.GetProperty("totalMg").GetDouble(), sum.GetProperty("limitMg").GetDouble()));
        Assert.Contains("dose.limit", Gate(state));
        state = await KeepAsync(treatment, HttpMethod.Put, "doses", new { weightKg = "50", doses, isNone = false, reason = "Given over two hours" });
        Assert.DoesNotContain("dose.limit", Gate(state));
        (int status, JsonElement refused) = await clinic.ChangeAsync(HttpMethod.Put, treatment, "doses", new { weightKg = "5", doses, isNone = true, reason = "" });
        Assert.Equal(422, status);
        Assert.Equal(["weight", "none"], refused.GetProperty("fields").EnumerateObject().Select(field => field.Name));
        Assert.Equal("50", (await server.GetAsync(treatment)).GetProperty("doses").GetProperty("weightKg").GetString());
    }

    [Fact]
    public async Task Who_measured_cannot_countersign_and_a_changed_measure_is_measured_anew()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync());
        object one = new[] { new { key = "mouth", left = "70", right = "72" } };
        (int status, JsonElement refused) = await clinic.ChangeAsync(HttpMethod.Put, treatment, "asymmetry", new { measures = one, note = "", countersignedBy = "bs. nguyễn minh anh" });
        Assert.Equal(422, status);
        Assert.True(refused.GetProperty("fields").TryGetProperty("countersigned", out _));
        (status, refused) = await clinic.ChangeAsync(HttpMethod.Put, treatment, "asymmetry", new { measures = new[] { new { key = "mouth", left = "70", right = "" } }, note = "", countersignedBy = "" });
        Assert.Equal(422, status);
        Assert.True(refused.GetProperty("fields").TryGetProperty("mouth-right", out _));
        JsonElement state = await KeepAsync(treatment, HttpMethod.Put, "asymmetry", new { measures = one, note = "", countersignedBy = "" });
        Assert.Contains("countersign", Gate(state));
    }

    [Fact]
    public async Task Of_two_windows_the_later_one_is_told_and_overwrites_nothing()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync());
        long revision = (await server.GetAsync(treatment)).GetProperty("revision").GetInt64();
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"{treatment}/sterility", new { revision, ticked = SterileSteps[..3] })).Status);
        (int status, JsonElement late) = await server.SendAsync(HttpMethod.Put, $"{treatment}/sterility", new { revision, ticked = None });
        Assert.Equal((409, revision + 1), (status, late.GetProperty("revision").GetInt64()));
        Assert.Equal(3, (await server.GetAsync(treatment)).GetProperty("sterile").GetArrayLength());
    }

    [Fact]
    public async Task Coordinators_read_doctors_write_and_another_patient_finds_nothing()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync());
        using HttpClient coordinator = await server.SignInAsync("coordinator");
        using HttpResponseMessage read = await coordinator.GetAsync(treatment, Cancelled);
        using HttpResponseMessage written = await coordinator.PutAsync($"{treatment}/phone", new StringContent("{\"revision\":1}", System.Text.Encoding.UTF8, "application/json"), Cancelled);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (read.StatusCode, written.StatusCode));
        using HttpClient patient = await server.SignInAsync("patient");
        using HttpResponseMessage other = await patient.GetAsync($"{treatment}/thread-card", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Without_a_valid_licence_not_even_an_emergency_opens_the_gate()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync());
        using HttpClient administrator = await server.SignInAsync("administrator");
        string[] licences = [.. (await administrator.GetStringAsync("/clinic/staff", Cancelled)).Split("/clinic/licences/").Skip(1).Select(rest => rest[..36])];
        await LastUntilAsync("31/12/2024");
        try
        {
            Assert.Contains("operator.licence", Gate(await server.GetAsync(treatment)));
            (int status, JsonElement refused) = await clinic.ChangeAsync(HttpMethod.Post, treatment, "override", new { reason = "She cannot wait any longer" });
            Assert.Equal(403, status);
            Assert.True(refused.GetProperty("fields").TryGetProperty("override-reason", out _));
            Assert.Equal(403, (await clinic.ChangeAsync(HttpMethod.Post, treatment, "start", new { })).Status);
        }
        finally
        {
            await LastUntilAsync("");
        }

        async Task LastUntilAsync(string day)
        {
            foreach (string licence in licences)
            {
                string revision = Regex.Match(await administrator.GetStringAsync($"/clinic/licences/{licence}", Cancelled), "name=\"Form.Revision\" value=\"(?<revision>\\d+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["revision"].Value;
                await ClinicTests.PostAsync(administrator, $"/clinic/licences/{licence}", new() { ["_handler"] = "licence", ["Form.Revision"] = revision, ["Form.Number"] = "CC-9", ["Form.Specialty"] = "dermatology", ["Form.From"] = "01/01/2020", ["Form.Until"] = day });
            }
        }
    }

    [Fact]
    public async Task An_override_needs_a_reason_and_stands_on_the_record()
    {
        (string treatment, string patient) = await clinic.StartedAsync();
        JsonElement state = await server.GetAsync(treatment);
        Assert.Equal("started", state.GetProperty("state").GetString());
        Assert.Contains("must be completed", state.GetProperty("override").GetString(), StringComparison.Ordinal);
        JsonElement noted = state.GetProperty("events")[0];
        Assert.Equal("override", noted.GetProperty("kind").GetString());
        Assert.Contains("assessment.missing", noted.GetProperty("text").GetString(), StringComparison.Ordinal);
        (string second, _) = await clinic.BookAsync(patient);
        Assert.Equal(422, (await clinic.ChangeAsync(HttpMethod.Post, second, "override", new { reason = "now" })).Status);
    }

    [Fact]
    public async Task Care_for_a_complication_is_never_blocked()
    {
        (string treatment, _) = await clinic.BookAsync(await clinic.PatientAsync(), "ComplicationCare", TreatmentClinic.Today);
        Assert.Empty(Gate(await server.GetAsync(treatment)));
        Assert.Equal("started", (await KeepAsync(treatment, HttpMethod.Post, "start", new { })).GetProperty("state").GetString());
        await KeepAsync(treatment, HttpMethod.Post, "events", new { kind = "thread", text = "Removed 2 cm of an unknown thread on the left cheek" });
        await KeepAsync(treatment, HttpMethod.Put, "discharge", new { ticked = DischargeTicks, findings = AllNormal, note = "" });
        Assert.Equal("ended", (await KeepAsync(treatment, HttpMethod.Post, "end", new { })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Every_thread_is_traced_from_its_package_to_the_recall()
    {
        (string treatment, string patient) = await clinic.StartedAsync();
        const string Gtin = "09521234000051";
        LocalDate good = TreatmentClinic.Today.PlusDays(200);
        string lot = $"AB{patient[^6..].ToUpperInvariant()}-7";

        // A package that the catalogue lacks: refused, added, read again.
        object package = Package(TreatmentClinic.Gs1(Gtin, good, lot, "S1"));
        JsonElement read = await AskAsync(treatment, "package", package);
        if (read.GetProperty("offer").GetString() == "unknown-product")
        {
            (int refusedStatus, _) = await server.SendAsync(HttpMethod.Post, $"{treatment}/products", new { package, name = "Lift PDO", maker = "A maker", material = "PDO", absorbable = "no", barbs = "Cut", diameterMm = "" });
            Assert.Equal(422, refusedStatus);
            read = await AskAsync(treatment, "products", new { package, name = "Lift PDO", maker = "A maker", material = "PDO", absorbable = "yes", barbs = "Cut", diameterMm = "0,35" });
        }

        Assert.Empty(read.GetProperty("problems").EnumerateObject());
        Assert.Equal(("Lift PDO", lot, "S1"), (Text(read, "product"), Text(read, "lot"), Text(read, "serial")));

        // Expired, without lot, in two barcodes.
        JsonElement expired = await AskAsync(treatment, "package", Package(TreatmentClinic.Gs1(Gtin, TreatmentClinic.Today.PlusDays(-1), lot)));
        Assert.Contains("expired", expired.GetProperty("problems").GetProperty("barcode").GetString(), StringComparison.Ordinal);
        Assert.Equal(422, (await PlaceAsync(treatment, Package(TreatmentClinic.Gs1(Gtin, TreatmentClinic.Today.PlusDays(-1), lot)), "L1")).Status);
        JsonElement half = await AskAsync(treatment, "package", Package($"01{Gtin}"));
        Assert.Equal("scan-more", half.GetProperty("offer").GetString());
        string[] two = [$"(01){Gtin}", $"17{TreatmentClinic.Coded(good)}10{lot}"];
        Assert.Empty((await AskAsync(treatment, "package", Package(two))).GetProperty("problems").EnumerateObject());

        // Three in one go, one twice refused, one struck out and placed again as another one.
        JsonElement state = await PlacedAsync(treatment, package, "L1", "L2", "L3");
        Assert.Equal(3, state.GetProperty("threads").GetArrayLength());
        (int status, JsonElement refused) = await PlaceAsync(treatment, package, "L3");
        Assert.Equal(422, status);
        Assert.True(refused.GetProperty("fields").TryGetProperty("planned", out _));
        string third = state.GetProperty("threads")[2].GetProperty("id").GetString()!;
        Assert.Equal(422, (await clinic.ChangeAsync(HttpMethod.Post, treatment, $"threads/{third}/strike", new { reason = " " })).Status);
        state = await KeepAsync(treatment, HttpMethod.Post, $"threads/{third}/strike", new { reason = "wrong side" });
        Assert.Contains("L3", state.GetProperty("left").EnumerateArray().Select(place => place.GetProperty("id").GetString()));
        await PlacedAsync(treatment, Package(two), "R1", "R2", "R3");

        // It is signed only when every planned thread is placed or has a reason, and the discharge is gone through.
        (status, refused) = await clinic.ChangeAsync(HttpMethod.Post, treatment, "end", new { });
        Assert.Equal((422, "end"), (status, refused.GetProperty("what").GetString()));
        await KeepAsync(treatment, HttpMethod.Put, "not-placed", new { planned = new[] { "L3" }, reason = "Enough lift on the left" });
        await KeepAsync(treatment, HttpMethod.Put, "discharge", new { ticked = DischargeTicks, findings = AllNormal, note = "" });
        state = await KeepAsync(treatment, HttpMethod.Post, "end", new { });
        Assert.Equal(("ended", 64), (state.GetProperty("state").GetString(), state.GetProperty("signedSha256").GetString()!.Length));
        Assert.Equal(409, (await PlaceAsync(treatment, package, "L3")).Status);
        Assert.Equal(409, (await clinic.ChangeAsync(HttpMethod.Put, treatment, "sterility", new { ticked = None })).Status);
        state = await KeepAsync(treatment, HttpMethod.Post, "next-morning", new { findings = AllNormal, note = "slept well" });
        Assert.Equal(1, state.GetProperty("mornings").GetArrayLength());

        foreach (string language in (string[])["en", "vi"])
        {
            foreach (string paper in (string[])["thread-card", "preparation-sheet"])
            {
                byte[] pdf = await server.Http.GetByteArrayAsync($"{treatment}/{paper}?language={language}", Cancelled);
                Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(pdf, 0, 8), StringComparison.Ordinal);
            }
        }

        // The recall finds her however the lot is typed; what was struck out is shown apart and is not in the count.
        string recall = WebUtility.HtmlDecode(await server.Http.GetStringAsync($"/recall?lot={Uri.EscapeDataString(lot.ToLowerInvariant().Replace("-", " – ", StringComparison.Ordinal))}", Cancelled));
        Assert.Contains($"data-patient=\"{patient}\"", recall, StringComparison.Ordinal);
        Assert.Contains("5 threads, Lift PDO", recall, StringComparison.Ordinal);
        Assert.Contains("wrong side", recall, StringComparison.Ordinal);
        using HttpClient administrator = await server.SignInAsync("administrator");
        string[] file = (await administrator.GetStringAsync($"/recall/file?lot={lot}", Cancelled)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(file, line => line.Contains("0912 345 678", StringComparison.Ordinal) && line.Contains("placed", StringComparison.Ordinal));
        Assert.Contains(file, line => line.Contains("struck out: wrong side", StringComparison.Ordinal));
        Assert.DoesNotContain($"href=\"/patients/{patient}\"", await administrator.GetStringAsync($"/recall?lot={lot}", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_outside_the_plan_or_of_another_material_needs_its_reason()
    {
        (string treatment, _) = await clinic.StartedAsync();
        object package = Package(TreatmentClinic.Gs1("09521234000068", TreatmentClinic.Today.PlusDays(100), "PL1"));
        if ((await AskAsync(treatment, "package", package)).GetProperty("offer").GetString() == "unknown-product")
        {
            await AskAsync(treatment, "products", new { package, name = "Lift PLLA", maker = "A maker", material = "PLLA", absorbable = "yes", barbs = "Cone", diameterMm = "" });
        }

        (int status, JsonElement refused) = await PlaceAsync(treatment, package, "L1");
        Assert.Equal(422, status);
        Assert.Contains("PLLA", refused.GetProperty("fields").GetProperty("planned").GetString(), StringComparison.Ordinal);
        object extra = new { package, planned = None, unplanned = new { area = "neck", side = "left", reason = "" }, depthMm = "", tensionN = "", note = "" };
        Assert.Equal(422, (await server.SendAsync(HttpMethod.Post, $"{treatment}/threads", extra)).Status);
        (status, JsonElement state) = await server.SendAsync(HttpMethod.Post, $"{treatment}/threads", new { package, planned = None, unplanned = new { area = "neck", side = "left", reason = "A fold below the jaw" }, depthMm = "3,5", tensionN = "", note = "" });
        Assert.Equal(200, status);
        Assert.Equal("A fold below the jaw", state.GetProperty("threads")[0].GetProperty("reason").GetString());

        // An example names no product: it is not placed in a real patient.
        JsonElement example = await AskAsync(treatment, "package", Package(TreatmentClinic.Gs1("09521234000013", TreatmentClinic.Today.PlusDays(100), "X1")));
        Assert.Contains("example", example.GetProperty("problems").GetProperty("barcode").GetString(), StringComparison.Ordinal);
    }

    private static string[] Gate(JsonElement state) => [.. state.GetProperty("gate").EnumerateArray().Select(line => line.GetProperty("code").GetString()!)];

    private static string? Text(JsonElement read, string name) => read.GetProperty("package").GetProperty(name).GetString();

    private static object Package(params string[] barcodes) => new { barcodes, productId = (string?)null, lot = "", expiry = "" };

    private async Task<JsonElement> KeepAsync(string treatment, HttpMethod method, string path, object change)
    {
        (int status, JsonElement body) = path == "events" ? await server.SendAsync(method, $"{treatment}/{path}", change) : await clinic.ChangeAsync(method, treatment, path, change);
        Assert.True(status == 200, $"{path}: {status} {body}");
        return body;
    }

    private async Task<JsonElement> AskAsync(string treatment, string path, object question)
    {
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Post, $"{treatment}/{path}", question);
        Assert.True(status == 200, $"{path}: {status} {body}");
        return body;
    }

    private Task<(int Status, JsonElement Body)> PlaceAsync(string treatment, object package, params string[] planned) =>
        server.SendAsync(HttpMethod.Post, $"{treatment}/threads", new { package, planned, unplanned = (object?)null, depthMm = "", tensionN = "", note = "" });

    private async Task<JsonElement> PlacedAsync(string treatment, object package, params string[] planned)
    {
        (int status, JsonElement body) = await PlaceAsync(treatment, package, planned);
        Assert.True(status == 200, body.ToString());
        return body;
    }
}
