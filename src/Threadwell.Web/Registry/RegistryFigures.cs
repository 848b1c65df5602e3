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
        if (!selection.IsShown)
        {
            return null;
        }

        RegistryCodes codes = selection.Codes;
        FollowedTimes halfLift = codes.TimesOf(RegistryTime.HalfLift);
        int treatments = 0;
        int patients = 0;
        int last = -1;
        (int first, int until) = (codes.LastQuarter, codes.FirstQuarter);
        int notMeasured = 0;
        int withoutLift = 0;
        for (int row = 0; row < codes.Count; row++)
        {
            if (selection.Disclosure.IsSelected(row))
            {
                treatments++;
                patients += codes.Patients[row] == last ? 0 : 1;
                last = codes.Patients[row];
                (first, until) = (Math.Min(first, codes.Quarters[row]), Math.Max(until, codes.Quarters[row]));
                withoutLift += codes.WithoutLift[row] ? 1 : 0;
                notMeasured += codes.WithoutLift[row] || halfLift.Has(row) ? 0 : 1;
            }
        }

        return new RegistryFigures(
            treatments,
            patients,
            Quarters.First(first),
            Quarters.Last(until),
            SurvivalFigures.Of(selection, RegistryTime.HalfLift),
            notMeasured,
            withoutLift,
            SurvivalFigures.Of(selection, RegistryTime.Retreatment),
            ComplicationFigures.Of(selection),
            AnswerFigures.Of(selection, today, now));
    }
}
