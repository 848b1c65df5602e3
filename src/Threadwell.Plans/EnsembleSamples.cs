namespace Threadwell.Plans;

/// <summary>The courses behind the bands of a prediction, as they are written to <c>samples.json</c>: what a follow-up measurement is learned from (<c>docs/formats/samples.md</c>).</summary>
public sealed record EnsembleSamples
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed them.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Hash of the input of the prediction that they belong to.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>Seed of the draw.</summary>
    public required int Seed { get; init; }

    /// <summary>What was treated with what, area and materials ("jawline/pdo"): clinics learn by it. Null in samples from before it was written.</summary>
    public string? Treatment { get; init; }

    /// <summary>Stored times, days.</summary>
    public required IReadOnlyList<double> TimesDays { get; init; }

    /// <summary>Names of the landmarks.</summary>
    public required IReadOnlyList<string> Landmarks { get; init; }

    /// <summary>Names of the drawn facts.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>The courses that found their equilibria, in the order of the draw.</summary>
    public required IReadOnlyList<DrawnCourse> Courses { get; init; }
}

/// <summary>One course with other values.</summary>
public sealed record DrawnCourse
{
    /// <summary>Where each fact was drawn: share of its distribution below its value, 0 to 1; a half is the catalogue's value.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Lift, mm: [landmark][time].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> LiftMm { get; init; }

    /// <summary>Untreated displacement since day 0, mm: [landmark][time].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> UntreatedMm { get; init; }

    /// <summary>Support index, treated.</summary>
    public required IReadOnlyList<double> SupportIndex { get; init; }

    /// <summary>Support index, untreated.</summary>
    public required IReadOnlyList<double> UntreatedSupportIndex { get; init; }
}
