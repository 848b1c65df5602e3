using CsCheck;

namespace Threadwell.Geometry.Tests.Cleaning;

public sealed class MeshCleanerTests
{
    private static readonly TriangleMesh Sphere = Shapes.Sphere(100, 4);

    [Fact]
    public void ACleanSurfaceIsLeftAlone()
    {
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(Sphere, "scan");
        Assert.Empty(remarks);
        Assert.Equal(Sphere.Positions, mesh.Positions);
        Assert.Equal(Sphere.Triangles, mesh.Triangles);
    }

    [Fact]
    public void ASoupOfTrianglesIsWelded()
    {
        Vector3D[] corners = [.. Sphere.Triangles.Select(v => Sphere.Positions[v])];
        (TriangleMesh mesh, _) = MeshCleaner.Clean(new TriangleMesh(corners, [.. Enumerable.Range(0, corners.Length)]), "scan");
        Assert.Equal(Sphere.VertexCount, mesh.VertexCount);
        AssertClosedAndOutward(mesh);
    }

    [Fact]
    public void FacesWoundAtRandomAreWoundOutwards()
    {
        var random = new Random(5);
        int[] triangles = [.. Sphere.Triangles];
        for (int t = 0; t < triangles.Length; t += 3)
        {
            if (random.Next(2) == 0)
            {
                (triangles[t + 1], triangles[t + 2]) = (triangles[t + 2], triangles[t + 1]);
            }
        }

        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(new TriangleMesh(Sphere.Positions, triangles), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Contains(remarks, remark => remark.Contains("wound against", StringComparison.Ordinal));
    }

    [Fact]
    public void ASurfaceInsideOutIsTurned()
    {
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(Reversed(Sphere), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Equal("The surface was inside out and has been turned.", Assert.Single(remarks));
    }

    [Fact]
    public void AnOpenBowlInsideOutIsTurned()
    {
        TriangleMesh bowl = Upper(Sphere, 0.2);
        (TriangleMesh mesh, _) = MeshCleaner.Clean(Reversed(bowl), "scan");
        Assert.All(Enumerable.Range(0, mesh.TriangleCount), t =>
            Assert.True(Vector3D.Dot(mesh.TriangleAreaVector(t), mesh.Positions[mesh.Triangles[3 * t]]) > 0));
    }

    [Fact]
    public void ANearlyFlatScanFacesTheFront()
    {
        TriangleMesh sheet = Shapes.Sheet(40, 40, (i, j) => new Vector3D(i * 5, j * 5, Math.Sin(i * 0.3) * Math.Sin(j * 0.3)));
        (TriangleMesh mesh, _) = MeshCleaner.Clean(Reversed(sheet), "scan");
        Assert.All(Enumerable.Range(0, mesh.TriangleCount), t => Assert.True(mesh.TriangleAreaVector(t).Z > 0));
    }

    [Fact]
    public void RepeatedAndDegenerateFacesAreRemoved()
    {
        int[] t = Sphere.Triangles;
        int[] extra = [t[0], t[1], t[2], t[5], t[4], t[3], t[9], t[9], t[10]];
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(new TriangleMesh(Sphere.Positions, [.. t, .. extra]), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Equal(Sphere.TriangleCount, mesh.TriangleCount);
        Assert.Contains("Faces removed that had no area: 1.", remarks);
        Assert.Contains("Faces removed that repeated another: 2.", remarks);
    }

    [Fact]
    public void AFlatTriangleOnAnEdgeLeavesNoCrack()
    {
        // A vertex is put on the middle of an edge of one of its two triangles only; the gap is filled by a triangle without area.
        int a = Sphere.Triangles[0];
        int b = Sphere.Triangles[1];
        int c = Sphere.Triangles[2];
        int m = Sphere.VertexCount;
        Vector3D middle = 0.5 * (Sphere.Positions[a] + Sphere.Positions[b]);
        int[] triangles = [a, m, c, m, b, c, a, b, m, .. Sphere.Triangles[3..]];
        (TriangleMesh mesh, _) = MeshCleaner.Clean(new TriangleMesh([.. Sphere.Positions, middle], triangles), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Equal(Sphere.TriangleCount + 2, mesh.TriangleCount);
    }

    [Fact]
    public void AFinOnAnEdgeIsCutOff()
    {
        Vector3D tip = 1.1 * Sphere.Positions[Sphere.Triangles[0]];
        int[] fin = [Sphere.Triangles[0], Sphere.Triangles[1], Sphere.VertexCount];
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(
            new TriangleMesh([.. Sphere.Positions, tip], [.. Sphere.Triangles, .. fin]), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Equal(Sphere.TriangleCount, mesh.TriangleCount);
        Assert.Contains(remarks, remark => remark.StartsWith("Edges cut apart that had more than two faces: 1", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoPartsThatTouchAtAVertexAreParted()
    {
        TriangleMesh small = Shapes.Sphere(10, 2, new Vector3D(110, 0, 0));
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(Joined(Sphere, small), "scan");
        AssertClosedAndOutward(mesh);
        Assert.Equal(Sphere.TriangleCount, mesh.TriangleCount);
        Assert.Contains(remarks, remark => remark.StartsWith("Stray parts dropped: 1", StringComparison.Ordinal));
    }

    [Fact]
    public void AnInnerShellIsDropped()
    {
        (TriangleMesh mesh, _) = MeshCleaner.Clean(Joined(Sphere, Reversed(Shapes.Sphere(97, 4))), "scan");
        Assert.Equal(Sphere.TriangleCount, mesh.TriangleCount);
        AssertClosedAndOutward(mesh);
    }

    [Fact]
    public void TwoPatientsAreRefusedWithThePlaceOfTheSecond()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => MeshCleaner.Clean(Joined(Sphere, Shapes.Sphere(90, 4, new Vector3D(300, 0, 0))), "scan"));
        Assert.StartsWith($"face {Sphere.TriangleCount + 1} near (3", error.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void AOneSidedSurfaceIsRefused()
    {
        TriangleMesh strip = Shapes.Sheet(60, 6, (i, j) =>
        {
            (double sin, double cos) = Math.SinCos(i * Math.PI / 30);
            (double sinHalf, double cosHalf) = Math.SinCos(i * Math.PI / 60);
            double w = (j - 3) * 5;
            return new Vector3D((80 + (w * cosHalf)) * cos, (80 + (w * cosHalf)) * sin, w * sinHalf);
        });
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => MeshCleaner.Clean(strip, "scan"));
        Assert.Contains("one-sided", error.Problem, StringComparison.Ordinal);
        Assert.StartsWith("face ", error.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void ASmallTwistedBridgeIsRemoved()
    {
        // Two missing faces of a fine sphere are joined by a bridge that enters the second with the wrong sense: no winding fits all.
        TriangleMesh fine = Shapes.Sphere(100, 5);
        int[] t = fine.Triangles;
        int other = Enumerable.Range(1, fine.TriangleCount - 1).First(
            candidate => Vector3D.Distance(fine.Positions[t[0]], fine.Positions[t[3 * candidate]]) is > 12 and < 20);
        (int a, int b) = (t[0], t[1]);
        (int c, int d) = (t[3 * other], t[(3 * other) + 1]);
        int[] rest = [.. Enumerable.Range(1, fine.TriangleCount - 1).Where(k => k != other).SelectMany(k => t[(3 * k)..((3 * k) + 3)])];
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(new TriangleMesh(fine.Positions, [.. rest, a, b, d, a, d, c]), "scan");

        Assert.Contains(remarks, remark => remark.StartsWith("Faces removed at which the surface turned into its own back", StringComparison.Ordinal));
        AssertClosedAndOutward(mesh);
        Assert.Equal(Shapes.Volume(fine), Shapes.Volume(mesh), 0.001 * Shapes.Volume(fine));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void AHoleIsClosedAlongTheCurvatureAboutIt(double radius)
    {
        TriangleMesh fine = Shapes.Sphere(100, 5);
        var pole = new Vector3D(0, 0, 100);
        TriangleMesh open = Without(fine, t => fine.Triangles[(3 * t)..((3 * t) + 3)].Any(v => Vector3D.Distance(fine.Positions[v], pole) < radius));
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(open, "scan");

        AssertClosedAndOutward(mesh);
        Assert.StartsWith("Holes closed: 1", Assert.Single(remarks), StringComparison.Ordinal);

        // A flat lid on a rim of radius r would lie r^2 / 200 below the sphere.
        double rim = new SurfaceTopology(open).BoundaryLoops().Single().Average(v => Vector3D.Distance(open.Positions[v], pole));
        double flat = rim * rim / 200;
        double deepest = mesh.Positions.Max(p => Math.Abs(p.Length - 100));
        Assert.True(deepest < 0.1 * flat, $"{deepest} of {flat}");
    }

    [Fact]
    public void TheBorderOfAnOpenScanStaysOpenWhileItsHolesAreClosed()
    {
        TriangleMesh bowl = Upper(Shapes.Sphere(100, 5), 0.1);
        var at = new Vector3D(30, 30, 90).Normalized() * 100;
        TriangleMesh open = Without(bowl, t => Vector3D.Distance(bowl.Positions[bowl.Triangles[3 * t]], at) < 7);
        (TriangleMesh mesh, _) = MeshCleaner.Clean(open, "scan");
        Assert.Single(new SurfaceTopology(mesh).BoundaryLoops());
        Assert.Equal(Shapes.Area(bowl), Shapes.Area(mesh), 0.002 * Shapes.Area(bowl));
    }

    [Fact]
    public void NoiseIsMeasuredAndHalvedAtLeastAndTheVolumeHolds()
    {
        TriangleMesh fine = Shapes.Sphere(100, 5);
        var random = new Random(3);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        const double noise = 0.3;
        TriangleMesh noisy = new([.. fine.Positions.Select(p => p * (1 + (noise * Normal() / 100)))], fine.Triangles);

        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(noisy, "scan");

        Assert.StartsWith("Measurement noise of about 0.3", Assert.Single(remarks), StringComparison.Ordinal);
        double left = Math.Sqrt(mesh.Positions.Average(p => (p.Length - 100) * (p.Length - 100)));
        Assert.True(left < 0.5 * noise, $"{left} mm left");
        Assert.Equal(Shapes.Volume(fine), Shapes.Volume(mesh), 1e-3 * Shapes.Volume(fine));
    }

    [Fact]
    public void ASpikeIsFlattened()
    {
        TriangleMesh fine = Shapes.Sphere(100, 5);
        Vector3D[] positions = [.. fine.Positions];
        positions[1234] *= 1.2;
        (TriangleMesh mesh, IReadOnlyList<string> remarks) = MeshCleaner.Clean(new TriangleMesh(positions, fine.Triangles), "scan");
        Assert.Equal("Spikes flattened: 1.", Assert.Single(remarks));
        Assert.Equal(100, mesh.Positions.Max(p => p.Length), 0.5);
    }

    [Fact]
    public void TooLittleSurfaceIsRefused()
    {
        Assert.Throws<InvalidInputException>(() => MeshCleaner.Clean(Shapes.Sphere(100, 1), "scan"));
        Assert.Throws<InvalidInputException>(() => MeshCleaner.Clean(Shapes.Sphere(2, 4), "scan"));
        var point = new TriangleMesh([default, default, default], [0, 1, 2]);
        Assert.Throws<InvalidInputException>(() => MeshCleaner.Clean(point, "scan"));
    }

    [Fact]
    public void ANonFiniteVertexIsRefusedByNumber()
    {
        Vector3D[] positions = [.. Sphere.Positions];
        positions[7] = new Vector3D(double.NaN, 0, 0);
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => MeshCleaner.Clean(new TriangleMesh(positions, Sphere.Triangles), "scan"));
        Assert.Equal("scan: vertex 8: the position is not finite", error.Message);
    }

    [Fact]
    public void RandomDamageEndsInACleanSurfaceOrARefusal() => Gen.Int[1, 1_000_000].Sample(
        seed =>
        {
            var random = new Random(seed);
            TriangleMesh damaged = Damaged(random);
            try
            {
                (TriangleMesh mesh, _) = MeshCleaner.Clean(damaged, "scan");
                var topology = new SurfaceTopology(mesh);
                topology.Parts(out int parts);
                return parts == 1 && mesh.Positions.All(p => p.IsFinite) && mesh.TriangleCount >= 50;
            }
            catch (InvalidInputException)
            {
                return true;
            }
        },
        iter: 60);

    // Moves corners of triangles to other vertices, drops, repeats and turns triangles, joins vertices.
    private static TriangleMesh Damaged(Random random)
    {
        TriangleMesh sphere = Shapes.Sphere(80, 3);
        var triangles = new List<int>(sphere.Triangles);
        Vector3D[] positions = [.. sphere.Positions];
        int count = random.Next(1, 60);
        for (int i = 0; i < count; i++)
        {
            int t = 3 * random.Next(triangles.Count / 3);
            switch (random.Next(6))
            {
                case 0:
                    triangles[t + random.Next(3)] = random.Next(positions.Length);
                    break;
                case 1:
                    triangles.RemoveRange(t, 3);
                    break;
                case 2:
                    triangles.AddRange([triangles[t + 1], triangles[t], triangles[t + 2]]);
                    break;
                case 3:
                    triangles.AddRange([triangles[t], triangles[t + 1], random.Next(positions.Length)]);
                    break;
                case 4:
                    positions[triangles[t]] = positions[triangles[t + 1]];
                    break;
                default:
                    positions[triangles[t]] = 0.5 * (positions[triangles[t + 1]] + positions[triangles[t + 2]]);
                    break;
            }
        }

        return new TriangleMesh(positions, [.. triangles]);
    }

    private static void AssertClosedAndOutward(TriangleMesh mesh)
    {
        Assert.Empty(new SurfaceTopology(mesh).BoundaryLoops());
        Assert.True(Shapes.Volume(mesh) > 0);
        Assert.All(Enumerable.Range(0, mesh.TriangleCount), t => Assert.True(mesh.TriangleAreaVector(t).Length > 0));
    }

    private static TriangleMesh Reversed(TriangleMesh mesh)
    {
        int[] triangles = [.. mesh.Triangles];
        for (int t = 0; t < triangles.Length; t += 3)
        {
            (triangles[t + 1], triangles[t + 2]) = (triangles[t + 2], triangles[t + 1]);
        }

        return new TriangleMesh(mesh.Positions, triangles);
    }

    private static TriangleMesh Upper(TriangleMesh sphere, double height)
    {
        double radius = sphere.Positions[0].Length;
        return Without(sphere, t => sphere.Positions[sphere.Triangles[3 * t]].Z < height * radius);
    }

    private static TriangleMesh Without(TriangleMesh mesh, Func<int, bool> drop) => new(
        mesh.Positions, [.. Enumerable.Range(0, mesh.TriangleCount).Where(t => !drop(t)).SelectMany(t => mesh.Triangles[(3 * t)..((3 * t) + 3)])]);

    private static TriangleMesh Joined(TriangleMesh a, TriangleMesh b) => new(
        [.. a.Positions, .. b.Positions], [.. a.Triangles, .. b.Triangles.Select(vertex => vertex + a.VertexCount)]);
}
