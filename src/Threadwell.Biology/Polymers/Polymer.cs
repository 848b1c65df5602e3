namespace Threadwell.Biology;

/// <summary>
/// Degradation of an absorbable thread in closed form: molar mass, strength, stiffness and mass are separate functions of time.
/// Derivation, parameters and limits: <c>docs/theory/polymer.md</c>.
/// </summary>
/// <remarks>
/// <para>Molar mass: chains are cut at random by water, so Mn falls log-linearly, r = exp(−k t) (Pitt 1981, E-017; E-018).</para>
/// <para>Strength: measured (Weibull, PDO) or from chain length, S = (1 − c/r) / (1 − c), zero below r = c (Flory 1945: strength falls with the
/// reciprocal of Mn); times mass, because a thinner thread carries less.</para>
/// <para>Stiffness: the same form with a smaller c, because elastic properties outlive strength (E-009, C-04).</para>
/// <para>Mass: dm/dt = −k_e m / (1 + (r / c)^p): kept while chains are long, then first order (E-017, E-020).</para>
/// <para>Continuity: 1 − exp(−(S / S_f)^n): a thread that has lost nearly all strength breaks into pieces and is no cable any more.</para>
/// </remarks>
public static class Polymer
{
    /// <summary>State of a thread by the catalogue's values.</summary>
    /// <param name="material">Polymer.</param>
    /// <param name="diameterMm">Diameter on day 0, mm, positive.</param>
    /// <param name="days">Days since insertion, not negative.</param>
    /// <param name="environment">Tissue or buffer.</param>
    /// <exception cref="ArgumentOutOfRangeException">Diameter or time is out of range or not finite.</exception>
    public static PolymerState State(ThreadMaterial material, double diameterMm, double days, PolymerEnvironment environment = PolymerEnvironment.InVivo) =>
        State(PolymerParameters.For(material), diameterMm, days, environment);

    /// <summary>State of a thread by given values.</summary>
    /// <param name="parameters">Values.</param>
    /// <param name="diameterMm">Diameter on day 0, mm, positive.</param>
    /// <param name="days">Days since insertion, not negative.</param>
    /// <param name="environment">Tissue or buffer.</param>
    /// <exception cref="ArgumentOutOfRangeException">Diameter or time is out of range or not finite.</exception>
    public static PolymerState State(PolymerParameters parameters, double diameterMm, double days, PolymerEnvironment environment = PolymerEnvironment.InVivo)
    {
        CheckDiameter(diameterMm);
        if (!(days >= 0) || double.IsInfinity(days))
        {
            throw new ArgumentOutOfRangeException(nameof(days), days, "A time is finite and not negative.");
        }

        double factor = LogRateFactor(parameters, environment);
        double molarMass = Math.Exp(-factor * parameters.HydrolysisRate * days);
        double mass = MassAndLoss(parameters, days, environment).Mass;
        double strength = mass * (parameters.MeasuredStrength is { } measured
            ? measured.Strength(diameterMm, days, factor)
            : FromChainLength(molarMass, parameters.StrengthCriticalRatio));
        double stiffness = FromChainLength(molarMass, parameters.StiffnessCriticalRatio);
        return new PolymerState(molarMass, strength, stiffness, mass, stiffness * mass * Continuity(strength, parameters));
    }

    /// <summary>Mass relative to day 0, and the rate at which it leaves, −dm/dt, 1/d: the source of degradation products.</summary>
    /// <param name="parameters">Values.</param>
    /// <param name="days">Days since insertion, not negative.</param>
    /// <param name="environment">Tissue or buffer.</param>
    public static (double Mass, double LossRate) MassAndLoss(PolymerParameters parameters, double days, PolymerEnvironment environment = PolymerEnvironment.InVivo)
    {
        // With r = exp(-k t) the onset is a logistic function of time, whose integral is a softplus: the mass is exact at any time.
        double rate = LogRateFactor(parameters, environment) * parameters.HydrolysisRate;
        double steepness = parameters.ErosionSteepness * rate;
        double onsetDays = -Math.Log(parameters.ErosionCriticalRatio) / rate;
        double past = steepness * (days - onsetDays);
        double mass = Math.Min(1, Math.Exp(-parameters.ErosionRate / steepness * (Softplus(past) - Softplus(-steepness * onsetDays))));
        return (mass, parameters.ErosionRate / (1 + Math.Exp(-past)) * mass);
    }

    internal static void CheckDiameter(double diameterMm)
    {
        if (!(diameterMm > 0) || double.IsInfinity(diameterMm))
        {
            throw new ArgumentOutOfRangeException(nameof(diameterMm), diameterMm, "A diameter is finite and positive.");
        }
    }

    private static double LogRateFactor(PolymerParameters parameters, PolymerEnvironment environment) =>
        environment == PolymerEnvironment.InVitro ? 1 / parameters.InVivoToInVitroRate : 1;

    private static double FromChainLength(double molarMass, double critical) =>
        molarMass <= critical ? 0 : (1 - critical / molarMass) / (1 - critical);

    /// <summary>Share of the thread that is in one piece: 1 at full strength, 0 without strength.</summary>
    private static double Continuity(double strength, PolymerParameters parameters)
    {
        double InOnePiece(double s) => 1 - Math.Exp(-Math.Pow(s / parameters.FragmentationStrength, parameters.FragmentationSteepness));
        return InOnePiece(strength) / InOnePiece(1);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
