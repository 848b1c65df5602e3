using NodaTime;
using SkiaSharp;
using Threadwell.Biology;
using Threadwell.Reports.Documents.Barcodes;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What the clinic's thread card says.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="TreatedOn">Day of the treatment.</param>
/// <param name="Doctor">Who treated.</param>
/// <param name="Products">What was put in, one entry a product and lot; at least one.</param>
public sealed record ThreadCardContent(DocumentFacts Facts, PersonDetails Person, LocalDate TreatedOn, string Doctor, IReadOnlyList<CardProduct> Products);

/// <summary>A product and lot on the card.</summary>
/// <param name="Name">Name of the product.</param>
/// <param name="Maker">Its maker.</param>
/// <param name="Material">What the thread is made of.</param>
/// <param name="Lot">Lot; empty where unknown.</param>
/// <param name="Serial">Serial number; empty where there is none.</param>
/// <param name="Expiry">Last day of use; null where unknown.</param>
/// <param name="Identifier">Unique device identification; null where the product has none.</param>
/// <param name="Places">Where and how many.</param>
public sealed record CardProduct(string Name, string Maker, ThreadMaterial Material, string Lot, string Serial, LocalDate? Expiry, DeviceIdentification? Identifier, IReadOnlyList<CardPlace> Places)
{
    /// <summary>Threads of it that were taken out whole since.</summary>
    public int Removed { get; init; }

    /// <summary>Day of the last of these removals; null where there is none.</summary>
    public LocalDate? RemovedOn { get; init; }
}

/// <summary>Threads of a product in one area.</summary>
/// <param name="Area">Area and side in the card's language: "jawline, left".</param>
/// <param name="Count">Number of threads.</param>
public sealed record CardPlace(string Area, int Count);

/// <summary>How a device identification is written.</summary>
public enum IdentificationForm
{
    /// <summary>GS1 element strings: a Data Matrix that begins with FNC1.</summary>
    Gs1,

    /// <summary>HIBC: a Data Matrix of the text as it is.</summary>
    Hibc,

    /// <summary>Any other: a QR code of the text as it is.</summary>
    Other,
}

/// <summary>A unique device identification.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Readable">As people read it: "(01)09506000134352(17)261231(10)AB12".</param>
/// <param name="Data">As a scanner reads it, without FNC1 at the beginning; a group separator (29) ends a value of variable length before another.</param>
public sealed record DeviceIdentification(IdentificationForm Form, string Readable, string Data);

/// <summary>
/// The clinic's thread card: two sides or more of the size of a bank card. The first names patient, day and clinic; the others what was put in, as many sides as it needs. It is the clinic's own card:
/// products that are sutures have no implant card by law.
/// </summary>
public static class ThreadCard
{
    private const float TextSize = 6.4f;

    // GS1 asks for modules of 0.25 to 0.6 mm on products in hospitals.
    private static readonly float LargestModule = PageFrame.Mm(0.5f);
    private static readonly float CodeWidth = PageFrame.Mm(17);

    /// <summary>Writes the card; each page is a side.</summary>
    /// <exception cref="ArgumentException">There is no product, or an identification fits no barcode.</exception>
    public static byte[] Write(ThreadCardContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Products.Count == 0)
        {
            throw new ArgumentException("A thread card needs at least one product.", nameof(content));
        }

        DocumentFacts facts = content.Facts;
        DocumentLanguage language = facts.Language;
        PageFrame frame = PageFrame.Card;
        string title = language.Text("card.title");
        var flow = new Flow(frame.BodyWidth, frame.BodyHeight, TextSize);
        AddPerson(flow, content);
        foreach (CardProduct product in content.Products)
        {
            AddProduct(flow, product, language);
        }

