using System.Globalization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Products;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Treatments;

/// <summary>A treatment as its page shows it. Numbers and dates stand as they are typed in the page's language.</summary>
internal sealed record TreatmentAnswer(
    Guid Id,
    long Revision,
    TreatmentState State,
    TreatmentKind Kind,
    BookingAnswer Booking,
    string MayNotTreat,
    IReadOnlyList<GateLine> Gate,
    IReadOnlyList<GateLine> Open,
    RecheckAnswer Recheck,
    PhoneAnswer Phone,
    DosesAnswer Doses,
    IReadOnlyList<string> Sterile,
    AsymmetryAnswer? Asymmetry,
    NervesAnswer? Nerves,
    NervesAnswer? NervesAtDischarge,
    IReadOnlyList<string> Discharge,
    IReadOnlyList<ViewAnswer> Views,
    IReadOnlyList<ThreadAnswer> Threads,
    IReadOnlyList<PlaceAnswer> Left,
    IReadOnlyDictionary<string, string> NotPlaced,
    IReadOnlyList<EventAnswer> Events,
    string Started,
    string Override,
    string Signed,
    string SignedSha256,
    IReadOnlyList<NervesAnswer> Mornings)
{
    /// <summary>Tells a treatment.</summary>
    public static TreatmentAnswer Of(TreatmentCase found, TreatmentDesk desk)
    {
        StoredTreatment treatment = found.Treatment;
        Preparation prepared = found.Preparation;
        bool preparing = treatment.State == TreatmentState.Preparing;
        var treats = new Refusals();
        desk.CheckTreats(found, treats);
        return new TreatmentAnswer(
            treatment.Id,
            treatment.Revision,
            treatment.State,
            treatment.Kind,
            new BookingAnswer(ClinicDates.ToType(treatment.Day), treatment.OperatorId, treatment.FacilityId, treatment.Room),
            treats.ByField.Values.FirstOrDefault() ?? "",
            preparing ? StartGate.Check(found, desk) : [],
            treatment.State == TreatmentState.Started ? EndEndpoints.Open(found, desk) : [],
            RecheckAnswer.Of(found),
            new PhoneAnswer(found.Patient.Phone, found.Patient.PhoneCheckedAt is { } at ? When(at, found) : ""),
            DosesAnswer.Of(prepared),
            prepared.Sterile,
            AsymmetryAnswer.Of(prepared.Asymmetry, found),
            NervesAnswer.Of(prepared.NervesBefore, found),
            NervesAnswer.Of(prepared.NervesAtDischarge, found),
            prepared.Discharge,
            [.. Enum.GetValues<PhotoView>().Where(view => view != PhotoView.Other).Select(view => new ViewAnswer(view, found.Views.TryGetValue(view, out Guid photo) ? photo : null))],
            [.. treatment.Threads.Select(thread => ThreadAnswer.Of(thread, RemovedWords(found, thread, desk)))],
            [.. found.Left.Select(place => new PlaceAnswer(place.Id, place.Area, place.Side, place.Material.ToString().ToUpperInvariant(), Typed(place.DepthMm)))],
            found.NotPlaced,
            [.. found.Events.Select(happened => new EventAnswer(When(happened.At, found), happened.By, happened.Kind, happened.Text))],
            treatment.StartedAt is { } started ? When(started, found) : "",
            treatment.OverrideReason,
            treatment.EndedAt is { } ended ? When(ended, found) : "",
            treatment.SignedSha256,
            [.. found.Mornings.Select(morning => NervesAnswer.Of(morning, found)!)]);
    }

    private static string RemovedWords(TreatmentCase found, ImplantedThread thread, TreatmentDesk desk) =>
        found.RemovalOf(thread.Id) is { } removal ? desk.Text["removed." + removal.Extent, ClinicDates.ToRead(removal.Day)] : "";

    /// <summary>A number as it is typed; empty for none.</summary>
    public static string Typed(double? number) => number?.ToString("0.###", CultureInfo.CurrentCulture) ?? "";

    /// <summary>A moment in the clinic's time.</summary>
    public static string When(Instant at, TreatmentCase found)
    {
        ZonedDateTime local = at.InZone(found.Zone);
        return $"{local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)}, {ClinicDates.ToRead(local.Date)}";
    }

    /// <summary>A moment in the clinic's time.</summary>
    public static string When(DateTimeOffset at, TreatmentCase found) => When(Instant.FromDateTimeOffset(at), found);
}

/// <summary>Day, doctor and place.</summary>
internal sealed record BookingAnswer(string Day, Guid OperatorId, Guid FacilityId, string Room);

/// <summary>The telephone number, and when it was tried.</summary>
internal sealed record PhoneAnswer(string Number, string Checked);

