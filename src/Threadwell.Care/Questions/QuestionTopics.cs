namespace Threadwell.Care.Questions;

/// <summary>What a question to a doctor may be about, and how old who asks may be, as ids; their words are the pages'.</summary>
public static class QuestionTopics
{
    /// <summary>Topics, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["suitability", "treatment", "healing", "complications", "results", "materials", "other"];

    /// <summary>Age bands, the youngest first. A question of a minor is not answered by letter, so there is none for it.</summary>
    public static IReadOnlyList<string> AgeBands { get; } = ["18-29", "30-39", "40-49", "50-59", "60-69", "70"];

    /// <summary>Whether there is such a topic.</summary>
    public static bool IsTopic(string? id) => All.Contains(id, StringComparer.Ordinal);

    /// <summary>Whether there is such an age band.</summary>
    public static bool IsAgeBand(string? id) => AgeBands.Contains(id, StringComparer.Ordinal);
}
