using System.Diagnostics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Linear.Frontal;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Makes and keeps the frozen factor of a solver, and judges when a new one pays.</summary>
internal sealed class FactorKeeper
{
    // Beyond these a factorisation costs more time or memory than conjugate gradients: three-dimensional meshes without columns.
    private const double MaxBytes = 6e8;
    private const double MaxOperations = 6e11;

    // Multiply-adds a second in a factorisation, and numbers of the factor a second in an iteration, of an ordinary pair of cores:
    // only their ratio matters, and only to the choice when to factorise anew.
    private const double FactorRate = 5e10;
    private const double SolveRate = 6e8;
    private readonly SolidModel _model;
    private readonly int _threads;
    private double _fewest = double.PositiveInfinity;
    private double _excess;
    private FrontalPattern? _pattern;
    private FrozenFactor? _factor;
    private FactorPreconditioner? _preconditioner;

    public FactorKeeper(SolidModel model, int threads)
    {
        _model = model;
        _threads = threads;
    }

    public Stopwatch Watch { get; } = new();

    public FactorPreconditioner Preconditioner => _preconditioner ??= new FactorPreconditioner(_factor!.Cholesky, _threads);

    /// <summary>The factor's numbers; there must be one.</summary>
    public FrontalCholesky Cholesky => _factor!.Cholesky;

    /// <summary>
    /// True when the solves with this factor have together taken as many iterations more than the best of them as a new factor costs.
    /// </summary>
    /// <param name="cost">What a new factor costs, iterations.</param>
    public bool IsStale(double cost) => _excess > cost;

    /// <summary>Iterations that cost as much as a factorisation and the solves that a new factor needs at once.</summary>
    /// <param name="solves">Right-hand sides solved together with a new factor.</param>
    public double FactorCost(int solves) =>
        (Pattern.Operations + (2.0 * solves * Pattern.FactorSize)) / FactorRate / (Math.Max(Pattern.FactorSize, 1) / SolveRate);

    private FrontalPattern Pattern
    {
        get
        {
            if (_pattern is null || !_pattern.Fits(_model.Fixed))
            {
                _pattern = _factor?.Fits(_model.Fixed) == true ? _factor.Cholesky.Pattern : _model.Mesh.Elimination(_model.Fixed);
            }

            return _pattern;
        }
    }

    /// <summary>The factor, for another solver to use too; null where there is none.</summary>
    public FrozenFactor? Share()
    {
        if (_factor is not null)
        {
            _factor.IsShared = true;
        }

        return _factor;
    }

    /// <summary>Takes another solver's factor.</summary>
    public void Borrow(FrozenFactor? factor)
    {
        Release();
        _factor = factor;
    }

    /// <summary>True when this problem is worth a factor.</summary>
    public bool IsAffordable()
    {
        Watch.Start();
        bool affordable = Pattern.Fronts.Length > 0 && Pattern.Bytes <= MaxBytes && Pattern.Operations <= MaxOperations;
        Watch.Stop();
        return affordable;
    }

    /// <summary>True when there is a factor of this problem's pattern.</summary>
    public bool IsReady() => _factor?.Fits(_model.Fixed) == true;

    /// <summary>Counts a finished search that used the factor.</summary>
    public void Note(SearchState state)
    {
        if (_factor is not null && state.Iterations > 0)
        {
            _fewest = Math.Min(_fewest, state.Iterations);
            _excess += state.Iterations - _fewest;
        }
    }

    /// <summary>
    /// Factorises an assembled tangent. Where the tangent is not definite its factor is no guide: the factor of before is kept if there is one.
    /// </summary>
    /// <returns>True when the new factor took the old one's place.</returns>
    public bool Factorise(BlockSparseMatrix matrix)
    {
        Watch.Start();
        FrontalPattern pattern = Pattern;
        bool ready = IsReady();
        if (!ready)
        {
            Release();
        }

        var made = new FrozenFactor(new FrontalCholesky(pattern, matrix, _threads));
        bool better = !ready || made.Cholesky.ReplacedPivots == 0;
        if (better)
        {
            Release();
            _factor = made;
        }
        else
        {
            made.Cholesky.Dispose();
        }

        Watch.Stop();
        return better;
    }

    private void Release()
    {
        if (_factor is { IsShared: false })
        {
            _factor.Cholesky.Dispose();
        }

        _factor = null;
        _preconditioner = null;
        _fewest = double.PositiveInfinity;
        _excess = 0;
    }
}
