using System.Globalization;
using NodaTime;
using Threadwell.Care.Suitability;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;

namespace Threadwell.Web.Assessments;

/// <summary>What a letter of referral is made from.</summary>
internal sealed record AssessmentLetterFacts(
    StoredAssessment Row, SuitabilityResult Result, Rulebook Rules, Patient Patient, ClinicSettings? Clinic, Facility? Facility, string Doctor, string DoctorLicence, DateTimeZone Zone);

/// <summary>The letter of referral that follows from an assessment: what was found, what is asked, and the other reasons, in the language of the page.</summary>
internal static class AssessmentLetter
{
    /// <summary>Writes it as PDF; the same assessment gives the same bytes.</summary>
    public static byte[] Write(AssessmentLetterFacts facts)
    {
        DocumentLanguage language = DocumentLanguage.Of(CultureInfo.CurrentUICulture.Name);
        bool vi = language.Name == "vi";
        string Area(string? id) => id is null ? "" : (facts.Rules.Questionnaire.Questions.SelectMany(question => question.Choices).FirstOrDefault(choice => choice.Id == id)?.Text.In(language.Name) ?? id) + ": ";
        SuitabilityReason[] referred = [.. facts.Result.Reasons.Where(reason => reason.Letter is not null)];
        SuitabilityReason[] others = [.. facts.Result.Reasons.Where(reason => reason.Letter is null)];
        var sections = new List<DocumentSection>
        {
            new(vi ? "Đề nghị" : "What we ask", [new ListBlock([.. referred.Select(reason => Area(reason.Area) + reason.Letter!.In(language.Name))])]),
        };
        if (others.Length > 0)
        {
            sections.Add(new(vi ? "Các lý do khác trong đánh giá" : "Other reasons of the assessment", [new ListBlock([.. others.Select(reason => Area(reason.Area) + reason.Says.In(language.Name))])]));
        }

        Instant at = facts.Row.AcceptedAt ?? facts.Row.CreatedAt;
        var clinic = new ClinicDetails(facts.Clinic?.Name is { Length: > 0 } name ? name : "Threadwell", facts.Facility?.Address ?? "", facts.Clinic?.Phone ?? "", facts.Facility?.LicenceNumber ?? "");
        return ReferralLetter.Write(new ReferralContent(
            new DocumentFacts(language, clinic, at.InZone(facts.Zone).ToOffsetDateTime(), facts.Patient.IsDemonstration),
            new PersonDetails(facts.Patient.FullName, facts.Patient.BirthDate, facts.Patient.Number.ToString(CultureInfo.InvariantCulture)),
            vi ? "Bác sĩ chuyên khoa" : "The specialist",
            string.Join(" ", referred.Select(reason => Area(reason.Area) + reason.Says.In(language.Name))),
            sections,
            Map: null,
            facts.Doctor,
            facts.DoctorLicence));
    }
}
