namespace Threadwell.Geometry;

/// <summary>A box along the axes.</summary>
/// <param name="Low">The corner with the smallest coordinates, mm.</param>
/// <param name="High">The corner with the largest coordinates, mm.</param>
public readonly record struct BoundingBox(Vector3D Low, Vector3D High)
{
    /// <summary>The box that holds nothing: including a point in it gives the box of that point alone.</summary>
    public static BoundingBox Empty { get; } = new(
        new Vector3D(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
        new Vector3D(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));

    /// <summary>Length of the diagonal, mm.</summary>
    public double Diagonal => (High - Low).Length;

    /// <summary>Length of the longest side, mm.</summary>
    public double LongestSide => Math.Max(High.X - Low.X, Math.Max(High.Y - Low.Y, High.Z - Low.Z));

    /// <summary>The smallest box about some points; <see cref="Empty"/> for none.</summary>
    public static BoundingBox Of(IEnumerable<Vector3D> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        BoundingBox box = Empty;
        foreach (Vector3D point in points)
        {
            box = box.Including(point);
        }

        return box;
    }

    /// <summary>The smallest box about this one and a point.</summary>
    public BoundingBox Including(Vector3D p) => new(
        new Vector3D(Math.Min(Low.X, p.X), Math.Min(Low.Y, p.Y), Math.Min(Low.Z, p.Z)),
        new Vector3D(Math.Max(High.X, p.X), Math.Max(High.Y, p.Y), Math.Max(High.Z, p.Z)));

    /// <summary>Whether another box lies in this one, touching allowed.</summary>
    public bool Contains(BoundingBox other) =>
        other.Low.X >= Low.X && other.Low.Y >= Low.Y && other.Low.Z >= Low.Z
        && other.High.X <= High.X && other.High.Y <= High.Y && other.High.Z <= High.Z;
}
