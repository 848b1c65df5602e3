using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Plans;

namespace Threadwell.Trials;

/// <summary>One person of a cohort.</summary>
/// <param name="Traits">What the virtual patient is made from.</param>
/// <param name="Description">What the prediction knows of the patient.</param>
internal sealed record CohortMember(VirtualPatientTraits Traits, PatientDescription Description);

/// <summary>
/// Draws the people of a cohort. Ages, sexes, smokers and degrees of laxity are spread evenly over it, each in an order of its own, so that a small cohort is as mixed as a large one.
/// </summary>
internal static class VirtualCohort
{
    // Numbers whose multiples fill the unit interval most evenly: their continued fractions repeat 1, 2 and 3.
    private static readonly double OfSex = (Math.Sqrt(5) - 1) / 2;
    private static readonly double OfSmoking = Math.Sqrt(2) - 1;
    private static readonly double OfLaxity = (Math.Sqrt(13) - 3) / 2;

    /// <summary>The people.</summary>
    /// <param name="cohort">Their description.</param>
    /// <param name="body">Part of the body.</param>
    public static IReadOnlyList<CohortMember> Draw(TrialCohort cohort, VirtualBody body) => [.. Enumerable.Range(0, cohort.Patients).Select(index =>
    {
        double age = cohort.AgeYears.Low + ((index + 0.5) / cohort.Patients * (cohort.AgeYears.High - cohort.AgeYears.Low));
        var description = new PatientDescription
        {
            AgeYears = Math.Round(age, 1),
            Sex = Spread(index, OfSex) < cohort.FemaleShare ? Sex.Female : Sex.Male,
            Smoker = Spread(index, OfSmoking) < cohort.SmokerShare,
            Laxity = cohort.Laxity[(int)(Spread(index, OfLaxity) * cohort.Laxity.Count)],
        };
        return new CohortMember(
            new VirtualPatientTraits { AgeYears = description.AgeYears, Sex = description.Sex, Laxity = description.Laxity, Seed = ((ulong)(uint)cohort.Seed << 32) + (ulong)index + 1, Body = body },
            description);
    })];

    private static double Spread(int index, double ratio) => (0.5 + (index * ratio)) % 1;
}
