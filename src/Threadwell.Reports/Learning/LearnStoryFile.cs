using System.Text.Json;
using Threadwell.Plans.Files;

namespace Threadwell.Reports.Learning;

/// <summary>Reads and writes the stored story. It is written close, because it is carried in the program.</summary>
public static class LearnStoryFile
{
    /// <summary>Name of the file beside its pictures.</summary>
    public const string Name = "story.json";

    private static readonly JsonSerializerOptions Close = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>A story as it is stored.</summary>
    public static byte[] ToBytes(LearnStory story) => [.. JsonSerializer.SerializeToUtf8Bytes(story, Close), (byte)'\n'];

    /// <summary>Reads a story.</summary>
    /// <param name="content">The file.</param>
    public static LearnStory Read(ReadOnlySpan<byte> content) => PlanJson.Parse<LearnStory>(content, Name);
}
