using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;

namespace Threadwell.Web.Scans;

/// <summary>The made-up patients that are there from the first start.</summary>
internal static class SamplePatients
{
    /// <summary>Name and traits of each.</summary>
    public static IReadOnlyList<(Guid Id, string Name, VirtualPatientTraits Traits)> All { get; } =
    [
        (new Guid("5a000000-0000-7000-8000-000000000001"), "Sample A", new VirtualPatientTraits { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate, Seed = 1 }),
        (new Guid("5a000000-0000-7000-8000-000000000002"), "Sample B", new VirtualPatientTraits { AgeYears = 61, Sex = Sex.Male, Laxity = Laxity.Mild, Seed = 7 }),
        (new Guid("5a000000-0000-7000-8000-000000000003"), "Sample C", new VirtualPatientTraits { AgeYears = 38, Sex = Sex.Female, Laxity = Laxity.Mild, Seed = 3, Body = VirtualBody.Torso }),
    ];
}