        return PdfFile.Write($"{title}: {content.Person.FullName}", language.Name, facts.MadeAt.ToInstant(), frame, flow.Pieces, (canvas, page, pages) =>
            DrawHead(canvas, facts.IsDemonstration ? $"{title} · {language.Text("card.demonstration")}" : title, $"{page}/{pages}"));
    }

    private static void DrawHead(SKCanvas canvas, string title, string page)
    {
        PageFrame frame = PageFrame.Card;
        var style = new TextStyle(6);
        Shapes.Line(canvas, [new TextRun(title + " ", Strong: true)], style, frame.Margin, frame.Margin);
        Shapes.LineRight(canvas, page, style, frame.Width - frame.Margin, frame.Margin);
        Shapes.Rule(canvas, frame.Margin, frame.Margin + style.LineHeight + 1, frame.BodyWidth);
    }

    private static void AddPerson(Flow flow, ThreadCardContent content)
    {
        DocumentLanguage language = content.Facts.Language;
        ClinicDetails clinic = content.Facts.Clinic;
        flow.Paragraph(content.Person.FullName, new TextStyle(10, Strong: true));
        flow.Labelled(language.Text("document.born"), language.Date(content.Person.BirthDate));
        flow.Labelled(language.Text("card.treated"), language.Date(content.TreatedOn));
        flow.Labelled(language.Text("card.threads"), language.Number(content.Products.Sum(product => product.Places.Sum(place => place.Count))));
        flow.Labelled(language.Text("card.doctor"), content.Doctor);
        flow.Labelled(language.Text("card.clinic"), string.Join(" · ", new[] { clinic.Name, clinic.Address }.Where(part => part.Length > 0)));
        if (clinic.Phone.Length > 0)
        {
            flow.Labelled(language.Text("card.phone"), clinic.Phone);
        }

        flow.Space(2);
        flow.Paragraph(language.Text("card.show"), new TextStyle(TextSize));
        flow.EndPage();
    }

    private static void AddProduct(Flow flow, CardProduct product, DocumentLanguage language)
    {
        if (product.Identifier is { } identifier)
        {
            flow.Beside(text => AddWords(text, product, language), Code(identifier).Piece(CodeWidth, LargestModule), CodeWidth);
        }
        else
        {
            AddWords(flow, product, language);
        }

        flow.Space(5);
    }

    private static void AddWords(Flow flow, CardProduct product, DocumentLanguage language)
    {
        string unknown = language.Text("card.unknown");
        flow.Paragraph(product.Name, new TextStyle(TextSize + 0.8f, Strong: true));
        flow.Labelled(language.Text("card.maker"), product.Maker);
        flow.Paragraph([
            new TextRun(language.Text("card.lot") + ": "), new TextRun(product.Lot.Length > 0 ? product.Lot : unknown, Strong: true),
            new TextRun("  " + language.Text("card.expiry") + ": "), new TextRun(product.Expiry is { } expiry ? language.Date(expiry) : unknown, Strong: true),
            .. product.Serial.Length > 0 ? [new TextRun("  " + language.Text("card.serial") + ": "), new TextRun(product.Serial, Strong: true)] : Array.Empty<TextRun>(),
        ], new TextStyle(TextSize));
        flow.Labelled(language.Text("card.areas"), string.Join("; ", product.Places.Select(place => language.Text("card.place", place.Area, place.Count))));
        int count = product.Places.Sum(place => place.Count);
        if (product.RemovedOn is { } removed)
        {
            flow.Labelled(language.Text("card.removed"), language.Text("card.removed.some", product.Removed, count, language.Date(removed)));
        }

        string remains = product.Removed >= count ? language.Text("card.removed.all") : MaterialWords.Resorption(product.Material, language);
        flow.Labelled(language.Text("card.material"), $"{MaterialWords.Name(product.Material, language)}, {remains}");
        flow.Labelled(language.Text("card.identifier"), product.Identifier?.Readable.Replace("(", TextLines.BreakPlace + "(", StringComparison.Ordinal) ?? language.Text("card.none"));
    }

    private static Barcode Code(DeviceIdentification identifier) => identifier.Form switch
    {
        IdentificationForm.Gs1 => Barcode.DataMatrix(identifier.Data, isGs1: true),
        IdentificationForm.Hibc => Barcode.DataMatrix(identifier.Data, isGs1: false),
        IdentificationForm.Other => Barcode.Qr(identifier.Data),
        _ => throw new ArgumentException($"The form {identifier.Form} of a device identification is not known.", nameof(identifier)),
    };
}
