using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>What the page of a check-in knows, so that it goes on without a line.</summary>
/// <param name="Course">The treatment's course as the API tells it.</param>
/// <param name="Keeps">Whether answers and page may lie on the device: a patient's own and an enrolled phone, not a computer of the clinic.</param>
/// <param name="Teller">Who answers: "patient", the key of a relative, or "clinic". What is half answered on the device is shown to that person alone.</param>
/// <param name="Zone">The clinic's time zone.</param>
/// <param name="Rulebook">Address of questions and rules.</param>
/// <param name="Past">Where the patient's check-ins are listed; null where whoever asks may not read them.</param>
/// <param name="Today">The page of today.</param>
internal sealed record CheckInFacts(CheckInHistory Course, bool Keeps, string Teller, string Zone, string Rulebook, string? Past, string Today)
{
    // Vietnamese letters as they are: a file of its own, never a part of a page.
    private static readonly JsonSerializerOptions Letters = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<(byte[] Content, string Address)> Written = new(Write);

    /// <summary>Questions and rules as a phone evaluates them, without what only a clinician reads.</summary>
    public static byte[] RulebookContent => Written.Value.Content;

    /// <summary>Their address; another for other content, so that a phone may keep it for ever.</summary>
    public static string RulebookAddress => Written.Value.Address;

    /// <summary>The facts of a page.</summary>
    public static CheckInFacts Of(TreatmentCourse course, Instant now, CurrentUser user) => new(
        CheckInHistory.Of(course, now, user, TriageFile.Shipped),
        Keeps: user.DeviceId is not null || user.Role == Role.Patient,
        Teller: user.DeviceId is not null || user.Role == Role.Patient ? TellerOf(user.FamilyAccessId) : "clinic",
        course.Zone.Id,
        RulebookAddress,
        Past: user.DeviceId is null ? $"/treatments/{course.Treatment.Id}/check-ins" : null,
        Today: $"/treatments/{course.Treatment.Id}/aftercare");

    /// <summary>The patient, or one of her relatives, as a phone names who answers on it.</summary>
    /// <param name="family">The relative; null for the patient.</param>
    public static string TellerOf(Guid? family) => family?.ToString() ?? "patient";

    private static (byte[] Content, string Address) Write()
    {
        JsonObject file = JsonNode.Parse(TriageFile.ShippedBytes.Span)!.AsObject();
        foreach (JsonNode? rule in file["rules"]!.AsArray())
        {
            foreach (string member in (string[])["cards", "sources", "judgement"])
            {
                rule!.AsObject().Remove(member);
            }
        }

        byte[] content = JsonSerializer.SerializeToUtf8Bytes(file, Letters);
        return (content, $"/api/check-ins/rulebook?v={LinkSecrets.Hash(System.Text.Encoding.UTF8.GetString(content))[..16]}");
    }
}
