namespace Threadwell.Geometry.Tests.Files;

public sealed class MeshRoundTripTests
{
    [Theory]
    [InlineData(".obj", 1e-6)]
    [InlineData(".ply", 1e-4)]
    [InlineData(".glb", 1e-4)]
    public void WhatIsWrittenIsReadBack(string extension, double tolerance)
    {
        using var folder = new TemporaryFolder();
        TriangleMesh mesh = Shapes.Sphere(100, 3, new Vector3D(40, 600, -20));
        string path = folder.File("sphere" + extension);
        var colours = Enumerable.Range(0, mesh.VertexCount).Select(i => new Rgb((byte)i, 200, 0)).ToArray();

        MeshWriter.Write(path, mesh, new MeshAttributes { Normals = mesh.VertexNormals(), Colours = colours });
        TriangleMesh read = MeshReader.Read(path);

        Assert.Equal(mesh.Triangles, read.Triangles);
        Assert.All(mesh.Positions.Zip(read.Positions), pair => Assert.True(Vector3D.Distance(pair.First, pair.Second) <= tolerance));
        Assert.Equal(["sphere" + extension], folder.Names());
    }

    [Fact]
    public void StlIsReadBackAsSeparateTriangles()
    {
        using var folder = new TemporaryFolder();
        TriangleMesh mesh = Shapes.Sphere(100, 2);
        MeshWriter.Write(folder.File("a.stl"), mesh);

        TriangleMesh read = MeshReader.Read(folder.File("a.stl"));

        Assert.Equal(mesh.TriangleCount, read.TriangleCount);
        Assert.Equal(3 * mesh.TriangleCount, read.VertexCount);
        Assert.Equal(Shapes.Volume(mesh), Shapes.Volume(read), 1e-6 * Shapes.Volume(mesh));
    }

    [Theory]
    [InlineData(".obj")]
    [InlineData(".ply")]
    [InlineData(".stl")]
    [InlineData(".glb")]
    public void TheSameMeshGivesTheSameBytes(string extension)
    {
        using var folder = new TemporaryFolder();
        TriangleMesh mesh = Shapes.Torus(50, 20, 30, 20);
        MeshWriter.Write(folder.File("a" + extension), mesh);
        MeshWriter.Write(folder.File("b" + extension), mesh);
        Assert.Equal(File.ReadAllBytes(folder.File("a" + extension)), File.ReadAllBytes(folder.File("b" + extension)));
    }

    [Fact]
    public void AFailedWriteLeavesWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("kept.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("stopped half-way");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["kept.txt"], folder.Names());
    }
}
