using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>An orthonormal frame, right- or left-handed: local coordinates are measured from the origin along the axes, in mm.</summary>
/// <param name="Origin">Origin in the patient frame, mm.</param>
/// <param name="X">Unit vector of the local x.</param>
/// <param name="Y">Unit vector of the local y.</param>
/// <param name="Z">Unit vector of the local z.</param>
internal readonly record struct Frame(Vector3D Origin, Vector3D X, Vector3D Y, Vector3D Z)
{
    /// <summary>Local coordinates of a point of the patient frame.</summary>
    public Vector3D ToLocal(Vector3D point)
    {
        Vector3D offset = point - Origin;
        return new(Vector3D.Dot(offset, X), Vector3D.Dot(offset, Y), Vector3D.Dot(offset, Z));
    }

    /// <summary>The point of the patient frame at local coordinates.</summary>
    public Vector3D ToPatient(Vector3D local) => Origin + (local.X * X) + (local.Y * Y) + (local.Z * Z);

    /// <summary>The same frame with x to the other side, so that one rule serves both sides of a head.</summary>
    public Frame Mirrored() => this with { X = -1 * X };

    /// <summary>A frame that looks at the side: its x is this frame's z (front), its y stays, its z is this frame's x (outward).</summary>
    public Frame SideView() => new(Origin, Z, Y, X);

    /// <summary>A right-handed frame with a given x and, as nearly as that allows, a given y.</summary>
    public static Frame FromAxes(Vector3D origin, Vector3D x, Vector3D nearY)
    {
        Vector3D unitX = x.Normalized();
        Vector3D unitZ = Vector3D.Cross(unitX, nearY).Normalized();
        return new Frame(origin, unitX, Vector3D.Cross(unitZ, unitX), unitZ);
    }
}
