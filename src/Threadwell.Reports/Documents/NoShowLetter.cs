using System.Globalization;
using NodaTime;
using Threadwell.Reports.Documents.Layout;

namespace Threadwell.Reports.Documents;

/// <summary>What a letter to a patient who did not come says. It tells of an appointment and of nothing else: it may lie where others read it.</summary>
/// <param name="Facts">Language, clinic and time.</param>
/// <param name="Person">The patient.</param>
/// <param name="Address">Where it is sent; empty where none is known.</param>
/// <param name="AppointmentAt">When the appointment was, in the clinic's time.</param>
/// <param name="Treated">Whether the patient has been treated, and is told where to turn with what worries her.</param>
/// <param name="Hospital">Hospital to which an emergency is sent; empty where the clinic names none.</param>
/// <param name="From">Who signs.</param>
public sealed record NoShowContent(DocumentFacts Facts, PersonDetails Person, string Address, LocalDateTime AppointmentAt, bool Treated, string Hospital, string From);

/// <summary>A letter to a patient who did not come and could not be reached by telephone, A4.</summary>
public static class NoShowLetter
{
    /// <summary>Writes the letter.</summary>
    public static byte[] Write(NoShowContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        DocumentFacts facts = content.Facts;
        DocumentLanguage language = facts.Language;
        string title = language.Text("noshow.title");
        Flow flow = SheetDocument.NewFlow();
        SheetDocument.AddHead(flow, facts, title, content.Person);
        if (content.Address.Length > 0)
        {
            flow.Labelled(language.Text("noshow.to"), content.Address);
        }

        flow.Labelled(language.Text("document.date"), language.Date(facts.MadeAt.Date));
        flow.Space(flow.Plain.LineHeight);
        flow.Paragraph(language.Text("noshow.dear", content.Person.FullName));
        flow.Paragraph(language.Text("noshow.missed", language.Date(content.AppointmentAt.Date), content.AppointmentAt.ToString("HH:mm", CultureInfo.InvariantCulture)));
        flow.Paragraph(language.Text("noshow.well"));
        flow.Paragraph(language.Text("noshow.call", facts.Clinic.Phone));
        flow.Paragraph(language.Text("noshow.free"));
        if (content.Treated)
        {
            flow.Paragraph(content.Hospital.Length > 0 ? language.Text("noshow.worry.hospital", facts.Clinic.Phone, content.Hospital) : language.Text("noshow.worry", facts.Clinic.Phone));
        }

        flow.Space(flow.Plain.LineHeight);
        flow.SignatureLine($"{content.From}, {facts.Clinic.Name}");
        return SheetDocument.Write(facts, title, content.Person, flow);
    }
}
