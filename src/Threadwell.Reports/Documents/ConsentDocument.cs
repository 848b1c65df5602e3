using NodaTime;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What a signed consent says.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="Title">What is consented to.</param>
/// <param name="Sections">The text that was shown.</param>
/// <param name="Pictures">The pictures that were shown.</param>
/// <param name="Statement">The sentence that was agreed to.</param>
/// <param name="Signature">Who signed, when and how.</param>
/// <param name="ContentSha256">SHA-256 of what was shown, 64 hexadecimal digits.</param>
/// <param name="Withdrawal">When and why it was withdrawn; null while it stands.</param>
public sealed record ConsentContent(
    DocumentFacts Facts,
    PersonDetails Person,
    string Title,
    IReadOnlyList<DocumentSection> Sections,
    IReadOnlyList<DocumentPicture> Pictures,
    string Statement,
    ConsentSignature Signature,
    string ContentSha256,
    ConsentWithdrawal? Withdrawal = null);

/// <summary>A signature.</summary>
/// <param name="Kind">How it was given.</param>
/// <param name="SignedBy">Name of who signed.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Drawing">PNG of a drawn signature; null for another kind.</param>
/// <param name="Witness">Name of the doctor who was there; empty where the patient signed alone in her own account.</param>
public sealed record ConsentSignature(SignatureKind Kind, string SignedBy, OffsetDateTime SignedAt, byte[]? Drawing, string Witness);

/// <summary>How a consent was signed.</summary>
public enum SignatureKind
{
    /// <summary>Drawn by hand.</summary>
    Drawn,

    /// <summary>By writing the full name.</summary>
    Typed,

    /// <summary>By a passkey.</summary>
    Passkey,
}

/// <summary>A withdrawal.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in the patient's words; may be empty.</param>
public sealed record ConsentWithdrawal(OffsetDateTime At, string Reason);

/// <summary>The consent as a PDF, A4: text and pictures that were shown, the signature, and the hash that binds it to them.</summary>
public static class ConsentDocument
{
    /// <summary>Writes the document.</summary>
    /// <exception cref="ArgumentException">A picture is neither PNG nor JPEG, or a drawn signature has no drawing.</exception>
    public static byte[] Write(ConsentContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        DocumentLanguage language = content.Facts.Language;
        Flow flow = SheetDocument.NewFlow();
        SheetDocument.AddHead(flow, content.Facts, content.Title, content.Person);
        if (content.Withdrawal is { } withdrawal)
        {
            flow.Paragraph([new TextRun(language.Text("consent.withdrawn", language.Time(withdrawal.At)), Strong: true), new TextRun(withdrawal.Reason.Length > 0 ? " " + language.Text("consent.reason", withdrawal.Reason) : "")]);
        }

        SheetDocument.AddSections(flow, content.Sections);
        if (content.Pictures.Count > 0)
        {
            flow.Heading(language.Text("consent.pictures"), 2);
            foreach (DocumentPicture picture in content.Pictures)
            {
                flow.Picture(picture.Image, picture.Caption);
            }
        }

        AddSignature(flow, content);
        return SheetDocument.Write(content.Facts, content.Title, content.Person, flow);
    }

    private static void AddSignature(Flow flow, ConsentContent content)
    {
        DocumentLanguage language = content.Facts.Language;
        ConsentSignature signature = content.Signature;
        flow.Heading(language.Text("consent.signature"), 2);
        flow.Paragraph(content.Statement);
        switch (signature.Kind)
        {
            case SignatureKind.Drawn:
                flow.Picture(signature.Drawing ?? throw new ArgumentException("A drawn signature needs its drawing.", nameof(content)), language.Text("consent.drawn", signature.SignedBy), 0.45f);
                break;
            case SignatureKind.Typed:
                flow.Paragraph(signature.SignedBy, new TextStyle(18, Strong: true));
                flow.Paragraph(language.Text("consent.typed"), flow.Small);
                break;
            case SignatureKind.Passkey:
                flow.Paragraph(language.Text("consent.passkey", signature.SignedBy));
                break;
            default:
                throw new ArgumentException($"The signature kind {signature.Kind} is not known.", nameof(content));
        }

        flow.Labelled(language.Text("consent.by"), signature.SignedBy);
        flow.Labelled(language.Text("consent.at"), language.Time(signature.SignedAt));
        flow.Labelled(language.Text("consent.witness"), signature.Witness.Length > 0 ? signature.Witness : language.Text("consent.alone"));
        flow.Space(flow.Plain.After);
        flow.Paragraph([new TextRun(language.Text("consent.hash") + " "), new TextRun(content.ContentSha256, Strong: true)], flow.Small);
        flow.Heading(language.Text("consent.withdrawal.title"), 2);
        flow.Paragraph(language.Text("consent.withdrawal"));
    }
}
