using NodaTime;

namespace Threadwell.Web.Registry;

/// <summary>All figures of a selection.</summary>
/// <param name="Treatments">How many treatments.</param>
/// <param name="Patients">Of how many patients.</param>
/// <param name="First">Day of the first treatment's quarter.</param>
/// <param name="Last">Last day of the last treatment's quarter.</param>
/// <param name="HalfLift">Time until half of the lift was lost.</param>
/// <param name="NotMeasured">Treatments without a measured lift.</param>
/// <param name="WithoutLift">Treatments whose first measurement showed none.</param>
/// <param name="Retreatment">Time until the same area was treated again.</param>
/// <param name="Complications">Rates of complications.</param>
/// <param name="Answers">What patients told.</param>
internal sealed record RegistryFigures(
    int Treatments, int Patients, LocalDate First, LocalDate Last, SurvivalFigures HalfLift, int NotMeasured, int WithoutLift, SurvivalFigures Retreatment, ComplicationFigures Complications, AnswerFigures Answers)
{
    /// <summary>Computes them.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="today">Today in the clinic.</param>
    /// <param name="now">Now.</param>
    /// <returns>The figures; null where the selection is not shown.</returns>
    public static RegistryFigures? Of(RegistrySelection selection, LocalDate today, Instant now)
    {
        ArgumentNullException.ThrowIfNull(selection);
        IReadOnlyList<RegistryTreatment> treatments = selection.Treatments;
        return !selection.IsShown ? null : new RegistryFigures(
            treatments.Count,
            treatments.Select(treatment => treatment.PatientId).Distinct().Count(),
            Quarters.First(treatments.Min(treatment => treatment.Quarter)),
            Quarters.Last(treatments.Max(treatment => treatment.Quarter)),
            SurvivalFigures.Of(selection, treatment => treatment.HalfLift),
            treatments.Count(treatment => treatment is { HalfLift: null, IsWithoutLift: false }),
            treatments.Count(treatment => treatment.IsWithoutLift),
            SurvivalFigures.Of(selection, treatment => treatment.Retreatment),
            ComplicationFigures.Of(selection),
            AnswerFigures.Of(selection, today, now));
    }
}
