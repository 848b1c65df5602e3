namespace Threadwell.Geometry;

/// <summary>What the user declares about a scan file.</summary>
public sealed record ScanOptions
{
    /// <summary>Length unit: "mm", "cm", "m" or "in"; null to infer it from the size.</summary>
    public string? Unit { get; init; }

    /// <summary>Axis of the file that points up (cranial): "+x", "-x", "+y", "-y", "+z" or "-z".</summary>
    public string Up { get; init; } = "+y";

    /// <summary>Axis of the file that points to the patient's front; perpendicular to <see cref="Up"/>.</summary>
    public string Front { get; init; } = "+z";

    /// <summary>
    /// Whether measurement noise is smoothed. What is computed on a scan wants a smooth one; where scans are compared, smoothing each would move features by as much as is measured, and the
    /// comparison averages the noise itself. Single spikes are flattened in any case.
    /// </summary>
    public bool SmoothsNoise { get; init; } = true;
}
