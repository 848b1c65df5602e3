using Threadwell.Care.Suitability;

namespace Threadwell.Web.Patients;

/// <summary>What the outcome of an assessment means for the path.</summary>
internal static class AssessmentOutcomes
{
    /// <summary>Whether the path goes on: there is no reason against, or conditions that can be kept.</summary>
    /// <param name="outcome">Name of an <see cref="Outcome"/>, as it is stored.</param>
    public static bool MayProceed(string outcome) => outcome is nameof(Outcome.NoReasonAgainst) or nameof(Outcome.WithConditions);
}
