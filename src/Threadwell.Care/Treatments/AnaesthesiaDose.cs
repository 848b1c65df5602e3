using Threadwell.Evidence;

namespace Threadwell.Care.Treatments;

/// <summary>Lidocaine that is given, on the skin or injected.</summary>
/// <param name="Milligrams">Lidocaine, mg: per cent times millilitres (or grams of cream) times 10.</param>
/// <param name="WithAdrenaline">Whether the preparation holds adrenaline; a cream never does.</param>
public sealed record LidocaineDose(double Milligrams, bool WithAdrenaline)
{
    /// <summary>The lidocaine in so much of a preparation.</summary>
    /// <param name="percent">Strength, grams in 100 ml or 100 g.</param>
    /// <param name="amount">Millilitres of a solution or grams of a cream.</param>
    /// <param name="withAdrenaline">Whether it holds adrenaline.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is not from 0 to 100, or the amount is negative.</exception>
    public static LidocaineDose Of(double percent, double amount, bool withAdrenaline)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return new LidocaineDose(percent * amount * 10, withAdrenaline);
    }
}

/// <summary>The lidocaine of one day against what the body takes (E-194).</summary>
/// <param name="TotalMg">All lidocaine, mg.</param>
/// <param name="LimitMg">How much of this mixture is allowed at this weight, mg.</param>
/// <param name="Share">Used share of the limit; above 1 is too much.</param>
public sealed record AnaesthesiaDose(double TotalMg, double LimitMg, double Share)
{
    /// <summary>
    /// Adds doses up. Each counts as a share of its own limit, plain or with adrenaline: by weight, and never more than the largest whole dose.
    /// The shares add, so that what comes without adrenaline is not allowed more because something else came with it.
    /// </summary>
    /// <param name="doses">What is given on the skin and injected.</param>
    /// <param name="weightKg">Body weight, kg.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not positive, or a dose is negative or no number.</exception>
    public static AnaesthesiaDose Of(IReadOnlyList<LidocaineDose> doses, double weightKg)
    {
        ArgumentNullException.ThrowIfNull(doses);
        if (!(weightKg > 0 && double.IsFinite(weightKg)) || doses.Any(dose => !(dose.Milligrams >= 0 && double.IsFinite(dose.Milligrams))))
        {
            throw new ArgumentOutOfRangeException(nameof(weightKg), "A weight above zero and doses of zero or more are needed.");
        }

        double plain = Math.Min(
            EvidenceCatalogue.Value("lidocaine.plain-by-weight", "mg/kg") * weightKg, EvidenceCatalogue.Value("lidocaine.plain-whole", "mg"));
        double withAdrenaline = Math.Min(
            EvidenceCatalogue.Value("lidocaine.adrenaline-by-weight", "mg/kg") * weightKg, EvidenceCatalogue.Value("lidocaine.adrenaline-whole", "mg"));
        double total = doses.Sum(dose => dose.Milligrams);
        double share = doses.Sum(dose => dose.Milligrams / (dose.WithAdrenaline ? withAdrenaline : plain));
        return new AnaesthesiaDose(total, share > 0 ? total / share : plain, share);
    }
}
