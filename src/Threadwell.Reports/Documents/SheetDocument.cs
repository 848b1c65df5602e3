using SkiaSharp;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What the A4 documents share: head and foot of the page, the person, sections.</summary>
internal static class SheetDocument
{
    private static readonly TextStyle Edge = new(8, Quiet: true);

    /// <summary>An empty document for an A4 sheet.</summary>
    public static Flow NewFlow() => new(PageFrame.A4.BodyWidth, PageFrame.A4.BodyHeight);

    /// <summary>The PDF of a document: clinic and title above each page, person, time and page number below.</summary>
    public static byte[] Write(DocumentFacts facts, string title, PersonDetails person, Flow flow) => Write(facts, title, person, flow, PageFrame.A4);

    /// <summary>The PDF of a document on a sheet with other borders.</summary>
    public static byte[] Write(DocumentFacts facts, string title, PersonDetails person, Flow flow, PageFrame frame)
    {
        DocumentLanguage language = facts.Language;
        return PdfFile.Write(title, language.Name, facts.MadeAt.ToInstant(), frame, flow.Pieces, (canvas, page, pages) =>
        {
            float right = frame.Width - frame.Margin;
            float top = frame.Margin - Edge.LineHeight;
            float bottom = frame.Height - frame.Margin;
            Text(canvas, facts.Clinic.Name, frame.Margin, top);
            Shapes.LineRight(canvas, title, Edge, right, top);
            if (facts.IsDemonstration)
            {
                Shapes.Line(canvas, [new TextRun(language.Text("document.demonstration") + " ", Strong: true)], Edge, frame.Margin, top + Edge.LineHeight);
            }

            Shapes.Rule(canvas, frame.Margin, bottom - 2, frame.BodyWidth);
            Text(canvas, $"{person.FullName} · {person.RecordNumber} · {language.Text("document.made", language.Time(facts.MadeAt))}", frame.Margin, bottom);
            Shapes.LineRight(canvas, language.Text("document.page", page, pages), Edge, right, bottom);
        });
    }

    /// <summary>Title, clinic and person.</summary>
    public static void AddHead(Flow flow, DocumentFacts facts, string title, PersonDetails person)
    {
        DocumentLanguage language = facts.Language;
        string[] clinic = [facts.Clinic.Address, facts.Clinic.Phone.Length > 0 ? language.Text("document.phone", facts.Clinic.Phone) : "", facts.Clinic.LicenceNumber.Length > 0 ? language.Text("document.licence", facts.Clinic.LicenceNumber) : ""];
        flow.Heading(title, 1);
        flow.Paragraph([new TextRun(facts.Clinic.Name, Strong: true), .. clinic.Where(part => part.Length > 0).Select(part => new TextRun(" · " + part))], flow.Small);
        flow.Labelled(language.Text("document.patient"), person.FullName);
        flow.Labelled(language.Text("document.born"), language.Date(person.BirthDate));
        flow.Labelled(language.Text("document.record"), person.RecordNumber);
        flow.Space(flow.Plain.After);
    }

    /// <summary>Sections, each under its heading.</summary>
    public static void AddSections(Flow flow, IReadOnlyList<DocumentSection> sections)
    {
        foreach (DocumentSection section in sections)
        {
            flow.Heading(section.Heading, 2);
            foreach (DocumentBlock block in section.Blocks)
            {
                Add(flow, block);
            }
        }
    }

    private static void Add(Flow flow, DocumentBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                flow.Paragraph(paragraph.Text);
                break;
            case ListBlock list:
                flow.List(list.Items);
                break;
            case TableBlock table:
                flow.Table([.. table.Headings.Select((heading, index) => new TableColumn(heading, index == 0 ? 1.6f : 1))], table.Rows);
                break;
            default:
                throw new ArgumentException($"A block of the kind {block.GetType().Name} is not known.", nameof(block));
        }
    }

    // What does not fit the line beside what stands at its right end is cut with an ellipsis: it stands whole in the document.
    private static void Text(SKCanvas canvas, string text, float x, float y)
    {
        TextLine first = TextLines.Break([new TextRun(text)], Edge, 0.72f * PageFrame.A4.BodyWidth) is var lines && lines.Count > 1
            ? new TextLine([.. lines[0].Runs.SkipLast(1), lines[0].Runs[^1] with { Text = lines[0].Runs[^1].Text.TrimEnd() + "… " }], lines[0].Width)
            : lines[0];
        Shapes.Line(canvas, first.Runs, Edge, x, y);
    }
}
