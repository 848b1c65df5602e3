using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Patients;

/// <summary>A patient's data as a form sends them.</summary>
public class PatientForm
{
    private const int OldestYears = 120;
    private const int ShortestPhone = 8;
    private const int CitizenDigits = 12;

    /// <summary>Full name.</summary>
    public string? FullName { get; set; }

    /// <summary>Birth date as it was typed.</summary>
    public string? BirthDate { get; set; }

    /// <summary>"female" or "male".</summary>
    public string? Sex { get; set; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Postal address.</summary>
    public string? Address { get; set; }

    /// <summary>Citizen number.</summary>
    public string? CitizenNumber { get; set; }

    /// <summary>Free text.</summary>
    public string? Notes { get; set; }

    /// <summary>"en" or "vi".</summary>
    public string? Language { get; set; }

    /// <summary>Whether a person reached her by the telephone number.</summary>
    public bool PhoneChecked { get; set; }

    /// <summary>Revision that the form was filled from.</summary>
    public long Revision { get; set; }

    /// <summary>A patient's data in the form.</summary>
    public static PatientForm Of(Patient patient) => new()
    {
        FullName = patient.FullName,
        BirthDate = ClinicDates.ToType(patient.BirthDate),
        Sex = patient.Sex == Anatomy.Sex.Female ? "female" : "male",
        Phone = patient.Phone,
        Email = patient.Email,
        Address = patient.Address,
        CitizenNumber = patient.CitizenNumber,
        Notes = patient.Notes,
        Language = patient.Language,
        PhoneChecked = patient.PhoneCheckedAt is not null,
        Revision = patient.Revision,
    };

    /// <summary>What is wrong with the fields.</summary>
    internal FieldProblems Check(LocalDate today, IStringLocalizer<PatientText> text)
    {
        var problems = new FieldProblems();
        if (string.IsNullOrWhiteSpace(FullName))
        {
            problems.Add(nameof(FullName), text["problem.name"]);
        }

        if (ClinicDates.Read(BirthDate) is not { } birth)
        {
            problems.Add(nameof(BirthDate), text["problem.birthDate"]);
        }
        else if (birth > today || ClinicDates.Age(birth, today) > OldestYears)
        {
            problems.Add(nameof(BirthDate), text["problem.birthDate.range"]);
        }

        if (Sex is not ("female" or "male"))
        {
            problems.Add(nameof(Sex), text["problem.sex"]);
        }

        if (!string.IsNullOrWhiteSpace(Phone) && PatientNames.PhoneDigits(Phone).Length < ShortestPhone)
        {
            problems.Add(nameof(Phone), text["problem.phone"]);
        }

        if (!string.IsNullOrWhiteSpace(Email) && !MailAddress.TryCreate(Email.Trim(), out _))
        {
            problems.Add(nameof(Email), text["problem.email"]);
        }

        string citizen = Digits(CitizenNumber);
        if (citizen.Length > 0 && (citizen.Length != CitizenDigits || !citizen.All(char.IsAsciiDigit)))
        {
            problems.Add(nameof(CitizenNumber), text["problem.citizen"]);
        }

        return problems;
    }

    /// <summary>Writes checked fields into a patient's record, with the words that she is found by.</summary>
    /// <param name="patient">The record.</param>
    /// <param name="now">The time.</param>
    public void WriteTo(Patient patient, Instant now)
    {
        string phone = Phone?.Trim() ?? "";
        bool samePhone = PatientNames.PhoneDigits(phone) == PatientNames.PhoneDigits(patient.Phone);
        patient.FullName = PatientNames.Clean(FullName!);
        patient.SortKey = PatientNames.SortKey(patient.FullName);
        patient.BirthDate = ClinicDates.Read(BirthDate)!.Value;
        patient.Sex = Sex == "female" ? Anatomy.Sex.Female : Anatomy.Sex.Male;
        patient.Phone = phone;
        patient.Email = Email?.Trim() ?? "";
        patient.Address = Address?.Trim() ?? "";
        patient.CitizenNumber = Digits(CitizenNumber);
        patient.Notes = Notes?.Trim() ?? "";
        patient.Language = Language is "en" or "vi" ? Language : CultureInfo.CurrentUICulture.Name;

        // A number that changed was not reached yet.
        patient.PhoneCheckedAt = PhoneChecked && phone.Length > 0 ? (samePhone ? patient.PhoneCheckedAt : null) ?? now : null;
        IReadOnlyList<string> words = PatientNames.Words(patient.FullName);
        patient.Words.RemoveAll(word => !words.Contains(word.Word, StringComparer.Ordinal));
        patient.Words.AddRange(words.Where(word => patient.Words.TrueForAll(known => known.Word != word)).Select(word => new PatientWord { PatientId = patient.Id, Word = word }));
    }

    private static string Digits(string? text) => string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character)));
}
