using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SharpGLTF.Memory;
using SharpGLTF.Schema2;

namespace Threadwell.Geometry;

/// <summary>A colour in sRGB.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Rgb(byte R, byte G, byte B);

/// <summary>What a vertex may carry beside its position.</summary>
public sealed record MeshAttributes
{
    /// <summary>Unit normals, one a vertex; null for none. Written by OBJ, PLY and GLB.</summary>
    public Vector3D[]? Normals { get; init; }

    /// <summary>Colours, one a vertex; null for none. Written by PLY and GLB.</summary>
    public Rgb[]? Colours { get; init; }
}

/// <summary>
/// Writes surfaces by extension: OBJ (text), PLY (binary, little endian), STL (binary), in millimetres, and GLB, in metres. The same mesh
/// gives the same bytes. A file appears whole or not at all.
/// </summary>
public static class MeshWriter
{
    /// <summary>Writes a mesh.</summary>
    /// <param name="path">Target; its extension (.obj, .ply, .stl, .glb) chooses the format.</param>
    /// <param name="mesh">Positions in mm; coordinates are rounded to 1e-6 mm (OBJ) or single precision (others).</param>
    /// <param name="attributes">Normals and colours; STL carries none, OBJ no colours.</param>
    /// <exception cref="InvalidInputException">The extension is unknown or the path cannot be written.</exception>
    /// <exception cref="ArgumentException">An attribute array does not match the vertices.</exception>
    public static void Write(string path, TriangleMesh mesh, MeshAttributes? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(mesh);
        attributes ??= new MeshAttributes();
        if ((attributes.Normals ?? []).Length is var normals && normals != 0 && normals != mesh.VertexCount)
        {
            throw new ArgumentException($"{normals} normals for {mesh.VertexCount} vertices.", nameof(attributes));
        }

        if ((attributes.Colours ?? []).Length is var colours && colours != 0 && colours != mesh.VertexCount)
        {
            throw new ArgumentException($"{colours} colours for {mesh.VertexCount} vertices.", nameof(attributes));
        }

        Action<Stream> write = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".obj" => stream => WriteObj(stream, mesh, attributes),
            ".ply" => stream => WritePly(stream, mesh, attributes),
            ".stl" => stream => WriteStl(stream, mesh),
            ".glb" => stream => WriteGlb(stream, mesh, attributes),
            var other => throw new InvalidInputException(path, place: null, $"cannot write '{other}'; use .obj, .ply, .stl or .glb"),
        };
        AtomicFile.Write(path, write);
    }

    private static void WriteObj(Stream stream, TriangleMesh mesh, MeshAttributes attributes)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        text.NewLine = "\n";
        text.WriteLine("# unit mm");
        foreach (Vector3D p in mesh.Positions)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"v {p.X:0.######} {p.Y:0.######} {p.Z:0.######}"));
        }

        foreach (Vector3D n in attributes.Normals ?? [])
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vn {n.X:0.####} {n.Y:0.####} {n.Z:0.####}"));
        }

        bool normals = attributes.Normals is { Length: > 0 };
        for (int corner = 0; corner < mesh.Triangles.Length; corner += 3)
        {
            int a = mesh.Triangles[corner] + 1;
            int b = mesh.Triangles[corner + 1] + 1;
            int c = mesh.Triangles[corner + 2] + 1;
            text.WriteLine(normals
                ? string.Create(CultureInfo.InvariantCulture, $"f {a}//{a} {b}//{b} {c}//{c}")
                : string.Create(CultureInfo.InvariantCulture, $"f {a} {b} {c}"));
        }
    }

    private static void WritePly(Stream stream, TriangleMesh mesh, MeshAttributes attributes)
    {
        var header = new StringBuilder("ply\nformat binary_little_endian 1.0\ncomment unit mm\n");
        header.Append(CultureInfo.InvariantCulture, $"element vertex {mesh.VertexCount}\n");
        header.Append("property float x\nproperty float y\nproperty float z\n");
        Vector3D[]? normals = attributes.Normals is { Length: > 0 } ? attributes.Normals : null;
        Rgb[]? colours = attributes.Colours is { Length: > 0 } ? attributes.Colours : null;
        header.Append(normals is null ? "" : "property float nx\nproperty float ny\nproperty float nz\n");
        header.Append(colours is null ? "" : "property uchar red\nproperty uchar green\nproperty uchar blue\n");
        header.Append(CultureInfo.InvariantCulture, $"element face {mesh.TriangleCount}\n");
        header.Append("property list uchar int vertex_indices\nend_header\n");
        stream.Write(Encoding.ASCII.GetBytes(header.ToString()));
        Span<byte> record = stackalloc byte[27];
        for (int vertex = 0; vertex < mesh.VertexCount; vertex++)
        {
            int length = Put(record, 0, mesh.Positions[vertex]);
            length = normals is null ? length : Put(record, length, normals[vertex]);
            if (colours is not null)
            {
                record[length++] = colours[vertex].R;
                record[length++] = colours[vertex].G;
                record[length++] = colours[vertex].B;
            }

            stream.Write(record[..length]);
        }

        for (int corner = 0; corner < mesh.Triangles.Length; corner += 3)
        {
            record[0] = 3;
            for (int k = 0; k < 3; k++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(record[(1 + (4 * k))..], mesh.Triangles[corner + k]);
            }

            stream.Write(record[..13]);
        }
    }

    private static void WriteStl(Stream stream, TriangleMesh mesh)
    {
        // The header must not start with "solid", by which readers know the ASCII form.
        Span<byte> header = stackalloc byte[84];
        header.Clear();
        "binary STL, unit mm"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[80..], mesh.TriangleCount);
        stream.Write(header);
        Span<byte> facet = stackalloc byte[50];
        facet.Clear();
        for (int triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            int length = Put(facet, 0, mesh.TriangleAreaVector(triangle).Normalized());
            for (int k = 0; k < 3; k++)
            {
                length = Put(facet, length, mesh.Positions[mesh.Triangles[(3 * triangle) + k]]);
            }

            stream.Write(facet);
        }
    }

    /// <summary>Writes a mesh as GLB, in metres, to a stream.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="mesh">Positions in mm; rounded to single precision.</param>
    /// <param name="attributes">Normals and colours.</param>
    public static void WriteGlb(Stream stream, TriangleMesh mesh, MeshAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(attributes);
        ModelRoot model = ModelRoot.CreateModel();
        Mesh target = model.CreateMesh("surface");
        MeshPrimitive primitive = target.CreatePrimitive();
        primitive.DrawPrimitiveType = PrimitiveType.TRIANGLES;
        AddVectors(model, primitive, "POSITION", mesh.Positions, scale: 0.001);
        if (attributes.Normals is { Length: > 0 } normals)
        {
            AddVectors(model, primitive, "NORMAL", normals, scale: 1);
        }

        if (attributes.Colours is { Length: > 0 } colours)
        {
            AddColours(model, primitive, colours);
        }

        byte[] indices = new byte[4 * mesh.Triangles.Length];
        for (int corner = 0; corner < mesh.Triangles.Length; corner++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(indices.AsSpan(4 * corner), mesh.Triangles[corner]);
        }

        Accessor accessor = model.CreateAccessor("indices");
        accessor.SetIndexData(
            model.UseBufferView(indices, 0, indices.Length, 0, BufferMode.ELEMENT_ARRAY_BUFFER), 0, mesh.Triangles.Length, IndexEncodingType.UNSIGNED_INT);
        primitive.SetIndexAccessor(accessor);
        Material material = model.CreateMaterial("skin");
        material.InitializePBRMetallicRoughness();
        material.FindChannel("MetallicRoughness")!.Value.SetFactor("MetallicFactor", 0);
        primitive.Material = material;
        model.UseScene(0).CreateNode("surface").Mesh = target;
        model.WriteGLB(stream, new WriteSettings { MergeBuffers = true });
    }

    private static void AddVectors(ModelRoot model, MeshPrimitive primitive, string name, Vector3D[] vectors, double scale)
    {
        byte[] data = new byte[12 * vectors.Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            Put(data, 12 * i, scale * vectors[i]);
        }

        Accessor accessor = model.CreateAccessor(name);
        accessor.SetVertexData(
            model.UseBufferView(data, 0, data.Length, 0, BufferMode.ARRAY_BUFFER), 0, vectors.Length, new AttributeFormat(DimensionType.VEC3, EncodingType.FLOAT, false));
        primitive.SetVertexAccessor(name, accessor);
    }

    private static void AddColours(ModelRoot model, MeshPrimitive primitive, Rgb[] colours)
    {
        // glTF wants linear vertex colours, and elements aligned to four bytes: RGBA.
        byte[] data = new byte[4 * colours.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            data[4 * i] = Linear(colours[i].R);
            data[(4 * i) + 1] = Linear(colours[i].G);
            data[(4 * i) + 2] = Linear(colours[i].B);
            data[(4 * i) + 3] = byte.MaxValue;
        }

        Accessor accessor = model.CreateAccessor("COLOR_0");
        accessor.SetVertexData(
            model.UseBufferView(data, 0, data.Length, 0, BufferMode.ARRAY_BUFFER), 0, colours.Length, new AttributeFormat(DimensionType.VEC4, EncodingType.UNSIGNED_BYTE, true));
        primitive.SetVertexAccessor("COLOR_0", accessor);
    }

    // The sRGB transfer curve of IEC 61966-2-1.
    private static byte Linear(byte channel)
    {
        double c = channel / 255.0;
        double linear = c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        return (byte)Math.Round(255 * linear);
    }

    private static int Put(Span<byte> target, int offset, Vector3D vector)
    {
        BinaryPrimitives.WriteSingleLittleEndian(target[offset..], (float)vector.X);
        BinaryPrimitives.WriteSingleLittleEndian(target[(offset + 4)..], (float)vector.Y);
        BinaryPrimitives.WriteSingleLittleEndian(target[(offset + 8)..], (float)vector.Z);
        return offset + 12;
    }
}
