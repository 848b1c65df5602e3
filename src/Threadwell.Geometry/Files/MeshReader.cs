namespace Threadwell.Geometry;

/// <summary>
/// Reads surfaces from OBJ, PLY, STL, GLB and glTF files, told apart by the extension. Sizes, counts, indices and finiteness are checked
/// before anything else sees the data; each failure names the file and the place in it. The rules are in <c>docs/formats/scan.md</c>.
/// </summary>
public static class MeshReader
{
    /// <summary>The extensions that can be read, lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".obj", ".ply", ".stl", ".glb", ".gltf"];

    /// <summary>Reads a surface into millimetres, without any repair.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unit">The file's unit: "mm", "cm", "m" or "in". glTF files are in metres whatever is given.</param>
    /// <returns>Positions in mm in the file's own axes; polygons split into triangles.</returns>
    /// <exception cref="InvalidInputException">The file is missing, unreadable, damaged or too large.</exception>
    public static TriangleMesh Read(string path, string unit = "mm")
    {
        RawMesh raw = ReadRaw(path);
        double scale = LengthUnit.Millimetres(raw.FormatUnit ?? unit);
        return new TriangleMesh(Array.ConvertAll(raw.Positions, position => scale * position), raw.Triangles);
    }

    /// <summary>Reads a surface as it is stored, in the file's unit and axes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">The file is missing, unreadable, damaged or too large.</exception>
    public static RawMesh ReadRaw(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(path, place: null, "this is a folder; name a file.");
        }

        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension))
        {
            throw new InvalidInputException(path, place: null, $"the extension '{extension}' is not one of {string.Join(", ", Extensions)}");
        }

        return Parse(path, extension, ReadBytes(path));
    }

    /// <summary>Reads a surface from bytes in memory, as <see cref="ReadRaw"/> does from a file.</summary>
    /// <param name="source">The name for error messages.</param>
    /// <param name="extension">One of <see cref="Extensions"/>.</param>
    /// <param name="bytes">The content of the file.</param>
    /// <exception cref="InvalidInputException">The content is damaged.</exception>
    public static RawMesh Parse(string source, string extension, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length == 0)
        {
            throw new InvalidInputException(source, place: null, "the file is empty");
        }

        return extension switch
        {
            ".obj" => ObjReader.Read(source, bytes),
            ".ply" => PlyReader.Read(source, bytes),
            ".stl" => StlReader.Read(source, bytes),
            ".glb" or ".gltf" => GltfReader.Read(source, bytes),
            _ => throw new ArgumentException($"Unknown extension '{extension}'.", nameof(extension)),
        };
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new InvalidInputException(path, place: null, "no such file");
            }

            if (file.Length > MeshLimits.FileBytes)
            {
                throw new InvalidInputException(
                    path, place: null, $"{file.Length >> 20} MiB; at most {MeshLimits.FileBytes >> 20} MiB are supported, reduce the scan first");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidInputException(path, place: null, $"cannot be read: {error.Message}", error);
        }
    }
}
