using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Consents;

/// <summary>Files of consents, and taking one back.</summary>
internal static class ConsentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/patients/{id:guid}/consent/pictures/{version:guid}/{number:int}", ShownPictureAsync).Needs(Permission.AnswerForSelf, RecordKind.Patient);
        routes.MapGet("/consents/{id:guid}/pictures/{number:int}", SignedPictureAsync).Needs(Permission.ReadOwnDocuments, RecordKind.Consent);
        routes.MapGet("/consents/{id:guid}/signature.png", async (Guid id, ThreadwellContext database, FileStore files) =>
            await FindAsync(id, database) is { Signature: SignatureKind.Drawn } consent ? Results.Bytes(files.Read(consent.SignatureSha256), "image/png") : Results.NotFound()).Needs(Permission.ReadOwnDocuments, RecordKind.Consent);
        routes.MapGet("/consents/{id:guid}/pdf", PdfAsync).Needs(Permission.ReadOwnDocuments, RecordKind.Consent);
        routes.MapPost("/consents/{id:guid}/withdraw", WithdrawAsync).Needs(Permission.AnswerForSelf, RecordKind.Consent);
    }

    /// <summary>Name of the doctor before whom a consent was signed; empty where the patient signed in her own account.</summary>
    public static async Task<string> WitnessAsync(StoredConsent consent, ThreadwellContext database) =>
        await database.Users.AsNoTracking().Where(user => user.Id == consent.SignedOn && user.Role == Role.Doctor).Select(user => user.FullName).SingleOrDefaultAsync() ?? "";

    private static async Task<IResult> ShownPictureAsync(Guid id, Guid version, int number, ConsentSubjects subjects, ConsentPictures pictures, FileStore files)
    {
        if (await subjects.FindAsync(id, version, null) is not { } subject)
        {
            return Results.NotFound();
        }

        IReadOnlyList<(ConsentPicture Shows, string Sha256)> shown = pictures.Of(subject);
        return number >= 0 && number < shown.Count ? Results.Bytes(files.Read(shown[number].Sha256), "image/png") : Results.NotFound();
    }

    private static async Task<IResult> SignedPictureAsync(Guid id, int number, ThreadwellContext database, FileStore files)
    {
        if (await FindAsync(id, database) is not { } consent)
        {
            return Results.NotFound();
        }

        IReadOnlyList<ShownPicture> shown = ConsentFile.Parse(consent.DocumentJson).Pictures;
        return number >= 0 && number < shown.Count ? Results.Bytes(files.Read(shown[number].Sha256), "image/png") : Results.NotFound();
    }

    // What was signed stays as it is; once it was withdrawn, the document says so.
    private static async Task<IResult> PdfAsync(Guid id, ThreadwellContext database, FileStore files, ClinicTime time)
    {
        if (await FindAsync(id, database) is not { } consent)
        {
            return Results.NotFound();
        }

        byte[] pdf = consent.WithdrawnAt is null
            ? files.Read(consent.PdfSha256)
            : ConsentPdf.Write(
                ConsentFile.Parse(consent.DocumentJson),
                new GivenSignature(consent.Signature, files.Read(consent.SignatureSha256), consent.SignedAt, await WitnessAsync(consent, database)),
                await time.ZoneAsync(),
                files,
                consent);
        return Results.Bytes(pdf, "application/pdf", "consent.pdf");
    }

    private static async Task<IResult> WithdrawAsync(Guid id, [FromForm] string? reason, ThreadwellContext database, ConsentDesk desk, CurrentUser user)
    {
        if (await database.Consents.SingleOrDefaultAsync(row => row.Id == id) is not { } consent)
        {
            return Results.NotFound();
        }

        await desk.WithdrawAsync(consent, reason ?? "", user);
        return Results.LocalRedirect($"/consents/{id}");
    }

    private static Task<StoredConsent?> FindAsync(Guid id, ThreadwellContext database) => database.Consents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);
}
