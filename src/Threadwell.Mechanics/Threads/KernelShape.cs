using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Support of the kernel that spreads a station's pull over the tissue: phi = (1 - q²)² for q &lt; 1, where
/// q² = |tangential offset|² / InPlaneRadius² + (normal offset)² / NormalRadius². A flat ellipsoid suits a mesh whose edges are
/// longer in the plane of the skin than through its thickness.
/// </summary>
/// <param name="InPlaneRadius">Radius along the skin, mm.</param>
/// <param name="NormalRadius">Radius through the thickness, mm.</param>
/// <param name="Normal">Unit normal of the skin at the station; any unit vector when both radii are equal.</param>
public readonly record struct KernelShape(double InPlaneRadius, double NormalRadius, Vector3D Normal)
{
    /// <summary>A sphere.</summary>
    /// <param name="radius">Radius, mm.</param>
    public static KernelShape Isotropic(double radius) => new(radius, radius, Vector3D.UnitZ);

    /// <summary>The same shape, larger or smaller by a factor.</summary>
    public KernelShape Scaled(double factor) => this with { InPlaneRadius = factor * InPlaneRadius, NormalRadius = factor * NormalRadius };

    /// <summary>The kernel's value at an offset from its centre, not normalised: 1 at the centre, 0 outside.</summary>
    /// <param name="offset">Offset from the centre, mm.</param>
    public double Value(Vector3D offset)
    {
        double q = 1 - ScaledDistanceSquared(offset);
        return q > 0 ? q * q : 0;
    }

    /// <summary>q² of the type's summary.</summary>
    private double ScaledDistanceSquared(Vector3D offset)
    {
        double normal = Vector3D.Dot(offset, Normal);
        double inPlaneSquared = Math.Max(offset.LengthSquared - (normal * normal), 0);
        return (inPlaneSquared / (InPlaneRadius * InPlaneRadius)) + (normal * normal / (NormalRadius * NormalRadius));
    }
}
