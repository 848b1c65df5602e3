using Threadwell.Geometry;

namespace Threadwell.Plans.Files;

/// <summary>Reads files of points that were marked on the skin: <c>{"unit": "mm", "marks": [{"name", "position": [x, y, z]}]}</c>, in the frame of their scan.</summary>
public static class MarkFile
{
    private const int LongestName = 60;

    /// <summary>Reads marks.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Position of each mark, mm.</returns>
    /// <exception cref="InvalidInputException">The file is no file of marks, or names one twice or nowhere.</exception>
    public static IReadOnlyDictionary<string, Vector3D> Read(string path) => Check(PlanJson.Read<Content>(path), path);

    /// <summary>Reads marks that were sent.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="source">What an error message names as the file.</param>
    /// <returns>Position of each mark, mm.</returns>
    /// <exception cref="InvalidInputException">The file is no file of marks, or names one twice or nowhere.</exception>
    public static IReadOnlyDictionary<string, Vector3D> Parse(ReadOnlySpan<byte> utf8, string source) => Check(PlanJson.Parse<Content>(utf8, source), source);

    private static SortedDictionary<string, Vector3D> Check(Content content, string path)
    {
        if (content.Unit != "mm")
        {
            throw new InvalidInputException(path, "unit", $"'{content.Unit}' is not read; marks are in mm.");
        }

        var marks = new SortedDictionary<string, Vector3D>(StringComparer.Ordinal);
        for (int index = 0; index < content.Marks.Count; index++)
        {
            Mark mark = content.Marks[index];
            if (mark.Name.Trim().Length is 0 or > LongestName)
            {
                throw new InvalidInputException(path, $"marks[{index}].name", $"give each mark a name of at most {LongestName} letters.");
            }

            if (!mark.Position.IsFinite)
            {
                throw new InvalidInputException(path, $"marks[{index}].position", "the position is not finite");
            }

            if (!marks.TryAdd(mark.Name.Trim(), mark.Position))
            {
                throw new InvalidInputException(path, $"marks[{index}].name", $"'{mark.Name}' is given twice.");
            }
        }

        return marks;
    }

    private sealed record Content
    {
        public string Unit { get; init; } = "mm";

        public required IReadOnlyList<Mark> Marks { get; init; }
    }

    private sealed record Mark(string Name, Vector3D Position);
}
