namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Springs, slips and limits of one thread as a chain of stations: per station a bond to the tissue and perhaps an anchor, per
/// segment a cable. Sign: cable positions theta and tissue positions c grow from entry to exit; a bond's force is positive when
/// the tissue draws the cable towards the exit (force on the tissue then points to the entry).
/// </summary>
internal sealed class ThreadChain
{
    /// <summary>Below this part of its first stiffness a cable is fragments and carries nothing.</summary>
    private const double FragmentStiffness = 1e-3;

    /// <summary>
    /// Stiffness of a slipping bond as a part of its elastic one. Without it the halves of a thread that both slip have no say in
    /// which slips further; this picks the share of least squares (symmetric if the thread is), at a cost of about 1e-8 N.
    /// </summary>
    private const double SlipHardening = 1e-8;

    private readonly double _firstAxialStiffness;
    private readonly double[] _length;
    private readonly BondCurve?[] _bond;
    private readonly double[] _upperStretch;
    private readonly double[] _lowerStretch;
    private readonly double _slidingFraction;
    private readonly double _anchorStiffness;
    private readonly int[] _barbStation;

    public ThreadChain(ThreadDefinition definition)
    {
        Definition = definition;
        int stations = definition.Stations.Length;
        Stations = stations;
        _firstAxialStiffness = definition.AxialStiffnessN;
        _slidingFraction = definition.SlidingFraction;
        _anchorStiffness = definition.AnchorStiffnessNPerMm;
        _barbStation = [.. Enumerable.Range(0, stations).Where(station => definition.Stations[station].Grip != BarbGrip.None)];
        _bond = new BondCurve?[stations];
        _upperStretch = new double[stations];
        _lowerStretch = new double[stations];
        _length = new double[stations - 1];
        for (int segment = 0; segment < _length.Length; segment++)
        {
            _length[segment] = definition.Stations[segment + 1].AxialMm - definition.Stations[segment].AxialMm;
        }

        BondStiffness = new double[stations];
        UpperLimit = new double[stations];
        LowerLimit = new double[stations];
        Offset = new double[stations];
        Slip = new double[stations];
        Loosened = new double[stations];
        BondForce = new double[stations];
        Theta = new double[stations];
        AnchorStiffness = new double[stations];
        AnchorPosition = new double[stations];
        SegmentStiffness = new double[stations - 1];
        RestShift = new double[stations - 1];
        Tension = new double[stations - 1];
        Pulling = definition.PullN is not null;
        for (int station = 0; station < stations; station++)
        {
            bool held = definition.Stations[station].IsAnchor && !(station == 0 && Pulling);
            AnchorStiffness[station] = held ? _anchorStiffness : 0;
        }

        for (int segment = 0; segment < stations - 1; segment++)
        {
            RestShift[segment] = -(definition.GatherMm?[segment] ?? 0);
        }

        SetState(definition.AxialStiffnessN, definition.StrengthN, definition.HoldingN, definition.BondStiffnessNPerMm);
    }

    public ThreadDefinition Definition { get; }

    public int Stations { get; }

    public ReadOnlySpan<int> BarbStation => _barbStation;

    /// <summary>Stiffness of each bond before its near field, N/mm; zero without a barb.</summary>
    public double[] BondStiffness { get; }

    /// <summary>Largest number of kinks that one bond's force has as a function of its stretch, those at its limits included.</summary>
    public int MostKnots => 2 + (2 * (Definition.NearField?.Max(near => near.LoadN.Length) ?? 0));

    /// <summary>Largest positive bond force, N.</summary>
    public double[] UpperLimit { get; }

    /// <summary>Size of the largest negative bond force, N.</summary>
    public double[] LowerLimit { get; }

    /// <summary>Difference c - theta at which the bond is free of force, mm.</summary>
    public double[] Offset { get; }

    /// <summary>Slip since insertion, mm; positive when the tissue moved to the exit relative to the cable.</summary>
    public double[] Slip { get; }

    /// <summary>What was worked loose below the holding force since insertion, mm, in the sign of slip.</summary>
    public double[] Loosened { get; }

    /// <summary>Stiffness of the anchor at each station, N/mm; zero without one.</summary>
    public double[] AnchorStiffness { get; }

