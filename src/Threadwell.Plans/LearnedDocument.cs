namespace Threadwell.Plans;

/// <summary>What follow-up measurements taught of a patient, as it is written to <c>learned.json</c> (<c>docs/formats/samples.md</c>).</summary>
public sealed record LearnedDocument
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The bands before, as the prediction had them.</summary>
    public required EnsembleDocument Prior { get; init; }

    /// <summary>The prediction after: courses are medians, bands those of the moved courses.</summary>
    public required PredictionDocument Posterior { get; init; }

    /// <summary>Each measurement beside what was expected of it before and after.</summary>
    public required IReadOnlyList<ObservationCheck> Observations { get; init; }

    /// <summary>Facts of which the measurements taught most, the most first.</summary>
    public required IReadOnlyList<LearnedFact> Facts { get; init; }
}

/// <summary>A measurement beside what was expected of it.</summary>
public sealed record ObservationCheck
{
    /// <summary>Days since the treatment.</summary>
    public required double Day { get; init; }

    /// <summary>Landmark.</summary>
    public required string Landmark { get; init; }

    /// <summary>What was measured, mm.</summary>
    public required double PositionMm { get; init; }

    /// <summary>The measurement's own standard error, mm.</summary>
    public required double MeasuredErrorMm { get; init; }

    /// <summary>Error that it was weighed with: the measurement's own, the reduced model's and the model's, mm.</summary>
    public required double ErrorMm { get; init; }

    /// <summary>What the courses expected of the measurement before, errors included.</summary>
    public required NumberBand Prior { get; init; }

    /// <summary>Share of the expected values below the measured one, before it was learned from: near 0 or 1 the model did not foresee it.</summary>
    public required double PriorShare { get; init; }

    /// <summary>The landmark's position on that day after all measurements were learned from.</summary>
    public required NumberBand Posterior { get; init; }

    /// <summary>Whether it lies outside 99 % of what was expected.</summary>
    public required bool IsUnforeseen { get; init; }
}

/// <summary>What the measurements taught of a number of the model.</summary>
/// <param name="Name">Name of the fact.</param>
/// <param name="Mean">Mean of its standard normal deviate afterwards; 0 before.</param>
/// <param name="Deviation">Its standard deviation afterwards, relative to before; 1 where nothing was learned.</param>
public sealed record LearnedFact(string Name, double Mean, double Deviation);
