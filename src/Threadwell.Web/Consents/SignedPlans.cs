using Threadwell.Geometry;
using Threadwell.Storage.Plans;

namespace Threadwell.Web.Consents;

/// <summary>Keeps what a signed consent rests on.</summary>
internal static class SignedPlans
{
    /// <summary>Refuses to take away a plan of which a version was signed.</summary>
    /// <param name="plan">The plan with its versions.</param>
    /// <exception cref="InvalidInputException">One was.</exception>
    public static void Check(StoredPlan plan)
    {
        if (plan.Versions.FirstOrDefault(version => version.SignedAt is not null) is { } signed)
        {
            throw new InvalidInputException(plan.Name, null, $"a consent to version {signed.Number} was signed, so the plan stays.");
        }
    }

    /// <summary>Refuses to take away a prediction of a version that was signed.</summary>
    /// <exception cref="InvalidInputException">It was.</exception>
    public static void Check(PlanVersion version)
    {
        if (version.SignedAt is not null)
        {
            throw new InvalidInputException("prediction", null, $"a consent to version {version.Number} of its plan was signed, so its predictions stay.");
        }
    }
}
