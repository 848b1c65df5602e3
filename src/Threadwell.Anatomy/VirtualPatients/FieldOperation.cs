using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// One step in the making of an <see cref="ImplicitSurface"/>: it changes the value of the field (about the signed distance to the
/// surface in mm, negative inside) at a point. A step reaches only as far as its box, so that a point pays for what is near.
/// </summary>
internal abstract class FieldOperation
{
    /// <summary>
    /// A union farther away than this, in mm, cannot be what is nearest to the surface: skipping it keeps the sign of the field right.
    /// </summary>
    private const double Margin = 14;

    /// <summary>A shape with a longer diagonal, mm, carries others: what is blended onto it needs its distance everywhere.</summary>
    private const double LargeShape = 100;
    private const double Everywhere = 1000;

    private readonly Vector3D low;
    private readonly Vector3D high;

    /// <summary>Sets the box that the step can change.</summary>
    /// <param name="low">Least corner of the step's own shape, mm.</param>
    /// <param name="high">Greatest corner of the step's own shape, mm.</param>
    /// <param name="blend">Radius of blending, mm.</param>
    protected FieldOperation(Vector3D low, Vector3D high, double blend)
    {
        double reach = (high - low).Length > LargeShape ? Everywhere : blend + Margin;
        var margin = new Vector3D(reach, reach, reach);
        this.low = low - margin;
        this.high = high + margin;
    }

    /// <summary>True where the step may change the field.</summary>
    public bool Reaches(in Vector3D point) =>
        point.X >= low.X && point.X <= high.X && point.Y >= low.Y && point.Y <= high.Y && point.Z >= low.Z && point.Z <= high.Z;

    /// <summary>The field after this step.</summary>
    public abstract double Apply(double field, in Vector3D point);

    /// <summary>
    /// The lesser of two distances with the corner between them rounded: a cubic blend over <paramref name="blend"/> mm that is twice
    /// continuously differentiable.
    /// </summary>
    protected static double SmoothMinimum(double a, double b, double blend)
    {
        double overlap = blend - Math.Abs(a - b);
        return overlap <= 0 || blend <= 0 ? Math.Min(a, b) : Math.Min(a, b) - (overlap * overlap * overlap / (6 * blend * blend));
    }
}

/// <summary>Adds an ellipsoid to the body, or takes one away, with a rounded seam.</summary>
internal sealed class EllipsoidOperation : FieldOperation
{
    private readonly Vector3D centre;
    private readonly Vector3D axisX;
    private readonly Vector3D axisY;
    private readonly Vector3D axisZ;
    private readonly Vector3D inverseRadii;
    private readonly double blend;
    private readonly bool subtract;

    /// <summary>Describes the ellipsoid.</summary>
    /// <param name="centre">Centre, mm.</param>
    /// <param name="radii">Half axes, mm.</param>
    /// <param name="frame">Rotation that turns the axes into place.</param>
    /// <param name="blend">Radius of the rounded seam, mm.</param>
    /// <param name="subtract">True to take it away.</param>
    public EllipsoidOperation(Vector3D centre, Vector3D radii, Rotation frame, double blend, bool subtract = false)
        : base(centre - Reach(radii), centre + Reach(radii), blend)
    {
        this.centre = centre;
        inverseRadii = new Vector3D(1 / radii.X, 1 / radii.Y, 1 / radii.Z);
        (axisX, axisY, axisZ) = (frame.X, frame.Y, frame.Z);
        this.blend = blend;
        this.subtract = subtract;
    }

