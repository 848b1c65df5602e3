using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Three orthonormal axes: where a rotation takes x, y and z.</summary>
internal readonly record struct Rotation(Vector3D X, Vector3D Y, Vector3D Z)
{
    /// <summary>No rotation.</summary>
    public static Rotation None => new(Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ);

    /// <summary>Turns about x, then y, then z; degrees, right-handed.</summary>
    public static Rotation Degrees(double aboutX, double aboutY, double aboutZ) =>
        new(Turn(Vector3D.UnitX, aboutX, aboutY, aboutZ), Turn(Vector3D.UnitY, aboutX, aboutY, aboutZ), Turn(Vector3D.UnitZ, aboutX, aboutY, aboutZ));

    private static Vector3D Turn(Vector3D v, double aboutX, double aboutY, double aboutZ)
    {
        (double s, double c) = Math.SinCos(double.DegreesToRadians(aboutX));
        v = new Vector3D(v.X, (c * v.Y) - (s * v.Z), (s * v.Y) + (c * v.Z));
        (s, c) = Math.SinCos(double.DegreesToRadians(aboutY));
        v = new Vector3D((c * v.X) + (s * v.Z), v.Y, (-s * v.X) + (c * v.Z));
        (s, c) = Math.SinCos(double.DegreesToRadians(aboutZ));
        return new Vector3D((c * v.X) - (s * v.Y), (s * v.X) + (c * v.Y), v.Z);
    }
}
