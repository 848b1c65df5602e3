using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Questions;

/// <summary>What stands before a question is sent.</summary>
public enum GateLevel
{
    /// <summary>Nothing.</summary>
    Open,

    /// <summary>Words of something that a clinic should hear of today: its number is shown.</summary>
    Call,

    /// <summary>Words of an emergency: the question is not sent before its writer says that none of it is happening now.</summary>
    Emergency,
}

/// <summary>Words as the page's script looks for them, with the same steps.</summary>
/// <param name="Lists">Words and phrases by the id of their list.</param>
/// <param name="Denials">Words that deny what follows them.</param>
/// <param name="Fillers">Words that may stand between.</param>
public sealed record GateWords(IReadOnlyDictionary<string, IReadOnlyList<string>> Lists, IReadOnlyList<string> Denials, IReadOnlyList<string> Fillers);

/// <summary>
/// Looks for an emergency in a question before it is sent. The words are those of triage, and some more: whoever asks here is known to nobody, may never have been treated, and is answered in days.
/// </summary>
public static class EmergencyGate
{
    /// <summary>Lists whose words mean an emergency.</summary>
    public static IReadOnlyList<string> EmergencyLists { get; } = ["emergency", More];

    /// <summary>Lists whose words mean a call today.</summary>
    public static IReadOnlyList<string> CallLists { get; } = ["urgent"];

    private const string More = "anywhere";

    private static readonly string[] MoreWords =
    [
        "heart attack", "stroke", "overdose", "unconscious", "anaphylaxis", "anaphylactic", "throat is closing", "throat closing", "tongue is swelling", "tongue swelling", "lips are swelling", "choking", "can't move my arm", "cannot move my arm", "severe chest", "going to die",
        "blind in one eye", "suddenly blind", "skin is dying", "skin is dead", "necrosis",
        "đột quỵ", "tai biến", "nhồi máu", "quá liều", "sốc phản vệ", "phản vệ", "sưng lưỡi", "sưng họng", "sưng môi", "nghẹn thở", "tức ngực", "sắp chết", "mù một mắt", "mất ý thức", "hôn mê", "liệt tay", "không cử động được tay", "không nói được",
    ];

    /// <summary>The words, for the script that shows the notice while somebody still writes.</summary>
    public static GateWords Words { get; } = new(
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["emergency"] = TriageFile.Shipped.Content.Words.Lists["emergency"],
            ["urgent"] = TriageFile.Shipped.Content.Words.Lists["urgent"],
            [More] = MoreWords,
        },
        TriageFile.Shipped.Content.Words.Denials,
        TriageFile.Shipped.Content.Words.Fillers);

    private static readonly TextWords Sought = new(Words.Lists, Words.Denials, Words.Fillers);

    /// <summary>What stands before a text.</summary>
    /// <param name="text">The question.</param>
    public static GateLevel Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Sought.Mentions(text, EmergencyLists, evenDenied: false) ? GateLevel.Emergency : Sought.Mentions(text, CallLists, evenDenied: false) ? GateLevel.Call : GateLevel.Open;
    }
}
