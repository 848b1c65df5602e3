using System.Buffers;

namespace Threadwell.Geometry;

/// <summary>
/// Reads the polygons of a Wavefront OBJ file: <c>v</c> and <c>f</c> with the index forms v, v/vt, v//vn, v/vt/vn and negative
/// (relative) indices. Texture, normals, colours, groups, materials, lines and points are passed over.
/// </summary>
internal static class ObjReader
{
    private static readonly SearchValues<byte> CornerBytes = SearchValues.Create("/-0123456789"u8);

    private static readonly HashSet<string> PassedOver = new(StringComparer.Ordinal)
    {
        "vt", "vn", "vp", "g", "o", "s", "mg", "usemtl", "mtllib", "usemap", "maplib", "l", "p", "lod", "bevel", "c_interp", "d_interp",
        "shadow_obj", "trace_obj", "end",
    };

    public static RawMesh Read(string source, ReadOnlySpan<byte> bytes)
    {
        var soup = new PolygonSoup(source, "line");
        var lines = new TextLines(bytes);
        while (lines.NextLine())
        {
            if (!lines.NextWord(out ReadOnlySpan<byte> keyword) || keyword[0] == '#')
            {
                continue;
            }

            if (keyword.SequenceEqual("v"u8))
            {
                ReadVertex(soup, ref lines);
            }
            else if (keyword.SequenceEqual("f"u8) || keyword.SequenceEqual("fo"u8))
            {
                ReadFace(soup, ref lines);
            }
            else if (keyword.Length > 12 || !PassedOver.Contains(System.Text.Encoding.Latin1.GetString(keyword)))
            {
                throw soup.Error(lines.Line, $"{TextLines.Show(keyword)} is no OBJ element of a polygon mesh; the file is damaged or no OBJ file");
            }
        }

        return soup.Build(formatUnit: null);
    }

    private static void ReadVertex(PolygonSoup soup, ref TextLines lines)
    {
        Span<double> xyz = stackalloc double[3];
        for (int axis = 0; axis < 3; axis++)
        {
            if (!lines.NextWord(out ReadOnlySpan<byte> word))
            {
                throw soup.Error(lines.Line, $"vertex {soup.VertexCount + 1} has {axis} coordinates instead of 3");
            }

            if (!TextLines.TryNumber(word, out xyz[axis]))
            {
                throw soup.Error(lines.Line, $"vertex {soup.VertexCount + 1}: {TextLines.Show(word)} is not a finite number");
            }
        }

        soup.AddVertex(new Vector3D(xyz[0], xyz[1], xyz[2]), lines.Line);
    }

    private static void ReadFace(PolygonSoup soup, ref TextLines lines)
    {
        int place = lines.Line;
        while (lines.NextWord(out ReadOnlySpan<byte> word))
        {
            if (word.SequenceEqual("\\"u8))
            {
                // A trailing backslash continues the face on the next line.
                if (!lines.NextLine())
                {
                    break;
                }

                continue;
            }

            int slash = word.IndexOf((byte)'/');
            ReadOnlySpan<byte> index = slash < 0 ? word : word[..slash];
            if (!TextLines.TryInteger(index, out long number)
                || number == 0
                || Math.Abs(number) > MeshLimits.Vertices
                || word[index.Length..].ContainsAnyExcept(CornerBytes))
            {
                throw soup.Error(lines.Line, $"{TextLines.Show(word)} is no face corner; expected v, v/vt, v//vn or v/vt/vn with v from 1");
            }

            if (number < 0 && -number > soup.VertexCount)
            {
                throw soup.Error(lines.Line, $"the relative corner {number} lies before the first vertex");
            }

            soup.AddCorner(number > 0 ? (int)number - 1 : soup.VertexCount + (int)number);
        }

        soup.EndPolygon(place);
    }
}
