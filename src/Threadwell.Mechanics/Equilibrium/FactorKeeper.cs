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

    // Multiply-adds a second in a factorisation and numbers a second in a solve, of an ordinary pair of cores: only their ratio
    // matters, and only to the choice when to factorise anew.
    private const double FactorRate = 5e10;
    private const double SolveRate = 2.5e9;
    private readonly SolidModel _model;
    private readonly TangentPattern _tangent;
    private readonly int _threads;
    private FrontalPattern? _pattern;
    private FrozenFactor? _factor;
    private FactorPreconditioner? _preconditioner;

    public FactorKeeper(SolidModel model, TangentPattern tangent, int threads)
    {
        _model = model;
        _tangent = tangent;
        _threads = threads;
    }

    /// <summary>The factor; null before the first one.</summary>
    public FrozenFactor? Factor
    {
        get => _factor;
        set
        {
            _factor = value;
            _preconditioner = null;
        }
    }

    public Stopwatch Watch { get; } = new();

    public Preconditioner Preconditioner => _preconditioner ??= new FactorPreconditioner(_factor!.Cholesky, _threads);

    /// <summary>Iterations that cost as much as a factorisation.</summary>
    public double FactorCost => Pattern.Operations / FactorRate / (Math.Max(Pattern.FactorSize, 1) / SolveRate);

    private FrontalPattern Pattern
    {
        get
        {
            if (_pattern is null || !_pattern.Fixed.AsSpan().SequenceEqual(_model.Fixed))
            {
                (int[] group, Geometry.Vector3D[] centre) = ColumnGroups.Find(_model.Mesh);
                _pattern = _factor?.Fits(_model.Fixed) == true
                    ? _factor.Cholesky.Pattern
                    : new FrontalPattern(_tangent.RowStart, _tangent.Columns, _model.Fixed, group, centre);
            }

            return _pattern;
        }
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

    /// <summary>Factorises an assembled tangent.</summary>
    public void Factorise(BlockSparseMatrix matrix)
    {
        Watch.Start();
        Factor = null;
        Factor = new FrozenFactor(new FrontalCholesky(Pattern, matrix, _threads));
        Watch.Stop();
    }
}