    /// <summary>Cable position at which each anchor is free of force, mm.</summary>
    public double[] AnchorPosition { get; }

    /// <summary>EA / L of each segment, N/mm.</summary>
    public double[] SegmentStiffness { get; }

    /// <summary>Difference theta(j+1) - theta(j) at which a segment goes taut, mm: minus the gather, plus what the cable has torn open.</summary>
    public double[] RestShift { get; }

    /// <summary>Largest tension, N.</summary>
    public double Strength { get; private set; }

    /// <summary>False when the cable is fragments.</summary>
    public bool IsActive { get; private set; }

    /// <summary>True when the tension has reached the cable's strength in a committed state.</summary>
    public bool Broken { get; private set; }

    /// <summary>True while the pull acts.</summary>
    public bool Pulling { get; private set; }

    /// <summary>True when a committed state had drawn every barb that holds one way past its limit.</summary>
    public bool PulledThrough { get; private set; }

    /// <summary>Force on the entry end towards the entry, N: the pull, as far as barbs and cable can bear it.</summary>
    public double EntryPull { get; private set; }

    /// <summary>Sum of what all barbs can hold against a pull at the entry, N, when last pulled or set.</summary>
    public double Capacity { get; private set; }

    /// <summary>Committed bond forces, N.</summary>
    public double[] BondForce { get; }

    /// <summary>Committed tensions, N.</summary>
    public double[] Tension { get; }

    /// <summary>Committed cable positions, mm.</summary>
    public double[] Theta { get; }

    /// <summary>Sets what the polymer and the tissue's ingrowth change between time steps.</summary>
    public void SetState(double axialStiffness, double strength, ReadOnlySpan<double> holding, ReadOnlySpan<double> bondStiffness)
    {
        if (holding.Length != _barbStation.Length || bondStiffness.Length != _barbStation.Length)
        {
            throw new ArgumentException($"Thread {Definition.Id} has {_barbStation.Length} barbs; a value for each is needed.");
        }

        IsActive = axialStiffness >= FragmentStiffness * _firstAxialStiffness;
        Strength = Math.Max(strength, 0);
        for (int segment = 0; segment < _length.Length; segment++)
        {
            SegmentStiffness[segment] = axialStiffness / _length[segment];
        }

        Capacity = 0;
        for (int barb = 0; barb < _barbStation.Length; barb++)
        {
            int station = _barbStation[barb];
            double stiffness = Math.Max(bondStiffness[barb], 0);
            BondCurve? previous = _bond[station];
            if (stiffness != BondStiffness[station])
            {
                BondStiffness[station] = stiffness;
                _bond[station] = CurveOf(barb);
                if (previous is not null && _bond[station] is { } stiffer && stiffer.InitialStiffness > previous.InitialStiffness)
                {
                    // What stiffens the bond has grown in the strained state and is free of stress there: the force stays as it was.
                    Offset[station] += previous.StretchAt(BondForce[station]) - stiffer.StretchAt(BondForce[station]);
                }
            }

            double grip = stiffness > 0 ? Math.Max(holding[barb], 0) : 0;
            bool towardsEntry = Definition.Stations[station].Grip == BarbGrip.HoldsTowardsEntry;
            UpperLimit[station] = towardsEntry ? grip : _slidingFraction * grip;
            LowerLimit[station] = towardsEntry ? _slidingFraction * grip : grip;
            SetLimitStretches(station);
            Capacity += UpperLimit[station];
        }

        EntryPull = Pulling ? Math.Min(Definition.PullN!.Value, Math.Min(Capacity, Strength)) : 0;
    }

    /// <summary>Bond force at a station for a tissue and a cable position, N.</summary>
    public double BondForceAt(int station, double tissue, double theta)
    {
        if (_bond[station] is not { } bond)
        {
            return 0;
        }

        double stretch = tissue - theta - Offset[station];
        double elastic = Math.Clamp(stretch, -_lowerStretch[station], _upperStretch[station]);
        double limited = elastic == stretch ? bond.ForceAt(stretch) : stretch > 0 ? UpperLimit[station] : -LowerLimit[station];
        return limited + (SlipHardening * bond.InitialStiffness * (stretch - elastic));
    }

