using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Inexact Newton directions by conjugate gradients with block Jacobi (forcing terms: Eisenstat and Walker 1996).</summary>
internal sealed class NewtonDirections
{
    private const int MaxLinearIterations = 5000;
    private const double LoosestForcing = 0.1;

    // With a factor the directions are good early, and far away the line search, not the linear solve, limits the step.
    private const double LoosestForcingWithFactor = 0.3;

    // Longest step with threads in edges of a cube of the mean element's volume.
    private const double LongestStepInElements = 0.5;
    private readonly SolidModel _model;
    private readonly ThreadSystem? _threads;
    private readonly SolidTangent _tangent;
    private readonly EquilibriumOptions _options;
    private readonly ConjugateGradients _linear;
    private readonly double _longestStep;

    public NewtonDirections(SolidModel model, ThreadSystem? threads, SolidTangent tangent, EquilibriumOptions options)
    {
        _model = model;
        _threads = threads;
        _tangent = tangent;
        _options = options;
        _linear = new ConjugateGradients(3 * model.Mesh.NodeCount);
        _longestStep = LongestStepInElements * Math.Cbrt(model.Mesh.ElementVolume.Average());
    }

    /// <summary>direction = -K^(-1) gradient, roughly, with the tangent assembled last; returns the linear iterations.</summary>
    /// <param name="gradient">Out-of-balance forces.</param>
    /// <param name="residual">Relative residual now.</param>
    /// <param name="previous">Relative residual before the last step.</param>
    /// <param name="factor">A factor of a similar tangent to precondition with; block Jacobi when null.</param>
    /// <param name="direction">Receives the direction.</param>
    public int Direction(double[] gradient, double residual, double previous, Preconditioner? factor, double[] direction)
    {
        double loosest = factor is null ? LoosestForcing : LoosestForcingWithFactor;
        double forcing = double.IsFinite(previous) ? Math.Min(loosest, Math.Pow(residual / previous, 1.5)) : loosest;
        forcing = Math.Max(forcing, Math.Min(loosest, 0.3 * _options.Tolerance / residual));
        int iterations = _linear.Solve(Multiply, factor ?? new BlockJacobi(_tangent.Matrix), gradient, direction, forcing, MaxLinearIterations);
        double largest = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = -direction[i];
            largest = Math.Max(largest, Math.Abs(direction[i]));
        }

        // Gathered tissue is close to wrinkling: along its soft modes a linear step runs away by many elements.
        if (_threads is not null && largest > _longestStep)
        {
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] *= _longestStep / largest;
            }
        }

        return iterations;
    }

    private void Multiply(double[] x, double[] y)
    {
        _tangent.Matrix.Multiply(x, y, _options.Threads);
        if (_threads is not null)
        {
            _threads.AddStiffnessTimes(x, y);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = _model.Fixed[i] ? x[i] : y[i];
            }
        }
    }
}
