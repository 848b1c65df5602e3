using Threadwell.Care.Rules;

namespace Threadwell.Care.Suitability;

/// <summary>Questions and rules of one version, as <see cref="RulebookFile"/> reads and checks them. It does not change.</summary>
public sealed class Rulebook
{
    private readonly RulebookContent content;

    internal Rulebook(RulebookContent content, Questionnaire questionnaire)
    {
        this.content = content;
        Questionnaire = questionnaire;
    }

    /// <summary>Number of the version, counted up with each change; 1 as it is shipped.</summary>
    public int Version => content.Version;

    /// <summary>What the rulebook is, in both languages.</summary>
    public Wording Title => content.Title;

    /// <summary>The questions.</summary>
    public Questionnaire Questionnaire { get; }

    /// <summary>The rules, in the order in which their reasons are shown within an outcome.</summary>
    public IReadOnlyList<SuitabilityRule> Rules => content.Rules;

    /// <summary>What is written to a file.</summary>
    internal RulebookContent Content => content;

    /// <summary>The rule of an id; null where there is none.</summary>
    public SuitabilityRule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);
}

/// <summary>A rulebook as its file holds it.</summary>
internal sealed record RulebookContent
{
    /// <summary>Version of the file form; 1 now.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Number of the version.</summary>
    public required int Version { get; init; }

    /// <summary>What the rulebook is.</summary>
    public required Wording Title { get; init; }

    /// <summary>Headings.</summary>
    public required IReadOnlyList<QuestionGroup> Groups { get; init; }

    /// <summary>Questions.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>Rules.</summary>
    public required IReadOnlyList<SuitabilityRule> Rules { get; init; }
}
