using NodaTime;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What a patient prepares before a treatment.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="TreatmentOn">Day of the treatment.</param>
/// <param name="TreatmentAt">Time of day and place in words; empty where not yet settled.</param>
/// <param name="Areas">Treated areas in the document's language.</param>
/// <param name="Items">What to do, in any order.</param>
public sealed record PreparationContent(DocumentFacts Facts, PersonDetails Person, LocalDate TreatmentOn, string TreatmentAt, IReadOnlyList<string> Areas, IReadOnlyList<PreparationItem> Items);

/// <summary>One thing to do or to leave.</summary>
/// <param name="From">First day it holds; null for at once.</param>
/// <param name="Until">Last day it holds; null for that one day, or with no first day for always.</param>
/// <param name="What">What to do.</param>
/// <param name="Why">Why.</param>
public sealed record PreparationItem(LocalDate? From, LocalDate? Until, string What, string Why);

/// <summary>The dated sheet that a patient takes home before a treatment, A4.</summary>
public static class PreparationSheet
{
    /// <summary>Writes the sheet, its items in the order of their days.</summary>
    public static byte[] Write(PreparationContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        DocumentLanguage language = content.Facts.Language;
        string title = language.Text("preparation.title");
        Flow flow = SheetDocument.NewFlow();
        SheetDocument.AddHead(flow, content.Facts, title, content.Person);
        string day = language.Date(content.TreatmentOn);
        flow.Labelled(language.Text("preparation.day"), content.TreatmentAt.Length > 0 ? $"{day}, {content.TreatmentAt}" : day);
        if (content.Areas.Count > 0)
        {
            flow.Labelled(language.Text("document.areas"), string.Join(", ", content.Areas));
        }

        flow.Space(flow.Plain.After);
        flow.Table(
            [new TableColumn("", 0.22f, IsBox: true), new TableColumn(language.Text("preparation.when"), 1.15f), new TableColumn(language.Text("preparation.what"), 2.4f), new TableColumn(language.Text("preparation.why"), 1.8f)],
            [.. content.Items.OrderBy(item => item.From ?? item.Until ?? LocalDate.MinIsoValue).Select(item => new[] { "", When(item, language), item.What, item.Why })]);
        flow.Paragraph(language.Text("preparation.medicines"));
        flow.Paragraph([new TextRun(language.Text("preparation.call"), Strong: true), new TextRun(content.Facts.Clinic.Phone.Length > 0 ? " " + language.Text("document.phone", content.Facts.Clinic.Phone) : "")]);
        return SheetDocument.Write(content.Facts, title, content.Person, flow);
    }

    private static string When(PreparationItem item, DocumentLanguage language) => (item.From, item.Until) switch
    {
        (null, null) => language.Text("preparation.always"),
        (null, { } until) => language.Text("preparation.until", language.Date(until)),
        ({ } from, null) => language.Date(from),
        ({ } from, { } until) when from == until => language.Date(from),
        ({ } from, { } until) => language.Text("preparation.range", language.Date(from), language.Date(until)),
    };
}
