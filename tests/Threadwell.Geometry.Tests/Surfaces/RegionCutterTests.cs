namespace Threadwell.Geometry.Tests.Surfaces;

public sealed class RegionCutterTests
{
    [Theory]
    [InlineData(20.0)]
    [InlineData(20.7)]
    [InlineData(33.3)]
    public void ADiscIsCutOutOfASheetAlongItsCircle(double radius)
    {
        TriangleMesh sheet = Shapes.Grid(50, 50, 2);
        var centre = new Vector3D(50, 50, 0);
        TriangleMesh disc = RegionCutter.Cut(sheet, [.. sheet.Positions.Select(p => Vector3D.Distance(p, centre) - radius)]);

        Assert.Equal(Math.PI * radius * radius, Shapes.Area(disc), 0.01 * Math.PI * radius * radius);
        int[] loop = Assert.Single(new SurfaceTopology(disc).BoundaryLoops());

        // Linear interpolation of a distance errs by h^2 / 8 r, a snapped vertex by its share of an edge.
        Assert.All(loop, v => Assert.Equal(radius, Vector3D.Distance(disc.Positions[v], centre), 0.4));
        for (int t = 0; t < disc.TriangleCount; t++)
        {
            Assert.True(disc.TriangleAreaVector(t).Z > 0.005, $"sliver of {disc.TriangleAreaVector(t).Z} mm²");
        }
    }

    [Fact]
    public void IslandsAreLeftOutAndSmallGapsStayIn()
    {
        TriangleMesh sheet = Shapes.Grid(50, 50, 2);
        double Value(Vector3D p)
        {
            double disc = Vector3D.Distance(p, new Vector3D(40, 50, 0)) - 30;
            double gap = 6 - Vector3D.Distance(p, new Vector3D(35, 55, 0));
            double island = Vector3D.Distance(p, new Vector3D(90, 90, 0)) - 8;
            return Math.Min(Math.Max(disc, gap), island);
        }

        double[] values = [.. sheet.Positions.Select(Value)];
        Assert.Equal(Math.PI * 900, Shapes.Area(RegionCutter.Cut(sheet, values)), 0.02 * Math.PI * 900);
        Assert.Equal(Math.PI * (900 - 36), Shapes.Area(RegionCutter.Cut(sheet, values, smallestGap: 50)), 0.02 * Math.PI * 900);
    }

    [Fact]
    public void APatchOnAHeadSizedSphereIsAManifoldDiscThatRemeshesWell()
    {
        TriangleMesh sphere = Shapes.Sphere(100, 5);
        var topology = new SurfaceTopology(sphere);
        double[] distance = SurfaceDistance.FromPoints(topology, [new TriangleBvh(sphere).ClosestPoint(new Vector3D(30, -20, 95))], limit: 120);
        TriangleMesh patch = IsotropicRemesher.Remesh(RegionCutter.Cut(sphere, [.. distance.Select(d => d - 80)]), 3);

        Assert.Single(new SurfaceTopology(patch).BoundaryLoops());

        // A cap of arc s on a sphere has area 2 pi r^2 (1 - cos(s / r)).
        double cap = 2 * Math.PI * 100 * 100 * (1 - Math.Cos(0.8));
        Assert.Equal(cap, Shapes.Area(patch), 0.02 * cap);
        Assert.All(Enumerable.Range(0, patch.TriangleCount), t => Assert.True(TriangleGeometry.SmallestAngleDegrees(
            patch.Positions[patch.Triangles[3 * t]], patch.Positions[patch.Triangles[(3 * t) + 1]], patch.Positions[patch.Triangles[(3 * t) + 2]]) > 25));
    }

    [Fact]
    public void AnEmptyRegionIsRefused()
    {
        TriangleMesh sheet = Shapes.Grid(5, 5, 2);
        Assert.Throws<InvalidInputException>(() => RegionCutter.Cut(sheet, new double[sheet.VertexCount]));
    }
}
