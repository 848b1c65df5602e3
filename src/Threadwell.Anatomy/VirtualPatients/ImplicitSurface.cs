using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// A body described by a scalar field that is about the signed distance to its skin in mm: negative inside, zero on the skin. The field is
/// built by steps in order, on the patient's left half; the right half is its mirror image.
/// </summary>
internal sealed class ImplicitSurface
{
    /// <summary>Field far from every step, mm.</summary>
    private const double FarOutside = 60;

    /// <summary>The mirror's crease is rounded over this distance from the midline, mm.</summary>
    private const double MidlineRounding = 1.5;

    private readonly FieldOperation[] operations;

    /// <summary>Builds the body from its steps.</summary>
    public ImplicitSurface(IEnumerable<FieldOperation> operations) => this.operations = [.. operations];

    /// <summary>The field at a point, mm.</summary>
    public double Evaluate(in Vector3D point)
    {
        var left = new Vector3D(Math.Sqrt((point.X * point.X) + (MidlineRounding * MidlineRounding)), point.Y, point.Z);
        double field = FarOutside;
        foreach (FieldOperation operation in operations)
        {
            if (operation.Reaches(left))
            {
                field = operation.Apply(field, left);
            }
        }

        return field;
    }

    /// <summary>The gradient of the field by forward differences (dimensionless, about a unit vector).</summary>
    /// <param name="point">Where, mm.</param>
    /// <param name="here">The field there, mm.</param>
    public Vector3D Gradient(in Vector3D point, double here)
    {
        // Small against every feature (a lip line is 4 mm wide), large against rounding.
        const double h = 0.01;
        return new Vector3D(
            Evaluate(point + new Vector3D(h, 0, 0)) - here,
            Evaluate(point + new Vector3D(0, h, 0)) - here,
            Evaluate(point + new Vector3D(0, 0, h)) - here) / h;
    }

    /// <summary>Moves a point near the surface onto it by Newton steps along the gradient.</summary>
    /// <param name="point">A point near the surface, mm.</param>
    /// <param name="steps">Newton steps; two bring a point from 0.5 mm to well under a micrometre where the surface is smooth.</param>
    /// <param name="levelY">True to stay on the horizontal plane of the point.</param>
    public Vector3D Project(Vector3D point, int steps, bool levelY = false)
    {
        // No step is longer than this, mm: on a crease the gradient may be short and the step wild.
        const double longest = 1.5;
        for (int step = 0; step < steps; step++)
        {
            double here = Evaluate(point);
            Vector3D gradient = Gradient(point, here);
            if (levelY)
            {
                gradient = new Vector3D(gradient.X, 0, gradient.Z);
            }

            double length = gradient.Length;
            if (length < 1e-6)
            {
                return point;
            }

            double move = Math.Clamp(here / length, -longest, longest);
            point -= (move / length) * gradient;
        }

        return point;
    }

    /// <summary>The first point of the surface on a ray that comes from outside, or null where it misses.</summary>
    /// <param name="origin">Start outside the body, mm.</param>
    /// <param name="direction">Unit direction.</param>
    /// <param name="reach">Length of the ray, mm.</param>
    public Vector3D? Hit(Vector3D origin, Vector3D direction, double reach)
    {
        const double stride = 0.5;
        double before = Evaluate(origin);
        for (double t = stride; t <= reach; t += stride)
        {
            double value = Evaluate(origin + (t * direction));
            if (before > 0 && value <= 0)
            {
                (double outside, double inside) = (t - stride, t);
                for (int i = 0; i < 40; i++)
                {
                    double middle = 0.5 * (outside + inside);
                    (outside, inside) = Evaluate(origin + (middle * direction)) > 0 ? (middle, inside) : (outside, middle);
                }

                return origin + (0.5 * (outside + inside) * direction);
            }

            before = value;
        }

        return null;
    }

    /// <summary>
    /// The point of the surface that lies farthest in a direction within reach of a seed: how a landmark such as the most forward point
    /// of the chin is defined.
    /// </summary>
    /// <param name="seed">A point near the surface, mm.</param>
    /// <param name="direction">Unit direction.</param>
    /// <param name="reach">Farthest distance from the seed, mm.</param>
    /// <param name="onMidline">True to stay in the plane x = 0.</param>
    public Vector3D Extreme(Vector3D seed, Vector3D direction, double reach, bool onMidline = false)
    {
        Vector3D Land(Vector3D point, int steps)
        {
            Vector3D landed = Project(point, steps);
            return onMidline ? new Vector3D(0, landed.Y, landed.Z) : landed;
        }

        Vector3D best = Land(seed, 12);
        for (double stride = 1; stride > 1e-4; stride *= 0.7)
        {
            for (int i = 0; i < 40; i++)
            {
                Vector3D normal = Gradient(best, Evaluate(best)).Normalized();
                Vector3D tangent = direction - (Vector3D.Dot(direction, normal) * normal);
                if (onMidline)
                {
                    tangent = new Vector3D(0, tangent.Y, tangent.Z);
                }

                if (tangent.Length < 1e-6)
                {
                    break;
                }

                Vector3D next = Land(best + (stride * tangent.Normalized()), 4);
                if (Vector3D.Dot(next - best, direction) <= 0 || Vector3D.Distance(next, seed) > reach)
                {
                    break;
                }

                best = next;
            }
        }

        return best;
    }
}
