namespace Threadwell.Mechanics.Threads;

/// <summary>
/// What the surroundings of a barb give under its load beyond what the mesh resolves: an odd, piecewise linear, increasing function that starts at zero and goes on with its last slope.
/// </summary>
public sealed record NearFieldCurve
{
    // Loads from a sixtieth of the largest: chords between them stray from the medium by less than 2 %.
    private const int Knots = 8;
    private const double KnotRatio = 1.8;

    // Points of the midpoint rule in the logarithm of the radius; exact to 1e-4 for the smooth integrand.
    private const int RadialPoints = 64;

    /// <summary>Loads, N, ascending, the first positive.</summary>
    public required double[] LoadN { get; init; }

    /// <summary>Displacement at each load, mm, ascending.</summary>
    public required double[] DisplacementMm { get; init; }

    /// <summary>A near field that gives in proportion to the load.</summary>
    /// <param name="complianceMmPerN">Displacement of a load, mm/N; not negative.</param>
    public static NearFieldCurve Linear(double complianceMmPerN) => new() { LoadN = [1], DisplacementMm = [complianceMmPerN] };

    /// <summary>
    /// The near field in a medium that stiffens with strain: the shear strain of the load's own stress, summed over the radius from the barb to where kernel and mesh take over. Up to a third of the barbs' spacing the stress
    /// is that of a lone force, F/(6 pi r²), beyond it that of a row, F/(2 pi s r); the outer radius is the one that in a linear medium gives the hidden compliance. Theory: docs/theory/threads.md.
    /// </summary>
    /// <param name="medium">The tissue around the barb.</param>
    /// <param name="hiddenPerModulus">Hidden compliance times the shear modulus, 1/mm (<see cref="HiddenCompliance"/>).</param>
    /// <param name="barbRadius">Radius of the sphere that the barb acts like, mm.</param>
    /// <param name="spacing">Distance of the barbs, mm; infinite for a lone one.</param>
    /// <param name="largestLoad">Load up to which the curve follows the medium, N.</param>
    public static NearFieldCurve In(StiffeningMedium medium, double hiddenPerModulus, double barbRadius, double spacing, double largestLoad)
    {
        if (medium.StiffeningMPa <= 0 || hiddenPerModulus <= 0 || largestLoad <= 0)
        {
            return Linear(Math.Max(hiddenPerModulus, 0) / medium.ShearModulusMPa);
        }

        double outer = OuterRadius(hiddenPerModulus, barbRadius, spacing);
        var loads = new double[Knots];
        var displacements = new double[Knots];
        for (int knot = 0; knot < Knots; knot++)
        {
            loads[knot] = largestLoad * Math.Pow(KnotRatio, knot + 1 - Knots);
            displacements[knot] = Displacement(medium, loads[knot], barbRadius, outer, spacing);
        }

        return new NearFieldCurve { LoadN = loads, DisplacementMm = displacements };
    }

    /// <summary>Whether the loads rise from above zero and each has a displacement, none less than the one before.</summary>
    internal bool IsRising()
    {
        bool fits = LoadN.Length > 0 && DisplacementMm.Length == LoadN.Length;
        for (int knot = 0; fits && knot < LoadN.Length; knot++)
        {
            fits = LoadN[knot] > (knot == 0 ? 0 : LoadN[knot - 1]) && DisplacementMm[knot] >= (knot == 0 ? 0 : DisplacementMm[knot - 1]) && double.IsFinite(DisplacementMm[knot]);
        }

        return fits;
    }

    /// <summary>Slope before a knot of the curve, and beyond the last one that of the last piece, mm/N.</summary>
    internal double Compliance(int piece)
    {
        int knot = Math.Min(piece, LoadN.Length - 1);
        return knot == 0
            ? DisplacementMm[0] / LoadN[0]
            : (DisplacementMm[knot] - DisplacementMm[knot - 1]) / (LoadN[knot] - LoadN[knot - 1]);
    }

    /// <summary>Radius up to which the stress of a unit load in a medium of unit modulus strains it by the hidden compliance.</summary>
    internal static double OuterRadius(double hiddenPerModulus, double barbRadius, double spacing)
    {
        double change = spacing / 3;
        if (barbRadius >= change)
        {
            return barbRadius * Math.Exp(2 * Math.PI * spacing * hiddenPerModulus);
        }

        double near = ((1 / barbRadius) - (1 / change)) / (6 * Math.PI);
        return hiddenPerModulus <= near
            ? 1 / ((1 / barbRadius) - (6 * Math.PI * hiddenPerModulus))
            : change * Math.Exp(2 * Math.PI * spacing * (hiddenPerModulus - near));
    }

    private static double Displacement(StiffeningMedium medium, double load, double inner, double outer, double spacing)
    {
        double change = Math.Clamp(spacing / 3, inner, outer);
        return Summed(inner, change, radius => 1 / (6 * Math.PI * radius * radius)) + Summed(change, outer, radius => 1 / (2 * Math.PI * spacing * radius));

        double Summed(double from, double to, Func<double, double> stressOfUnitLoad)
        {
            double step = Math.Log(to / from) / RadialPoints, sum = 0;
            for (int point = 0; point < RadialPoints; point++)
            {
                double radius = from * Math.Exp(step * (point + 0.5));
                sum += medium.ShearStrain(load * stressOfUnitLoad(radius)) * radius;
            }

            return sum * step;
        }
    }
}
