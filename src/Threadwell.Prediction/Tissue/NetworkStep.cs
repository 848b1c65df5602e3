namespace Threadwell.Prediction;

/// <summary>What happens to one network over one step of time: a share is kept, an amount is born.</summary>
/// <param name="Kept">Share of the mass at the start of the step that is alive at its end.</param>
/// <param name="Born">Mass that is born in the step and alive at its end.</param>
internal readonly record struct NetworkStep(double Kept, double Born)
{
    /// <summary>
    /// The step of a network of known mass: deaths at a rate that does not depend on age, births whatever makes the mass end where it
    /// does (design 3.2: dm/dt = b - d m). A mass that falls faster than its death rate allows is all death: births are never negative.
    /// </summary>
    public static NetworkStep FromMasses(double massBefore, double massAfter, double deathRatePerDay, double days)
    {
        double kept = Math.Exp(-deathRatePerDay * days);
        double born = massAfter - (kept * massBefore);
        return born >= 0 || massBefore <= 0
            ? new NetworkStep(kept, Math.Max(0, born))
            : new NetworkStep(massAfter / massBefore, 0);
    }

    /// <summary>The same deaths without births, for verification.</summary>
    public NetworkStep WithoutBirth() => this with { Born = 0 };
}
