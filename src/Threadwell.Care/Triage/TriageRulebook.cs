using Threadwell.Care.Rules;

namespace Threadwell.Care.Triage;

/// <summary>Questions, schedule and rules of check-ins of one version, as <see cref="TriageFile"/> reads and checks them. It does not change.</summary>
public sealed class TriageRulebook
{
    internal TriageRulebook(TriageContent content, Questionnaire questionnaire)
    {
        Content = content;
        Questionnaire = questionnaire;
        Words = new TextWords(content.Words.Lists, content.Words.Denials, content.Words.Fillers);
    }

    /// <summary>Number of the version.</summary>
    public int Version => Content.Version;

    /// <summary>What it is.</summary>
    public Wording Title => Content.Title;

    /// <summary>Who reads the answers and what to do outside those hours; it stands before the first question. {hours}, {phone} and {emergency} are put in by who shows it.</summary>
    public Wording Opening => Content.Opening;

    /// <summary>The questions; the group <see cref="SafetyGroup"/> comes first.</summary>
    public Questionnaire Questionnaire { get; }

    /// <summary>Pictures that a patient may add.</summary>
    public IReadOnlyList<PhotoView> Photos => Content.Photos;

    /// <summary>Check-ins in order.</summary>
    public IReadOnlyList<ScheduledCheckIn> Schedule => Content.Schedule;

    /// <summary>Levels from the most severe.</summary>
    public IReadOnlyList<LevelRule> Levels => Content.Levels;

    /// <summary>Rules, in the order in which their reasons are shown within a level.</summary>
    public IReadOnlyList<TriageRule> Rules => Content.Rules;

    /// <summary>By how much the clock of a phone may run ahead of the clinic's before its time counts as unknown, minutes.</summary>
    public int ClockToleranceMinutes => Content.ClockToleranceMinutes;

    /// <summary>Words that are looked for in free text.</summary>
    public TextWords Words { get; }

    /// <summary>Id of the group of questions that is the safety screen.</summary>
    public const string SafetyGroup = "safety";

    internal TriageContent Content { get; }

    /// <summary>The rule of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TriageRule Get(string id) => Rules.FirstOrDefault(rule => rule.Id == id) ?? throw new KeyNotFoundException($"No rule of triage is named '{id}'.");

    /// <summary>What a level means.</summary>
    public LevelRule Get(TriageLevel level) => Levels.First(rule => rule.Id == level);
}

/// <summary>A check-in of the schedule. Exactly one of <see cref="Days"/> and <see cref="Months"/> is given.</summary>
public sealed record ScheduledCheckIn
{
    /// <summary>Name ("day3").</summary>
    public required string Id { get; init; }

    /// <summary>Days after the day of the treatment.</summary>
    public int? Days { get; init; }

    /// <summary>Calendar months after it.</summary>
    public int? Months { get; init; }

    /// <summary>True where the clinic calls, rather than the patient answering.</summary>
    public bool? Call { get; init; }

    /// <summary>What a person reads.</summary>
    public required Wording Text { get; init; }
}

/// <summary>A view in which a picture may be taken.</summary>
/// <param name="Id">Name ("front").</param>
/// <param name="Text">What a person reads.</param>
public sealed record PhotoView(string Id, Wording Text);

/// <summary>Words that are looked for in free text.</summary>
/// <param name="Lists">Lists by id.</param>
/// <param name="Denials">Words that deny what follows.</param>
/// <param name="Fillers">Words that may stand between.</param>
internal sealed record TriageWords(IReadOnlyDictionary<string, IReadOnlyList<string>> Lists, IReadOnlyList<string> Denials, IReadOnlyList<string> Fillers);

/// <summary>Check-ins as their file holds them.</summary>
internal sealed record TriageContent
{
    public required int SchemaVersion { get; init; }

    public required int Version { get; init; }

    public required Wording Title { get; init; }

    public required Wording Opening { get; init; }

    public required int ClockToleranceMinutes { get; init; }

    public required IReadOnlyList<ScheduledCheckIn> Schedule { get; init; }

    public required IReadOnlyList<PhotoView> Photos { get; init; }

    public required IReadOnlyList<QuestionGroup> Groups { get; init; }

    public required IReadOnlyList<Question> Questions { get; init; }

    public required TriageWords Words { get; init; }

    public required IReadOnlyDictionary<string, Condition> Conditions { get; init; }

    public required IReadOnlyList<LevelRule> Levels { get; init; }

    public required IReadOnlyList<TriageRule> Rules { get; init; }
}
