namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Finds the cable positions that minimise a <see cref="ThreadChain"/>'s energy for given tissue positions: the exact global
/// minimum of a convex, piecewise quadratic function, in a finite number of operations.
/// <para>
/// The chain is a path, so the minimum over all cable positions left of station j is a convex function of theta(j). Its derivative,
/// the force needed to hold the cable there, is a continuous non-decreasing piecewise linear function kept as a list of knots.
/// Crossing a station adds the bond's force; crossing a segment is an infimal convolution, which adds the segment's elongation at
/// equal tension and clips the tension to what the cable can carry. A backward pass reads the minimiser off. (Infimal convolution:
/// Rockafellar, Convex Analysis, section 16; the same dynamic programming solves the fused lasso, Johnson 2013.)
/// Each station adds the kinks of its bond and each segment two knots, so n stations of m kinks cost O(m n²) at worst.
/// </para>
/// Holds a workspace: not safe for use by two threads of execution at once.
/// </summary>
internal sealed class ChainMinimiser
{
    private readonly double[] _position;
    private readonly double[] _force;
    private readonly double[] _messagePosition;
    private readonly double[] _messageForce;
    private readonly int[] _messageStart;
    private readonly double[] _zeroLow;
    private readonly double[] _zeroHigh;
    private readonly double[] _fullLow;
    private readonly double[] _fullHigh;
    private readonly double[] _own;
    private int _count;
    private double _raySlope;

    /// <summary>Workspace for chains of up to so many stations, whose bonds' forces have up to so many kinks each.</summary>
    public ChainMinimiser(int stations, int kinks)
    {
        int knots = ((Math.Max(kinks, 2) + 2) * stations) + 4;
        _own = new double[Math.Max(kinks, 1)];
        _position = new double[knots];
        _force = new double[knots];
        _messagePosition = new double[stations * knots / 2 + knots];
        _messageForce = new double[_messagePosition.Length];
        _messageStart = new int[stations + 1];
        _zeroLow = new double[stations];
        _zeroHigh = new double[stations];
        _fullLow = new double[stations];
        _fullHigh = new double[stations];
    }

    /// <summary>Computes the cable positions.</summary>
    /// <param name="chain">The thread.</param>
    /// <param name="tissue">Tissue positions c, mm, one a station.</param>
    /// <param name="theta">Receives the cable positions, mm. Where the energy is flat (free points of a slack cable) any.</param>
    public void Minimise(ThreadChain chain, ReadOnlySpan<double> tissue, Span<double> theta)
    {
        int last = chain.Stations - 1;
        for (int station = 0; station <= last; station++)
        {
            AddStation(chain, station, tissue[station]);
            if (station < last)
            {
                CrossSegment(chain, station);
            }
        }

        double low = LowestAt(0), high = HighestAt(0);

        // A rounding error can leave the sum of all forces an ulp short of zero on a flat ray.
        low = double.IsPositiveInfinity(low) ? _position[_count - 1] : low;
        high = double.IsNegativeInfinity(high) ? _position[0] : high;
        theta[last] = Nearest(tissue[last] - chain.Offset[last], low, high);
        for (int segment = last - 1; segment >= 0; segment--)
        {
            // A free point of a slack cable comes to lie where the cable is just straight.
            bool free = chain.BondStiffness[segment] <= 0 && chain.AnchorStiffness[segment] <= 0;
            double preferred = free ? theta[segment + 1] - chain.RestShift[segment] : tissue[segment] - chain.Offset[segment];
            theta[segment] = StepBack(chain, segment, preferred, theta[segment + 1]);
        }

        double straight = theta[last - 1] + chain.RestShift[last - 1];
        if (chain.BondStiffness[last] <= 0 && chain.AnchorStiffness[last] <= 0 && theta[last] < straight)
        {
            theta[last] = straight;
        }
    }

    /// <summary>The cable position at a segment's start, from the one at its end.</summary>
    private double StepBack(ThreadChain chain, int segment, double preferred, double next)
    {
        double tension = Message(segment, next);
        double shift = chain.RestShift[segment];
        if (chain.Strength <= 0)
        {
            return Nearest(preferred, _zeroLow[segment], _zeroHigh[segment]);
        }

        if (tension <= 0)
        {
            return Nearest(preferred, Math.Max(_zeroLow[segment], Math.Min(next - shift, _zeroHigh[segment])), _zeroHigh[segment]);
        }

        double taut = next - shift - (tension / chain.SegmentStiffness[segment]);
        return tension >= chain.Strength ? Nearest(taut, _fullLow[segment], _fullHigh[segment]) : taut;
    }

