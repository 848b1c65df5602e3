namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Elastic law of a barb's bond with its near field in series: stretch as an odd, piecewise linear, increasing function of force, without the barb's limits.
/// </summary>
internal sealed class BondCurve
{
    private readonly double[] _force;
    private readonly double[] _stretch;
    private readonly double[] _stiffness;
    private readonly double[] _energy;

    /// <summary>Puts both in series.</summary>
    /// <param name="stiffness">Stiffness of the bond alone, N/mm, positive.</param>
    /// <param name="near">What the near field gives; null for nothing.</param>
    public BondCurve(double stiffness, NearFieldCurve? near)
    {
        int knots = near?.LoadN.Length ?? 0;
        int pieces = Math.Max(knots, 1);
        _force = new double[pieces];
        _stretch = new double[pieces];
        _stiffness = new double[pieces];
        _energy = new double[pieces];
        for (int piece = 0; piece < pieces; piece++)
        {
            if (piece > 0)
            {
                double force = near!.LoadN[piece - 1];
                _force[piece] = force;
                _stretch[piece] = (force / stiffness) + near.DisplacementMm[piece - 1];
                _energy[piece] = _energy[piece - 1] + (0.5 * (_force[piece - 1] + force) * (_stretch[piece] - _stretch[piece - 1]));
            }

            _stiffness[piece] = 1 / ((1 / stiffness) + (near?.Compliance(piece) ?? 0));
        }
    }

    /// <summary>Number of stretches, beside zero, at which the stiffness changes; the last piece has no end.</summary>
    public int Knots => _force.Length - 1;

    /// <summary>Stiffness at small force, N/mm.</summary>
    public double InitialStiffness => _stiffness[0];

    /// <summary>Stretch at which the stiffness changes for the given time, from 1 to <see cref="Knots"/>, mm.</summary>
    public double KnotStretch(int knot) => _stretch[knot];

    /// <summary>Force of a stretch, N.</summary>
    public double ForceAt(double stretch)
    {
        double size = Math.Abs(stretch);
        int piece = PieceOf(_stretch, size);
        return Math.CopySign(_force[piece] + (_stiffness[piece] * (size - _stretch[piece])), stretch);
    }

    /// <summary>Stretch of a force, mm.</summary>
    public double StretchAt(double force)
    {
        double size = Math.Abs(force);
        int piece = PieceOf(_force, size);
        return Math.CopySign(_stretch[piece] + ((size - _force[piece]) / _stiffness[piece]), force);
    }

    /// <summary>Derivative of the force with respect to the stretch, N/mm.</summary>
    public double StiffnessAt(double stretch) => _stiffness[PieceOf(_stretch, Math.Abs(stretch))];

    /// <summary>Stored energy of a stretch, N mm.</summary>
    public double EnergyAt(double stretch)
    {
        double size = Math.Abs(stretch);
        int piece = PieceOf(_stretch, size);
        double beyond = size - _stretch[piece];
        return _energy[piece] + (beyond * (_force[piece] + (0.5 * _stiffness[piece] * beyond)));
    }

    private static int PieceOf(double[] starts, double size)
    {
        int piece = starts.Length - 1;
        while (piece > 0 && starts[piece] >= size)
        {
            piece--;
        }

        return piece;
    }
}
