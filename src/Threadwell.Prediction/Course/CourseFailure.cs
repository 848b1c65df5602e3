using Threadwell.Biology;
using Threadwell.Mechanics.Equilibrium;

namespace Threadwell.Prediction;

/// <summary>Tells a course that has no solution with its values, which an ensemble leaves out and counts, from a fault of the program.</summary>
public static class CourseFailure
{
    /// <summary>Whether a course ended because an equilibrium, the balance of the scan or a step in time was not found.</summary>
    /// <param name="error">What ended it.</param>
    public static bool IsOfTheValues(Exception error) => error is EquilibriumException or ScanBalanceException or IntegrationException;
}
