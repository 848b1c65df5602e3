using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Consents;

/// <summary>What a check of one consent found.</summary>
/// <param name="Id">Key of the consent.</param>
/// <param name="Problem">What is not as it was signed; null where all is.</param>
public sealed record ConsentReport(Guid Id, string? Problem);

/// <summary>Proves that consents are what was signed: everything is hashed anew from the stored text, pictures, plan, signature and PDF.</summary>
public static class ConsentVerification
{
    /// <summary>Checks one consent or all, in the order of their keys.</summary>
    /// <param name="options">Where the data are.</param>
    /// <param name="id">The consent; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">There is no such consent, or the data cannot be opened.</exception>
    public static async Task<IReadOnlyList<ConsentReport>> RunAsync(ServeOptions options, Guid? id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = new DataFolder(options.DataFolder);
        ClinicDatabase database = DatabaseChoice.Of(options.Database, options.DataFolder);
        RecordCipher cipher = RecordKeys.Open(data.Keys);
        var files = new FileStore(data.Files, cipher);
        await using ThreadwellContext context = database.Open(cipher);
        List<Guid> keys = await context.Consents.Where(consent => id == null || consent.Id == id).OrderBy(consent => consent.Id).Select(consent => consent.Id).ToListAsync(cancellation);
        if (id is not null && keys.Count == 0)
        {
            throw new InvalidInputException("consent verify", null, $"there is no consent {id}.");
        }

        var reports = new List<ConsentReport>();
        foreach (Guid key in keys)
        {
            reports.Add(new ConsentReport(key, await ProblemAsync(key, context, files, cancellation)));
        }

        return reports;
    }

    /// <summary>What is not as it was signed; null where all is.</summary>
    internal static async Task<string?> ProblemAsync(Guid id, ThreadwellContext database, FileStore files, CancellationToken cancellation)
    {
        StoredConsent consent;
        try
        {
            consent = await database.Consents.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        }
        catch (Exception error) when (error is SealedDataException || error.InnerException is SealedDataException)
        {
            return $"its text cannot be opened: {error.Message}";
        }

        if (Sha256(Encoding.UTF8.GetBytes(consent.DocumentJson)) != consent.DocumentSha256)
        {
            return "its text is not the one that was signed.";
        }

        ConsentFile file;
        try
        {
            file = ConsentFile.Parse(consent.DocumentJson);
        }
        catch (InvalidInputException error)
        {
            return error.Message;
        }

        if (file.ToJson() != consent.DocumentJson)
        {
            return "its text is not in canonical form.";
        }

        if (file.Language != consent.Language || file.Choices.All(choice => choice.Kind != consent.Kind || choice.Given != true))
        {
            return "its row says something else than its text.";
        }

        return await PlanProblemAsync(consent, file, database, cancellation)
            ?? file.Pictures.Select((picture, index) => FileProblem(picture.Sha256, $"picture {index + 1}", files)).FirstOrDefault(problem => problem is not null)
            ?? (file.Prediction is { } prediction ? FileProblem(prediction.Sha256, "the prediction", files) : null)
            ?? FileProblem(consent.SignatureSha256, "the signature", files)
            ?? (consent.Signature == SignatureKind.Passkey ? PasskeyProof.Problem(files.Read(consent.SignatureSha256), consent.DocumentSha256) : null)
            ?? FileProblem(consent.PdfSha256, "the PDF", files);
    }

    private static async Task<string?> PlanProblemAsync(StoredConsent consent, ConsentFile file, ThreadwellContext database, CancellationToken cancellation)
    {
        if (consent.Kind == ConsentKind.Treatment && (file.Plan is null || file.Plan.VersionId != consent.PlanVersionId || file.Plan.OutlineId != consent.OutlineId))
        {
            return "its row names another plan than its text.";
        }

        if (file.Plan is not { } plan)
        {
            return null;
        }

        string? json = plan.VersionId is { } version
            ? await database.PlanVersions.Where(row => row.Id == version).Select(row => row.PlanJson).SingleOrDefaultAsync(cancellation)
            : await database.PlanOutlines.Where(row => row.Id == plan.OutlineId).Select(row => row.Json).SingleOrDefaultAsync(cancellation);
        return json is null ? "its plan is gone." : ConsentSubject.Sha256(json) != plan.Sha256 ? "its plan is not the one that was signed." : null;
    }

    private static string? FileProblem(string sha256, string what, FileStore files)
    {
        try
        {
            return Sha256(files.Read(sha256)) == sha256 ? null : $"{what} is not the one that was signed.";
        }
        catch (Exception error) when (error is SealedDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{what} cannot be read: {error.Message}";
        }
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
