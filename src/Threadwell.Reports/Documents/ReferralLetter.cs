using NodaTime;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What a letter of referral says.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="To">To whom: a person, department or hospital.</param>
/// <param name="Reason">Why, in the document's language; for severe laxity <see cref="ReferralLetter.SevereLaxity"/> gives it.</param>
/// <param name="Sections">Findings, history, what is asked.</param>
/// <param name="Map">Threads that the patient carries; null where there are none or none are known.</param>
/// <param name="Doctor">Who signs.</param>
/// <param name="DoctorLicence">Number of the doctor's licence; empty where not given.</param>
public sealed record ReferralContent(DocumentFacts Facts, PersonDetails Person, string To, string Reason, IReadOnlyList<DocumentSection> Sections, ThreadMap? Map, string Doctor, string DoctorLicence);

/// <summary>The threads that a patient carries.</summary>
/// <param name="TreatedOn">Day of the treatment; null where unknown.</param>
/// <param name="Picture">Where they lie; null where no scan shows it.</param>
/// <param name="Threads">The threads.</param>
public sealed record ThreadMap(LocalDate? TreatedOn, DocumentPicture? Picture, IReadOnlyList<MappedThread> Threads);

/// <summary>A thread of a map.</summary>
/// <param name="Id">Identifier on the picture.</param>
/// <param name="Place">Area and side.</param>
/// <param name="Product">Product, maker and material.</param>
/// <param name="Lot">Lot; empty where unknown.</param>
/// <param name="DepthMm">Depth in mm; null where unknown.</param>
public sealed record MappedThread(string Id, string Place, string Product, string Lot, double? DepthMm);

/// <summary>A letter with which a patient is sent on, A4.</summary>
public static class ReferralLetter
{
    /// <summary>The reason of a referral for severe laxity.</summary>
    /// <param name="areas">Areas, in the language.</param>
    /// <param name="language">The letter's language.</param>
    public static string SevereLaxity(IReadOnlyList<string> areas, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(language);
        return language.Text("referral.severe", string.Join(", ", areas));
    }

    /// <summary>Writes the letter.</summary>
    /// <exception cref="ArgumentException">The picture of the map is neither PNG nor JPEG.</exception>
    public static byte[] Write(ReferralContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        DocumentLanguage language = content.Facts.Language;
        string title = language.Text("referral.title");
        Flow flow = SheetDocument.NewFlow();
        SheetDocument.AddHead(flow, content.Facts, title, content.Person);
        flow.Labelled(language.Text("referral.to"), content.To);
        flow.Labelled(language.Text("document.date"), language.Date(content.Facts.MadeAt.Date));
        flow.Space(flow.Plain.After);
        flow.Paragraph(content.Reason);
        SheetDocument.AddSections(flow, content.Sections);
        if (content.Map is { } map)
        {
            AddMap(flow, map, language);
        }

        flow.Space(flow.Plain.LineHeight);
        flow.SignatureLine(content.DoctorLicence.Length > 0 ? language.Text("referral.doctor", content.Doctor, content.DoctorLicence) : content.Doctor);
        return SheetDocument.Write(content.Facts, title, content.Person, flow);
    }

    private static void AddMap(Flow flow, ThreadMap map, DocumentLanguage language)
    {
        flow.Heading(language.Text("referral.map"), 2);
        flow.Paragraph(map.TreatedOn is { } day ? language.Text("referral.treated", language.Date(day)) : language.Text("referral.treated-unknown"));
        if (map.Picture is { } picture)
        {
            flow.Picture(picture.Image, picture.Caption);
        }

        flow.Table(
            [
                new TableColumn(language.Text("thread.id"), 0.6f),
                new TableColumn(language.Text("thread.place"), 1.3f),
                new TableColumn(language.Text("thread.product"), 2),
                new TableColumn(language.Text("card.lot"), 1),
                new TableColumn(language.Text("thread.depth"), 0.8f, IsNumber: true),
            ],
            [.. map.Threads.Select(thread => new[] { thread.Id, thread.Place, thread.Product, thread.Lot, thread.DepthMm is { } depth ? language.Number(depth, 1) : "" })]);
    }
}