    /// <summary>Adds a station's own force to the message from its left (or starts the chain).</summary>
    private void AddStation(ThreadChain chain, int station, double tissue)
    {
        double anchor = chain.AnchorStiffness[station];
        double offset = tissue - chain.Offset[station];
        bool barb = chain.BondStiffness[station] > 0;
        int own = barb ? chain.KinksOf(station, offset, _own) : anchor > 0 || station == 0 ? 1 : 0;
        if (!barb)
        {
            _own[0] = anchor > 0 ? chain.AnchorPosition[station] : tissue;
        }

        int from = station == 0 ? 0 : _messageStart[station - 1];
        int until = station == 0 ? 0 : _messageStart[station];
        int read = from, readOwn = 0;
        _count = 0;
        _raySlope = anchor + chain.SlippingStiffness(station);
        while (read < until || readOwn < own)
        {
            bool takeOwn = readOwn < own && (read >= until || _own[readOwn] <= _messagePosition[read]);
            double position = takeOwn ? _own[readOwn] : _messagePosition[read];
            double force = takeOwn ? (station == 0 ? 0 : Message(station - 1, position)) : _messageForce[read];
            if (takeOwn)
            {
                readOwn++;
            }
            else
            {
                read++;
            }

            if (barb)
            {
                force -= chain.BondForceAt(station, tissue, position);
            }

            force += anchor * (position - chain.AnchorPosition[station]);
            if (station == 0)
            {
                force += chain.EntryPull;
            }

            _position[_count] = position;
            _force[_count++] = force;
        }
    }

    /// <summary>Passes the force at a segment's start to its end as a function of the cable position there.</summary>
    private void CrossSegment(ThreadChain chain, int segment)
    {
        double strength = chain.Strength, stiffness = chain.SegmentStiffness[segment], shift = chain.RestShift[segment];
        double zeroHigh = HighestAt(0), fullLow = LowestAt(strength);
        _zeroLow[segment] = LowestAt(0);
        _zeroHigh[segment] = zeroHigh;
        _fullLow[segment] = fullLow;
        _fullHigh[segment] = HighestAt(strength);

        int write = segment == 0 ? 0 : _messageStart[segment];
        _messageStart[segment] = write;
        if (double.IsPositiveInfinity(zeroHigh) || strength <= 0)
        {
            // Nothing to the left resists: the segment is slack wherever its end goes.
            Write(ref write, _position[_count - 1], 0);
        }
        else if (double.IsNegativeInfinity(fullLow))
        {
            Write(ref write, _position[0], strength);
        }
        else
        {
            if (!double.IsNegativeInfinity(zeroHigh))
            {
                Write(ref write, zeroHigh + shift, 0);
            }

            for (int knot = 0; knot < _count; knot++)
            {
                double force = _force[knot];
                if (force > 0 && force < strength)
                {
                    Write(ref write, _position[knot] + shift + (force / stiffness), force);
                }
            }

            if (!double.IsPositiveInfinity(fullLow))
            {
                Write(ref write, fullLow + shift + (strength / stiffness), strength);
            }
        }

        _messageStart[segment + 1] = write;
    }

    private void Write(ref int index, double position, double force)
    {
        _messagePosition[index] = position;
        _messageForce[index++] = force;
    }

    /// <summary>Tension of a segment as a function of the cable position at its end; constant beyond the outer knots.</summary>
    private double Message(int segment, double position)
    {
        int low = _messageStart[segment], high = _messageStart[segment + 1] - 1;
        if (position <= _messagePosition[low])
        {
            return _messageForce[low];
        }

        if (position >= _messagePosition[high])
        {
            return _messageForce[high];
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_messagePosition[middle] <= position)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        double part = (position - _messagePosition[low]) / (_messagePosition[high] - _messagePosition[low]);
        return _messageForce[low] + (part * (_messageForce[high] - _messageForce[low]));
    }

    /// <summary>Lowest position at which the working function reaches a force; minus infinity on a flat left ray, plus infinity when never.</summary>
    private double LowestAt(double force)
    {
        if (_force[0] >= force)
        {
            return _raySlope > 0 ? _position[0] - ((_force[0] - force) / _raySlope) : double.NegativeInfinity;
        }

        for (int knot = 1; knot < _count; knot++)
        {
            if (_force[knot] >= force)
            {
                double part = (force - _force[knot - 1]) / (_force[knot] - _force[knot - 1]);
                return _position[knot - 1] + (part * (_position[knot] - _position[knot - 1]));
            }
        }

        return _raySlope > 0 ? _position[_count - 1] + ((force - _force[_count - 1]) / _raySlope) : double.PositiveInfinity;
    }

    /// <summary>Highest position at which the working function is no more than a force; the mirror image of <see cref="LowestAt"/>.</summary>
    private double HighestAt(double force)
    {
        int last = _count - 1;
        if (_force[last] <= force)
        {
            return _raySlope > 0 ? _position[last] + ((force - _force[last]) / _raySlope) : double.PositiveInfinity;
        }

        for (int knot = last - 1; knot >= 0; knot--)
        {
            if (_force[knot] <= force)
            {
                double part = (force - _force[knot]) / (_force[knot + 1] - _force[knot]);
                return _position[knot] + (part * (_position[knot + 1] - _position[knot]));
            }
        }

        return _raySlope > 0 ? _position[0] - ((_force[0] - force) / _raySlope) : double.NegativeInfinity;
    }

    /// <summary>The point of an interval, perhaps unbounded or reversed by rounding, nearest to a wish.</summary>
    private static double Nearest(double wish, double low, double high) => Math.Max(low, Math.Min(wish, high));
}
