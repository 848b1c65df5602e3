using System.Runtime.CompilerServices;
using CsCheck;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>Made-up treatments.</summary>
internal static class Treatments
{
    public static readonly DateTimeZone HoChiMinh = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];
    public static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static readonly TreatmentArea[] HeadAreas = [TreatmentArea.NasolabialFold, TreatmentArea.Jawline, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck];

    /// <summary>One of some values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static MedicineOrder Paracetamol { get; } = new() { Name = "Paracetamol 500 mg", Ingredients = ["paracetamol"], Dose = "1 tablet", Days = 3, OrderedBy = "Dr Example" };

    /// <summary>Treatments of any areas, materials, zones, answers and orders, between 2000 and 2100.</summary>
    public static readonly Gen<TreatmentFacts> Any =
        from seconds in Gen.Long[946_684_800, 4_102_444_800]
        from zone in OneOf("Asia/Ho_Chi_Minh", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Etc/UTC")
        from areas in Gen.Shuffle(Enum.GetValues<TreatmentArea>(), 1, 7)
        from materials in Gen.Shuffle(Enum.GetValues<ThreadMaterial>(), 1, 4)
        from helmet in Gen.Enum<HelmetAnswer>()
        from medicines in (from days in Gen.Int[1, 30] from start in Gen.Int[-3, 20] select (days, start)).Array[0, 4]
        let treated = Instant.FromUnixTimeSeconds(seconds)
        let day = treated.InZone(DateTimeZoneProviders.Tzdb[zone]).Date
        select Of(treated, zone, areas) with
        {
            Materials = materials,
            Helmet = helmet,
            Allergies = [],
            Medicines = [.. medicines.Select(medicine => Paracetamol with { Days = medicine.days, From = medicine.start == 0 ? null : day.PlusDays(medicine.start) })],
        };

    /// <summary>A treatment of 26 November 2026, 10:30 in Ho Chi Minh City.</summary>
    public static TreatmentFacts Jawline { get; } = Of(new LocalDateTime(2026, 11, 26, 10, 30).InZoneStrictly(HoChiMinh).ToInstant(), "Asia/Ho_Chi_Minh", TreatmentArea.Jawline);

    public static TreatmentFacts Of(Instant treated, string zone, params TreatmentArea[] areas) => new()
    {
        Treatment = "T-1",
        TreatedAt = treated,
        Zone = DateTimeZoneProviders.Tzdb[zone],
        Areas = areas,
        Materials = [ThreadMaterial.Pdo],
        EmergencyPhone = "024 3333 4444",
    };

    public static AftercarePlan Plan(this TreatmentFacts facts) => AftercareGenerator.Generate(AftercareRulebookFile.Shipped, facts);

    public static AftercareItem Item(this AftercarePlan plan, string rule) => Assert.Single(plan.Items, item => item.Rule == rule);

    public static string ExampleFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "formats", "treatment.example.json"));
}
