namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Threads and barbs as an addition to a tissue problem with nodal displacements u (3 x nodes, node-major xyz, mm). The cable's
/// own positions and the slips are eliminated thread by thread, so the tissue sees an energy of u alone, convex in u, with a
/// continuous gradient B^T f and the piecewise constant tangent B^T S B. Theory, signs and tests: docs/theory/threads.md.
/// <para>
/// A time step: <see cref="SetState"/> (or the state at insertion), equilibrium in u by <see cref="AddEnergyAndGradient"/> and
/// <see cref="Linearise"/> with <see cref="AddStiffnessTimes"/>, then <see cref="Commit"/>. A pull acts until the first commit; the
/// entry is trimmed by that commit, so solve once more after it (an anchored thread is then already in equilibrium).
/// </para>
/// Deterministic and without allocation after construction; not safe for use by two threads of execution at once.
/// </summary>
public sealed class ThreadSystem
{
    /// <summary>Slip below this is rounding, mm.</summary>
    private const double NoSlip = 1e-9;

    private readonly ThreadChain[] _chains;
    private readonly TissueLink[] _links;
    private readonly int[] _firstStation;
    private readonly double[] _installed;
    private readonly double[] _tissue;
    private readonly double[] _theta;
    private readonly double[] _product;
    private readonly double[] _workspace;
    private readonly double[][] _schur;
    private readonly ChainMinimiser _minimiser;
    private SparseRows? _rows;

    /// <summary>Sets the threads up, unloaded but for their gather or pull.</summary>
    /// <param name="nodeCount">Number of tissue nodes.</param>
    /// <param name="threads">The threads; may be none.</param>
    /// <exception cref="ArgumentException">A definition is inconsistent; the message names the thread.</exception>
    public ThreadSystem(int nodeCount, IReadOnlyList<ThreadDefinition> threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        foreach (ThreadDefinition thread in threads)
        {
            thread.Validate(nodeCount);
        }

        NodeCount = nodeCount;
        _chains = [.. threads.Select(thread => new ThreadChain(thread))];
        _links = [.. threads.Select(thread => new TissueLink(thread.Weights))];
        _schur = [.. _chains.Select(chain => new double[chain.Stations * chain.Stations])];
        _firstStation = new int[_chains.Length + 1];
        int largest = 0;
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            _firstStation[thread + 1] = _firstStation[thread] + _chains[thread].Stations;
            largest = Math.Max(largest, _chains[thread].Stations);
        }

