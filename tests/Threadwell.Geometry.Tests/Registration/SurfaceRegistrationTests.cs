namespace Threadwell.Geometry.Tests.Registration;

/// <summary>Surfaces that were moved by known motions.</summary>
public sealed class SurfaceRegistrationTests
{
    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.15, 8)]
    [InlineData(0.3, 15)]
    public void A_moved_surface_is_laid_back_exactly(double angle, double shift)
    {
        TriangleMesh stay = Bowl(0);
        RigidMotion moved = RigidMotion.About(angle * new Vector3D(1, 2, 3).Normalized(), new Vector3D(10, 20, 0), shift * new Vector3D(2, -1, 1).Normalized());
        RegistrationResult result = Register(stay, All(stay), moved.Move(stay));
        Assert.True(result.IsSettled);
        Assert.True(result.RootMeanSquareMm < 1e-3);
        AssertSame(stay, moved.Inverse(), result.Motion, 1e-3);
    }

    [Fact]
    public void Another_triangulation_of_the_same_surface_is_laid_on_it()
    {
        TriangleMesh stay = Bowl(0);
        RigidMotion moved = RigidMotion.About(new Vector3D(0.1, -0.05, 0.08), new Vector3D(0, 0, 0), new Vector3D(4, -3, 6));
        RegistrationResult result = Register(stay, All(stay), moved.Move(Bowl(0.37)));
        AssertSame(stay, moved.Inverse(), result.Motion, 0.02);
    }

    [Fact]
    public void A_part_that_has_changed_does_not_pull_the_rest_along()
    {
        TriangleMesh stay = Bowl(0);
        RigidMotion moved = RigidMotion.About(new Vector3D(0.05, 0.02, -0.06), new Vector3D(0, 0, 0), new Vector3D(2, 1, -3));

        // A fifth of the surface has come forward by three millimetres.
        TriangleMesh changed = new([.. stay.Positions.Select(point => point.X > 25 ? point + new Vector3D(0, 0, 3) : point)], stay.Triangles);
        RegistrationResult result = Register(stay, All(stay), moved.Move(changed));
        AssertSame(stay, moved.Inverse(), result.Motion, 0.02);
        Assert.InRange(result.UsedShare, 0.6, 0.9);
    }

    [Fact]
    public void The_same_bits_come_on_one_core_and_on_many()
    {
        TriangleMesh stay = Bowl(0);
        TriangleMesh moving = RigidMotion.About(new Vector3D(0.05, 0.02, -0.06), default, new Vector3D(2, 1, -3)).Move(Bowl(0.37));
        Assert.Equal(Register(stay, All(stay), moving, threads: 1), Register(stay, All(stay), moving, threads: 8));
    }

    [Fact]
    public void Scans_that_lie_apart_are_refused()
    {
        TriangleMesh stay = Bowl(0);
        TriangleMesh far = RigidMotion.About(default, default, new Vector3D(0, 0, 900)).Move(stay);
        Assert.Throws<ArgumentException>(() => Register(stay, All(stay), far));
        Assert.Throws<ArgumentException>(() => Register(stay, [1, 2, 3], stay));
    }

    private static RegistrationResult Register(TriangleMesh stay, int[] points, TriangleMesh moving, int threads = 2) =>
        SurfaceRegistration.Register(stay, points, moving, RigidMotion.None, new RegistrationOptions { Threads = threads }, TestContext.Current.CancellationToken);

    private static int[] All(TriangleMesh mesh) => [.. Enumerable.Range(0, mesh.VertexCount)];

    private static void AssertSame(TriangleMesh mesh, RigidMotion expected, RigidMotion found, double within)
    {
        double worst = mesh.Positions.Max(point => Vector3D.Distance(point, found.Move(expected.Inverse().Move(point))));
        Assert.True(worst < within, $"{worst:0.0000} mm off at worst.");
    }

    // A shallow bowl with waves in both directions: no motion along itself leaves it as it is. Offset shifts the grid on the same surface.
    private static TriangleMesh Bowl(double offset) => Shapes.Sheet(50, 50, (i, j) =>
    {
        double x = (2 * (i + offset)) - 50;
        double y = (2 * (j + offset)) - 50;
        return new Vector3D(x, y, (0.006 * ((x * x) + (0.5 * y * y))) + (4 * Math.Sin(x / 11)) + (3 * Math.Cos((y + (0.4 * x)) / 9)));
    });
}
