using System.Buffers.Binary;

namespace Threadwell.Geometry;

/// <summary>
/// Reads PLY files (ASCII, binary little and big endian): elements <c>vertex</c> with x, y, z and <c>face</c> with the list
/// <c>vertex_indices</c> or <c>vertex_index</c>. Other elements and properties (colours, normals, quality) are passed over.
/// </summary>
internal static class PlyReader
{
    public static RawMesh Read(string source, ReadOnlySpan<byte> bytes)
    {
        PlyHeader header = PlyHeader.Read(source, bytes);
        CheckCounts(source, header, bytes.Length - header.BodyOffset);
        bool ascii = header.Encoding == PlyEncoding.Ascii;
        var soup = new PolygonSoup(source, ascii ? "line" : "byte");
        var body = new PlyBody(soup, header, bytes);
        foreach (PlyElement element in header.Elements)
        {
            switch (element.Name)
            {
                case "vertex":
                    ReadVertices(soup, element, ref body);
                    break;
                case "face":
                    ReadFaces(soup, element, ref body);
                    break;
                default:
                    PassOver(element, ref body);
                    break;
            }
        }

        body.ExpectEnd();
        return soup.Build(formatUnit: null);
    }

    private static void CheckCounts(string source, PlyHeader header, long available)
    {
        foreach (PlyElement element in header.Elements)
        {
            if (element.Count == 0)
            {
                continue;
            }

            long least = element.LeastBytes(header.Encoding);

            // The last value of an ASCII file may lack its blank: one byte of grace.
            if (least == 0 || element.Count > (available + 1) / least)
            {
                throw new InvalidInputException(
                    source,
                    $"line {element.Line}",
                    $"{element.Count} elements '{element.Name}' do not fit into the {available} bytes after the header; the file is truncated");
            }

            int limit = element.Name == "vertex" ? MeshLimits.Vertices : MeshLimits.Triangles;
            if (element.Name is "vertex" or "face" && element.Count > limit)
            {
                throw new InvalidInputException(
                    source, $"line {element.Line}", $"{element.Count} elements '{element.Name}'; at most {limit} are supported");
            }
        }
    }

    private static void ReadVertices(PolygonSoup soup, PlyElement element, ref PlyBody body)
    {
        Span<int> axes = stackalloc int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            string name = ((string[])["x", "y", "z"])[axis];
            axes[axis] = element.Properties.FindIndex(property => property.Name == name && property.CountType is null);
            if (axes[axis] < 0)
            {
                throw new InvalidInputException(soup.Source, $"line {element.Line}", $"the element 'vertex' has no property '{name}'");
            }
        }

