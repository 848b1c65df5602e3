using NodaTime;
using NodaTime.Text;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Web.Text;
using DocumentSignature = Threadwell.Reports.Documents.SignatureKind;
using StoredSignature = Threadwell.Storage.Consents.SignatureKind;

namespace Threadwell.Web.Consents;

/// <summary>How and when a consent was signed.</summary>
/// <param name="Kind">How.</param>
/// <param name="Content">The signature's file: a PNG where drawn, the name where typed, the assertion where by passkey.</param>
/// <param name="At">When.</param>
/// <param name="Witness">Name of the doctor who was there; empty where the patient signed in her own account.</param>
internal sealed record GivenSignature(StoredSignature Kind, byte[] Content, Instant At, string Witness);

/// <summary>Puts a signed consent onto paper.</summary>
internal static class ConsentPdf
{
    /// <summary>Writes the PDF.</summary>
    /// <param name="file">What was shown and answered.</param>
    /// <param name="signature">How it was signed.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="files">Where the pictures are.</param>
    /// <param name="withdrawn">The row, once its consent was withdrawn; null while it stands.</param>
    public static byte[] Write(ConsentFile file, GivenSignature signature, DateTimeZone zone, FileStore files, StoredConsent? withdrawn = null)
    {
        DocumentLanguage language = DocumentLanguage.Of(file.Language);
        var texts = new LanguageTexts(typeof(ConsentText), file.Language);
        return ConsentDocument.Write(new ConsentContent(
            new DocumentFacts(language, new ClinicDetails(file.Clinic.Name, "", file.Clinic.Phone), Local(signature.At, zone), file.Patient.IsDemonstration),
            new PersonDetails(file.Patient.FullName, LocalDatePattern.Iso.Parse(file.Patient.BirthDate).Value, language.Number(file.Patient.Number)),
            file.Title,
            [.. file.Sections.Select(section => section.ToDocument()), Decisions(file, texts)],
            [.. file.Pictures.Select(picture => new DocumentPicture(files.Read(picture.Sha256), picture.Caption))],
            file.Statement,
            new ConsentSignature(KindOf(signature.Kind), file.Patient.FullName, Local(signature.At, zone), signature.Kind == StoredSignature.Drawn ? signature.Content : null, signature.Witness),
            file.Sha256(),
            withdrawn?.WithdrawnAt is { } at ? new ConsentWithdrawal(Local(at, zone), $"{texts["kind." + withdrawn.Kind]}. {withdrawn.WithdrawnReason}".Trim()) : null));
    }

    private static DocumentSection Decisions(ConsentFile file, LanguageTexts texts) => new(
        texts["answered"],
        [.. file.Choices.Select(choice => new ParagraphBlock($"{choice.Name}: {texts[choice.Given == true ? "choice.yes" : "choice.no"]}. {choice.Statement}"))]);

    private static OffsetDateTime Local(Instant at, DateTimeZone zone) => at.InZone(zone).ToOffsetDateTime();

    private static DocumentSignature KindOf(StoredSignature kind) => kind switch
    {
        StoredSignature.Drawn => DocumentSignature.Drawn,
        StoredSignature.Typed => DocumentSignature.Typed,
        StoredSignature.Passkey => DocumentSignature.Passkey,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
