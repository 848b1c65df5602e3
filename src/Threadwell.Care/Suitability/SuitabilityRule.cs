using System.Text.Json.Serialization;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Suitability;

/// <summary>One rule: a condition and what follows from it.</summary>
public sealed record SuitabilityRule
{
    /// <summary>Unique name ("area.nose").</summary>
    public required string Id { get; init; }

    /// <summary>The question of kind <see cref="QuestionKind.Choices"/> for each of whose chosen items the rule is tried; null for once.</summary>
    public string? ForEach { get; init; }

    /// <summary>When it applies.</summary>
    public required Condition When { get; init; }

    /// <summary>What follows; never <see cref="Outcome.NoReasonAgainst"/> or <see cref="Outcome.NotSettled"/>.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>For <see cref="Outcome.NotNow"/>: until when, the first of these whose day is known. Empty for every other outcome.</summary>
    public IReadOnlyList<UntilRule> Until { get; init; } = [];

    /// <summary>The reason, as the patient and the doctor read it.</summary>
    public required Wording Says { get; init; }

    /// <summary>What would change it.</summary>
    public required Wording Change { get; init; }

    /// <summary>For <see cref="Outcome.Refer"/>: what the letter asks of the one who is referred to. Null for every other outcome.</summary>
    public Wording? Letter { get; init; }

    /// <summary>Evidence rows behind the rule ("E-128").</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether it rests on clinical judgement, alone or beside its sources; the clinic's responsible doctor signs such rules off.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>A day until which a reason holds: an answered day, or the day of the assessment, and a time after it.</summary>
public sealed record UntilRule
{
    /// <summary>Question for the day from which the time is counted; null for the day of the assessment, which makes it a day to look again.</summary>
    public string? After { get; init; }

    /// <summary>Calendar months after it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PlusMonths { get; init; }

    /// <summary>Days after that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PlusDays { get; init; }
}
