using System.Diagnostics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// Finds the displacement of least energy with a line search that keeps every element's volume positive; no load stepping. Where the
/// stiffness can be factorised (extruded meshes, small ones), limited-memory BFGS steps around a frozen factor, which later solves
/// keep using; elsewhere inexact Newton steps by conjugate gradients. Keeps its workspace between solves; one solver serves one
/// thread of execution at a time.
/// </summary>
public sealed class EquilibriumSolver
{
    // Beyond this relative residual the tissue is deformed too far from where its factor was made for that to guide threads that were just
    // gathered and pull far harder than the tissue resists: the direction is Newton's. Nor is a factor made there, where the tangent is
    // often indefinite, any guide near the equilibrium.
    private const double FarFromEquilibrium = 0.3;

    // A factor without the threads' stiffness is a guide only where little of their load is out of balance.
    private const double FarWithoutThreadsInFactor = 0.01;
    private const int FewNewtonSteps = 4;
    private readonly SolidModel _model;
    private readonly ThreadSystem? _threads;
    private readonly EquilibriumOptions _options;
    private readonly EquilibriumProblem _problem;
    private readonly LineSearch _search;
    private readonly FactorKeeper _keeper;
    private readonly SecantDirections _secant;
    private readonly Lazy<NewtonDirections> _newton;
    private readonly Lazy<SolidTangent> _tangent;
    private readonly Stopwatch _linearWatch = new();
    private readonly double _far;

    private ThreadedFactor? _threaded;

    // The tissue was deformed far since the factor was made: near the equilibrium, where the tangent is definite, a new one pays at once.
    private bool _cameFromFar;

    /// <summary>Prepares a solver; the mesh's pattern is analysed here, once.</summary>
    /// <param name="model">The model; its state, loads and supports may change between solves.</param>
    /// <param name="threads">Threads embedded in the tissue; none when null. The caller commits them.</param>
    /// <param name="options">Settings; defaults when null.</param>
    public EquilibriumSolver(SolidModel model, ThreadSystem? threads = null, EquilibriumOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        threads = threads is { StationCount: > 0 } ? threads : null;
        _threads = threads;
        _options = options ?? new EquilibriumOptions();
        _far = threads is null || _options.ThreadsInFactor ? FarFromEquilibrium : FarWithoutThreadsInFactor;
        _problem = new EquilibriumProblem(model, threads, _options.Threads);
        _search = new LineSearch(_problem);
        _tangent = new Lazy<SolidTangent>(() => new SolidTangent(model, _problem.Forces, _options.Threads));
        _newton = new Lazy<NewtonDirections>(() => new NewtonDirections(model, threads, _tangent.Value, _options));
        _keeper = new FactorKeeper(model, _options.Threads);
        _secant = new SecantDirections(_problem.Length);
    }

    /// <summary>
    /// The factor used last; null before the first solve and where none is used. Give it to the solver of a similar model on the same
    /// mesh with the same fixed components to save its factorisation.
    /// </summary>
    public FrozenFactor? Factor
    {
        get => _keeper.Share();
        set => _keeper.Borrow(value);
    }

    /// <summary>Threads of execution that it was given.</summary>
    public int Threads => _options.Threads;

    /// <summary>Current over reference volume of each pressure group in the equilibrium found last.</summary>
    public ReadOnlySpan<double> VolumeRatios => _problem.Forces.VolumeRatio;

    /// <summary>Pressure kappa (J0 Jbar - 1) of each group in the equilibrium found last, MPa, positive in dilatation.</summary>
    public ReadOnlySpan<double> Pressures => _problem.Forces.Pressure;

    /// <summary>Makes a new factor of the model as it now is, where a factor is used at all: <see cref="Factor"/> for what comes.</summary>
    /// <param name="displacement">Displacement at which the stiffness is taken, without inverted elements; length 3 x nodes, mm.</param>
    public void Refactorise(double[] displacement)
    {
        if (!_keeper.IsReady() && !_keeper.IsAffordable())
        {
            return;
        }

        var state = new SearchState([.. displacement]);
        _problem.Refresh();
        if (double.IsFinite(_problem.Evaluate(state.Displacement, state.Gradient)))
        {
            Factorise(state);
        }
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
        var state = new SearchState(displacement.ToArray());
        _problem.Watch.Reset();
        _keeper.Watch.Reset();
        _linearWatch.Reset();
        if (SupportCheck.FindFreePart(_model) is { } free)
        {
            state.Fail(EquilibriumFailure.Unsupported, free);
        }
        else
        {
            Run(state);
        }

        state.Displacement.CopyTo(displacement);
        result = state.Result(_problem.Watch.Elapsed.TotalSeconds, (_linearWatch.Elapsed + _keeper.Watch.Elapsed).TotalSeconds);
        return result.Converged;
    }

