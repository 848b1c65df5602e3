using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SkiaSharp;
using Threadwell.Care.Suitability;
using Threadwell.Storage;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>The demonstration clinic, with patients that are opened as real ones are.</summary>
/// <param name="shared">Its server.</param>
public sealed partial class TreatmentClinic(SharedServer shared)
{
    /// <summary>The doctor of the demonstration clinic.</summary>
    public const string Doctor = "de000000-0000-7000-8000-000000000001";

    /// <summary>Its facility.</summary>
    public const string Facility = "de000000-0000-7000-8000-000000000101";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];
    private int patients;

    internal ServerProcess Server => shared.Server;

    /// <summary>Today in the clinic.</summary>
    internal static LocalDate Today => SystemClock.Instance.GetCurrentInstant().InZone(Zone).Date;

    /// <summary>A date as it is typed.</summary>
    internal static string Typed(LocalDate day) => day.ToString("dd/MM/uuuu", CultureInfo.InvariantCulture);

    /// <summary>A GS1 barcode as a scanner sends it, with its symbology identifier and separator.</summary>
    internal static string Gs1(string gtin, LocalDate expiry, string lot, string serial = "") =>
        $"]d201{gtin}17{Coded(expiry)}10{lot}{(serial.Length == 0 ? "" : $"\u001d21{serial}")}";

    /// <summary>A date as barcodes hold it: two digits each of year, month and day.</summary>
    internal static string Coded(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year % 100:00}{date.Month:00}{date.Day:00}");

    /// <summary>A new patient with an outline of three PDO threads on each side.</summary>
    internal async Task<string> PatientAsync()
    {
        using HttpResponseMessage opened = await Server.Http.PostFormAsync("/patients/new", "/patients/new", new()
        {
            ["_handler"] = "patient",
            ["Form.FullName"] = $"Lê Thị Hoà {patients++}",
            ["Form.BirthDate"] = "02/03/1975",
            ["Form.Sex"] = "female",
            ["Form.Phone"] = "0912 345 678",
            ["Form.Language"] = "en",
        });
        string patient = opened.RequestMessage!.RequestUri!.Segments[^1];
        await ClinicTests.PostAsync(Server.Http, $"/patients/{patient}/outline", new()
        {
            ["_handler"] = "outline",
            ["Form.Rows[0].Area"] = "Jawline",
            ["Form.Rows[0].Material"] = "Pdo",
            ["Form.Rows[0].Barbs"] = "Cut",
            ["Form.Rows[0].Left"] = "3",
            ["Form.Rows[0].Right"] = "3",
        });
        return patient;
    }

    /// <summary>Books a treatment.</summary>
    /// <returns>Its address in the API, and the page that answered.</returns>
    internal async Task<(string Address, string Page)> BookAsync(string patient, string kind = "Planned", LocalDate? day = null)
    {
        string form = await Server.Http.GetStringAsync($"/patients/{patient}/treat");
        using HttpResponseMessage booked = await Server.Http.PostFormAsync($"/patients/{patient}/treat", $"/patients/{patient}/treat", new()
        {
            ["_handler"] = "booking",
            ["Form.Kind"] = kind,
            ["Form.Plan"] = OutlineKey().Match(form).Groups["key"].Value,
            ["Form.Day"] = Typed(day ?? Today),
            ["Form.Operator"] = Doctor,
            ["Form.Facility"] = Facility,
            ["Form.Room"] = "Room 1",
        });
        return ("/api" + booked.RequestMessage!.RequestUri!.AbsolutePath, await booked.Content.ReadAsStringAsync());
    }

    /// <summary>Gives a patient what only time can give over HTTP: an assessment that a doctor accepted, and a consent to the outline that is two days old.</summary>
    internal async Task ConsentAsync(string patient)
    {
        var data = new DataFolder(Server.DataFolder);
        await using ThreadwellContext record = new SqliteDatabase(data.Database).Open(RecordKeys.Open(data.Keys));
        var key = Guid.Parse(patient);
        Instant before = SystemClock.Instance.GetCurrentInstant() - Duration.FromDays(2);
        PlanOutline outline = await record.PlanOutlines.SingleAsync(row => row.PatientId == key);
        int rules = await record.Rulebooks.MaxAsync(row => row.Version);
        record.Assessments.Add(new StoredAssessment
        {
            Id = Guid.CreateVersion7(),
            PatientId = key,
            AnswersJson = """{"bloodThinner":"no","smoking":"no"}""",
            ResultJson = "{}",
            Outcome = nameof(Outcome.NoReasonAgainst),
            RulebookVersion = rules,
            ByUserId = Guid.Parse(Doctor),
            AcceptedBy = Guid.Parse(Doctor),
            AcceptedAt = before,
            CreatedAt = before,
        });
        record.Consents.Add(new StoredConsent
        {
            Id = Guid.CreateVersion7(),
            PatientId = key,
            Kind = ConsentKind.Treatment,
            OutlineId = outline.Id,
            Language = "vi",
            DocumentJson = "{}",
            DocumentSha256 = new string('0', 64),
            Signature = SignatureKind.Typed,
            SignatureSha256 = new string('0', 64),
            PdfSha256 = new string('0', 64),
            SignedAt = before,
            SignedOn = Guid.Parse(Doctor),
        });
        await record.SaveChangesAsync();
    }

    /// <summary>Sends a change with the newest revision.</summary>
    internal async Task<(int Status, JsonElement Body)> ChangeAsync(HttpMethod method, string treatment, string path, object change)
    {
        long revision = (await Server.GetAsync(treatment)).GetProperty("revision").GetInt64();
        Dictionary<string, JsonElement> body = JsonSerializer.SerializeToElement(change).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        body["revision"] = JsonSerializer.SerializeToElement(revision);
        return await Server.SendAsync(method, $"{treatment}/{path}", body);
    }

    /// <summary>A treatment that an override started.</summary>
    internal async Task<(string Address, string Patient)> StartedAsync()
    {
        string patient = await PatientAsync();
        (string treatment, _) = await BookAsync(patient);
        (int status, JsonElement body) = await ChangeAsync(HttpMethod.Post, treatment, "override", new { reason = "The thread of this morning must be completed now" });
        Assert.True(status == 200, body.ToString());
        return (treatment, patient);
    }

    /// <summary>A small picture.</summary>
    internal static ByteArrayContent Photo()
    {
        using var bitmap = new SKBitmap(400, 500);
        bitmap.Erase(SKColors.Tan);
        return new ByteArrayContent(bitmap.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray());
    }

    [GeneratedRegex("value=\"(?<key>outline-[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OutlineKey();
}
