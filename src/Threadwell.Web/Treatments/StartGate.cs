using System.Globalization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Suitability;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Treatments;

/// <summary>One line of the gate on the page.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Reason">What is missing or wrong.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Address">Where that is done: a place on the page, or another page.</param>
internal sealed record GateLine(string Code, string Reason, string Fix, string Address);

/// <summary>Whether a treatment may start: asks the gate of the care floor, and beside it for the baseline, which nobody can take afterwards.</summary>
internal static class StartGate
{
    /// <summary>What stands against a start now; nothing for complication care.</summary>
    public static IReadOnlyList<GateLine> Check(TreatmentCase found, TreatmentDesk desk)
    {
        if (found.Treatment.Kind == TreatmentKind.ComplicationCare)
        {
            return [];
        }

        string language = CultureInfo.CurrentUICulture.Name;
        var lines = new List<GateLine>();
        if (found.Treatment.Day != found.Today)
        {
            lines.Add(Own("day", "#booking"));
        }

        lines.AddRange(TreatmentGate.Check(Facts(found, desk.Now)).Blocks.Select(block => new GateLine(block.Code, block.Reason.In(language), block.Code == "sterility" ? desk.Text["gate.sterility.fix"] : block.Fix.In(language), Address(block.Code, found))));
        AsymmetryBaseline? asymmetry = found.Preparation.Asymmetry;
        if (asymmetry is null)
        {
            lines.Add(Own("asymmetry", "#asymmetry"));
        }
        else if (asymmetry.CountersignedBy.Length == 0)
        {
            lines.Add(Own("countersign", "#asymmetry"));
        }

        if (found.Preparation.NervesBefore is null)
        {
            lines.Add(Own("nerves", "#nerves"));
        }

        return lines;

        GateLine Own(string code, string address) => new(code, desk.Text[$"gate.{code}"], desk.Text[$"gate.{code}.fix"], address);
    }

    private static GateFacts Facts(TreatmentCase found, Instant now)
    {
        StoredTreatment treatment = found.Treatment;
        Preparation prepared = found.Preparation;
        return new GateFacts
        {
            Now = now,
            Zone = found.Zone,
            Purpose = TreatmentPurpose.ThreadLift,
            Assessment = found.Assessment is { } assessment && Enum.TryParse(assessment.Outcome, ignoreCase: true, out Outcome outcome)
                ? new AcceptedAssessment(assessment.CreatedAt.InZone(found.Zone).Date, outcome)
                : null,
            Recheck = prepared.Recheck?.ToCare(found.Patient.Sex == Sex.Female),
            Plan = treatment.PlanVersionId ?? treatment.OutlineId,
            Consents = [.. found.Consents.Select(consent => new TreatmentConsent((consent.PlanVersionId ?? consent.OutlineId)!.Value, consent.SignedAt, consent.WithdrawnAt is not null))],
            Photos = [.. found.Views.Keys.Select(View).OfType<StandardView>()],
            Lidocaine = prepared.DosesSigned is null ? null : prepared.Lidocaine,
            WeightKg = prepared.WeightKg,
            SignedDoseReason = prepared.DoseReason,
            SterileSteps = [.. prepared.Sterile],
            OperatorLicences = [.. found.Licences.Select(licence => new PractisingLicence(licence.Specialty, licence.From, licence.Until))],
            Place = new TreatmentPlace(Enum.Parse<PlaceKind>(found.Facility.Kind.ToString()), found.Facility.LicenceNumber, found.Facility.LicenceFrom, found.Facility.LicenceUntil, found.Facility.PermitsThreadLift),
            OnCall = [.. found.Turns.Select(turn => new DateInterval(turn.From, turn.Until))],
            PhoneChecked = found.Patient.PhoneCheckedAt is not null,
        };
    }

    private static StandardView? View(PhotoView view) => Enum.TryParse(view.ToString(), out StandardView standard) ? standard : null;

    private static string Address(string code, TreatmentCase found)
    {
        string record = $"/patients/{found.Patient.Id}";
        return code.Split('.')[0] switch
        {
            "assessment" => $"{record}/assess",
            "plan" => $"{record}/outline",
            "consent" => $"{record}/consent",
            "recheck" => "#recheck",
            "place" or "operator" => "#booking",
            "on-call" => "/on-call",
            "phone" => "#phone",
            "photos" => "#photos",
            "dose" => "#doses",
            "sterility" => "#sterility",
            _ => record,
        };
    }
}
