using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Treatments;

/// <summary>Weight and anaesthetic as typed.</summary>
internal sealed record DosesChange(long Revision, string WeightKg, IReadOnlyList<DoseChange> Doses, bool IsNone, string Reason);

/// <summary>A dose as typed.</summary>
internal sealed record DoseChange(bool IsCream, string Percent, string Amount, bool WithAdrenaline);

/// <summary>What was asked again, "yes", "no" or empty, and the blood pressure as typed.</summary>
internal sealed record RecheckChange(long Revision, string Fever, string Herpes, string Pregnant, string Medicines, string Allergy, string Systolic, string Diastolic);

/// <summary>Ticks of a checklist.</summary>
internal sealed record TicksChange(long Revision, IReadOnlyList<string> Ticked);

/// <summary>Side against side, as typed.</summary>
internal sealed record AsymmetryChange(long Revision, IReadOnlyList<MeasureChange> Measures, string Note, string CountersignedBy);

/// <summary>A distance on both sides, as typed.</summary>
internal sealed record MeasureChange(string Key, string Left, string Right);

/// <summary>What nerves do.</summary>
internal sealed record NervesChange(long Revision, IReadOnlyDictionary<string, string> Findings, string Note);

/// <summary>Nothing but the revision that was read.</summary>
internal sealed record PlainChange(long Revision);

