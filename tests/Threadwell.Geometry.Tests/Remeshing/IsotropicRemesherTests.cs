namespace Threadwell.Geometry.Tests.Remeshing;

public sealed class IsotropicRemesherTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void ASphereKeepsItsShapeAndGetsGoodTriangles(double edge)
    {
        TriangleMesh sphere = Shapes.Sphere(60, 5);
        TriangleMesh remeshed = IsotropicRemesher.Remesh(sphere, edge);

        AssertGoodTriangles(remeshed, edge);
        Assert.Empty(new SurfaceTopology(remeshed).BoundaryLoops());

        // Chords of length e on a radius r lie e^2 / (6 r) below the sphere at a triangle's middle.
        double sagitta = edge * edge / (6 * 60);
        Assert.True(Hausdorff(remeshed, sphere) < 2.5 * sagitta, $"{Hausdorff(remeshed, sphere)}");
        Assert.Equal(Shapes.Volume(sphere), Shapes.Volume(remeshed), 3 * 2.5 * sagitta / 60 * Shapes.Volume(sphere));
    }

    [Fact]
    public void ATorusStaysATorus()
    {
        TriangleMesh torus = Shapes.Torus(60, 25, 90, 40);
        TriangleMesh remeshed = IsotropicRemesher.Remesh(torus, 5);

        AssertGoodTriangles(remeshed, 5);
        AssertFacesLike(remeshed, torus);
        int edges = 3 * remeshed.TriangleCount / 2;
        Assert.Equal(0, remeshed.VertexCount - edges + remeshed.TriangleCount);
        Assert.Equal(Shapes.Area(torus), Shapes.Area(remeshed), 0.01 * Shapes.Area(torus));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(11)]
    public void ARectangleKeepsItsCornersAndArea(double edge)
    {
        // 100 x 60 mm, in slanted and unequal cells.
        TriangleMesh sheet = Shapes.Sheet(20, 9, (i, j) => new Vector3D(
            100 * Math.Pow(i / 20.0, 1.5), 60 * j / 9.0, 0));
        TriangleMesh remeshed = IsotropicRemesher.Remesh(sheet, edge);

        AssertGoodTriangles(remeshed, edge);
        Assert.Equal(6000, Shapes.Area(remeshed), 1e-6);
        foreach (Vector3D corner in (Vector3D[])[new(0, 0, 0), new(100, 0, 0), new(100, 60, 0), new(0, 60, 0)])
        {
            Assert.Contains(corner, remeshed.Positions);
        }

        Assert.All(remeshed.Positions, p => Assert.Equal(0, p.Z));
    }

    [Fact]
    public void TheSizeFollowsTheSizingFunction()
    {
        TriangleMesh sheet = Shapes.Grid(30, 30, 4);
        double Size(Vector3D p) => 1.5 + (0.04 * p.X);
        TriangleMesh remeshed = IsotropicRemesher.Remesh(sheet, new RemeshOptions { TargetEdge = 3, Sizing = Size });

        AssertAngles(remeshed);
        for (int h = 0; h < remeshed.Triangles.Length; h++)
        {
            Vector3D a = remeshed.Positions[remeshed.Triangles[h]];
            Vector3D b = remeshed.Positions[remeshed.Triangles[SurfaceTopology.Next(h)]];
            Assert.InRange(Vector3D.Distance(a, b), 0.4 * Size(a), 1.8 * Size(a));
        }
    }

    [Fact]
    public void ABorderThatIsKeptKeepsEachOfItsPoints()
    {
        TriangleMesh sheet = Shapes.Grid(12, 10, 5);
        TriangleMesh remeshed = IsotropicRemesher.Remesh(sheet, new RemeshOptions { TargetEdge = 2.5, KeepBorder = true });

        Vector3D[] Border(TriangleMesh mesh) =>
            [.. new SurfaceTopology(mesh).BoundaryLoops().Single().Select(v => mesh.Positions[v]).OrderBy(p => p.X).ThenBy(p => p.Y)];
        Assert.Equal(Border(sheet), Border(remeshed));
        Assert.True(remeshed.VertexCount > 2 * sheet.VertexCount);
    }

    [Fact]
    public void ThinFoldsAreNotJoined()
    {
        // Two lips 3 mm apart that meet at the back, seen from the side a narrow U.
        TriangleMesh folded = Shapes.Sheet(40, 10, (i, j) =>
        {
            double s = i - 20;
            const double half = 1.5;
            return Math.Abs(s) < 4
                ? new Vector3D(half * Math.Cos(Math.PI * s / 8), 4 * j, half * Math.Sin(Math.PI * s / 8))
                : new Vector3D(-2 * (Math.Abs(s) - 4), 4 * j, Math.Sign(s) * half);
        });
        TriangleMesh remeshed = IsotropicRemesher.Remesh(folded, 2);
        AssertFacesLike(remeshed, folded);
        Assert.Equal(Shapes.Area(folded), Shapes.Area(remeshed), 0.02 * Shapes.Area(folded));
    }

    [Fact]
    public void TheSameInputGivesTheSameBits()
    {
        TriangleMesh torus = Shapes.Torus(40, 15, 60, 30);
        TriangleMesh first = IsotropicRemesher.Remesh(torus, 4);
        TriangleMesh second = IsotropicRemesher.Remesh(torus, 4);
        Assert.Equal(first.Positions, second.Positions);
        Assert.Equal(first.Triangles, second.Triangles);
    }

    private static void AssertGoodTriangles(TriangleMesh mesh, double edge)
    {
        AssertAngles(mesh);
        var lengths = new List<double>();
        for (int h = 0; h < mesh.Triangles.Length; h++)
        {
            lengths.Add(Vector3D.Distance(mesh.Positions[mesh.Triangles[h]], mesh.Positions[mesh.Triangles[SurfaceTopology.Next(h)]]));
        }

        Assert.InRange(lengths.Average(), 0.85 * edge, 1.15 * edge);
        Assert.InRange(lengths.Min(), 0.4 * edge, edge);
        Assert.InRange(lengths.Max(), edge, 1.8 * edge);
    }

    private static void AssertAngles(TriangleMesh mesh)
    {
        double[] angles = [.. Enumerable.Range(0, mesh.TriangleCount).Select(t => TriangleGeometry.SmallestAngleDegrees(
            mesh.Positions[mesh.Triangles[3 * t]], mesh.Positions[mesh.Triangles[(3 * t) + 1]], mesh.Positions[mesh.Triangles[(3 * t) + 2]]))];
        Assert.True(angles.Min() > 20, $"smallest angle {angles.Min()}");
        Assert.True(angles.Count(angle => angle < 30) <= angles.Length / 100, $"{angles.Count(angle => angle < 30)} of {angles.Length} below 30 degrees");
    }

    private static void AssertFacesLike(TriangleMesh mesh, TriangleMesh source)
    {
        var tree = new TriangleBvh(source);
        for (int t = 0; t < mesh.TriangleCount; t++)
        {
            Vector3D middle = (mesh.Positions[mesh.Triangles[3 * t]] + mesh.Positions[mesh.Triangles[(3 * t) + 1]] + mesh.Positions[mesh.Triangles[(3 * t) + 2]]) / 3;
            Vector3D below = source.TriangleAreaVector(tree.ClosestPoint(middle).Triangle).Normalized();
            Assert.True(Vector3D.Dot(below, mesh.TriangleAreaVector(t).Normalized()) > 0.3, $"triangle {t} near {middle}");
        }
    }

    private static double Hausdorff(TriangleMesh a, TriangleMesh b)
    {
        var treeA = new TriangleBvh(a);
        var treeB = new TriangleBvh(b);
        return Math.Max(a.Positions.Max(p => treeB.ClosestPoint(p).Distance), b.Positions.Max(p => treeA.ClosestPoint(p).Distance));
    }
}
