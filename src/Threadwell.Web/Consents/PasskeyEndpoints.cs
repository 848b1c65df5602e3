using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Geometry;
using Threadwell.Storage.Consents;
using Threadwell.Web.Access;

namespace Threadwell.Web.Consents;

/// <summary>What was answered on the page, to be signed by passkey.</summary>
/// <param name="About">Key of the version or outline, or "none".</param>
/// <param name="Language">Language of what was shown.</param>
/// <param name="Shown">Hash of what was shown.</param>
/// <param name="Choices">"yes" or "no" by decision.</param>
internal sealed record AnsweredConsent(string About, string Language, string Shown, Dictionary<string, string?> Choices);

/// <summary>The device's answer.</summary>
internal sealed record SignedByPasskey(AnsweredConsent Consent, string State, JsonElement Credential);

/// <summary>Signing a consent by passkey: the patient in her own account, never somebody for her.</summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/patients/{id:guid}/consent/passkey/question", AskAsync).Needs(Permission.AnswerForSelf, RecordKind.Patient);
        api.MapPost("/patients/{id:guid}/consent/passkey", SignAsync).Needs(Permission.AnswerForSelf, RecordKind.Patient);
    }

    private static async Task<IResult> AskAsync(Guid id, AnsweredConsent consent, CurrentUser user, ConsentSubjects subjects, ConsentWriter writer, PasskeySigning signing, HttpContext context)
    {
        ConsentFile file = await AnsweredAsync(id, consent, user, subjects, writer);
        return await signing.IsPossibleAsync(user.UserId!.Value)
            ? Results.Ok(await signing.AskAsync(user.UserId.Value, file.Sha256(), context))
            : throw new InvalidInputException("passkey", null, "this account has no passkey; add one in the account, or sign in another way.");
    }

    private static async Task<IResult> SignAsync(
        Guid id, SignedByPasskey signed, CurrentUser user, ConsentSubjects subjects, ConsentWriter writer, PasskeySigning signing, ConsentDesk desk, HttpContext context)
    {
        ConsentFile file = await AnsweredAsync(id, signed.Consent, user, subjects, writer);
        (byte[]? proof, string? problem) = await signing.CheckAsync(user.UserId!.Value, file.Sha256(), signed.State, signed.Credential, context);
        return proof is null
            ? throw new InvalidInputException("passkey", null, problem!)
            : Results.Ok(new { address = $"/consents/{await desk.SignAsync(file, id, SignatureKind.Passkey, proof, user)}" });
    }

    private static async Task<ConsentFile> AnsweredAsync(Guid id, AnsweredConsent consent, CurrentUser user, ConsentSubjects subjects, ConsentWriter writer)
    {
        if (user.PatientId != id)
        {
            throw new InvalidInputException("passkey", null, "only the patient herself signs by passkey, in her own account.");
        }

        ConsentSubject subject = await subjects.AskedAsync(id, consent.About) ?? throw new InvalidInputException("consent", "about", "there is no such plan in this record.");
        ConsentFile file = writer.Write(subject, consent.Language == "vi" ? "vi" : "en");
        var form = new ConsentForm { Shown = consent.Shown, Choices = consent.Choices };
        return form.IsAnswered(file) ? form.Answered(file) : throw new InvalidInputException("consent", null, "the text has changed, or a decision is missing; load the page again.");
    }
}
