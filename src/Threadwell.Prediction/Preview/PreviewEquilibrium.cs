using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Prediction;

/// <summary>An equilibrium with threads.</summary>
/// <param name="Displacement">Displacement of every node since the scan, xyz, mm.</param>
/// <param name="Untreated">The same without threads: the little by which the balanced scan still moves.</param>
/// <param name="Threads">State of each thread.</param>
/// <param name="Residual">Relative residual.</param>
/// <param name="Iterations">Iterations of all solves.</param>
internal sealed record ThreadEquilibrium(double[] Displacement, double[] Untreated, ThreadReport[] Threads, double Residual, int Iterations)
{
    /// <summary>Displacement of a node beyond that of the untreated tissue, mm.</summary>
    public Vector3D Beyond(int node) => new(
        Displacement[3 * node] - Untreated[3 * node],
        Displacement[(3 * node) + 1] - Untreated[(3 * node) + 1],
        Displacement[(3 * node) + 2] - Untreated[(3 * node) + 2]);
}

/// <summary>
/// Day-0 equilibria of one balanced tissue with changing threads. Each search starts from the last equilibrium and with its
/// factor: that of tissue already gathered, which is a far better guide than that of tissue at rest.
/// </summary>
internal sealed class PreviewEquilibrium
{
    // Of a full mesh's answer, lifts are then within 1e-4 of themselves; a course, whose steps add up, is solved ten times more closely.
    private const double FullTolerance = 1e-5;

    // Under a hand that drags, the coarse mesh is off by some per cent: the search need not be a hundred times better than that and take twice as long.
    private const double CoarseTolerance = 1e-4;

    private readonly TissueMechanics mechanics;
    private readonly EquilibriumOptions options;
    private readonly double[] untreated;
    private readonly double[] pulled;
    private readonly double[] settled;
    private readonly FrozenFactor? balancedFactor;
    private FrozenFactor? factor;

    private PreviewEquilibrium(TissueMechanics mechanics, EquilibriumOptions options, double[] untreated, FrozenFactor? factor)
    {
        this.mechanics = mechanics;
        this.options = options;
        this.untreated = untreated;
        balancedFactor = factor;
        this.factor = factor;
        pulled = [.. untreated];
        settled = [.. untreated];
    }

    /// <summary>Balances a tissue and takes its day 0.</summary>
    public static PreviewEquilibrium Balance(TissueMechanics mechanics, TissueParameters parameters, PreviewOptions chosen, CancellationToken cancellation)
    {
        var settings = new EquilibriumOptions { Threads = chosen.Threads, Tolerance = FullTolerance, ThreadsInFactor = false };
        BalancedScan balance = BalancedScan.Find(mechanics, parameters, settings);
        cancellation.ThrowIfCancellationRequested();
        balance.Restore(mechanics.Model);
        var networks = new TissueNetworks(mechanics.Tissue, parameters, balance, mechanics.WedgeNormal, null, chosen.Threads);
        var rest = new double[3 * mechanics.Mesh.NodeCount];
        balance.Springs.Apply(mechanics.Model, rest, parameters.GlidingTurnoverPerDay, 0, NetworkBirths.All);
        networks.WriteTensor(mechanics.Model);
        var solver = new EquilibriumSolver(mechanics.Model, null, settings) { Factor = balance.Factor };
        solver.Solve(rest);
        double tolerance = chosen.Resolution == PreviewResolution.Coarse ? CoarseTolerance : FullTolerance;
        return new PreviewEquilibrium(mechanics, settings with { Tolerance = tolerance }, rest, solver.Factor);
    }

    /// <summary>Finds the equilibrium with some threads.</summary>
    /// <param name="definitions">The threads.</param>
    /// <param name="cancellation">Ends the search between two solves.</param>
    /// <exception cref="PreviewException">A thread cannot be used, or no equilibrium was found.</exception>
    public ThreadEquilibrium Find(ThreadDefinition[] definitions, CancellationToken cancellation)
    {
        ThreadSystem threads = SystemOf(definitions);
        var solver = new EquilibriumSolver(mechanics.Model, threads, options) { Factor = factor };
        EquilibriumResult result = Settle(solver, pulled, cancellation);
        int iterations = result.Iterations;
        threads.Commit(pulled);
        double[] final = pulled;
        if (definitions.Any(thread => thread.PullN is not null))
        {
            // The pull ended when the thread was trimmed: what the barbs hold is a new equilibrium.
            cancellation.ThrowIfCancellationRequested();
            result = Settle(solver, settled, cancellation);
            iterations += result.Iterations;
            threads.Commit(settled);
            final = settled;
        }

        factor = solver.Factor;
        return new ThreadEquilibrium(
            [.. final], untreated, [.. Enumerable.Range(0, threads.ThreadCount).Select(threads.Report)], result.RelativeResidual, iterations);
    }

    private ThreadSystem SystemOf(ThreadDefinition[] definitions)
    {
        try
        {
            return new ThreadSystem(mechanics.Mesh.NodeCount, definitions);
        }
        catch (ArgumentException problem)
        {
            throw new PreviewException(PreviewFailure.UnusableThread, problem.Message, problem);
        }
    }

    /// <summary>Solves from the last equilibrium, and where that leads nowhere from rest.</summary>
    private EquilibriumResult Settle(EquilibriumSolver solver, double[] displacement, CancellationToken cancellation)
    {
        double[] start = [.. displacement];
        if (solver.TrySolve(displacement, out EquilibriumResult result))
        {
            return result;
        }

        cancellation.ThrowIfCancellationRequested();
        untreated.CopyTo(displacement, 0);
        if (solver.TrySolve(displacement, out result))
        {
            return result;
        }

        start.CopyTo(displacement, 0);
        factor = balancedFactor;
        throw new PreviewException(
            PreviewFailure.NoEquilibrium,
            $"No equilibrium was found with these threads ({result.Failure} after {result.Iterations} iterations, relative residual {result.RelativeResidual:g3}); gather or pull less.");
    }
}
