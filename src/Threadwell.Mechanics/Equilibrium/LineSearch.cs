using Threadwell.Mechanics.Linear;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// Backtracking on the energy, which is infinite where an element is inside out. Where the expected decrease drowns in the energy's
/// rounding, the directional derivative decides instead (Hager and Zhang 2005, approximate Wolfe conditions).
/// </summary>
internal sealed class LineSearch
{
    private const double SufficientDecrease = 1e-4;
    private const int MaxTrials = 40;
    private readonly EquilibriumProblem _problem;
    private readonly VectorOps _ops;

    public LineSearch(EquilibriumProblem problem)
    {
        _problem = problem;
        _ops = new VectorOps(problem.Length);
    }

    /// <summary>
    /// Moves <paramref name="displacement"/> along <paramref name="direction"/> and evaluates there; both stay as they were when no step
    /// is accepted. <paramref name="trial"/> and <paramref name="trialGradient"/> are workspace.
    /// </summary>
    public bool TryStep(ref double[] displacement, ref double[] gradient, ref double energy, double[] direction, ref double[] trial, ref double[] trialGradient)
    {
        double slope = _ops.Dot(gradient, direction);
        if (!(slope < 0))
        {
            return false;
        }

        double step = 1;
        for (int count = 0; count < MaxTrials; count++)
        {
            displacement.CopyTo(trial, 0);
            _ops.AddScaled(step, direction, trial);
            double trialEnergy = _problem.Evaluate(trial, trialGradient);
            if (!double.IsFinite(trialEnergy))
            {
                step *= 0.5;
                continue;
            }

            double noise = _problem.EnergyNoise + (1e-14 * Math.Abs(energy));
            double trialSlope = _ops.Dot(trialGradient, direction);
            bool decreases = trialEnergy <= energy + (SufficientDecrease * step * slope) && -step * slope > noise;
            bool flattens = trialEnergy <= energy + noise && Math.Abs(trialSlope) <= 0.9 * -slope;
            if (decreases || flattens)
            {
                (displacement, trial) = (trial, displacement);
                (gradient, trialGradient) = (trialGradient, gradient);
                energy = trialEnergy;
                return true;
            }

            // Minimum of the parabola through the energy and slope at the start and the slope at the trial.
            double bend = (trialSlope - slope) / step;
            double parabola = bend > 0 ? -slope / bend : 0;
            step = Math.Clamp(parabola, 0.1 * step, 0.5 * step);
        }

        return false;
    }
}
