namespace Threadwell.Geometry;

/// <summary>
/// A point or a direction in double precision. Points are in millimetres; in the patient frame +x is the patient's left,
/// +y up (cranial) and +z front.
/// </summary>
/// <param name="X">Component along x, in mm for a point.</param>
/// <param name="Y">Component along y, in mm for a point.</param>
/// <param name="Z">Component along z, in mm for a point.</param>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>The zero vector, which is also the origin.</summary>
    public static Vector3D Zero => default;

    /// <summary>Unit vector towards the patient's left.</summary>
    public static Vector3D UnitX => new(1, 0, 0);

    /// <summary>Unit vector upwards (cranial).</summary>
    public static Vector3D UnitY => new(0, 1, 0);

    /// <summary>Unit vector to the front.</summary>
    public static Vector3D UnitZ => new(0, 0, 1);

    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt(LengthSquared);

    /// <summary>Squared Euclidean length.</summary>
    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z);

    /// <summary>True when no component is infinite or not a number.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Componentwise sum.</summary>
    public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Componentwise difference.</summary>
    public static Vector3D operator -(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The opposite vector.</summary>
    public static Vector3D operator -(Vector3D a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>The vector scaled by a factor.</summary>
    public static Vector3D operator *(double factor, Vector3D a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    /// <summary>The vector scaled by a factor.</summary>
    public static Vector3D operator *(Vector3D a, double factor) => factor * a;

    /// <summary>The vector divided by a scalar.</summary>
    public static Vector3D operator /(Vector3D a, double divisor) => new(a.X / divisor, a.Y / divisor, a.Z / divisor);

    /// <summary>Inner product.</summary>
    public static double Dot(Vector3D a, Vector3D b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    /// <summary>Vector product, right-handed.</summary>
    public static Vector3D Cross(Vector3D a, Vector3D b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Distance between two points.</summary>
    public static double Distance(Vector3D a, Vector3D b) => (a - b).Length;

    /// <summary>The point at fraction <paramref name="t"/> of the way from <paramref name="a"/> to <paramref name="b"/>.</summary>
    public static Vector3D Lerp(Vector3D a, Vector3D b, double t) => a + (t * (b - a));

    /// <summary>The unit vector of the same direction; the zero vector stays zero.</summary>
    public Vector3D Normalized()
    {
        double length = Length;
        return length > 0 ? this / length : Zero;
    }
}