    /// <summary>Derivative of <see cref="BondForceAt"/> with respect to the tissue position, N/mm.</summary>
    public double BondTangentAt(int station, double tissue, double theta)
    {
        if (_bond[station] is not { } bond)
        {
            return 0;
        }

        double stretch = tissue - theta - Offset[station];
        bool sticks = stretch <= _upperStretch[station] && stretch >= -_lowerStretch[station];
        return sticks ? bond.StiffnessAt(stretch) : SlippingStiffness(station);
    }

    /// <summary>Stiffness of the bond while it slips, N/mm.</summary>
    public double SlippingStiffness(int station) => SlipHardening * (_bond[station]?.InitialStiffness ?? 0);

    /// <summary>Cable positions at which the force of a station's bond has a kink, ascending.</summary>
    /// <param name="station">The station; it has a bond.</param>
    /// <param name="free">Cable position at which the bond is free of force, mm.</param>
    /// <param name="positions">Receives them, mm; at least <see cref="MostKnots"/> long.</param>
    /// <returns>Their number.</returns>
    public int KinksOf(int station, double free, Span<double> positions)
    {
        BondCurve bond = _bond[station]!;
        int count = 0;
        positions[count++] = free - _upperStretch[station];
        for (int knot = bond.Knots; knot > 0; knot--)
        {
            if (bond.KnotStretch(knot) < _upperStretch[station])
            {
                positions[count++] = free - bond.KnotStretch(knot);
            }
        }

        for (int knot = 1; knot <= bond.Knots && bond.KnotStretch(knot) < _lowerStretch[station]; knot++)
        {
            positions[count++] = free + bond.KnotStretch(knot);
        }

        positions[count++] = free + _lowerStretch[station];
        return count;
    }

    /// <summary>Tension of a segment for the cable positions at its ends, N.</summary>
    public double TensionAt(int segment, double from, double to) =>
        Math.Clamp(SegmentStiffness[segment] * (to - from - RestShift[segment]), 0, Strength);

    /// <summary>Energy of the chain, N mm: stored, plus what slips of this step dissipate, minus the work of the pull.</summary>
    public double Energy(ReadOnlySpan<double> tissue, ReadOnlySpan<double> theta)
    {
        double energy = EntryPull * theta[0];
        for (int station = 0; station < Stations; station++)
        {
            if (_bond[station] is { } bond)
            {
                double stretch = tissue[station] - theta[station] - Offset[station];
                double elastic = Math.Clamp(stretch, -_lowerStretch[station], _upperStretch[station]);
                double slip = stretch - elastic;
                double limit = slip > 0 ? UpperLimit[station] : LowerLimit[station];
                energy += bond.EnergyAt(elastic) + (limit * Math.Abs(slip)) + (0.5 * SlippingStiffness(station) * slip * slip);
            }

            double anchorStretch = theta[station] - AnchorPosition[station];
            energy += 0.5 * AnchorStiffness[station] * anchorStretch * anchorStretch;
        }

        for (int segment = 0; segment < Stations - 1; segment++)
        {
            double tension = TensionAt(segment, theta[segment], theta[segment + 1]);
            energy += tension * (theta[segment + 1] - theta[segment] - RestShift[segment] - (tension / (2 * SegmentStiffness[segment])));
        }

        return energy;
    }

    /// <summary>Works each bond loose: a share of its committed elastic stretch is lost for good. Returns the mean loss of the barbs, mm.</summary>
    public double Loosen(double share)
    {
        double sum = 0;
        foreach (int station in _barbStation)
        {
            if (_bond[station] is { } bond)
            {
                double stretch = bond.StretchAt(BondForce[station]);
                double lost = share * stretch;
                Offset[station] += lost;
                Loosened[station] += lost;
                BondForce[station] = bond.ForceAt(stretch - lost);
                sum += Math.Abs(lost);
            }
        }

        return _barbStation.Length == 0 ? 0 : sum / _barbStation.Length;
    }

