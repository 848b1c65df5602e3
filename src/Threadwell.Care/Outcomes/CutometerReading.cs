namespace Threadwell.Care.Outcomes;

/// <summary>What is wrong with a reading.</summary>
public enum CutometerProblem
{
    /// <summary>The dome of skin would be deeper than the probe's opening is wide, or not raised at all.</summary>
    R0,

    /// <summary>A share that does not lie between 0 and 1.</summary>
    R2,

    /// <summary>A ratio below 0 or far above 1.</summary>
    R5,

    /// <summary>A share that does not lie between 0 and 1, or that is larger than R2 or R5, of which it is a part.</summary>
    R7,
}

/// <summary>Values of a suction measurement of the skin (Cutometer, first cycle).</summary>
/// <param name="Site">Where, in words.</param>
/// <param name="ProbeMm">Opening of the probe: 2 or 8 mm.</param>
/// <param name="R0Mm">Greatest height of the skin dome Uf, mm.</param>
/// <param name="R2">Gross elasticity Ua/Uf.</param>
/// <param name="R5">Net elasticity Ur/Ue.</param>
/// <param name="R7">Share of what comes back at once Ur/Uf.</param>
public sealed record CutometerReading(string Site, int ProbeMm, double? R0Mm, double? R2, double? R5, double? R7)
{
    /// <summary>Openings of the probes.</summary>
    public static IReadOnlyList<int> Probes { get; } = [2, 8];

    // Ur/Ue passes 1 a little where skin comes back by more than its fast part; twice of it is a slip of the pen.
    private const double LargestR5 = 2;

    /// <summary>
    /// What cannot be: the dome is no deeper than the opening is wide; R2 and R7 are shares of the same height; what comes back at once (Ur) is part of what comes back (Ua) and Ue is part of Uf, so R7 is at most R2 and at most R5.
    /// </summary>
    public IReadOnlyList<CutometerProblem> Problems()
    {
        var problems = new List<CutometerProblem>();
        if (R0Mm is { } height && !(height > 0 && height < ProbeMm))
        {
            problems.Add(CutometerProblem.R0);
        }

        if (R2 is { } gross && !IsShare(gross))
        {
            problems.Add(CutometerProblem.R2);
        }

        if (R5 is { } net && !(net >= 0 && net <= LargestR5))
        {
            problems.Add(CutometerProblem.R5);
        }

        if (R7 is { } fast && (!IsShare(fast) || fast > R2 || fast > R5))
        {
            problems.Add(CutometerProblem.R7);
        }

        return problems;
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;
}