/// <summary>What was asked again: "yes", "no" or empty.</summary>
internal sealed record RecheckAnswer(string Fever, string Herpes, string Pregnant, string Medicines, string Allergy, string Systolic, string Diastolic, string Asked, bool IsOfTheDay)
{
    /// <summary>Tells it.</summary>
    public static RecheckAnswer Of(TreatmentCase found)
    {
        if (found.Preparation.Recheck is not { } recheck)
        {
            return new("", "", "", "", "", "", "", "", false);
        }

        return new(
            Word(recheck.Fever),
            Word(recheck.Herpes),
            Word(recheck.Pregnant),
            Word(recheck.MedicinesChanged),
            Word(recheck.NewAllergy),
            TreatmentAnswer.Typed(recheck.SystolicMmHg),
            TreatmentAnswer.Typed(recheck.DiastolicMmHg),
            $"{recheck.Asked.Name}, {TreatmentAnswer.When(recheck.Asked.At, found)}",

            // Before the start it has to be of today; afterwards it stays what it was on the day.
            recheck.ToCare(false).On == (found.Treatment.State == TreatmentState.Preparing ? found.Today : found.Treatment.Day));

        static string Word(bool? answer) => answer switch { true => "yes", false => "no", null => "" };
    }
}

/// <summary>Weight and anaesthetic, with the sum against the limit.</summary>
internal sealed record DosesAnswer(string WeightKg, IReadOnlyList<DoseAnswer> Rows, bool IsNone, string Reason, double TotalMg, double? LimitMg, double? Share)
{
    /// <summary>Tells it.</summary>
    public static DosesAnswer Of(Preparation prepared)
    {
        AnaesthesiaDose? dose = prepared.WeightKg is { } weight ? AnaesthesiaDose.Of(prepared.Lidocaine, weight) : null;
        return new(
            TreatmentAnswer.Typed(prepared.WeightKg),
            [.. prepared.Doses.Select(row => new DoseAnswer(row.IsCream, TreatmentAnswer.Typed(row.Percent), TreatmentAnswer.Typed(row.Amount), row.WithAdrenaline))],
            prepared.DosesSigned is not null && prepared.Doses.Count == 0,
            prepared.DoseReason,
            prepared.Lidocaine.Sum(row => row.Milligrams),
            dose?.LimitMg,
            dose?.Share);
    }
}

/// <summary>A dose as typed.</summary>
internal sealed record DoseAnswer(bool IsCream, string Percent, string Amount, bool WithAdrenaline);

/// <summary>Side against side.</summary>
internal sealed record AsymmetryAnswer(IReadOnlyList<MeasureChange> Measures, string Note, string Measured, string CountersignedBy)
{
    /// <summary>Tells it.</summary>
    public static AsymmetryAnswer? Of(AsymmetryBaseline? baseline, TreatmentCase found) => baseline is null ? null : new(
        [.. baseline.Measures.Select(measure => new MeasureChange(measure.Key, TreatmentAnswer.Typed(measure.LeftMm), TreatmentAnswer.Typed(measure.RightMm)))],
        baseline.Note,
        $"{baseline.Measured.Name}, {TreatmentAnswer.When(baseline.Measured.At, found)}",
        baseline.CountersignedBy);
}

/// <summary>What nerves did.</summary>
internal sealed record NervesAnswer(IReadOnlyDictionary<string, string> Findings, string Note, string Tested)
{
    /// <summary>Tells it.</summary>
    public static NervesAnswer? Of(NerveFindings? findings, TreatmentCase found) =>
        findings is null ? null : new(findings.Findings, findings.Note, $"{findings.Tested.Name}, {TreatmentAnswer.When(findings.Tested.At, found)}");
}

/// <summary>A standard view, with its photo of the day.</summary>
internal sealed record ViewAnswer(PhotoView View, Guid? Photo);

/// <summary>A planned thread that is left.</summary>
internal sealed record PlaceAnswer(string Id, TreatmentArea Area, BodySide Side, string Material, string DepthMm);

/// <summary>Something that happened.</summary>
internal sealed record EventAnswer(string At, string By, string Kind, string Text);

/// <summary>A thread that was placed, or struck out.</summary>
internal sealed record ThreadAnswer(
    Guid Id, int Number, string Product, string Maker, string Material, string Lot, string Expiry, string Planned, string Reason, TreatmentArea Area, BodySide Side, string DepthMm, string TensionN, string Note, bool IsStruck, string StruckReason, string Removed)
{
    /// <summary>Tells it.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="removed">What was taken out of it since, in words; empty for nothing.</param>
    public static ThreadAnswer Of(ImplantedThread thread, string removed) => new(
        thread.Id,
        thread.Number,
        thread.ProductName,
        thread.Maker,
        thread.Material,
        thread.Lot,
        ClinicDates.ToRead(thread.Expiry),
        thread.PlannedThreadId ?? "",
        thread.UnplannedReason,
        thread.Area,
        thread.Side,
        TreatmentAnswer.Typed(thread.DepthMm),
        TreatmentAnswer.Typed(thread.TensionN),
        thread.Note,
        thread.StruckAt is not null,
        thread.StruckReason,
        removed);
}

/// <summary>A package in words.</summary>
internal sealed record PackageAnswer(string Product, string Maker, string Material, bool IsKnown, string Identifier, string Lot, string Serial, string Expiry)
{
    /// <summary>Tells it.</summary>
    public static PackageAnswer Of(PackageReading reading)
    {
        Product? product = reading.Product;
        return new(
            product?.Name ?? "", product?.Maker ?? "", product?.Material ?? "", product is not null, reading.DeviceIdentifier, reading.Lot, reading.Serial, reading.Expiry is { } expiry ? ClinicDates.ToRead(expiry) : "");
    }
}
