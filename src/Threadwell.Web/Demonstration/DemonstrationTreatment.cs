using System.Globalization;
using System.Security.Cryptography;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Treatments;
using Threadwell.Plans;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Products;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Demonstration;

/// <summary>Treatments of the demonstration: one booked for tomorrow, and some that were ended and signed, with every planned thread placed.</summary>
internal static class DemonstrationTreatment
{
    private const string Lot = "DEMO-26A";
    private const double WeightKg = 56;

    /// <summary>A treatment that is booked.</summary>
    public static StoredTreatment Booked(Guid patient, Guid version, LocalDate day, Instant at) => Row(patient, version, day, at);

    /// <summary>A treatment that was ended and signed.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="version">The plan's version.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="product">What was placed.</param>
    /// <param name="day">The day.</param>
    /// <param name="at">When it started.</param>
    public static StoredTreatment Ended(Guid patient, Guid version, ThreadPlan plan, Product product, LocalDate day, Instant at)
    {
        StoredTreatment treatment = Row(patient, version, day, at - Duration.FromDays(3));
        Signed signed = new(DemonstrationAccounts.IdOf(Role.Doctor), DemonstrationAccounts.FullNameOf(Role.Doctor), at.ToDateTimeOffset());
        var nerves = new NerveFindings(DayLists.FaceNerves.SelectMany(nerve => (string[])[$"{nerve}.left", $"{nerve}.right"]).ToDictionary(place => place, _ => DayLists.Findings[0], StringComparer.Ordinal), "", signed);
        treatment.PreparationJson = new Preparation
        {
            Recheck = new DayAnswers(Fever: false, Herpes: false, Pregnant: false, MedicinesChanged: false, NewAllergy: false, 124, 78, day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), signed),
            WeightKg = WeightKg,
            Doses = [new PreparedDose(IsCream: false, Percent: 1, Amount: 8, WithAdrenaline: true)],
            DosesSigned = signed,
            Sterile = [.. SterilityChecklist.Steps.Select(step => step.Id)],
            SterileSigned = signed,
            Asymmetry = new AsymmetryBaseline([.. DayLists.Measures([plan.Area]).Select(measure => new SideMeasure(measure, 61, 60))], "", signed, DemonstrationAccounts.FullNameOf(Role.Coordinator), signed.At),
            NervesBefore = nerves,
            NervesAtDischarge = nerves,
            Discharge = DayLists.Discharge,
        }.ToJson();
        int number = 0;
        treatment.Threads.AddRange(plan.Threads.Select(thread => Placed(treatment, thread, plan.Area, product, ++number, at)));
        treatment.State = TreatmentState.Ended;
        treatment.StartedAt = at;
        treatment.EndedAt = at + Duration.FromMinutes(50);
        treatment.SignedBy = signed.By;
        treatment.SignedSha256 = Convert.ToHexStringLower(SHA256.HashData(TreatmentSeal.Bytes(treatment)));
        return treatment;
    }

    private static StoredTreatment Row(Guid patient, Guid version, LocalDate day, Instant at) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        Kind = TreatmentKind.Planned,
        State = TreatmentState.Preparing,
        PlanVersionId = version,
        Day = day,
        OperatorId = DemonstrationAccounts.IdOf(Role.Doctor),
        FacilityId = DemonstrationClinic.FacilityId,
        Room = "Phòng thủ thuật 1",
        CreatedAt = at,
    };

    private static ImplantedThread Placed(StoredTreatment treatment, PlannedThread thread, TreatmentArea area, Product product, int number, Instant at)
    {
        LocalDate expiry = treatment.Day.PlusYears(1);
        return new ImplantedThread
        {
            Id = Guid.CreateVersion7(),
            TreatmentId = treatment.Id,
            PatientId = treatment.PatientId,
            Number = number,
            ProductId = product.Id,
            ProductName = product.Name,
            Maker = product.Maker,
            Material = product.Material,
            DeviceIdentifier = product.DeviceIdentifier,
            Lot = Lot,
            LotKey = LotKeys.Of(Lot),
            Expiry = expiry,
            UdiText = $"(01){product.DeviceIdentifier}(17){expiry.ToString("uuMMdd", CultureInfo.InvariantCulture)}(10){Lot}",
            PlannedThreadId = thread.Id,
            Area = area,
            Side = thread.Id.StartsWith('L') ? BodySide.Left : BodySide.Right,
            DepthMm = thread.DepthMm,
            PlacedAt = at + Duration.FromMinutes(5 * number),
        };
    }
}
