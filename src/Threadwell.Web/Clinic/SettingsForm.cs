using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Clinic;

/// <summary>The clinic's settings as they were typed.</summary>
internal sealed class SettingsForm
{
    /// <summary>The clinic's name.</summary>
    public string? Name { get; set; }

    /// <summary>Telephone number that patients call.</summary>
    public string? Phone { get; set; }

    /// <summary>Hospital to which an emergency is sent.</summary>
    public string? EmergencyHospital { get; set; }

    /// <summary>Time zone by its IANA name.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Language of new records and papers.</summary>
    public string? Language { get; set; }

    /// <summary>Whether predictions are kept from patients.</summary>
    public bool RecordOnly { get; set; }

    /// <summary>Lift that others can see, mm.</summary>
    public string? VisibleLiftMm { get; set; }

    /// <summary>Key of the responsible doctor.</summary>
    public string? ResponsibleDoctor { get; set; }

    /// <summary>Key of the head of department.</summary>
    public string? HeadOfDepartment { get; set; }

    /// <summary>Address that e-mail is sent from.</summary>
    public string? MailFrom { get; set; }

    /// <summary>Whether people without an account may ask the clinic's doctors.</summary>
    public bool TakesQuestions { get; set; }

    /// <summary>Whether a second doctor reads an answer before it is given.</summary>
    public bool ReviewsAnswers { get; set; }

    /// <summary>Revision that was read.</summary>
    public long Revision { get; set; }

    /// <summary>The settings as they are kept.</summary>
    public static SettingsForm Of(ClinicSettings settings) => new()
    {
        Name = settings.Name,
        Phone = settings.Phone,
        EmergencyHospital = settings.EmergencyHospital,
        TimeZone = settings.TimeZone,
        Language = settings.Language,
        RecordOnly = settings.RecordOnly,
        VisibleLiftMm = settings.VisibleLiftMm?.ToString(CultureInfo.CurrentCulture),
        ResponsibleDoctor = settings.ResponsibleDoctorId?.ToString(),
        HeadOfDepartment = settings.HeadOfDepartmentId?.ToString(),
        MailFrom = settings.MailFrom,
        TakesQuestions = settings.TakesQuestions,
        ReviewsAnswers = settings.ReviewsAnswers,
        Revision = settings.Revision,
    };

    /// <summary>Writes what was typed into the settings, where nothing is wrong with it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="doctors">Who may be the responsible doctor, and the head of department.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    public void Fill(ClinicSettings settings, IReadOnlyCollection<Guid> doctors, FieldProblems problems, IStringLocalizer<ClinicText> text)
    {
        string name = (Name ?? "").Trim();
        string phone = (Phone ?? "").Trim();
        string zone = (TimeZone ?? "").Trim();
        if (name.Length == 0)
        {
            problems.Add("Form.Name", text["settings.name.needed"]);
        }

        if (phone.Count(char.IsAsciiDigit) < 8)
        {
            problems.Add("Form.Phone", text["settings.phone.needed"]);
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            problems.Add("Form.TimeZone", text["settings.zone.unknown"]);
        }

        double? visible = TypedNumbers.Read(VisibleLiftMm, out bool readable);
        if (!readable || visible is <= 0 or > 20)
        {
            problems.Add("Form.VisibleLiftMm", text["settings.visible.wrong"]);
        }

        string from = (MailFrom ?? "").Trim();
        if (from.Length > 0 && !(MimeKit.MailboxAddress.TryParse(from, out MimeKit.MailboxAddress? address) && address.Address == from && address.Domain.Contains('.', StringComparison.Ordinal)))
        {
            problems.Add("Form.MailFrom", text["settings.mailFrom.wrong"]);
        }

        Guid? doctor = Doctor("Form.ResponsibleDoctor", ResponsibleDoctor);
        Guid? head = Doctor("Form.HeadOfDepartment", HeadOfDepartment);

        if (!problems.None)
        {
            return;
        }

        settings.Name = name;
        settings.Phone = phone;
        settings.EmergencyHospital = (EmergencyHospital ?? "").Trim();
        settings.TimeZone = zone;
        settings.Language = Languages.Names.Contains(Language, StringComparer.Ordinal) ? Language! : settings.Language;
        settings.RecordOnly = RecordOnly;
        settings.VisibleLiftMm = visible;
        settings.ResponsibleDoctorId = doctor;
        settings.HeadOfDepartmentId = head;
        settings.MailFrom = from;
        settings.TakesQuestions = TakesQuestions;
        settings.ReviewsAnswers = ReviewsAnswers;
        settings.Revision++;

        Guid? Doctor(string field, string? typed)
        {
            Guid? chosen = Guid.TryParse(typed, out Guid key) ? key : null;
            if (chosen is { } named && !doctors.Contains(named))
            {
                problems.Add(field, text["settings.doctor.unknown"]);
            }

            return chosen;
        }
    }
}