    private void Run(SearchState state)
    {
        _problem.Refresh();
        state.Energy = _problem.Evaluate(state.Displacement, state.Gradient);
        state.Energies.Add(state.Energy);
        if (!double.IsFinite(state.Energy))
        {
            state.Fail(EquilibriumFailure.InvalidStart, "An element is inside out at the starting displacement.");
            return;
        }

        state.Residual = _problem.RelativeResidual(state.Gradient);
        if (state.Residual > _far)
        {
            // Near the last equilibrium its secant pairs still tell how the energy bends; here they would mislead.
            _secant.Clear();
        }

        bool frozen = _keeper.IsReady() || _keeper.IsAffordable();
        int newtonSteps = 0;
        while (!(state.Residual <= _options.Tolerance))
        {
            if (state.Iterations == _options.MaxIterations)
            {
                state.Fail(EquilibriumFailure.IterationLimit, "The iteration limit was reached.");
                return;
            }

            if (frozen && !(ThreadsHold() && state.Residual > _far))
            {
                SecantDirection(state);
            }
            else
            {
                NewtonDirection(state, frozen);
                _cameFromFar |= frozen && ++newtonSteps > FewNewtonSteps;
            }

            if (Step(state))
            {
                continue;
            }

            if (!frozen)
            {
                return;
            }

            if (!Recover(state))
            {
                // The tangent here is not definite and its factor no guide: conjugate gradients stop at negative curvature instead.
                frozen = false;
                state.Fail(EquilibriumFailure.None, "");
            }
        }

        _keeper.Note(state);
    }

    /// <summary>One line search; false, with the failure noted, when no step lowers the energy.</summary>
    private bool Step(SearchState state)
    {
        if (!_search.TryStep(state))
        {
            state.Fail(
                EquilibriumFailure.NoDescent, "No step lowers the energy: rounding is reached or the model has no stable equilibrium nearby.");
            return false;
        }

        // After the step the trial vectors hold the state before it.
        _secant.Add(state.Trial, state.Displacement, state.TrialGradient, state.Gradient);
        state.Accept(_problem.RelativeResidual(state.Gradient));
        return true;
    }

    /// <summary>After a failed line search: forget the secant pairs, or, if there were none, factorise anew.</summary>
    private bool Recover(SearchState state)
    {
        if (!_secant.IsEmpty)
        {
            _secant.Clear();
        }
        else if (state.SinceFactor > 0)
        {
            Factorise(state);
        }
        else
        {
            return false;
        }

        state.Fail(EquilibriumFailure.None, "");
        return true;
    }

    private void NewtonDirection(SearchState state, bool frozen)
    {
        if (frozen && !_keeper.IsReady())
        {
            Factorise(state);
        }
        else
        {
            AssembleTangent(state);
        }

        // A factor of an indefinite tangent, with replaced pivots, is worse than none in the fallback.
        bool guided = _keeper.IsReady() && (frozen || _keeper.Cholesky.ReplacedPivots == 0);
        _linearWatch.Start();
        state.LinearIterations += _newton.Value.Direction(
            state.Gradient, state.Residual, state.PreviousResidual, guided ? _keeper.Preconditioner : null, state.Direction);
        _linearWatch.Stop();
    }

    private void SecantDirection(SearchState state)
    {
        double cost = _keeper.FactorCost(_options.ThreadsInFactor && ThreadsHold() ? _threads!.StationCount : 0);
        bool isOld = _cameFromFar || (state.Iterations == 0 && _keeper.IsStale(cost));
        if (!_keeper.IsReady() || state.IsSlow(_options.Tolerance, cost) || (isOld && state.Residual <= _far))
        {
            Factorise(state);
        }

        _threads?.Linearise(state.Displacement);
        _linearWatch.Start();
        _secant.Direction(state.Gradient, Frozen(), state.Direction);
        _linearWatch.Stop();
        state.LinearIterations++;
    }

    private bool ThreadsHold() => _threads is not null && Enumerable.Range(0, _threads.ThreadCount).Any(_threads.IsActive);

    /// <summary>The frozen factor, with the stiffness of the threads as they were linearised last.</summary>
    private Preconditioner Frozen()
    {
        if (!_options.ThreadsInFactor || !ThreadsHold())
        {
            _threaded = null;
            return _keeper.Preconditioner;
        }

        if (_threaded is null || _threaded.Cholesky != _keeper.Cholesky || !_threaded.Covers())
        {
            _threaded = new ThreadedFactor(_threads!, _keeper.Cholesky, _keeper.Preconditioner, _options.Threads);
        }

        _threaded.Refresh();
        return _threaded;
    }

    private void Factorise(SearchState state)
    {
        AssembleTangent(state);
        if (_keeper.Factorise(_tangent.Value.Matrix))
        {
            _secant.Clear();
        }

        _cameFromFar = false;
        state.Factorised();
    }

    private void AssembleTangent(SearchState state)
    {
        _problem.Watch.Start();
        _tangent.Value.Assemble(state.Displacement);
        _threads?.Linearise(state.Displacement);
        _problem.Watch.Stop();
    }
}
