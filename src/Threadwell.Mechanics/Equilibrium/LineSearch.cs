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
    /// Moves the state along its direction; the trial vectors then hold the state before. False, and nothing moved, when no step is
    /// accepted.
    /// </summary>
    public bool TryStep(SearchState state)
    {
        double slope = _ops.Dot(state.Gradient, state.Direction);
        if (!(slope < 0))
        {
            return false;
        }

        double step = 1;
        double noise = _problem.EnergyNoise + (1e-14 * Math.Abs(state.Energy));
        for (int count = 0; count < MaxTrials; count++)
        {
            state.Displacement.CopyTo(state.Trial, 0);
            _ops.AddScaled(step, state.Direction, state.Trial);
            double energy = _problem.Evaluate(state.Trial, state.TrialGradient);
            if (!double.IsFinite(energy))
            {
                step *= 0.5;
                continue;
            }

            double trialSlope = _ops.Dot(state.TrialGradient, state.Direction);
            bool decreases = energy <= state.Energy + (SufficientDecrease * step * slope) && -step * slope > noise;
            bool flattens = energy <= state.Energy + noise && Math.Abs(trialSlope) <= 0.9 * -slope;
            if (decreases || flattens)
            {
                (state.Displacement, state.Trial) = (state.Trial, state.Displacement);
                (state.Gradient, state.TrialGradient) = (state.TrialGradient, state.Gradient);
                state.Energy = energy;
                return true;
            }

            // Minimum of the parabola with the slopes at the start and at the trial.
            double bend = (trialSlope - slope) / step;
            double parabola = bend > 0 ? -slope / bend : 0;
            step = Math.Clamp(parabola, 0.1 * step, 0.5 * step);
        }

        return false;
    }
}
