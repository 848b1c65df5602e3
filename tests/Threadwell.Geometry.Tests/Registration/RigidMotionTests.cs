using CsCheck;

namespace Threadwell.Geometry.Tests.Registration;

public sealed class RigidMotionTests
{
    private static readonly Gen<Vector3D> Points = Gen.Select(Gen.Double[-200, 200], Gen.Double[-200, 200], Gen.Double[-200, 200], (x, y, z) => new Vector3D(x, y, z));

    private static readonly Gen<RigidMotion> Motions = Gen.Select(Points, Points, Points, Gen.Double[0, 3.1], (axis, centre, shift, angle) => RigidMotion.About(angle * axis.Normalized(), centre, shift));

    [Fact]
    public void A_quarter_turn_about_the_vertical_takes_front_to_left()
    {
        var turn = RigidMotion.About(new Vector3D(0, Math.PI / 2, 0), new Vector3D(1, 0, 0), new Vector3D(0, 5, 0));
        Assert.Equal(0, Vector3D.Distance(new Vector3D(3, 5, 0), turn.Move(new Vector3D(1, 0, 2))), 12);
        Assert.Equal(Math.PI / 2, turn.Angle, 12);
    }

    [Fact]
    public void Lengths_stay_and_the_inverse_undoes() => Gen.Select(Motions, Points, Points).Sample((motion, a, b) =>
    {
        Assert.Equal(Vector3D.Distance(a, b), Vector3D.Distance(motion.Move(a), motion.Move(b)), 1e-9);
        Assert.Equal(0, Vector3D.Distance(a, motion.Inverse().Move(motion.Move(a))), 1e-9);
    });

    [Fact]
    public void One_after_another_is_one_after_another() => Gen.Select(Motions, Motions, Points).Sample((first, second, point) =>
        Assert.Equal(0, Vector3D.Distance(second.Move(first.Move(point)), second.After(first).Move(point)), 9));

    [Fact]
    public void The_motion_between_moved_points_is_found() => Gen.Select(Motions, Points.Array[4, 12]).Sample((motion, points) =>
    {
        // Points on a line leave a turn open.
        if (Flatness(points) > 1e-3)
        {
            var found = RigidMotion.Between(points, [.. points.Select(motion.Move)]);
            Assert.All(points, point => Assert.Equal(0, Vector3D.Distance(motion.Move(point), found.Move(point)), 6));
        }
    });

    [Fact]
    public void Mirrored_points_are_not_turned_inside_out()
    {
        Vector3D[] points = [new(0, 0, 0), new(10, 0, 0), new(0, 20, 0), new(0, 0, 30)];
        var found = RigidMotion.Between(points, [.. points.Select(point => new Vector3D(-point.X, point.Y, point.Z))]);
        Assert.Equal(1, Vector3D.Dot(Vector3D.Cross(found.RowX, found.RowY), found.RowZ), 1e-9);
    }

    private static double Flatness(Vector3D[] points)
    {
        Vector3D far = points.MaxBy(point => (point - points[0]).LengthSquared) - points[0];
        return points.Max(point => Vector3D.Cross(point - points[0], far.Normalized()).Length) / Math.Max(1, far.Length);
    }
}
