using Threadwell.Anatomy;
using Threadwell.Geometry;

namespace Threadwell.Plans.Files;

/// <summary>Reads and writes landmark files: <c>{"landmarks": [{"name", "position": [x, y, z], "confidence"}]}</c>, mm, patient frame.</summary>
public static class LandmarkFile
{
    /// <summary>Reads landmarks.</summary>
    /// <exception cref="InvalidInputException">The file is no landmark file, or names a landmark that does not exist, twice or at an impossible place.</exception>
    public static LandmarkSet Read(string path) => Check(PlanJson.Read<Content>(path), path);

    /// <summary>Reads the content of a landmark file.</summary>
    /// <param name="content">The content, UTF-8.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Read"/>.</exception>
    public static LandmarkSet Parse(ReadOnlySpan<byte> content, string source) => Check(PlanJson.Parse<Content>(content, source), source);

    /// <summary>The content of a landmark file, UTF-8.</summary>
    public static byte[] ToBytes(LandmarkSet landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        return PlanJson.ToBytes(new Content { Landmarks = [.. landmarks.All] });
    }

    private static LandmarkSet Check(Content content, string path)
    {
        if (content.Unit != "mm")
        {
            throw new InvalidInputException(path, "unit", $"'{content.Unit}' is not read; landmarks are in mm.");
        }

        var known = KnownNames();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < content.Landmarks.Count; index++)
        {
            Landmark landmark = content.Landmarks[index];
            string place = $"landmarks[{index}]";
            if (!known.Contains(landmark.Name))
            {
                throw new InvalidInputException(path, $"{place}.name", $"'{landmark.Name}' is no landmark; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }

            if (!seen.Add(landmark.Name))
            {
                throw new InvalidInputException(path, $"{place}.name", $"'{landmark.Name}' is given twice.");
            }

            if (!landmark.Position.IsFinite)
            {
                throw new InvalidInputException(path, $"{place}.position", "finite millimetres are needed.");
            }

            if (landmark.Confidence is not (>= 0 and <= 1))
            {
                throw new InvalidInputException(path, $"{place}.confidence", "a number from 0 to 1 is needed.");
            }
        }

        return new LandmarkSet(content.Landmarks);
    }

    /// <summary>Writes landmarks, whole or not at all.</summary>
    public static void Write(string path, LandmarkSet landmarks) => PlanJson.Write(path, new Content { Landmarks = [.. landmarks.All] });

    private static HashSet<string> KnownNames() =>
    [
        .. LandmarkNames.MidlineHead,
        .. LandmarkNames.MidlineTorso,
        .. LandmarkNames.PairedHead.Concat(LandmarkNames.PairedTorso)
            .SelectMany(name => new[] { LandmarkNames.OnSide(name, left: true), LandmarkNames.OnSide(name, left: false) }),
    ];

    private sealed record Content
    {
        public string Unit { get; init; } = "mm";

        public required IReadOnlyList<Landmark> Landmarks { get; init; }
    }
}
