using Threadwell.Anatomy;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// What a course owes to the patient's skin alone: the tissue balanced under gravity, and the untreated course in it. Courses that differ in nothing of the skin can share it,
/// at once too: none of them changes it.
/// </summary>
/// <param name="Parameters">Layer parameters.</param>
/// <param name="Mechanics">The tissue as the solver takes it.</param>
/// <param name="Balance">The prestress that makes the scan an equilibrium.</param>
/// <param name="Untreated">The untreated course.</param>
internal sealed record SkinCourse(TissueParameters Parameters, TissueMechanics Mechanics, BalancedScan Balance, CourseFields Untreated)
{
    /// <summary>Computes it.</summary>
    /// <param name="plan">The plan; its threads do not matter.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="options">Values to go by, births.</param>
    /// <param name="solver">Settings of the solver.</param>
    /// <param name="cancellation">Ends it between equilibria.</param>
    /// <exception cref="EquilibriumException">An equilibrium was not found.</exception>
    /// <exception cref="ScanBalanceException">The scan could not be balanced under gravity.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SkinCourse Of(ThreadPlan plan, LayeredTissue tissue, double[] timesDays, PredictionOptions options, EquilibriumOptions solver, CancellationToken cancellation)
    {
        TissueParameters parameters = TissueParameters.For(plan.Patient, options.Facts);
        var mechanics = new TissueMechanics(tissue, parameters);
        BalancedScan balance = BalancedScan.Find(mechanics, parameters, solver);
        var disturbance = new EarlyDisturbance(AftercareHabits.Of(plan.Aftercare), options.Facts);
        var biology = new BiologyCourse(plan with { Threads = [] }, timesDays, disturbance.Response, options.Facts);
        var runner = new CourseRunner(mechanics, parameters, balance, biology, disturbance, timesDays, options.Births, solver);
        return new SkinCourse(parameters, mechanics, balance, runner.Run(null, null, _ => { }, cancellation));
    }
}
