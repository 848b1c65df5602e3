using System.Diagnostics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// Finds the displacement of least energy: inexact Newton with a line search that keeps every element's volume positive; no load
/// stepping. Keeps its workspace between solves; one solver serves one thread of execution at a time.
/// </summary>
public sealed class EquilibriumSolver
{
    private const int MaxLinearIterations = 5000;
    private readonly SolidModel _model;
    private readonly ThreadSystem? _threads;
    private readonly EquilibriumOptions _options;
    private readonly EquilibriumProblem _problem;
    private readonly LineSearch _search;
    private readonly SolidTangent _tangent;
    private readonly ConjugateGradients _linear;

    /// <summary>Prepares a solver; the mesh's pattern is analysed here, once.</summary>
    /// <param name="model">The model; its state, loads and supports may change between solves.</param>
    /// <param name="threads">Threads embedded in the tissue; none when null. The caller commits them.</param>
    /// <param name="options">Settings; defaults when null.</param>
    public EquilibriumSolver(SolidModel model, ThreadSystem? threads = null, EquilibriumOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _threads = threads;
        _options = options ?? new EquilibriumOptions();
        _problem = new EquilibriumProblem(model, threads, _options.Threads);
        _search = new LineSearch(_problem);
        _tangent = new SolidTangent(model, _problem.Forces, _options.Threads);
        _linear = new ConjugateGradients(_problem.Length);
    }

    /// <summary>Finds the equilibrium near a displacement.</summary>
    /// <param name="displacement">Start, with the values of the fixed components; receives the equilibrium. Length 3 x nodes, mm.</param>
    /// <returns>What the search did.</returns>
    /// <exception cref="EquilibriumException">No equilibrium was found; the displacement holds the last accepted state.</exception>
    public EquilibriumResult Solve(Span<double> displacement) =>
        TrySolve(displacement, out EquilibriumResult result) ? result : throw new EquilibriumException(result);

    /// <summary>As <see cref="Solve"/>, with the failure in the result.</summary>
    /// <param name="displacement">Start, with the values of the fixed components; receives the last accepted state. Length 3 x nodes, mm.</param>
    /// <param name="result">What the search did.</param>
    /// <returns>True when an equilibrium was found.</returns>
    public bool TrySolve(Span<double> displacement, out EquilibriumResult result)
    {
        if (SupportCheck.FindFreePart(_model) is { } free)
        {
            result = new EquilibriumResult
            {
                Failure = EquilibriumFailure.Unsupported,
                Message = free,
                RelativeResidual = double.NaN,
                Iterations = 0,
                LinearIterations = 0,
                Factorisations = 0,
                Energies = [],
                AssemblySeconds = 0,
                LinearSeconds = 0,
            };
            return false;
        }

        double[] u = displacement.ToArray();
        result = Run(ref u);
        u.CopyTo(displacement);
        return result.Converged;
    }

    private EquilibriumResult Run(ref double[] u)
    {
        int length = _problem.Length;
        double[] gradient = new double[length], trial = new double[length], trialGradient = new double[length];
        double[] direction = new double[length];
        var linearWatch = new Stopwatch();
        _problem.Watch.Reset();
        _problem.Refresh();
        double energy = _problem.Evaluate(u, gradient);
        List<double> energies = [energy];
        int iterations = 0;
        int linearIterations = 0;
        double residual = double.NaN;
        double previous = double.PositiveInfinity;
        EquilibriumFailure failure = EquilibriumFailure.None;
        string message = "";
        if (!double.IsFinite(energy))
        {
            failure = EquilibriumFailure.InvalidStart;
            message = "An element is inside out at the starting displacement.";
        }

        while (failure == EquilibriumFailure.None)
        {
            residual = _problem.RelativeResidual(gradient);
            if (residual <= _options.Tolerance)
            {
                break;
            }

            if (iterations == _options.MaxIterations)
            {
                failure = EquilibriumFailure.IterationLimit;
                message = "The iteration limit was reached.";
                break;
            }

            _problem.Watch.Start();
            _tangent.Assemble(u);
            _threads?.Linearise(u);
            _problem.Watch.Stop();
            linearWatch.Start();
            var jacobi = new BlockJacobi(_tangent.Matrix);
            double forcing = double.IsFinite(previous) ? Math.Min(0.1, Math.Pow(residual / previous, 1.5)) : 0.1;
            forcing = Math.Max(forcing, Math.Min(0.1, 0.3 * _options.Tolerance / residual));
            previous = residual;
            linearIterations += _linear.Solve(
                Multiply, jacobi, gradient, direction, forcing, MaxLinearIterations);
            for (int i = 0; i < length; i++)
            {
                direction[i] = -direction[i];
            }

            linearWatch.Stop();
            if (!_search.TryStep(ref u, ref gradient, ref energy, direction, ref trial, ref trialGradient))
            {
                failure = EquilibriumFailure.NoDescent;
                message = "No step lowers the energy: rounding is reached or the model has no stable equilibrium nearby.";
                break;
            }

            energies.Add(energy);
            iterations++;
        }

        return new EquilibriumResult
        {
            Failure = failure,
            Message = message,
            RelativeResidual = residual,
            Iterations = iterations,
            LinearIterations = linearIterations,
            Factorisations = 0,
            Energies = energies,
            AssemblySeconds = _problem.Watch.Elapsed.TotalSeconds,
            LinearSeconds = linearWatch.Elapsed.TotalSeconds,
        };
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
