namespace Threadwell.Geometry.Tests.Surfaces;

public sealed class SurfacePathTests
{
    [Fact]
    public void OnASphereItIsTheGreatCircle()
    {
        TriangleMesh sphere = Shapes.Sphere(50, 5);
        var tree = new TriangleBvh(sphere);
        Vector3D a = 50 * new Vector3D(0.1, 0.2, 1).Normalized();
        Vector3D b = 50 * new Vector3D(1, 0.3, 0.2).Normalized();
        Vector3D[] path = SurfacePath.Trace(tree, new SurfaceTopology(sphere), a, b, 2);

        double arc = 50 * Math.Acos(Vector3D.Dot(a, b) / 2500);
        Assert.Equal(arc, Polyline.Length(path), 0.005 * arc);
        Vector3D plane = Vector3D.Cross(a, b).Normalized();
        Assert.All(path, p => Assert.Equal(0, Vector3D.Dot(p, plane), 0.05));
        Assert.All(path, p => Assert.Equal(0, tree.ClosestPoint(p).Distance, 1e-9));
        Assert.Equal((int)Math.Ceiling(Polyline.Length(path) / 2) + 1, path.Length);
    }

    [Fact]
    public void BetweenVerticesOfASheetItIsStraight()
    {
        TriangleMesh sheet = Shapes.Grid(20, 20, 3);
        Vector3D[] path = SurfacePath.Trace(new TriangleBvh(sheet), new SurfaceTopology(sheet), sheet.Positions[22], sheet.Positions[22 + (21 * 7) + 15], 1);
        double straight = Vector3D.Distance(path[0], path[^1]);
        Assert.Equal(sheet.Positions[22], path[0]);
        Assert.Equal(straight, Polyline.Length(path), 1e-3);
    }

    [Fact]
    public void ItFollowsAValleyInsteadOfBridgingIt()
    {
        TriangleMesh valley = Shapes.Sheet(60, 20, (i, j) => new Vector3D(i, j, 15 * Math.Abs((i / 30.0) - 1)));
        Vector3D[] path = SurfacePath.Trace(new TriangleBvh(valley), new SurfaceTopology(valley), new Vector3D(0, 10, 15), new Vector3D(60, 10, 15), 0.5);

        // One chord of the step's length may cut the corner.
        Assert.Equal(2 * Math.Sqrt((30 * 30) + (15 * 15)), Polyline.Length(path), 0.5 * (1 - (2 / Math.Sqrt(5))));
    }

    [Fact]
    public void AcrossAGapTheStraightLineIsProjected()
    {
        // A ring: the plane through the middle is interrupted.
        TriangleMesh ring = Shapes.Sheet(60, 5, (i, j) =>
        {
            (double sin, double cos) = Math.SinCos(i * 1.8 * Math.PI / 60);
            return new Vector3D(-(20 + (4 * j)) * cos, (20 + (4 * j)) * sin, 0);
        });
        Vector3D[] path = SurfacePath.Trace(new TriangleBvh(ring), new SurfaceTopology(ring), new Vector3D(-30, 5, 0), new Vector3D(30, 5, 0), 1);
        var tree = new TriangleBvh(ring);
        Assert.All(path, p => Assert.Equal(0, tree.ClosestPoint(p).Distance, 1e-9));
    }
}
