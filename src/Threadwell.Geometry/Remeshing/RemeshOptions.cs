namespace Threadwell.Geometry;

/// <summary>How a surface is remeshed.</summary>
public sealed record RemeshOptions
{
    /// <summary>Wished edge length, mm.</summary>
    public required double TargetEdge { get; init; }

    /// <summary>
    /// Wished edge length at a point, mm; null for <see cref="TargetEdge"/> everywhere. Values are held between a quarter of
    /// <see cref="TargetEdge"/> and <see cref="TargetEdge"/> times four; it should grow slowly, by less than a third of the distance.
    /// </summary>
    public Func<Vector3D, double>? Sizing { get; init; }

    /// <summary>Keeps every border vertex where it is, so that the result fits its surroundings edge by edge.</summary>
    public bool KeepBorder { get; init; }

    /// <summary>Rounds of splitting, collapsing, flipping and relaxing; 10 unless chosen.</summary>
    public int Rounds { get; init; } = 10;
}