        Span<double> values = element.Properties.Count <= 64 ? stackalloc double[element.Properties.Count] : new double[element.Properties.Count];
        for (long record = 0; record < element.Count; record++)
        {
            body.BeginRecord(element.Name, record);
            long place = body.Place;
            for (int i = 0; i < element.Properties.Count; i++)
            {
                PlyProperty property = element.Properties[i];
                if (axes.Contains(i))
                {
                    values[i] = body.Number(property.Type);
                }
                else
                {
                    body.PassOver(property);
                }
            }

            body.EndRecord();
            soup.AddVertex(new Vector3D(values[axes[0]], values[axes[1]], values[axes[2]]), place);
        }
    }

    private static void ReadFaces(PolygonSoup soup, PlyElement element, ref PlyBody body)
    {
        int corners = element.Properties.FindIndex(
            property => property.Name is "vertex_indices" or "vertex_index" && property.CountType is not null);
        if (corners < 0 || element.Properties[corners].Type is PlyScalar.Float32 or PlyScalar.Float64)
        {
            throw new InvalidInputException(
                soup.Source, $"line {element.Line}", "the element 'face' has no integer list 'vertex_indices' or 'vertex_index'");
        }

        for (long record = 0; record < element.Count; record++)
        {
            body.BeginRecord(element.Name, record);
            long place = body.Place;
            for (int i = 0; i < element.Properties.Count; i++)
            {
                PlyProperty property = element.Properties[i];
                if (i != corners)
                {
                    body.PassOver(property);
                    continue;
                }

                long count = body.Count(property);
                for (long corner = 0; corner < count; corner++)
                {
                    double index = body.Number(property.Type);

                    // An index outside the vertices is reported with its face, by the soup; here it need only fit an integer.
                    soup.AddCorner(index is >= 0 and < int.MaxValue && index == Math.Floor(index)
                        ? (int)index
                        : throw soup.Error(body.Place, $"face {record + 1}: {index} is no vertex index"));
                }
            }

            body.EndRecord();
            soup.EndPolygon(place);
        }
    }

    private static void PassOver(PlyElement element, ref PlyBody body)
    {
        for (long record = 0; record < element.Count; record++)
        {
            body.BeginRecord(element.Name, record);
            foreach (PlyProperty property in element.Properties)
            {
                body.PassOver(property);
            }

            body.EndRecord();
        }
    }

    /// <summary>A cursor over the values of the body, the same for text and binary.</summary>
    private ref struct PlyBody(PolygonSoup soup, PlyHeader header, ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _offset = header.BodyOffset;
        private TextLines _lines = new(bytes[header.BodyOffset..], header.BodyLine);
        private string _element = "";
        private long _record;

        private readonly bool Ascii => header.Encoding == PlyEncoding.Ascii;

        public readonly long Place => Ascii ? _lines.Line : _offset;

        public void BeginRecord(string element, long record)
        {
            _element = element;
            _record = record;
            if (!Ascii)
            {
                return;
            }

            while (_lines.NextLine())
            {
                TextLines look = _lines;
                if (look.NextWord(out _))
                {
                    return;
                }
            }

            throw Truncated();
        }

        public void EndRecord()
        {
            if (Ascii && _lines.NextWord(out ReadOnlySpan<byte> word))
            {
                throw soup.Error(_lines.Line, $"{TextLines.Show(word)} is left over on the line of {_element} {_record + 1}");
            }
        }

        public double Number(PlyScalar type)
        {
            if (Ascii)
            {
                return _lines.NextWord(out ReadOnlySpan<byte> word) && TextLines.TryNumber(word, out double value)
                    ? value
                    : throw soup.Error(
                        _lines.Line,
                        word.Length == 0
                            ? $"a value is missing in {_element} {_record + 1}; the file may be truncated"
                            : $"{_element} {_record + 1}: {TextLines.Show(word)} is not a finite number");
            }

            ReadOnlySpan<byte> at = Take(PlyHeader.Size(type));
            bool little = header.Encoding == PlyEncoding.LittleEndian;
            return type switch
            {
                PlyScalar.Int8 => (sbyte)at[0],
                PlyScalar.UInt8 => at[0],
                PlyScalar.Int16 => little ? BinaryPrimitives.ReadInt16LittleEndian(at) : BinaryPrimitives.ReadInt16BigEndian(at),
                PlyScalar.UInt16 => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at),
                PlyScalar.Int32 => little ? BinaryPrimitives.ReadInt32LittleEndian(at) : BinaryPrimitives.ReadInt32BigEndian(at),
                PlyScalar.UInt32 => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at),
                PlyScalar.Float32 => little ? BinaryPrimitives.ReadSingleLittleEndian(at) : BinaryPrimitives.ReadSingleBigEndian(at),
                _ => little ? BinaryPrimitives.ReadDoubleLittleEndian(at) : BinaryPrimitives.ReadDoubleBigEndian(at),
            };
        }

        public long Count(PlyProperty list)
        {
            long place = Place;
            double count = Number(list.CountType!.Value);

            // No list can be longer than the bytes of the file.
            return count >= 0 && count <= _bytes.Length && count == Math.Floor(count)
                ? (long)count
                : throw soup.Error(place, $"{_element} {_record + 1}: the list length {count} is impossible");
        }

        public void PassOver(PlyProperty property)
        {
            long count = property.CountType is null ? 1 : Count(property);
            for (long i = 0; i < count; i++)
            {
                PassOverScalar(property.Type);
            }
        }

        public void ExpectEnd()
        {
            if (Ascii)
            {
                while (_lines.NextLine())
                {
                    if (_lines.NextWord(out ReadOnlySpan<byte> word))
                    {
                        throw soup.Error(_lines.Line, $"{TextLines.Show(word)} follows the last element; the header's counts are wrong");
                    }
                }
            }
            else if (_bytes[_offset..].Trim(" \t\r\n\0"u8).Length > 0)
            {
                throw soup.Error(_offset, $"{_bytes.Length - _offset} bytes follow the last element; the header's counts are wrong");
            }
        }

        // A value that nobody reads may be anything, "nan" included, but it must be there.
        private void PassOverScalar(PlyScalar type)
        {
            if (!Ascii)
            {
                Take(PlyHeader.Size(type));
            }
            else if (!_lines.NextWord(out _))
            {
                throw soup.Error(_lines.Line, $"a value is missing in {_element} {_record + 1}; the file may be truncated");
            }
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (_offset > _bytes.Length - count)
            {
                throw Truncated();
            }

            ReadOnlySpan<byte> taken = _bytes.Slice(_offset, count);
            _offset += count;
            return taken;
        }

        private readonly InvalidInputException Truncated() =>
            soup.Error(Place, $"the file ends in {_element} {_record + 1}; it is truncated");
    }
}
