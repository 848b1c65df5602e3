using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What a marking sheet says.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="Plan">Name and version of the plan.</param>
/// <param name="Areas">Treated areas, in the document's language.</param>
/// <param name="Pictures">The face with entry and exit points.</param>
/// <param name="Landmarks">Names of the landmarks from which the points are measured, in the document's language.</param>
/// <param name="Threads">The threads, in the order in which they are marked.</param>
public sealed record MarkingContent(
    DocumentFacts Facts,
    PersonDetails Person,
    string Plan,
    IReadOnlyList<string> Areas,
    IReadOnlyList<DocumentPicture> Pictures,
    IReadOnlyList<string> Landmarks,
    IReadOnlyList<MarkedThread> Threads);

/// <summary>A thread to mark on the skin.</summary>
/// <param name="Id">Identifier on the picture.</param>
/// <param name="What">Material, gauge and depth in words.</param>
/// <param name="EntryMm">Straight distances of the entry from each landmark, mm, in the order of <see cref="MarkingContent.Landmarks"/>; null where the landmark is not known.</param>
/// <param name="ExitMm">The same of the exit.</param>
public sealed record MarkedThread(string Id, string What, IReadOnlyList<double?> EntryMm, IReadOnlyList<double?> ExitMm);

/// <summary>
/// The sheet that carries a plan to the skin, A4: a picture, and each entry and exit by its distances from landmarks that a calliper reaches, to be ticked when marked and countersigned.
/// </summary>
public static class MarkingSheet
{
    /// <summary>Writes the sheet.</summary>
    /// <exception cref="ArgumentException">A picture is neither PNG nor JPEG, or a point has not one distance a landmark.</exception>
    public static byte[] Write(MarkingContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        DocumentLanguage language = content.Facts.Language;
        string title = language.Text("marking.title");
        Flow flow = SheetDocument.NewFlow();
        SheetDocument.AddHead(flow, content.Facts, title, content.Person);
        flow.Labelled(language.Text("marking.plan"), content.Plan);
        flow.Labelled(language.Text("document.areas"), string.Join(", ", content.Areas));
        flow.Space(flow.Plain.After);
        flow.Paragraph(language.Text("marking.how"));
        foreach (DocumentPicture picture in content.Pictures)
        {
            flow.Picture(picture.Image, picture.Caption);
        }

        if (content.Threads.Count > 0)
        {
            flow.Heading(language.Text("marking.points"), 2);
            flow.Table(
                [
                    new TableColumn(language.Text("marking.marked"), 0.8f, IsBox: true),
                    new TableColumn(language.Text("thread.id"), 1.9f),
                    new TableColumn(language.Text("marking.point"), 0.8f),
                    .. content.Landmarks.Select(name => new TableColumn(name, 1, IsNumber: true)),
                ],
                [.. content.Threads.SelectMany(thread => new[] { Row(content, thread, thread.EntryMm, "marking.entry"), Row(content, thread, thread.ExitMm, "marking.exit") })]);
        }

        AddChecks(flow, language);
        return SheetDocument.Write(content.Facts, title, content.Person, flow);
    }

    private static string[] Row(MarkingContent content, MarkedThread thread, IReadOnlyList<double?> distances, string point)
    {
        if (distances.Count != content.Landmarks.Count)
        {
            throw new ArgumentException($"Thread {thread.Id} has {distances.Count} distances for {content.Landmarks.Count} landmarks.", nameof(thread));
        }

        DocumentLanguage language = content.Facts.Language;
        string name = point == "marking.entry" ? $"{thread.Id}: {thread.What}" : thread.Id;
        return ["", name, language.Text(point), .. distances.Select(distance => distance is { } mm ? language.Number(mm, 0) : "–")];
    }

    private static void AddChecks(Flow flow, DocumentLanguage language)
    {
        flow.Heading(language.Text("marking.checks"), 2);
        flow.CheckBoxes([language.Text("marking.check.upright"), language.Text("marking.check.anaesthetic"), language.Text("marking.check.both"), language.Text("marking.check.zones")]);
        flow.SignatureLine(language.Text("marking.sign.doctor"));
        flow.SignatureLine(language.Text("marking.sign.second"));
        flow.SignatureLine(language.Text("marking.sign.patient"));
    }
}
