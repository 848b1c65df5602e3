using System.Buffers.Binary;

namespace Threadwell.Geometry;

/// <summary>
/// Reads STL files, ASCII or binary. The kind is told by the byte count that a binary file declares, because binary files that start
/// with "solid" exist. Stored normals and attribute bytes are passed over.
/// </summary>
internal static class StlReader
{
    private const int HeaderBytes = 84;
    private const int FacetBytes = 50;

    public static RawMesh Read(string source, ReadOnlySpan<byte> bytes)
    {
        bool solid = bytes.TrimStart(" \t\r\n"u8).StartsWith("solid"u8);
        if (bytes.Length >= HeaderBytes)
        {
            long declared = BinaryPrimitives.ReadUInt32LittleEndian(bytes[80..]);
            if (!solid || bytes.Length == HeaderBytes + (declared * FacetBytes))
            {
                return ReadBinary(source, bytes, declared);
            }
        }

        return solid
            ? ReadAscii(source, bytes)
            : throw new InvalidInputException(source, "byte 0", "neither an ASCII STL file ('solid') nor long enough for a binary one");
    }

    private static RawMesh ReadBinary(string source, ReadOnlySpan<byte> bytes, long declared)
    {
        long expected = HeaderBytes + (declared * FacetBytes);
        if (expected > bytes.Length)
        {
            throw new InvalidInputException(
                source,
                "byte 80",
                $"{declared} triangles are declared, which takes {expected} bytes, but the file has {bytes.Length}; it is truncated or no STL file");
        }

        if (declared > MeshLimits.Triangles)
        {
            throw new InvalidInputException(source, "byte 80", $"{declared} triangles; at most {MeshLimits.Triangles} are supported");
        }

        var soup = new PolygonSoup(source, "byte");
        for (int facet = 0; facet < declared; facet++)
        {
            int offset = HeaderBytes + (facet * FacetBytes);
            for (int corner = 0; corner < 3; corner++)
            {
                int at = offset + 12 + (12 * corner);
                var position = new Vector3D(
                    BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]),
                    BinaryPrimitives.ReadSingleLittleEndian(bytes[(at + 4)..]),
                    BinaryPrimitives.ReadSingleLittleEndian(bytes[(at + 8)..]));
                soup.AddCorner(soup.VertexCount);
                soup.AddVertex(position, at);
            }

            soup.EndPolygon(offset);
        }

        return soup.Build(formatUnit: null);
    }

    private static RawMesh ReadAscii(string source, ReadOnlySpan<byte> bytes)
    {
        var soup = new PolygonSoup(source, "line");
        var lines = new TextLines(bytes);
        bool inSolid = false;
        int corners = -1;
        while (lines.NextLine())
        {
            if (!lines.NextWord(out ReadOnlySpan<byte> word))
            {
                continue;
            }

            if (!inSolid)
            {
                inSolid = word.SequenceEqual("solid"u8) ? true : throw Unexpected(soup, lines.Line, word, "solid");
            }
            else if (corners < 0)
            {
                if (word.SequenceEqual("facet"u8))
                {
                    corners = 0;
                }
                else
                {
                    inSolid = word.SequenceEqual("endsolid"u8) ? false : throw Unexpected(soup, lines.Line, word, "facet or endsolid");
                }
            }
            else if (corners < 3 && word.SequenceEqual("vertex"u8))
            {
                ReadVertex(soup, ref lines);
                corners++;
            }
            else if (corners == 3 && word.SequenceEqual("endfacet"u8))
            {
                soup.EndPolygon(lines.Line);
                corners = -1;
            }
            else if (!(corners == 0 && word.SequenceEqual("outer"u8)) && !(corners == 3 && word.SequenceEqual("endloop"u8)))
            {
                throw Unexpected(soup, lines.Line, word, corners < 3 ? "vertex" : "endloop or endfacet");
            }
        }

        return inSolid
            ? throw soup.Error(lines.Line, "the file ends before 'endsolid'; it is truncated")
            : soup.Build(formatUnit: null);
    }

    private static void ReadVertex(PolygonSoup soup, ref TextLines lines)
    {
        Span<double> xyz = stackalloc double[3];
        for (int axis = 0; axis < 3; axis++)
        {
            if (!lines.NextWord(out ReadOnlySpan<byte> word) || !TextLines.TryNumber(word, out xyz[axis]))
            {
                throw soup.Error(lines.Line, $"a vertex needs three finite numbers, found {TextLines.Show(word)}");
            }
        }

        soup.AddCorner(soup.VertexCount);
        soup.AddVertex(new Vector3D(xyz[0], xyz[1], xyz[2]), lines.Line);
    }

    private static InvalidInputException Unexpected(PolygonSoup soup, int line, ReadOnlySpan<byte> word, string expected) =>
        soup.Error(line, $"found {TextLines.Show(word)} where {expected} was expected");
}
