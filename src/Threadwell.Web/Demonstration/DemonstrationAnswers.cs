using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Patients;
using Threadwell.Web.Rulebooks;

namespace Threadwell.Web.Demonstration;

/// <summary>What the patients of the demonstration answered; the rules judge it as they judge everybody's.</summary>
internal static class DemonstrationAnswers
{
    // Questions that most people answer with no.
    private static readonly string[] No =
    [
        "permanentFiller", "infection", "herpes", "inflamedSkin", "autoimmuneFlare", "uncontrolledDisease", "allergyPolymer", "allergyAnaesthetic", "keloid", "cancerAtSite",
        "radiotherapyAtSite", "bleedingDisorder", "connectiveTissue", "neuromuscular", "bodyImage", "weightChange", "bloodThinner", "immunosuppression", "isotretinoin", "smoking",
    ];

    /// <summary>The assessment of a patient.</summary>
    /// <param name="person">Who she is made to be.</param>
    /// <param name="patient">Her record.</param>
    /// <param name="rulebook">The rules.</param>
    /// <param name="day">Day of the assessment.</param>
    /// <param name="at">When it was made.</param>
    /// <param name="doctor">Who accepts it, where it is accepted.</param>
    public static StoredAssessment Assess(DemonstrationPerson person, Patient patient, KeptRulebook rulebook, LocalDate day, Instant at, Guid doctor)
    {
        AnswerSheet answers = AnswerReader.Parse(Encoding.UTF8.GetBytes(Sheet(person, patient, day).ToJsonString()), person.Name, rulebook.Rules.Questionnaire);
        SuitabilityResult result = SuitabilityEngine.Assess(rulebook.Rules, answers, day);
        bool accepted = person.Stage != DemonstrationStage.Answered;
        return new StoredAssessment
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient.Id,
            AnswersJson = Encoding.UTF8.GetString(AnswerReader.ToJson(answers)),
            ResultJson = Encoding.UTF8.GetString(result.ToJson()),
            Outcome = result.Outcome.ToString(),
            NotBefore = result.Until,
            RulebookVersion = rulebook.Row.Version,
            ByUserId = doctor,
            AcceptedBy = accepted ? doctor : null,
            AcceptedAt = accepted ? at + Duration.FromMinutes(5) : null,
            CreatedAt = at,
        };
    }

    private static JsonObject Sheet(DemonstrationPerson person, Patient patient, LocalDate day)
    {
        string area = person.Stage == DemonstrationStage.Refused ? "nose" : "jawline";
        var answers = new JsonObject
        {
            ["birthDate"] = Iso(patient.BirthDate),
            ["sex"] = person.Sex == Sex.Female ? "female" : "male",
            ["areas"] = new JsonArray(area),
            ["skinThickness"] = "normal",
            ["sunDamage"] = "some",
            ["heavyFace"] = "no",
            ["skinType"] = "type4",
            ["dentalWork"] = "never",
            ["vaccine"] = "never",
            ["filler"] = "never",
        };
        if (area == "jawline")
        {
            answers["laxity"] = new JsonObject { [area] = person.Stage == DemonstrationStage.Referred ? "severe" : "moderate" };
        }

        if (person.Sex == Sex.Female)
        {
            answers["pregnant"] = "no";
            answers["breastfeeding"] = "no";
        }

        foreach (string question in No)
        {
            answers[question] = "no";
        }

        if (person.Stage == DemonstrationStage.Postponed)
        {
            answers["breastfeeding"] = "yes";
            answers["breastfeedingUntil"] = Iso(day.PlusMonths(5));
        }
        else if (person.Stage == DemonstrationStage.Booked)
        {
            answers["smoking"] = "yes";
        }

        return answers;
    }

    private static string Iso(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
