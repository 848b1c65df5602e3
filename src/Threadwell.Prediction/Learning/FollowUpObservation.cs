namespace Threadwell.Prediction;

/// <summary>Where a landmark was measured to be on a day.</summary>
public sealed record FollowUpObservation
{
    /// <summary>Days since the treatment.</summary>
    public required double Day { get; init; }

    /// <summary>Name of the landmark; one of the prediction's.</summary>
    public required string Landmark { get; init; }

    /// <summary>Displacement along the planned vector since before the treatment, mm; ageing is in it, as it is in any scan.</summary>
    public required double PositionMm { get; init; }

    /// <summary>Standard error of the measurement, mm; above 0.</summary>
    public required double ErrorMm { get; init; }
}

/// <summary>A file of follow-up measurements (<c>docs/formats/samples.md</c>).</summary>
public sealed record ObservationFile
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The measurements.</summary>
    public required IReadOnlyList<FollowUpObservation> Observations { get; init; }
}
