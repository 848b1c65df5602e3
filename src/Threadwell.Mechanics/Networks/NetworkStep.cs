namespace Threadwell.Mechanics.Networks;

/// <summary>What happens to the mass of one network over one step of time: dm/dt = b - d m.</summary>
/// <param name="Kept">Share of the mass at the start of the step that is alive at its end.</param>
/// <param name="Born">Mass that is born in the step and alive at its end.</param>
public readonly record struct NetworkStep(double Kept, double Born)
{
    /// <summary>The step of constant birth and death; exact for any length.</summary>
    /// <param name="birthRate">b, mass a day.</param>
    /// <param name="deathRate">d, 1/day, zero or more.</param>
    /// <param name="days">Length of the step.</param>
    public static NetworkStep FromRates(double birthRate, double deathRate, double days)
    {
        double dying = deathRate * days;

        // (1 - exp(-x)) / d, and its limit where x vanishes.
        double gain = dying < 1e-8 ? days * (1 - (0.5 * dying)) : -double.ExpM1(-dying) / deathRate;
        return new NetworkStep(Math.Exp(-dying), birthRate * gain);
    }

    /// <summary>
    /// The step of a network of known mass: deaths at a rate that does not depend on age, births whatever makes the mass end where it
    /// does. A mass that falls faster than its death rate allows is all death: births are never negative.
    /// </summary>
    /// <param name="before">Mass at the start.</param>
    /// <param name="after">Mass at the end.</param>
    /// <param name="deathRate">d, 1/day, zero or more.</param>
    /// <param name="days">Length of the step.</param>
    public static NetworkStep FromMasses(double before, double after, double deathRate, double days)
    {
        double kept = Math.Exp(-deathRate * days);
        double born = after - (kept * before);
        return born >= 0 || before <= 0 ? new NetworkStep(kept, Math.Max(0, born)) : new NetworkStep(after / before, 0);
    }

    /// <summary>The same deaths without births.</summary>
    public NetworkStep WithoutBirth() => this with { Born = 0 };
}
