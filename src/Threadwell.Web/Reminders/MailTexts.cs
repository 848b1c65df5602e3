using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Questions;
using Threadwell.Web.Text;

namespace Threadwell.Web.Reminders;

/// <summary>An e-mail's words.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Plain">Its text.</param>
/// <param name="Html">The same as HTML.</param>
/// <param name="StopAddress">Where messages are ended; null where none follow by themselves.</param>
internal sealed record MailText(string Subject, string Plain, string Html, string? StopAddress);

/// <summary>
/// Writes e-mails in the patient's language. Whoever reads along learns that a clinic asks something or expects somebody, and nothing of why: no name of a treatment, no day of it, no answer.
/// </summary>
/// <param name="origin">What links begin with.</param>
/// <param name="stop">The links that end messages.</param>
internal sealed class MailTexts(LinkOrigin origin, StopLinks stop)
{
    /// <summary>The words of a message.</summary>
    /// <param name="row">The message.</param>
    /// <param name="patient">To whom.</param>
    /// <param name="clinic">From whom.</param>
    /// <param name="zone">The clinic's zone.</param>
    public MailText Of(OutboxMessage row, Patient patient, ClinicSettings clinic, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(clinic);
        var text = new LanguageTexts(typeof(ReminderText), patient.Language);
        string open = $"{origin.Value}{ReminderEndpoints.Open}/{row.Id}";
        string end = $"{origin.Value}{ReminderEndpoints.Stop}?token={Uri.EscapeDataString(stop.Make(patient.Id))}";
        string asked = row.Template == MessageKinds.Appointment ? text["mail.appointment", When(row, zone, patient.Language)] : text["mail.checkIn"];
        string call = text["mail.call", clinic.Phone];
        string subject = text[row.Template == MessageKinds.Appointment ? "mail.appointment.subject" : "mail.checkIn.subject"];
        string plain = $"{text["mail.hello"]}\n\n{asked}\n{open}\n\n{call}\n\n{clinic.Name}\n\n-- \n{text["mail.stop"]}\n{end}\n";
        string html = $"""
            <!DOCTYPE html>
            <html lang="{patient.Language}"><head><meta charset="utf-8"><title>{Html(subject)}</title></head>
            <body><p>{Html(text["mail.hello"])}</p><p>{Html(asked)}<br><a href="{Html(open)}">{Html(text["mail.open"])}</a></p><p>{Html(call)}</p><p>{Html(clinic.Name)}</p>
            <p><small><a href="{Html(end)}">{Html(text["mail.stop"])}</a></small></p></body></html>

            """;
        return new MailText(subject, plain, html, end);
    }

    /// <summary>The words of a message to somebody who asked a doctor: neither the question nor the answer stands in it.</summary>
    /// <param name="row">The message.</param>
    /// <param name="question">The question.</param>
    /// <param name="clinic">From whom.</param>
    public MailText Of(OutboxMessage row, PublicQuestion question, ClinicSettings clinic)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(clinic);
        var text = new LanguageTexts(typeof(ReminderText), question.Language);
        string key = row.Template == MessageKinds.QuestionConfirm ? "mail.questionConfirm" : "mail.questionAnswer";
        string open = $"{origin.Value}{QuestionEndpoints.Own}/{question.Link}";
        (string subject, string said, string after, string link) = (text[key + ".subject", clinic.Name], text[key, clinic.Name], text[key + ".after", clinic.Phone], text[key + ".open"]);
        string plain = $"{text["mail.hello"]}\n\n{said}\n{open}\n\n{after}\n\n{clinic.Name}\n";
        string html = $"""
            <!DOCTYPE html>
            <html lang="{question.Language}"><head><meta charset="utf-8"><title>{Html(subject)}</title></head>
            <body><p>{Html(text["mail.hello"])}</p><p>{Html(said)}<br><a href="{Html(open)}">{Html(link)}</a></p><p>{Html(after)}</p><p>{Html(clinic.Name)}</p></body></html>

            """;
        return new MailText(subject, plain, html, StopAddress: null);
    }

    private static string When(OutboxMessage row, DateTimeZone zone, string language)
    {
        using JsonDocument fields = JsonDocument.Parse(row.FieldsJson);
        LocalDateTime at = Instant.FromUnixTimeMilliseconds(fields.RootElement.GetProperty("startsAt").GetInt64()).InZone(zone).LocalDateTime;
        return at.ToString(language == "vi" ? "HH:mm, dd/MM/uuuu" : "HH:mm, d MMM uuuu", Languages.Cultures.First(culture => culture.Name == language));
    }

    private static string Html(string words) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(words);
}
