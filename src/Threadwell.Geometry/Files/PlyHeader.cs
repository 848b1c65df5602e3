namespace Threadwell.Geometry;

/// <summary>How the body of a PLY file is written.</summary>
internal enum PlyEncoding
{
    Ascii,
    LittleEndian,
    BigEndian,
}

/// <summary>The scalar types of PLY.</summary>
internal enum PlyScalar
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Float32,
    Float64,
}

/// <summary>A property of a PLY element; a list has a type for its count.</summary>
internal sealed record PlyProperty(string Name, PlyScalar Type, PlyScalar? CountType);

/// <summary>An element of a PLY file: its name, how many there are, and what each record holds.</summary>
internal sealed record PlyElement(string Name, long Count, List<PlyProperty> Properties, int Line)
{
    /// <summary>Fewest bytes that a record can take, by which a declared count is checked before anything is allocated.</summary>
    public long LeastBytes(PlyEncoding encoding)
    {
        long sum = 0;
        foreach (PlyProperty property in Properties)
        {
            // In text a value takes at least a digit and a blank.
            sum += encoding == PlyEncoding.Ascii ? 2 : PlyHeader.Size(property.CountType ?? property.Type);
        }

        return sum;
    }
}

/// <summary>The header of a PLY file.</summary>
internal sealed record PlyHeader(PlyEncoding Encoding, List<PlyElement> Elements, int BodyOffset, int BodyLine)
{
    private const int LongestHeader = 64 << 10;

    public static int Size(PlyScalar type) => type switch
    {
        PlyScalar.Int8 or PlyScalar.UInt8 => 1,
        PlyScalar.Int16 or PlyScalar.UInt16 => 2,
        PlyScalar.Float64 => 8,
        _ => 4,
    };

    public static PlyHeader Read(string source, ReadOnlySpan<byte> bytes)
    {
        int line = 0;
        int offset = 0;
        PlyEncoding? encoding = null;
        var elements = new List<PlyElement>();
        while (true)
        {
            int length = bytes[offset..Math.Min(bytes.Length, LongestHeader)].IndexOf((byte)'\n');
            if (length < 0)
            {
                throw new InvalidInputException(source, $"line {line + 1}", line == 0 ? "not a PLY file" : "the PLY header has no 'end_header'");
            }

            line++;
            string[] words = System.Text.Encoding.Latin1.GetString(bytes.Slice(offset, length))
                .Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            offset += length + 1;
            if (line == 1)
            {
                if (words is not ["ply"])
                {
                    throw new InvalidInputException(source, "line 1", "a PLY file starts with 'ply'");
                }
            }
            else if (words is ["end_header"])
            {
                break;
            }
            else
            {
                ReadLine(source, line, words, elements, ref encoding);
            }
        }

        return new PlyHeader(
            encoding ?? throw new InvalidInputException(source, $"line {line}", "the PLY header names no format"), elements, offset, line);
    }

    private static void ReadLine(string source, int line, string[] words, List<PlyElement> elements, ref PlyEncoding? encoding)
    {
        switch (words)
        {
            case [] or ["comment", ..] or ["obj_info", ..]:
                break;
            case ["format", string name, "1.0"]:
                encoding = name switch
                {
                    "ascii" => PlyEncoding.Ascii,
                    "binary_little_endian" => PlyEncoding.LittleEndian,
                    "binary_big_endian" => PlyEncoding.BigEndian,
                    _ => throw Error(source, line, $"unknown format {Show(name)}"),
                };
                break;
            case ["element", string name, string count]:
                if (!long.TryParse(count, System.Globalization.NumberStyles.None, null, out long number))
                {
                    throw Error(source, line, $"the count {Show(count)} is not a whole number");
                }

                elements.Add(new PlyElement(name, number, [], line));
                break;
            case ["property", "list", string countType, string type, string name] when elements.Count > 0:
                PlyScalar counter = Scalar(source, line, countType);
                if (counter is PlyScalar.Float32 or PlyScalar.Float64)
                {
                    throw Error(source, line, "the count of a list must be of an integer type");
                }

                elements[^1].Properties.Add(new PlyProperty(name, Scalar(source, line, type), counter));
                break;
            case ["property", string type, string name] when elements.Count > 0:
                elements[^1].Properties.Add(new PlyProperty(name, Scalar(source, line, type), CountType: null));
                break;
            default:
                throw Error(source, line, $"{Show(string.Join(' ', words))} is no line of a PLY header");
        }
    }

    private static PlyScalar Scalar(string source, int line, string word) => word switch
    {
        "char" or "int8" => PlyScalar.Int8,
        "uchar" or "uint8" => PlyScalar.UInt8,
        "short" or "int16" => PlyScalar.Int16,
        "ushort" or "uint16" => PlyScalar.UInt16,
        "int" or "int32" => PlyScalar.Int32,
        "uint" or "uint32" => PlyScalar.UInt32,
        "float" or "float32" => PlyScalar.Float32,
        "double" or "float64" => PlyScalar.Float64,
        _ => throw Error(source, line, $"unknown type {Show(word)}"),
    };

    private static string Show(string text) => TextLines.Show(System.Text.Encoding.Latin1.GetBytes(text));

    private static InvalidInputException Error(string source, int line, string problem) => new(source, $"line {line}", problem);
}
