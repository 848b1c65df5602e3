namespace Threadwell.Geometry;

/// <summary>How a surface is registered.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Distance within which a partner is looked for at the start, mm: how far off the first guess may be.</summary>
    public double FirstReachMm { get; init; } = 25;

    /// <summary>The same at the end, mm.</summary>
    public double LastReachMm { get; init; } = 4;

    /// <summary>Most points that are used.</summary>
    public int MostPoints { get; init; } = 6000;

    /// <summary>Most steps.</summary>
    public int MostSteps { get; init; } = 120;

    /// <summary>Threads of execution; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>A registration and how good it is.</summary>
/// <param name="Motion">Takes the moving surface to the fixed one.</param>
/// <param name="RootMeanSquareMm">Root of the mean square of the normal distances that count, mm.</param>
/// <param name="ScatterMm">Robust standard deviation of the normal distances (from the lower quarter of their sizes), mm.</param>
/// <param name="UsedShare">Share of the points that found a partner and counted, from 0 to 1.</param>
/// <param name="Steps">Steps that it took.</param>
/// <param name="IsSettled">Whether it came to rest within the most steps.</param>
public sealed record RegistrationResult(RigidMotion Motion, double RootMeanSquareMm, double ScatterMm, double UsedShare, int Steps, bool IsSettled);
