using System.Text;

namespace Threadwell.Geometry.Tests.Files;

public sealed class MeshReaderTests
{
    private static readonly Vector3D[] Square = [new(0, 0, 0), new(10, 0, 0), new(10, 10, 0), new(0, 10, 0)];

    [Fact]
    public void ObjTakesQuadsRelativeIndicesAndAllCornerForms()
    {
        RawMesh raw = Parse(".obj", MeshFiles.Obj);
        Assert.Equal([.. Square, new Vector3D(5, 5, 8)], raw.Positions);
        Assert.Equal([0, 1, 2, 0, 2, 3, 0, 1, 4, 1, 2, 4], raw.Triangles);
        Assert.Equal([1, 1, 2, 3], raw.FaceNumbers);
    }

    [Fact]
    public void ObjFacesMayContinueOnTheNextLine() =>
        Assert.Equal([0, 1, 2], Parse(".obj", "v 0 0 0\r\nv 1 0 0\r\nv 0 1 0\r\nf 1 2 \\\r\n 3\r\n").Triangles);

    [Fact]
    public void AsciiPlyPassesOverWhatItDoesNotNeed()
    {
        RawMesh raw = Parse(".ply", MeshFiles.AsciiPly);
        Assert.Equal(Square, raw.Positions);
        Assert.Equal([0, 1, 2, 0, 2, 3], raw.Triangles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BinaryPlyIsReadInEitherByteOrder(bool littleEndian)
    {
        RawMesh raw = MeshReader.Parse("a.ply", ".ply", MeshFiles.BinaryPly(littleEndian));
        Assert.Equal(Square, raw.Positions);
        Assert.Equal([0, 1, 2, 0, 2, 3], raw.Triangles);
    }

    [Fact]
    public void AsciiStlIgnoresItsNormals()
    {
        RawMesh raw = Parse(".stl", MeshFiles.AsciiStl);
        Assert.Equal([Square[0], Square[1], Square[2], Square[0], Square[2], Square[3]], raw.Positions);
    }

    [Fact]
    public void ABinaryStlMayStartWithTheWordSolid()
    {
        byte[] bytes = MeshFiles.Written(".stl");
        "solid"u8.CopyTo(bytes);
        Assert.Equal(4, MeshReader.Parse("a.stl", ".stl", bytes).FaceNumbers.Length);
    }

    [Fact]
    public void GltfNodesArePlacedAndMirroredMeshesKeepTheirOutside()
    {
        RawMesh raw = Parse(".gltf", MeshFiles.Gltf);
        Assert.Equal("m", raw.FormatUnit);
        Assert.Equal(
            [new(0, 1, 0), new(2, 1, 0), new(0, 3, 0), new(0, 0, 5), new(-1, 0, 5), new(0, 1, 5)],
            raw.Positions);
        Assert.Equal([0, 1, 2, 3, 5, 4], raw.Triangles);
    }

    [Fact]
    public void APolygonIsSplitInsideItsOutline()
    {
        // An L of area 3 whose inner corner would be crossed by a fan from the first corner.
        RawMesh raw = Parse(".obj", "v 2 1 0\nv 1 1 0\nv 1 2 0\nv 0 2 0\nv 0 0 0\nv 2 0 0\nf 1 2 3 4 5 6\n");
        var mesh = new TriangleMesh(raw.Positions, raw.Triangles);
        Assert.Equal(4, mesh.TriangleCount);
        Assert.All(Enumerable.Range(0, 4), t => Assert.True(mesh.TriangleAreaVector(t).Z > 0));
        Assert.Equal(3, Shapes.Area(mesh), 12);
    }

    [Fact]
    public void ABentQuadIsSplitAlongItsInnerDiagonal()
    {
        // An arrowhead: the diagonal between the wings lies outside it.
        RawMesh raw = Parse(".obj", "v 0 0 0\nv 4 -4 0\nv 1 0 0\nv 4 4 0\nf 4 1 2 3\n");
        var mesh = new TriangleMesh(raw.Positions, raw.Triangles);
        Assert.All(Enumerable.Range(0, 2), t => Assert.True(mesh.TriangleAreaVector(t).Z > 0));
    }

    [Theory]
    [InlineData(".obj", "v 0 0\n", "line 1: vertex 1 has 2 coordinates instead of 3")]
    [InlineData(".obj", "v 0 0 0\nv 1 x 0\n", "line 2: vertex 2: 'x' is not a finite number")]
    [InlineData(".obj", "v 0 0 nan\n", "line 1: vertex 1: 'nan' is not a finite number")]
    [InlineData(".obj", "v 0 0 1e400\n", "line 1: vertex 1: '1e400' is not a finite number")]
    [InlineData(".obj", "v 0 0 1e30\n", "line 1: vertex 1 is not finite or beyond 1e9")]
    [InlineData(".obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n\nf 1 2 9\n", "line 5: face 1 refers to vertex 9, but the file holds 3 vertices")]
    [InlineData(".obj", "v 0 0 0\nf 1 -2 1\n", "line 2: the relative corner -2 lies before the first vertex")]
    [InlineData(".obj", "v 0 0 0\nf 1 0 1\n", "line 2: '0' is no face corner")]
    [InlineData(".obj", "v 0 0 0\nf 1 1\n", "line 2: face 1 has 2 corners")]
    [InlineData(".obj", "v 0 0 0\n", "the file holds no faces")]
    [InlineData(".obj", "# nothing\n", "the file holds no vertices")]
    [InlineData(".obj", "<html>\n", "line 1: '<html>' is no OBJ element")]
    [InlineData(".ply", "obj\n", "line 1: a PLY file starts with 'ply'")]
    [InlineData(".ply", "ply\nformat ascii 1.0\nelement vertex 3\nend_header\n", "line 3: 3 elements 'vertex' do not fit")]
    [InlineData(".ply", "ply\nformat ascii 1.0\nelement vertex 99999999999\nproperty float x\nend_header\n", "line 3: 99999999999 elements 'vertex' do not fit")]
    [InlineData(".ply", "ply\nformat ascii 1.0\nelement vertex x\nend_header\n", "line 3: the count 'x' is not a whole number")]
    [InlineData(".ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty half x\nend_header\n", "line 4: unknown type 'half'")]
    [InlineData(".ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nend_header\n0 0\n", "line 3: the element 'vertex' has no property 'z'")]
    [InlineData(".ply", "ply\nformat middle_endian 1.0\nend_header\n", "line 2: unknown format 'middle_endian'")]
    [InlineData(".ply", "ply\nelement vertex 0\nend_header\n", "line 3: the PLY header names no format")]
    [InlineData(".stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0\n", "line 5: a vertex needs three finite numbers")]
    [InlineData(".stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nendloop\n", "line 5: found 'endloop' where vertex was expected")]
    [InlineData(".stl", "solid a\nfacet normal 0 0 1\n", "line 2: the file ends before 'endsolid'")]
    [InlineData(".stl", "solid a\nendsolid a\n", "the file holds no vertices")]
    [InlineData(".stl", "short", "byte 0: neither an ASCII STL file")]
    [InlineData(".glb", "not a model", "no readable glTF file")]
    [InlineData(".gltf", "{\"asset\":{\"version\":\"2.0\"}}", "the file holds no vertices")]
    public void DamageIsNamedWithItsPlace(string extension, string content, string expected)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Parse(extension, content));
        Assert.StartsWith($"scan{extension}: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("9 4 0 1 2 3", "9 4 0 1 2", "line 23: a value is missing in face 1")]
    [InlineData("9 4 0 1 2 3", "9 4 0 1 2 7", "line 23: face 1 refers to vertex 8, but the file holds 4 vertices")]
    [InlineData("9 4 0 1 2 3", "9 4 0 1 2 -1", "line 23: face 1: -1 is no vertex index")]
    [InlineData("9 4 0 1 2 3", "9 4 0 1 2 3 4", "line 23: '4' is left over on the line of face 1")]
    [InlineData("9 4 0 1 2 3", "9 99999 0 1 2 3", "line 23: face 1: the list length 99999 is impossible")]
    [InlineData("10 10 0 255", "10 inf 0 255", "line 20: vertex 3: 'inf' is not a finite number")]
    [InlineData("element face 1", "element face 2", "line 23: the file ends in face 2")]
    [InlineData("element edge 1", "element edge 0", "line 22: a value is missing in face 1")]
    [InlineData("list uchar int vertex_indices", "list uchar int corners", "line 14: the element 'face' has no integer list")]
    public void DamageInAnAsciiPlyBodyIsNamedWithItsPlace(string good, string bad, string expected)
    {
        string content = MeshFiles.AsciiPly.Replace(good, bad, StringComparison.Ordinal);
        Assert.StartsWith($"scan.ply: {expected}", Assert.Throws<InvalidInputException>(() => Parse(".ply", content)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".stl", "byte 80")]
    [InlineData(".ply", "line ")]
    [InlineData(".glb", null)]
    public void ATruncatedBinaryFileIsRefused(string extension, string? place)
    {
        byte[] whole = MeshFiles.Written(extension);
        for (int length = 1; length < whole.Length; length += 7)
        {
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => MeshReader.Parse("a", extension, whole[..length]));
            if (length == whole.Length - (whole.Length % 7) && place is not null)
            {
                Assert.StartsWith(place, error.Place, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void ADeclaredCountBeyondTheFileTakesNoMemory()
    {
        byte[] stl = MeshFiles.Written(".stl");
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(stl.AsSpan(80), uint.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidInputException>(() => MeshReader.Parse("a.stl", ".stl", stl));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void GltfWithSeparateBuffersIsRefusedByName()
    {
        string gltf = System.Text.RegularExpressions.Regex.Replace(
            MeshFiles.Gltf, "data:[^\"]*", "head.bin", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Parse(".gltf", gltf));
        Assert.StartsWith("scan.gltf: buffer 'head.bin'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFilesFoldersAndForeignExtensionsAreRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith("no such file", Assert.Throws<InvalidInputException>(() => MeshReader.Read(folder.File("a.obj"))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("b.obj"));
        Assert.EndsWith("this is a folder; name a file.", Assert.Throws<InvalidInputException>(() => MeshReader.Read(folder.File("b.obj"))).Message, StringComparison.Ordinal);
        Assert.Contains("'.jpg' is not one of", Assert.Throws<InvalidInputException>(() => MeshReader.Read(folder.File("c.jpg"))).Message, StringComparison.Ordinal);
        Assert.EndsWith("the file is empty", Assert.Throws<InvalidInputException>(() => MeshReader.Read(folder.File("d.ply", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnwritablePlaceIsRefused()
    {
        using var folder = new TemporaryFolder();
        string blocked = Path.Combine(folder.File("file", "x"), "a.obj");
        Assert.Throws<InvalidInputException>(() => MeshWriter.Write(blocked, Shapes.Sphere(1, 1)));
        Assert.Throws<InvalidInputException>(() => MeshWriter.Write(folder.File("a.3ds"), Shapes.Sphere(1, 1)));
    }

    private static RawMesh Parse(string extension, string content) =>
        MeshReader.Parse("scan" + extension, extension, Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\n")));
}
