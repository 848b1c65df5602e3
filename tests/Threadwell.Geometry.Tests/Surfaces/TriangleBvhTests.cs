using CsCheck;

namespace Threadwell.Geometry.Tests.Surfaces;

public sealed class TriangleBvhTests
{
    private static readonly Gen<Vector3D> Point = Gen.Select(Gen.Double[-150, 150], Gen.Double[-150, 150], Gen.Double[-150, 150])
        .Select((x, y, z) => new Vector3D(x, y, z));

    private static readonly TriangleMesh Torus = Shapes.Torus(60, 25, 48, 24);
    private static readonly TriangleBvh Tree = new(Torus);

    [Fact]
    public void ClosestPointIsTheBruteForceAnswer() => Point.Sample(point =>
    {
        SurfacePoint found = Tree.ClosestPoint(point);
        double best = double.PositiveInfinity;
        for (int t = 0; t < Torus.TriangleCount; t++)
        {
            (Vector3D a, Vector3D b, Vector3D c) = Corners(t);
            Vector3D w = TriangleGeometry.ClosestBarycentrics(point, a, b, c);
            best = Math.Min(best, Vector3D.Distance(point, (w.X * a) + (w.Y * b) + (w.Z * c)));
        }

        (Vector3D fa, Vector3D fb, Vector3D fc) = Corners(found.Triangle);
        Vector3D f = found.Barycentrics;
        return found.Distance == best
            && Vector3D.Distance(found.Position, (f.X * fa) + (f.Y * fb) + (f.Z * fc)) < 1e-12
            && Math.Abs(f.X + f.Y + f.Z - 1) < 1e-12
            && Math.Min(f.X, Math.Min(f.Y, f.Z)) >= 0;
    });

    [Fact]
    public void DistanceToAFineSphereIsThatOfTheSphereUpToTheSagittaOfItsFacets()
    {
        var tree = new TriangleBvh(Shapes.Sphere(100, 5));
        Point.Sample(point => Math.Abs(tree.ClosestPoint(point).Distance - Math.Abs(point.Length - 100)) < 0.1);
    }

    [Fact]
    public void ARayThroughAClosedSurfaceMeetsItAnEvenNumberOfTimesInAlternatingSense() => Gen.Select(Point, Point).Sample((from, towards) =>
    {
        Vector3D direction = (towards - from).Normalized();
        List<SurfacePoint> hits = Tree.AllHits(from - (1000 * direction), direction);
        for (int i = 0; i < hits.Count; i++)
        {
            bool enters = Vector3D.Dot(Torus.TriangleAreaVector(hits[i].Triangle), direction) < 0;
            if (enters != (i % 2 == 0))
            {
                return false;
            }
        }

        // On an edge that two triangles share each search may take another of them, whose distance differs by roundings.
        const double Roundings = 1e-9;
        SurfacePoint? first = Tree.FirstHit(from - (1000 * direction), direction);
        return hits.Count % 2 == 0 && (hits.Count == 0 ? first is null : Math.Abs(first!.Value.Distance - hits[0].Distance) < Roundings);
    });

    [Fact]
    public void ARayThroughAVertexMeetsEachSheetOnce()
    {
        var tree = new TriangleBvh(Shapes.Sphere(10, 2));
        List<SurfacePoint> hits = tree.AllHits(new Vector3D(0, 0, 50), -Vector3D.UnitZ);
        Assert.Equal([40.0, 60.0], hits.Select(hit => Math.Round(hit.Distance, 9)));
    }

    [Fact]
    public void ClosestPointFacingKeepsToTheSheetThatFacesTheGivenWay()
    {
        // Two sheets 1 mm apart, back to back.
        TriangleMesh up = Shapes.Grid(4, 4, 10);
        Vector3D[] down = [.. up.Positions.Select(p => new Vector3D(40 - p.X, p.Y, -1))];
        int offset = up.VertexCount;
        var mesh = new TriangleMesh([.. up.Positions, .. down], [.. up.Triangles, .. up.Triangles.Select(v => v + offset)]);
        for (int t = up.TriangleCount; t < mesh.TriangleCount; t++)
        {
            Assert.True(mesh.TriangleAreaVector(t).Z < 0);
        }

        var tree = new TriangleBvh(mesh);
        Assert.True(tree.TryClosestPointFacing(new Vector3D(13, 17, -0.9), Vector3D.UnitZ, 0.5, 5, out SurfacePoint found));
        Assert.Equal(0, found.Position.Z, 12);
        Assert.False(tree.TryClosestPointFacing(new Vector3D(13, 17, -0.9), Vector3D.UnitX, 0.5, 5, out _));
    }

    private static (Vector3D A, Vector3D B, Vector3D C) Corners(int t) =>
        (Torus.Positions[Torus.Triangles[3 * t]], Torus.Positions[Torus.Triangles[(3 * t) + 1]], Torus.Positions[Torus.Triangles[(3 * t) + 2]]);
}