    /// <inheritdoc/>
    public override double Apply(double field, in Vector3D point)
    {
        Vector3D d = point - centre;
        double x = Vector3D.Dot(d, axisX) * inverseRadii.X;
        double y = Vector3D.Dot(d, axisY) * inverseRadii.Y;
        double z = Vector3D.Dot(d, axisZ) * inverseRadii.Z;
        double k0 = Math.Sqrt((x * x) + (y * y) + (z * z));
        double gx = x * inverseRadii.X;
        double gy = y * inverseRadii.Y;
        double gz = z * inverseRadii.Z;
        double k1 = Math.Sqrt((gx * gx) + (gy * gy) + (gz * gz)) + 1e-12;

        // First-order distance to an ellipsoid: value of the scaled radius over its gradient.
        double distance = k0 * (k0 - 1) / k1;
        return subtract ? -SmoothMinimum(-field, distance, blend) : SmoothMinimum(field, distance, blend);
    }

    private static Vector3D Reach(Vector3D radii)
    {
        double longest = Math.Max(radii.X, Math.Max(radii.Y, radii.Z));
        return new Vector3D(longest, longest, longest);
    }
}

/// <summary>Adds a chain of rounded cones: a tube through points with a radius at each.</summary>
internal sealed class TubeOperation : FieldOperation
{
    private readonly (Vector3D Point, double Radius)[] joints;
    private readonly double blend;
    private readonly double jointRounding = 0.5;

    /// <summary>Describes the tube.</summary>
    /// <param name="blend">Radius of the rounded seam, mm.</param>
    /// <param name="joints">At least two points with the radius there, mm.</param>
    public TubeOperation(double blend, params (Vector3D Point, double Radius)[] joints)
        : base(Extent(joints, -1), Extent(joints, 1), blend)
    {
        this.joints = joints;
        this.blend = blend;
    }

    private TubeOperation(double blend, double jointRounding, (Vector3D Point, double Radius)[] joints)
        : this(blend, joints) => this.jointRounding = jointRounding;

    /// <summary>A tube on a smooth course through few joints: Catmull-Rom, four pieces between two joints.</summary>
    /// <param name="blend">Radius of the rounded seam, mm.</param>
    /// <param name="joints">At least two points with the radius there, mm.</param>
    public static TubeOperation Smooth(double blend, params (Vector3D Point, double Radius)[] joints)
    {
        const int pieces = 4;
        List<(Vector3D, double)> course = [];
        for (int i = 0; i + 1 < joints.Length; i++)
        {
            (Vector3D p0, Vector3D p1, Vector3D p2, Vector3D p3) =
                (joints[Math.Max(0, i - 1)].Point, joints[i].Point, joints[i + 1].Point, joints[Math.Min(joints.Length - 1, i + 2)].Point);
            for (int n = 0; n < pieces; n++)
            {
                double t = (double)n / pieces;
                Vector3D point = 0.5 * ((2 * p1) + (t * (p2 - p0)) + (t * t * ((2 * p0) - (5 * p1) + (4 * p2) - p3)) + (t * t * t * ((3 * p1) - p0 - (3 * p2) + p3)));
                course.Add((point, joints[i].Radius + (t * (joints[i + 1].Radius - joints[i].Radius))));
            }
        }

        // Pieces this short meet without a corner: rounding their joints would only make beads.
        return new TubeOperation(blend, 0, [.. course, joints[^1]]);
    }

    /// <inheritdoc/>
    public override double Apply(double field, in Vector3D point)
    {
        double distance = double.MaxValue;
        for (int i = 0; i + 1 < joints.Length; i++)
        {
            Vector3D along = joints[i + 1].Point - joints[i].Point;
            Vector3D from = point - joints[i].Point;
            double t = Math.Clamp(Vector3D.Dot(from, along) / along.LengthSquared, 0, 1);
            double radius = joints[i].Radius + (t * (joints[i + 1].Radius - joints[i].Radius));
            double d = (from - (t * along)).Length - radius;
            distance = i == 0 ? d : SmoothMinimum(distance, d, jointRounding * radius);
        }

        return SmoothMinimum(field, distance, blend);
    }

