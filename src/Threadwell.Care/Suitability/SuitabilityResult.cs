using System.Text.Json.Serialization;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Plans.Files;

namespace Threadwell.Care.Suitability;

/// <summary>What an assessment found, with every reason. It holds the words of its rules, so that it reads the same after they have changed.</summary>
public sealed record SuitabilityResult
{
    /// <summary>Version of the rulebook that was used.</summary>
    public required int RulebookVersion { get; init; }

    /// <summary>The day of the assessment.</summary>
    [JsonConverter(typeof(LocalDateJson))]
    public required LocalDate AssessedOn { get; init; }

    /// <summary>The most severe outcome of all reasons and open questions.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>For <see cref="Outcome.NotNow"/>: the latest day of its reasons; null otherwise.</summary>
    [JsonConverter(typeof(LocalDateJson))]
    public LocalDate? Until { get; init; }

    /// <summary>Outcome of each area alone, in the order of the questionnaire: what holds for all areas and what holds for this one.</summary>
    public required IReadOnlyList<AreaOutcome> Areas { get; init; }

    /// <summary>Every reason, the most severe first.</summary>
    public required IReadOnlyList<SuitabilityReason> Reasons { get; init; }

    /// <summary>What cannot be settled until it is answered.</summary>
    public required IReadOnlyList<OpenQuestion> Open { get; init; }

    /// <summary>The file form, UTF-8; the same result gives the same bytes.</summary>
    public byte[] ToJson() => PlanJson.ToBytes(this);

    /// <summary>Reads the file form.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="Geometry.InvalidInputException">It is no such content.</exception>
    public static SuitabilityResult Parse(ReadOnlySpan<byte> utf8, string source) => PlanJson.Parse<SuitabilityResult>(utf8, source);
}

/// <summary>Outcome of one chosen area.</summary>
/// <param name="Area">Id of the area ("jawline").</param>
/// <param name="Outcome">The most severe outcome that touches it.</param>
public sealed record AreaOutcome(string Area, Outcome Outcome);

/// <summary>One reason.</summary>
public sealed record SuitabilityReason
{
    /// <summary>Id of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The area that it is about; null for all.</summary>
    public string? Area { get; init; }

    /// <summary>What follows from it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>For <see cref="Outcome.NotNow"/>: until when.</summary>
    [JsonConverter(typeof(LocalDateJson))]
    public LocalDate? Until { get; init; }

    /// <summary>Whether <see cref="Until"/> is a day to look again, rather than a day on which the reason is known to end.</summary>
    public bool UntilIsReview { get; init; }

    /// <summary>The reason in words.</summary>
    public required Wording Says { get; init; }

    /// <summary>What would change it.</summary>
    public required Wording Change { get; init; }

    /// <summary>For <see cref="Outcome.Refer"/>: what the letter asks.</summary>
    public Wording? Letter { get; init; }

    /// <summary>Evidence rows.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether it rests on clinical judgement, alone or beside its sources.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>A question that must be answered before the assessment is settled.</summary>
public sealed record OpenQuestion
{
    /// <summary>Id of the question.</summary>
    public required string Question { get; init; }

    /// <summary>The area for which it is asked; null where it is asked once.</summary>
    public string? Area { get; init; }

    /// <summary>The question in words.</summary>
    public required Wording Text { get; init; }

    /// <summary>Who answers it.</summary>
    public required AskedOf Of { get; init; }

    /// <summary>The most severe outcome that could follow from its answer.</summary>
    public required Outcome Worst { get; init; }

    /// <summary>Ids of the rules that hang on it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}
