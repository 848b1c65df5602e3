namespace Threadwell.Geometry.Tests.Scans;

public sealed class ScanReaderTests
{
    // An egg of 200 x 280 x 240 mm, about a head.
    private static readonly TriangleMesh Egg = Scaled(Shapes.Sphere(1, 4), new Vector3D(100, 140, 120));

    [Theory]
    [InlineData("mm", 1)]
    [InlineData("cm", 10)]
    [InlineData("m", 1000)]
    public void TheUnitIsInferredFromTheSizeAndStated(string unit, double millimetres)
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.obj"), Scaled(Egg, new Vector3D(1, 1, 1) / millimetres));

        Scan scan = ScanReader.Read(folder.File("a.obj"));

        Assert.Equal(unit, scan.Unit);
        Assert.True(scan.UnitInferred);
        Assert.Contains(scan.Remarks, remark => remark.StartsWith($"Unit taken as {unit}", StringComparison.Ordinal));
        Assert.Equal(Shapes.Volume(Egg), Shapes.Volume(scan.Mesh), 1e-3 * Shapes.Volume(Egg));
    }

    [Fact]
    public void ADeclaredUnitIsTakenWithoutRemark()
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.ply"), Scaled(Egg, new Vector3D(1, 1, 1) / 25.4));

        Scan scan = ScanReader.Read(folder.File("a.ply"), new ScanOptions { Unit = "in" });

        Assert.Equal("in", scan.Unit);
        Assert.False(scan.UnitInferred);
        Assert.Empty(scan.Remarks);
        Assert.Equal(Shapes.Volume(Egg), Shapes.Volume(scan.Mesh), 1e-4 * Shapes.Volume(Egg));
    }

    [Fact]
    public void GltfIsInMetres()
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.glb"), Egg);

        Scan scan = ScanReader.Read(folder.File("a.glb"));

        Assert.Equal("m", scan.Unit);
        Assert.False(scan.UnitInferred);
        Assert.Equal(Shapes.Volume(Egg), Shapes.Volume(scan.Mesh), 1e-4 * Shapes.Volume(Egg));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0.0003)]
    [InlineData(100_000)]
    public void ASizeThatFitsNoUnitIsRefused(double longest)
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.stl"), Scaled(Egg, new Vector3D(1, 1, 1) * (longest / 280)));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ScanReader.Read(folder.File("a.stl")));
        Assert.Contains("declare the unit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStrayPartFarAwayDoesNotMisleadTheUnit()
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.ply"), Joined(Egg, Shapes.Sphere(20, 2, new Vector3D(9000, 0, 0))));

        Scan scan = ScanReader.Read(folder.File("a.ply"));

        Assert.Equal("mm", scan.Unit);
        Assert.Equal(Egg.TriangleCount, scan.Mesh.TriangleCount);
        Assert.Contains(scan.Remarks, remark => remark.StartsWith("Stray parts dropped: 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+y", "+z", 1, 2, 3)]
    [InlineData("+z", "-y", 1, 3, -2)]
    [InlineData("+z", "+x", 2, 3, 1)]
    [InlineData("-y", "+z", -1, -2, 3)]
    public void AxesAreTurnedToThePatientFrame(string up, string front, double x, double y, double z)
    {
        using var folder = new TemporaryFolder();

        // A sphere that leans towards (1, 2, 3), so that its middle tells where each axis went.
        MeshWriter.Write(folder.File("a.obj"), Shapes.Sphere(100, 3, new Vector3D(1, 2, 3) * 100));

        Scan scan = ScanReader.Read(folder.File("a.obj"), new ScanOptions { Up = up, Front = front });

        Vector3D middle = scan.Mesh.Positions.Aggregate(Vector3D.Zero, (sum, p) => sum + (p / scan.Mesh.VertexCount));
        Assert.True(Vector3D.Distance(middle, new Vector3D(x, y, z) * 100) < 1e-3, middle.ToString());
        Assert.True(Shapes.Volume(scan.Mesh) > 0);
    }

    [Theory]
    [InlineData("up", "+z")]
    [InlineData("+y", "-y")]
    public void ImpossibleAxesAreRefused(string up, string front)
    {
        using var folder = new TemporaryFolder();
        MeshWriter.Write(folder.File("a.obj"), Egg);
        Assert.Throws<InvalidInputException>(() => ScanReader.Read(folder.File("a.obj"), new ScanOptions { Up = up, Front = front }));
    }

    private static TriangleMesh Scaled(TriangleMesh mesh, Vector3D factor) => new(
        [.. mesh.Positions.Select(p => new Vector3D(p.X * factor.X, p.Y * factor.Y, p.Z * factor.Z))], mesh.Triangles);

    private static TriangleMesh Joined(TriangleMesh a, TriangleMesh b) => new(
        [.. a.Positions, .. b.Positions], [.. a.Triangles, .. b.Triangles.Select(vertex => vertex + a.VertexCount)]);
}