/// <summary>The preparation of the day, section by section, so that two people can fill in two of them.</summary>
internal static class PreparationEndpoints
{
    // What a cuff can show, mmHg.
    private const double LowestPressure = 30;
    private const double HighestPressure = 300;
    private const double LightestKg = 30;
    private const double HeaviestKg = 250;
    private const double StrongestPercent = 10;
    private const double LargestAmount = 500;
    private const double LongestMeasureMm = 400;
    private const int MostDoses = 12;
    private static readonly TreatmentState[] Open = [TreatmentState.Preparing, TreatmentState.Started];

    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapPut("/recheck", (Guid id, RecheckChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Recheck(found, change, refusals, desk), TreatmentState.Preparing));
        treatment.MapPut("/doses", (Guid id, DosesChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Doses(found, change, refusals, desk), Open));
        treatment.MapPut("/sterility", (Guid id, TicksChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, _) => Sterility(found, change, desk), Open));
        treatment.MapPut("/asymmetry", (Guid id, AsymmetryChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Asymmetry(found, change, refusals, desk), Open));
        treatment.MapPut("/nerves", (Guid id, NervesChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Nerves(found, change, refusals, desk), Open));
        treatment.MapPut("/phone", (Guid id, PlainChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Phone(found, refusals, desk), Open));
    }

    private static void Sterility(TreatmentCase found, TicksChange change, TreatmentDesk desk) => found.Keep(found.Preparation with
    {
        Sterile = [.. SterilityChecklist.Steps.Select(step => step.Id).Where(change.Ticked.Contains)],
        SterileSigned = desk.Sign(),
    });

    private static void Nerves(TreatmentCase found, NervesChange change, Refusals refusals, TreatmentDesk desk)
    {
        if (NerveTest.Read(found, change.Findings, change.Note, refusals, desk) is { } tested)
        {
            found.Keep(found.Preparation with { NervesBefore = tested });
        }
    }

    private static void Recheck(TreatmentCase found, RecheckChange change, Refusals refusals, TreatmentDesk desk)
    {
        int? systolic = Pressure(change.Systolic, "systolic");
        int? diastolic = Pressure(change.Diastolic, "diastolic");
        if (diastolic >= systolic)
        {
            refusals.Add("diastolic", desk.Text["recheck.pressure.order"]);
        }

        if (refusals.None)
        {
            found.Keep(found.Preparation with
            {
                Recheck = new DayAnswers(
                    YesNo(change.Fever), YesNo(change.Herpes), YesNo(change.Pregnant), YesNo(change.Medicines), YesNo(change.Allergy), systolic, diastolic, LocalDatePattern.Iso.Format(found.Today), desk.Sign()),
            });
        }

        int? Pressure(string typed, string field)
        {
            double? pressure = TypedNumbers.Read(typed, out bool readable);
            if (!readable || pressure is < LowestPressure or > HighestPressure)
            {
                refusals.Add(field, desk.Text["recheck.pressure.wrong", LowestPressure, HighestPressure]);
            }

            return pressure is { } read ? (int)Math.Round(read) : null;
        }

        static bool? YesNo(string answer) => answer switch { "yes" => true, "no" => false, _ => null };
    }

    private static void Doses(TreatmentCase found, DosesChange change, Refusals refusals, TreatmentDesk desk)
    {
        double? weight = TypedNumbers.Read(change.WeightKg, out bool readable);
        if (!readable || weight is < LightestKg or > HeaviestKg)
        {
            refusals.Add("weight", desk.Text["dose.weight.wrong", LightestKg, HeaviestKg]);
        }

        var doses = new List<PreparedDose>();
        foreach ((DoseChange dose, int row) in change.Doses.Take(MostDoses).Select((dose, row) => (dose, row)))
        {
            // A row that was left empty is none.
            if (string.IsNullOrWhiteSpace(dose.Amount) && string.IsNullOrWhiteSpace(dose.Percent))
            {
                continue;
            }

            double? percent = TypedNumbers.Read(dose.Percent, out bool percentReadable);
            double? amount = TypedNumbers.Read(dose.Amount, out bool amountReadable);
            if (!percentReadable || percent is not (> 0 and <= StrongestPercent))
            {
                refusals.Add($"percent-{row}", desk.Text["dose.percent.wrong", StrongestPercent]);
            }

            if (!amountReadable || amount is not (> 0 and <= LargestAmount))
            {
                refusals.Add($"amount-{row}", desk.Text["dose.amount.wrong", LargestAmount]);
            }

            doses.Add(new PreparedDose(dose.IsCream, percent ?? 0, amount ?? 0, dose.WithAdrenaline && !dose.IsCream));
        }

        string reason = change.Reason.Trim();
        Preparation before = found.Preparation;
        if (change.IsNone && doses.Count > 0)
        {
            refusals.Add("none", desk.Text["dose.none.wrong"]);
        }

        bool signed = reason.Length > 0 && reason == before.DoseReason && doses.SequenceEqual(before.Doses);
        if (refusals.None)
        {
            found.Keep(before with { WeightKg = weight, Doses = doses, DosesSigned = doses.Count > 0 || change.IsNone ? desk.Sign() : null, DoseReason = reason, DoseSigned = reason.Length == 0 ? null : signed ? before.DoseSigned : desk.Sign() });
        }
    }

    private static void Asymmetry(TreatmentCase found, AsymmetryChange change, Refusals refusals, TreatmentDesk desk)
    {
        var measures = new List<SideMeasure>();
        foreach (MeasureChange measure in change.Measures.Where(measure => DayLists.Measures(found.Areas).Contains(measure.Key)))
        {
            if (string.IsNullOrWhiteSpace(measure.Left) && string.IsNullOrWhiteSpace(measure.Right))
            {
                continue;
            }

            double? left = Millimetres(measure.Left, $"{measure.Key}-left");
            double? right = Millimetres(measure.Right, $"{measure.Key}-right");
            measures.Add(new SideMeasure(measure.Key, left ?? 0, right ?? 0));
        }

        if (measures.Count == 0)
        {
            refusals.Add(DayLists.Measures(found.Areas)[0] + "-left", desk.Text["asymmetry.needed"]);
        }

        // The second person looks at what the first one measured: a changed measure is looked at again.
        AsymmetryBaseline? before = found.Preparation.Asymmetry;
        string second = change.CountersignedBy.Trim();
        bool same = before is not null && before.Measures.SequenceEqual(measures) && before.Note == change.Note.Trim();
        Signed measured = same ? before!.Measured : desk.Sign();
        if (second.Length > 0 && string.Equals(second, measured.Name, StringComparison.OrdinalIgnoreCase))
        {
            refusals.Add("countersigned", desk.Text["asymmetry.second"]);
        }

        if (!refusals.None)
        {
            return;
        }

        DateTimeOffset? at = second.Length == 0 ? null : same && before!.CountersignedBy == second ? before.CountersignedAt : desk.Now.ToDateTimeOffset();
        found.Keep(found.Preparation with { Asymmetry = new AsymmetryBaseline(measures, change.Note.Trim(), measured, second, at) });

        double? Millimetres(string typed, string field)
        {
            double? length = TypedNumbers.Read(typed, out bool readable);
            if (!readable || length is not (>= 0 and <= LongestMeasureMm))
            {
                refusals.Add(field, desk.Text["asymmetry.wrong", LongestMeasureMm]);
            }

            return length;
        }
    }

    private static void Phone(TreatmentCase found, Refusals refusals, TreatmentDesk desk)
    {
        if (found.Patient.Phone.Length == 0)
        {
            refusals.Add("phone", desk.Text["phone.missing"]);
            return;
        }

        found.Patient.PhoneCheckedAt = desk.Now;
        found.Patient.Revision++;
    }
}
