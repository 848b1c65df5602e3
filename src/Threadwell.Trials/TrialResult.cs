namespace Threadwell.Trials;

/// <summary>What came of a trial. Its file form is documented in <c>docs/formats/trial.md</c>.</summary>
public sealed record TrialResult
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name of the trial.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model that computed it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Every endpoint at every time.</summary>
    public required IReadOnlyList<TrialRow> Rows { get; init; }

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>One endpoint at one time.</summary>
public sealed record TrialRow
{
    /// <summary>Arm or bench set-up.</summary>
    public required string Arm { get; init; }

    /// <summary>Endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Time or load at which it was measured, in <see cref="AtUnit"/>.</summary>
    public required double At { get; init; }

    /// <summary>"months", "days" or "N".</summary>
    public required string AtUnit { get; init; }

    /// <summary>Unit of the values ("mm", "1").</summary>
    public required string Unit { get; init; }

    /// <summary>How many were measured.</summary>
    public required int Count { get; init; }

    /// <summary>Mean over all who were measured; of a share, the share.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation; null for a share and for a single value.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Smallest value; null for a share.</summary>
    public double? Smallest { get; init; }

    /// <summary>Middle value; null for a share.</summary>
    public double? Median { get; init; }

    /// <summary>Largest value; null for a share.</summary>
    public double? Largest { get; init; }

    /// <summary>The row of some values.</summary>
    /// <param name="arm">Arm or bench set-up.</param>
    /// <param name="endpoint">Endpoint.</param>
    /// <param name="at">Time or load.</param>
    /// <param name="atUnit">Its unit.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="values">The values, at least one.</param>
    internal static TrialRow Of(string arm, string endpoint, double at, string atUnit, string unit, IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double mean = values.Average();
        return new TrialRow
        {
            Arm = arm,
            Endpoint = endpoint,
            At = at,
            AtUnit = atUnit,
            Unit = unit,
            Count = sorted.Length,
            Mean = mean,
            StandardDeviation = sorted.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1)) : null,
            Smallest = sorted[0],
            Median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            Largest = sorted[^1],
        };
    }
}