        _installed = new double[StationCount];
        _tissue = new double[StationCount];
        _theta = new double[StationCount];
        _product = new double[largest];
        _workspace = new double[4 * largest];
        _minimiser = new ChainMinimiser(largest, _chains.Select(chain => chain.MostKnots).DefaultIfEmpty().Max());
    }

    /// <summary>Number of tissue nodes.</summary>
    public int NodeCount { get; }

    /// <summary>Number of threads.</summary>
    public int ThreadCount => _chains.Length;

    /// <summary>Number of stations of all threads: rows of B.</summary>
    public int StationCount => _firstStation[^1];

    /// <summary>Rows of B, all threads' stations in order, columns 3 x node + axis; built on first use. Rows of a bent thread also hold the stations before them.</summary>
    public SparseRows TissueRows => _rows ??= BuildRows();

    /// <summary>First station (row of B) of a thread; for the number of threads, <see cref="StationCount"/>.</summary>
    public int FirstStation(int thread) => _firstStation[thread];

    /// <summary>S of one thread at the last <see cref="Linearise"/>: symmetric, positive semidefinite, row-major, stations x stations, N/mm.</summary>
    public ReadOnlySpan<double> SchurComplement(int thread) => _schur[thread];

    /// <summary>
    /// Declares a displacement of the tissue to be the one in which the threads were placed (free of stress but for gather and
    /// pull). Without it that is zero displacement. Call before the first step.
    /// </summary>
    public void Install(ReadOnlySpan<double> displacement)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            _links[thread].Apply(displacement, Part(_installed, thread));
        }
    }

    /// <summary>Sets what the polymer and the ingrowth change between time steps.</summary>
    /// <param name="thread">Index of the thread.</param>
    /// <param name="axialStiffnessN">EA, N. Below 0.1 % of the first value the cable is fragments and carries nothing.</param>
    /// <param name="strengthN">Largest tension, N. A cable that reaches it tears open and goes on carrying no more than this.</param>
    /// <param name="holdingN">Holding force of each barb in its gripping direction, N. A fall below the load lets the barb slip for good.</param>
    /// <param name="bondStiffnessNPerMm">Stiffness of each bond, N/mm, before the near field. A rise leaves the force unchanged (what grew is free of stress).</param>
    /// <exception cref="ArgumentException">A span has no value for each barb.</exception>
    public void SetState(
        int thread,
        double axialStiffnessN,
        double strengthN,
        ReadOnlySpan<double> holdingN,
        ReadOnlySpan<double> bondStiffnessNPerMm) =>
        _chains[thread].SetState(axialStiffnessN, strengthN, holdingN, bondStiffnessNPerMm);

    /// <summary>
    /// Works a thread's barbs loose between time steps, as movement and kneading of the tissue do below the holding force: a share of what each bond is stretched elastically is lost
    /// for good. Call before <see cref="SetState"/> of the step.
    /// </summary>
    /// <param name="thread">Index of the thread.</param>
    /// <param name="share">Share of the elastic stretch that is lost, 0 to 1.</param>
    /// <returns>The mean size of what the thread's barbs lose, mm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share does not lie within 0 and 1.</exception>
    public double Loosen(int thread, double share)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies within 0 and 1.");
        }

        return _chains[thread].IsActive ? _chains[thread].Loosen(share) : 0;
    }

    /// <summary>Adds the threads' part of the energy's gradient, B^T f, N, and returns their energy, N mm.</summary>
    /// <param name="displacement">u, mm; length 3 x nodes.</param>
    /// <param name="gradient">Receives the sum; length 3 x nodes.</param>
    public double AddEnergyAndGradient(ReadOnlySpan<double> displacement, Span<double> gradient)
    {
        double energy = 0;
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            ThreadChain chain = _chains[thread];
            if (!chain.IsActive)
            {
                continue;
            }

            Minimise(thread, displacement);
            Span<double> tissue = Part(_tissue, thread), theta = Part(_theta, thread);
            energy += chain.Energy(tissue, theta);
            for (int station = 0; station < chain.Stations; station++)
            {
                _product[station] = chain.BondForceAt(station, tissue[station], theta[station]);
            }

            _links[thread].AddTransposed(_product.AsSpan(0, chain.Stations), gradient);
        }

        return energy;
    }

    /// <summary>Computes the tangent at a displacement for <see cref="AddStiffnessTimes"/> and <see cref="SchurComplement"/>.</summary>
    public void Linearise(ReadOnlySpan<double> displacement)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            if (!_chains[thread].IsActive)
            {
                Array.Clear(_schur[thread]);
                continue;
            }

            Minimise(thread, displacement);
            ThreadTangent.SchurComplement(_chains[thread], Part(_tissue, thread), Part(_theta, thread), _schur[thread], _workspace);
        }
    }

    /// <summary>y += B^T S B x with the tangent of the last <see cref="Linearise"/>.</summary>
    public void AddStiffnessTimes(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            int count = _chains[thread].Stations;
            if (!_chains[thread].IsActive)
            {
                continue;
            }

            Span<double> axial = _workspace.AsSpan(0, count), force = _product.AsSpan(0, count);
            _links[thread].Apply(x, axial);
            ReadOnlySpan<double> schur = _schur[thread];
            for (int row = 0; row < count; row++)
            {
                double sum = 0;
                for (int column = 0; column < count; column++)
                {
                    sum += schur[(row * count) + column] * axial[column];
                }

                force[row] = sum;
            }

            _links[thread].AddTransposed(force, y);
        }
    }

    /// <summary>True until a thread's cable is fragments that carry nothing.</summary>
    internal bool IsActive(int thread) => _chains[thread].IsActive;

    /// <summary>c = B u: tissue positions at all stations, mm. Reads nothing that changes.</summary>
    internal void TissuePositions(ReadOnlySpan<double> displacement, Span<double> positions)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            _links[thread].Apply(displacement, positions[_firstStation[thread].._firstStation[thread + 1]]);
        }
    }

    /// <summary>y += B^T f with a force at each station, N. Reads nothing that changes.</summary>
    internal void AddForces(ReadOnlySpan<double> force, Span<double> nodal)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            _links[thread].AddTransposed(force[_firstStation[thread].._firstStation[thread + 1]], nodal);
        }
    }

    /// <summary>Accepts an equilibrium: stores slips and tears for good, ends a pull, and fills what <see cref="Report"/> tells.</summary>
    public void Commit(ReadOnlySpan<double> displacement)
    {
        for (int thread = 0; thread < _chains.Length; thread++)
        {
            if (_chains[thread].IsActive)
            {
                Minimise(thread, displacement);
            }

            _chains[thread].Commit(Part(_tissue, thread), Part(_theta, thread));
        }
    }

    /// <summary>State of one thread in the last committed equilibrium.</summary>
    public ThreadReport Report(int thread)
    {
        ThreadChain chain = _chains[thread];
        var barbs = new BarbReport[chain.BarbStation.Length];
        for (int barb = 0; barb < barbs.Length; barb++)
        {
            int station = chain.BarbStation[barb];
            double load = chain.BondForce[station];
            bool grips = chain.Definition.Stations[station].Grip == BarbGrip.HoldsTowardsEntry;
            double limit = load > 0 || (load == 0 && grips) ? chain.UpperLimit[station] : chain.LowerLimit[station];
            double slip = chain.Slip[station];
            barbs[barb] = new BarbReport(
                station, chain.Definition.Stations[station].AxialMm, load, Math.Max(limit - Math.Abs(load), 0), slip, chain.Loosened[station], Math.Abs(slip) > NoSlip);
        }

        double reaction = 0;
        for (int station = 0; chain.IsActive && station < chain.Stations; station++)
        {
            reaction += chain.AnchorStiffness[station] * (chain.Theta[station] - chain.AnchorPosition[station]);
        }

        return new ThreadReport
        {
            Id = chain.Definition.Id,
            Barbs = barbs,
            TensionN = [.. chain.Tension],
            CableMm = [.. chain.Theta],
            LargestTensionN = chain.Tension.Max(),
            AnchorReactionN = reaction,
            Broken = chain.Broken,
            Fragmented = !chain.IsActive,
            PulledThrough = chain.PulledThrough,
            RequestedPullN = chain.Definition.PullN,
            CapacityN = chain.Capacity,
        };
    }

    /// <summary>Everything that steps have changed, as numbers to store; see <see cref="RestoreState"/>.</summary>
    public double[] SaveState()
    {
        var state = new double[StationCount + _chains.Sum(chain => chain.StateSize)];
        _installed.CopyTo(state, 0);
        Span<double> rest = state.AsSpan(StationCount);
        foreach (ThreadChain chain in _chains)
        {
            rest = chain.Save(rest);
        }

        return state;
    }

    /// <summary>Goes back to a saved state of the same threads.</summary>
    /// <exception cref="ArgumentException">The state has the length of other threads.</exception>
    public void RestoreState(ReadOnlySpan<double> state)
    {
        if (state.Length != StationCount + _chains.Sum(chain => chain.StateSize))
        {
            throw new ArgumentException("The saved state belongs to other threads.", nameof(state));
        }

        state[..StationCount].CopyTo(_installed);
        ReadOnlySpan<double> rest = state[StationCount..];
        foreach (ThreadChain chain in _chains)
        {
            rest = chain.Restore(rest);
        }
    }

    private void Minimise(int thread, ReadOnlySpan<double> displacement)
    {
        Span<double> tissue = Part(_tissue, thread);
        _links[thread].Apply(displacement, tissue);
        ReadOnlySpan<double> installed = Part(_installed, thread);
        for (int station = 0; station < tissue.Length; station++)
        {
            tissue[station] -= installed[station];
        }

        _minimiser.Minimise(_chains[thread], tissue, Part(_theta, thread));
    }

    private Span<double> Part(double[] stations, int thread) =>
        stations.AsSpan(_firstStation[thread], _firstStation[thread + 1] - _firstStation[thread]);

    private SparseRows BuildRows()
    {
        var rowStart = new List<int>(StationCount + 1) { 0 };
        var columns = new List<int>();
        var values = new List<double>();
        foreach (TissueLink link in _links)
        {
            link.AppendRows(rowStart, columns, values);
        }

        return new SparseRows([.. rowStart], [.. columns], [.. values]);
    }
}
