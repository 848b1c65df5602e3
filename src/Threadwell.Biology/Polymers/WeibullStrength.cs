using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// Strength over time as a Weibull law, S(t) = exp(−(t / (τ g(d)))^β), whose time scale depends on the gauge: measured for PDO (E-003, E-034).
/// </summary>
/// <remarks>
/// The published law (E-003) names no gauge, and the maker's two gauge classes (E-034) lie on both sides of it. So the law is taken to hold at
/// the geometric mean of the representative diameters of the two classes, and g(d) = (d / d_ref)^q is such that the two classes differ at
/// 4 weeks as published. Diameters outside the two are not extrapolated.
/// </remarks>
public sealed record WeibullStrength
{
    /// <summary>Time scale τ at the reference diameter, in tissue, days.</summary>
    public required double ScaleDays { get; init; }

    /// <summary>Shape β.</summary>
    public required double Shape { get; init; }

    /// <summary>Exponent q of the diameter in the time scale.</summary>
    public required double GaugeExponent { get; init; }

    /// <summary>Representative diameter of the finer class, mm; below it the time scale no longer falls.</summary>
    public required double FineDiameterMm { get; init; }

    /// <summary>Representative diameter of the coarser class, mm; above it the time scale no longer grows.</summary>
    public required double CoarseDiameterMm { get; init; }

    /// <summary>Diameter at which the time scale is <see cref="ScaleDays"/>, mm.</summary>
    public double ReferenceDiameterMm => Math.Sqrt(FineDiameterMm * CoarseDiameterMm);

    /// <summary>The law for PDO.</summary>
    /// <param name="facts">Values to go by.</param>
    public static WeibullStrength Pdo(FactValues facts)
    {
        double shape = facts.Value("pdo.strength.weibull-shape", "1");
        double fine = facts.Value("suture.diameter-4-0", "mm");
        double coarse = facts.Value("suture.diameter-2-0", "mm");

        // -ln S = (t/τ)^β at the same t: the ratio of the two classes' logarithms is the ratio of their time scales to the power β.
        double scaleRatio = Math.Pow(
            Math.Log(facts.Value("pdo.strength-4-weeks-fine", "1")) / Math.Log(facts.Value("pdo.strength-4-weeks-coarse", "1")),
            1 / shape);
        return new WeibullStrength
        {
            ScaleDays = facts.Value("pdo.strength.weibull-scale", "d"),
            Shape = shape,
            GaugeExponent = Math.Log(scaleRatio) / Math.Log(coarse / fine),
            FineDiameterMm = fine,
            CoarseDiameterMm = coarse,
        };
    }

    /// <summary>Strength relative to day 0.</summary>
    /// <param name="diameterMm">Diameter of the thread, mm.</param>
    /// <param name="days">Days since insertion, not negative.</param>
    /// <param name="logRateFactor">Factor on −ln S: 1 in tissue.</param>
    public double Strength(double diameterMm, double days, double logRateFactor)
    {
        double scale = ScaleDays * Math.Pow(Math.Clamp(diameterMm, FineDiameterMm, CoarseDiameterMm) / ReferenceDiameterMm, GaugeExponent);
        return Math.Exp(-logRateFactor * Math.Pow(days / scale, Shape));
    }
}
