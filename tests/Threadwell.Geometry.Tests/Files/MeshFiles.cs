using System.Buffers.Binary;
using System.Text;

namespace Threadwell.Geometry.Tests.Files;

/// <summary>Small valid files of every format, for the tests of readers: a tetrahedron, or a square of two triangles.</summary>
internal static class MeshFiles
{
    public const string Obj = """
        # a square and a triangle
        mtllib head.mtl
        o head
        v 0 0 0
        v 10 0 0 1.0
        v 10 10 0 0.5 0.5 0.5
        v 0 1e1 0
        vt 0 0
        vn 0 0 1
        g skin
        usemtl skin
        s 1
        f 1/1/1 2/1/1 3/1/1 4/1/1
        v 5 5 +8.0
        f -5//1 -4//1 -1//1
        f 2 3 5

        """;

    public const string AsciiPly = """
        ply
        format ascii 1.0
        comment a square with colours
        element vertex 4
        property float x
        property float y
        property float z
        property uchar red
        property list uchar float weights
        property float quality
        element edge 1
        property int vertex1
        property int vertex2
        element face 1
        property uchar flag
        property list uchar int vertex_indices
        end_header
        0 0 0 255 0 1.5
        10 0 0 255 2 0.1 0.2 nan
        10 10 0 255 1 7 0
        0 10 0 255 0 0
        0 1
        9 4 0 1 2 3

        """;

    public const string AsciiStl = """
        solid head
          facet normal nan nan nan
            outer loop
              vertex 0 0 0
              vertex 10 0 0
              vertex 10 10 0
            endloop
          endfacet
          facet normal 0 0 1
            outer loop
              vertex 0.0e0 0 0
              vertex 10 10 0
              vertex 0 10 0
            endloop
          endfacet
        endsolid head

        """;

    public const string Gltf = """
        {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0,2]}],
        "nodes":[{"children":[1],"translation":[0,1,0]},{"mesh":0,"scale":[2,2,2]},{"mesh":0,"matrix":[-1,0,0,0,0,1,0,0,0,0,1,0,0,0,5,1]}],
        "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],
        "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]},
        {"bufferView":1,"componentType":5123,"count":3,"type":"SCALAR"}],
        "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":6}],
        "buffers":[{"byteLength":42,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAAAAABAAIA"}]}
        """;

    /// <summary>The square as binary PLY: double positions, a short colour, faces before vertices' end-of-file with unsigned indices.</summary>
    public static byte[] BinaryPly(bool littleEndian)
    {
        string header = $"""
            ply
            format binary_{(littleEndian ? "little" : "big")}_endian 1.0
            element vertex 4
            property double x
            property short red
            property double y
            property double z
            element face 2
            property list ushort uint vertex_index
            end_header

            """.ReplaceLineEndings("\n");
        using var stream = new MemoryStream();
        stream.Write(Encoding.ASCII.GetBytes(header));
        foreach ((double x, double y) in (ReadOnlySpan<(double, double)>)[(0, 0), (10, 0), (10, 10), (0, 10)])
        {
            Put(BitConverter.DoubleToInt64Bits(x), 8);
            Put(255, 2);
            Put(BitConverter.DoubleToInt64Bits(y), 8);
            Put(BitConverter.DoubleToInt64Bits(0), 8);
        }

        foreach (int[] face in (ReadOnlySpan<int[]>)[[0, 1, 2], [0, 2, 3]])
        {
            Put(3, 2);
            Array.ForEach(face, corner => Put(corner, 4));
        }

        return stream.ToArray();

        void Put(long value, int bytes)
        {
            Span<byte> all = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(all, value);
            Span<byte> used = all[..bytes];
            if (!littleEndian)
            {
                used.Reverse();
            }

            stream.Write(used);
        }
    }

    /// <summary>A tetrahedron written by the project's own writer.</summary>
    public static byte[] Written(string extension)
    {
        using var folder = new TemporaryFolder();
        var mesh = new TriangleMesh(
            [new(0, 0, 0), new(100, 0, 0), new(0, 100, 0), new(0, 0, 100)], [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]);
        MeshWriter.Write(folder.File("a" + extension), mesh, new MeshAttributes { Normals = mesh.VertexNormals() });
        return File.ReadAllBytes(folder.File("a" + extension));
    }
}
