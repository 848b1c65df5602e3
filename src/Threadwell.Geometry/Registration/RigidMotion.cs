namespace Threadwell.Geometry;

/// <summary>A rotation followed by a translation: how one scan lies in the frame of another.</summary>
/// <param name="RowX">First row of the rotation matrix.</param>
/// <param name="RowY">Second row of the rotation matrix.</param>
/// <param name="RowZ">Third row of the rotation matrix.</param>
/// <param name="Translation">Translation after the rotation, mm.</param>
public readonly record struct RigidMotion(Vector3D RowX, Vector3D RowY, Vector3D RowZ, Vector3D Translation)
{
    /// <summary>No motion.</summary>
    public static RigidMotion None { get; } = new(Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ, Vector3D.Zero);

    /// <summary>Angle of the rotation, radians, from 0 to pi.</summary>
    public double Angle
    {
        get
        {
            // Sine and cosine together: the cosine alone loses small angles.
            var twiceAxis = new Vector3D(RowZ.Y - RowY.Z, RowX.Z - RowZ.X, RowY.X - RowX.Y);
            return Math.Atan2(twiceAxis.Length, RowX.X + RowY.Y + RowZ.Z - 1);
        }
    }

    /// <summary>The motion that undoes this one.</summary>
    public RigidMotion Inverse()
    {
        var turned = new RigidMotion(new(RowX.X, RowY.X, RowZ.X), new(RowX.Y, RowY.Y, RowZ.Y), new(RowX.Z, RowY.Z, RowZ.Z), Vector3D.Zero);
        return turned with { Translation = -turned.Turn(Translation) };
    }

    /// <summary>A rotation about an axis through a point.</summary>
    /// <param name="rotation">Axis times angle in radians; zero for none.</param>
    /// <param name="centre">A point on the axis, mm.</param>
    /// <param name="translation">Translation after the rotation, mm.</param>
    public static RigidMotion About(Vector3D rotation, Vector3D centre, Vector3D translation)
    {
        double angle = rotation.Length;
        Vector3D axis = rotation.Normalized();
        Vector3D Row(Vector3D unit)
        {
            // Rodrigues' formula for the transposed rotation gives the row.
            return (Math.Cos(angle) * unit) - (Math.Sin(angle) * Vector3D.Cross(axis, unit)) + ((1 - Math.Cos(angle)) * Vector3D.Dot(axis, unit) * axis);
        }

        var turn = new RigidMotion(Row(Vector3D.UnitX), Row(Vector3D.UnitY), Row(Vector3D.UnitZ), Vector3D.Zero);
        return turn with { Translation = centre - turn.Turn(centre) + translation };
    }

    /// <summary>
    /// The motion that brings points nearest to others, in the sense of least squares, by the unit quaternion that is the first eigenvector of a symmetric matrix
    /// (B. K. P. Horn, J. Opt. Soc. Am. A 4 (1987) 629).
    /// </summary>
    /// <param name="from">Points that move, mm.</param>
    /// <param name="to">Where each should come to lie, mm.</param>
    /// <exception cref="ArgumentException">The numbers of points differ, or there are fewer than three.</exception>
    public static RigidMotion Between(IReadOnlyList<Vector3D> from, IReadOnlyList<Vector3D> to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Count != to.Count || from.Count < 3)
        {
            throw new ArgumentException("At least three pairs of points settle a motion.", nameof(from));
        }

        Vector3D fromCentre = Mean(from);
        Vector3D toCentre = Mean(to);
        Vector3D x = Vector3D.Zero, y = Vector3D.Zero, z = Vector3D.Zero;
        for (int point = 0; point < from.Count; point++)
        {
            Vector3D a = from[point] - fromCentre;
            Vector3D b = to[point] - toCentre;
            x += a.X * b;
            y += a.Y * b;
            z += a.Z * b;
        }

        // x.Y is the sum of a.X b.Y, and so on.
        double[,] matrix =
        {
            { x.X + y.Y + z.Z, y.Z - z.Y, z.X - x.Z, x.Y - y.X },
            { y.Z - z.Y, x.X - y.Y - z.Z, x.Y + y.X, z.X + x.Z },
            { z.X - x.Z, x.Y + y.X, y.Y - x.X - z.Z, y.Z + z.Y },
            { x.Y - y.X, z.X + x.Z, y.Z + z.Y, z.Z - x.X - y.Y },
        };
        double[] q = SymmetricEigen.Largest(matrix);
        (double w, double i, double j, double k) = (q[0], q[1], q[2], q[3]);
        var turn = new RigidMotion(
            new((w * w) + (i * i) - (j * j) - (k * k), 2 * ((i * j) - (w * k)), 2 * ((i * k) + (w * j))),
            new(2 * ((i * j) + (w * k)), (w * w) - (i * i) + (j * j) - (k * k), 2 * ((j * k) - (w * i))),
            new(2 * ((i * k) - (w * j)), 2 * ((j * k) + (w * i)), (w * w) - (i * i) - (j * j) + (k * k)),
            Vector3D.Zero);
        return turn with { Translation = toCentre - turn.Turn(fromCentre) };
    }

    /// <summary>Where a point comes to lie, mm.</summary>
    public Vector3D Move(Vector3D point) => Turn(point) + Translation;

    /// <summary>A direction after the rotation.</summary>
    public Vector3D Turn(Vector3D direction) => new(Vector3D.Dot(RowX, direction), Vector3D.Dot(RowY, direction), Vector3D.Dot(RowZ, direction));

    /// <summary>This motion after another one.</summary>
    /// <param name="first">The motion that comes first.</param>
    public RigidMotion After(RigidMotion first)
    {
        RigidMotion columns = first.Inverse();
        Vector3D Row(Vector3D row) => columns.Turn(row);
        return new(Row(RowX), Row(RowY), Row(RowZ), Move(first.Translation));
    }

    /// <summary>A surface after the motion.</summary>
    /// <param name="mesh">The surface, mm.</param>
    public TriangleMesh Move(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        RigidMotion motion = this;
        return new TriangleMesh([.. mesh.Positions.Select(motion.Move)], mesh.Triangles);
    }

    private static Vector3D Mean(IReadOnlyList<Vector3D> points)
    {
        Vector3D sum = Vector3D.Zero;
        foreach (Vector3D point in points)
        {
            sum += point;
        }

        return sum / points.Count;
    }
}