    private static Vector3D Extent((Vector3D Point, double Radius)[] joints, int sign)
    {
        Vector3D extent = joints[0].Point;
        foreach ((Vector3D p, double r) in joints)
        {
            Vector3D q = p + new Vector3D(sign * r, sign * r, sign * r);
            extent = sign < 0
                ? new Vector3D(Math.Min(extent.X, q.X), Math.Min(extent.Y, q.Y), Math.Min(extent.Z, q.Z))
                : new Vector3D(Math.Max(extent.X, q.X), Math.Max(extent.Y, q.Y), Math.Max(extent.Z, q.Z));
        }

        return extent;
    }
}

/// <summary>Raises (or sinks) the surface by an ellipsoidal bump that fades to nothing at its half axes.</summary>
internal sealed class BumpOperation : FieldOperation
{
    private readonly Vector3D centre;
    private readonly Vector3D inverseRadii;
    private readonly double height;

    /// <summary>Describes the bump.</summary>
    /// <param name="centre">Centre, mm.</param>
    /// <param name="radii">Half axes at which the bump has faded away, mm.</param>
    /// <param name="height">Rise of the surface at the centre, mm; negative for a hollow.</param>
    public BumpOperation(Vector3D centre, Vector3D radii, double height)
        : base(centre - radii, centre + radii, 0)
    {
        this.centre = centre;
        inverseRadii = new Vector3D(1 / radii.X, 1 / radii.Y, 1 / radii.Z);
        this.height = height;
    }

    /// <inheritdoc/>
    public override double Apply(double field, in Vector3D point)
    {
        double x = (point.X - centre.X) * inverseRadii.X;
        double y = (point.Y - centre.Y) * inverseRadii.Y;
        double z = (point.Z - centre.Z) * inverseRadii.Z;
        double fade = 1 - (x * x) - (y * y) - (z * z);
        return fade <= 0 ? field : field - (height * fade * fade * fade);
    }
}

/// <summary>Raises (or sinks) the surface along a curve: a ridge, a fold or a groove with fading ends.</summary>
internal sealed class RidgeOperation : FieldOperation
{
    private readonly Vector3D[] points;
    private readonly double[] heights;
    private readonly double inverseWidthSquared;

    /// <summary>Describes the ridge.</summary>
    /// <param name="width">Distance from the curve at which the ridge has faded away, mm.</param>
    /// <param name="joints">Points of the curve with the rise of the surface there, mm; negative for a groove.</param>
    public RidgeOperation(double width, params (Vector3D Point, double Height)[] joints)
        : base(Extent(joints, width, -1), Extent(joints, width, 1), 0)
    {
        points = [.. joints.Select(joint => joint.Point)];
        heights = [.. joints.Select(joint => joint.Height)];
        inverseWidthSquared = 1 / (width * width);
    }

    /// <inheritdoc/>
    public override double Apply(double field, in Vector3D point)
    {
        double nearest = double.MaxValue;
        double height = 0;
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector3D along = points[i + 1] - points[i];
            Vector3D from = point - points[i];
            double t = Math.Clamp(Vector3D.Dot(from, along) / along.LengthSquared, 0, 1);
            double d = (from - (t * along)).LengthSquared;
            if (d < nearest)
            {
                nearest = d;
                height = heights[i] + (t * (heights[i + 1] - heights[i]));
            }
        }

        double fade = 1 - (nearest * inverseWidthSquared);
        return fade <= 0 ? field : field - (height * fade * fade * fade);
    }

    private static Vector3D Extent((Vector3D Point, double Height)[] joints, double width, int sign)
    {
        Vector3D extent = joints[0].Point;
        foreach ((Vector3D p, double _) in joints)
        {
            Vector3D q = p + new Vector3D(sign * width, sign * width, sign * width);
            extent = sign < 0
                ? new Vector3D(Math.Min(extent.X, q.X), Math.Min(extent.Y, q.Y), Math.Min(extent.Z, q.Z))
                : new Vector3D(Math.Max(extent.X, q.X), Math.Max(extent.Y, q.Y), Math.Max(extent.Z, q.Z));
        }

        return extent;
    }
}
