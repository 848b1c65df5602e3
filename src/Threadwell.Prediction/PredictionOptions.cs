using Threadwell.Evidence;

namespace Threadwell.Prediction;

/// <summary>How a prediction is computed.</summary>
public sealed record PredictionOptions
{
    /// <summary>Length of the course, months; above 0, at most <see cref="CourseTimes.LongestMonths"/>.</summary>
    public double Months { get; init; } = 60;

    /// <summary>Seed in place of the plan's own; null keeps that.</summary>
    public int? Seed { get; init; }

    /// <summary>Edge length of the mesh on the skin, mm; null for the default of the tissue builder.</summary>
    public double? EdgeLengthMm { get; init; }

    /// <summary>Threads of execution; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The values of facts that it goes by.</summary>
    public FactValues Facts { get; init; } = FactValues.Catalogue;

    /// <summary>Which births count; all but in verification.</summary>
    public NetworkBirths Births { get; init; } = NetworkBirths.All;
}
