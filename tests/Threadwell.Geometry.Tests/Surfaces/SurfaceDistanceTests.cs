namespace Threadwell.Geometry.Tests.Surfaces;

public sealed class SurfaceDistanceTests
{
    [Fact]
    public void OnAPlaneItIsTheStraightDistance()
    {
        TriangleMesh sheet = Shapes.Grid(40, 30, 2);
        var tree = new TriangleBvh(sheet);
        var from = new Vector3D(21.3, 17.7, 0);
        double[] distance = SurfaceDistance.FromPoints(new SurfaceTopology(sheet), [tree.ClosestPoint(from)]);
        for (int v = 0; v < sheet.VertexCount; v++)
        {
            double straight = Vector3D.Distance(sheet.Positions[v], from);
            Assert.Equal(straight, distance[v], Math.Max(0.02 * straight, 1e-9));
        }
    }

    [Fact]
    public void OnASphereItIsTheArc()
    {
        TriangleMesh sphere = Shapes.Sphere(50, 5);
        double[] distance = SurfaceDistance.FromPoints(new SurfaceTopology(sphere), [new TriangleBvh(sphere).ClosestPoint(new Vector3D(0, 0, 50))]);
        for (int v = 0; v < sphere.VertexCount; v++)
        {
            double arc = 50 * Math.Acos(Math.Clamp(sphere.Positions[v].Z / 50, -1, 1));
            Assert.Equal(arc, distance[v], (0.02 * arc) + 1e-9);
        }
    }

    [Fact]
    public void FromACurveItIsTheDistanceToItsNearestPoint()
    {
        TriangleMesh sheet = Shapes.Grid(40, 40, 2);
        Vector3D a = new(20, 40, 0);
        Vector3D b = new(60, 40, 0);
        double[] distance = SurfaceDistance.FromCurves(new TriangleBvh(sheet), new SurfaceTopology(sheet), [[a, b]], step: 0.5);
        for (int v = 0; v < sheet.VertexCount; v++)
        {
            Vector3D p = sheet.Positions[v];
            double expected = Vector3D.Distance(p, new Vector3D(Math.Clamp(p.X, 20, 60), 40, 0));
            Assert.Equal(expected, distance[v], (0.02 * expected) + 1e-9);
        }
    }

    [Fact]
    public void BeyondTheLimitAndOnOtherPartsItIsInfinite()
    {
        TriangleMesh sheet = Shapes.Grid(10, 10, 2);
        TriangleMesh two = new(
            [.. sheet.Positions, .. sheet.Positions.Select(p => p + new Vector3D(0, 0, 1))],
            [.. sheet.Triangles, .. sheet.Triangles.Select(v => v + sheet.VertexCount)]);
        double[] distance = SurfaceDistance.FromPoints(new SurfaceTopology(two), [new TriangleBvh(two).ClosestPoint(default)], limit: 8);
        Assert.All(distance, d => Assert.True(d <= 8 || double.IsPositiveInfinity(d)));
        Assert.Equal(8, distance[4], 9);
        Assert.True(double.IsPositiveInfinity(distance[5]));
        Assert.All(distance[sheet.VertexCount..], d => Assert.True(double.IsPositiveInfinity(d)));
    }
}