    /// <summary>Accepts the slips of an equilibrium; ends the pull.</summary>
    public void Commit(ReadOnlySpan<double> tissue, ReadOnlySpan<double> theta)
    {
        if (!IsActive)
        {
            Array.Clear(BondForce);
            Array.Clear(Tension);
            return;
        }

        theta.CopyTo(Theta);
        bool entryHolds = false, exitHolds = false, anyTowardsEntry = false, anyTowardsExit = false;
        for (int station = 0; station < Stations; station++)
        {
            double force = BondForceAt(station, tissue[station], theta[station]);
            BondForce[station] = force;
            if (BondStiffness[station] <= 0)
            {
                continue;
            }

            bool atUpper = force >= UpperLimit[station], atLower = force <= -LowerLimit[station];
            if (atUpper || atLower)
            {
                double stretch = tissue[station] - theta[station] - Offset[station];
                double slip = stretch - (atUpper ? _upperStretch[station] : -_lowerStretch[station]);
                Offset[station] += slip;
                Slip[station] += slip;
            }

            bool towardsEntry = Definition.Stations[station].Grip == BarbGrip.HoldsTowardsEntry;
            anyTowardsEntry |= towardsEntry;
            anyTowardsExit |= !towardsEntry;
            entryHolds |= towardsEntry && !atUpper;
            exitHolds |= !towardsEntry && !atLower;
        }

        double largest = 0;
        for (int segment = 0; segment < Stations - 1; segment++)
        {
            double tension = TensionAt(segment, theta[segment], theta[segment + 1]);
            Tension[segment] = tension;
            largest = Math.Max(largest, tension);
            if (tension >= Strength)
            {
                RestShift[segment] = theta[segment + 1] - theta[segment] - (tension / SegmentStiffness[segment]);
                Broken = true;
            }
        }

        bool beyond = Pulling && Definition.PullN!.Value > Math.Min(Capacity, Strength);
        PulledThrough |= beyond || (largest > 0 && ((anyTowardsEntry && !entryHolds) || (anyTowardsExit && !exitHolds)));
        if (Pulling)
        {
            if (Definition.Stations[0].IsAnchor)
            {
                AnchorStiffness[0] = _anchorStiffness;
                AnchorPosition[0] = theta[0] - (EntryPull / _anchorStiffness);
            }

            Pulling = false;
            EntryPull = 0;
        }
    }

    /// <summary>Number of values that <see cref="Save"/> writes.</summary>
    public int StateSize => (10 * Stations) + (3 * (Stations - 1)) + 6;

    /// <summary>Writes everything that a step can change; returns the rest of the span.</summary>
    public Span<double> Save(Span<double> state)
    {
        foreach (double[] array in StateArrays())
        {
            array.CopyTo(state);
            state = state[array.Length..];
        }

        ReadOnlySpan<double> scalars = [Strength, Flag(IsActive), Flag(Broken), Flag(Pulling), Flag(PulledThrough), Capacity];
        scalars.CopyTo(state);
        return state[scalars.Length..];
    }

    /// <summary>Reads what <see cref="Save"/> wrote; returns the rest of the span.</summary>
    public ReadOnlySpan<double> Restore(ReadOnlySpan<double> state)
    {
        foreach (double[] array in StateArrays())
        {
            state[..array.Length].CopyTo(array);
            state = state[array.Length..];
        }

        for (int barb = 0; barb < _barbStation.Length; barb++)
        {
            _bond[_barbStation[barb]] = CurveOf(barb);
            SetLimitStretches(_barbStation[barb]);
        }

        Strength = state[0];
        IsActive = state[1] != 0;
        Broken = state[2] != 0;
        Pulling = state[3] != 0;
        PulledThrough = state[4] != 0;
        Capacity = state[5];
        EntryPull = Pulling ? Math.Min(Definition.PullN!.Value, Math.Min(Capacity, Strength)) : 0;
        return state[6..];
    }

    private BondCurve? CurveOf(int barb) => BondStiffness[_barbStation[barb]] is > 0 and double stiffness ? new BondCurve(stiffness, Definition.NearField?[barb]) : null;

    private void SetLimitStretches(int station)
    {
        _upperStretch[station] = _bond[station]?.StretchAt(UpperLimit[station]) ?? 0;
        _lowerStretch[station] = _bond[station]?.StretchAt(LowerLimit[station]) ?? 0;
    }

    private static double Flag(bool value) => value ? 1 : 0;

    private double[][] StateArrays() =>
    [
        BondStiffness, UpperLimit, LowerLimit, Offset, Slip, Loosened, AnchorStiffness, AnchorPosition, BondForce, Theta, // a station each
        SegmentStiffness, RestShift, Tension, // a segment each
    ];
}
