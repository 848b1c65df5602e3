using System.Text.Json.Serialization;

namespace Threadwell.Plans;

/// <summary>What a result depends on, in the four words of mission M5.</summary>
public enum Cause
{
    /// <summary>The thread: its polymer, its barbs, how the tissue answers it.</summary>
    [JsonStringEnumMemberName("thread")]
    Thread,

    /// <summary>The patient's skin and how it ages.</summary>
    [JsonStringEnumMemberName("skin")]
    Skin,

    /// <summary>How exactly the threads lie and are pulled.</summary>
    [JsonStringEnumMemberName("technique")]
    Technique,

    /// <summary>What follows on the days after.</summary>
    [JsonStringEnumMemberName("aftercare")]
    Aftercare,
}

/// <summary>A number of a course that causes are told for.</summary>
public enum CauseOutcome
{
    /// <summary>Mean lift on day 0, mm.</summary>
    [JsonStringEnumMemberName("liftNow")]
    LiftNow,

    /// <summary>Mean lift after a year, mm.</summary>
    [JsonStringEnumMemberName("liftAfterYear")]
    LiftAfterYear,

    /// <summary>Half-life of the lift, months; the length of the course where it is not reached.</summary>
    [JsonStringEnumMemberName("liftHalfLife")]
    LiftHalfLife,

    /// <summary>Largest gain of the support index over the untreated course.</summary>
    [JsonStringEnumMemberName("supportGain")]
    SupportGain,
}

/// <summary>What decides the result of a plan (design 3.9), as it is written to <c>causes.json</c>; documented in <c>docs/formats/causes.md</c>.</summary>
public sealed record CauseDocument
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>SHA-256 of plan and scan together.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>Length of the courses, months.</summary>
    public required double Months { get; init; }

    /// <summary>Number of pairs of draws that were asked for; more than were drawn where the time was over before.</summary>
    public required int Asked { get; init; }

    /// <summary>Number of pairs of whole courses that the shares rest on.</summary>
    public required int Samples { get; init; }

    /// <summary>Number of pairs left out because a course of theirs found no equilibrium.</summary>
    public required int Failed { get; init; }

    /// <summary>Shares by outcome.</summary>
    public required IReadOnlyList<OutcomeCauses> Outcomes { get; init; }

    /// <summary>The same patient with one thing changed; the first is the plan as it is.</summary>
    public required IReadOnlyList<WhatIf> WhatIf { get; init; }

    /// <summary>The coarser model that computed the courses.</summary>
    public required ReducedModelFacts ReducedModel { get; init; }
}

/// <summary>The causes of one outcome.</summary>
public sealed record OutcomeCauses
{
    /// <summary>The outcome.</summary>
    public required CauseOutcome Outcome { get; init; }

    /// <summary>Number of pairs of draws behind it; older files have more than of whole courses where courses of this outcome alone were computed as well, or null.</summary>
    public int? Pairs { get; init; }

    /// <summary>Mean over all draws, in the outcome's unit.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation over all draws, in the outcome's unit.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Each cause.</summary>
    public required IReadOnlyList<CauseShare> Causes { get; init; }
}

/// <summary>Grouped Sobol indices of one cause with their bootstrap intervals of 90 %.</summary>
public sealed record CauseShare
{
    /// <summary>The cause.</summary>
    public required Cause Cause { get; init; }

    /// <summary>Share of the variance that is gone once everything of this cause is known, on average: the first-order index.</summary>
    public required double Alone { get; init; }

    /// <summary>Lower end of its interval; null in files written before it was told.</summary>
    public double? AloneLow { get; init; }

    /// <summary>Upper end of its interval; null in files written before it was told.</summary>
    public double? AloneHigh { get; init; }

    /// <summary>Share of the variance that is left while everything but this cause is known, on average: the total index. It counts what the cause does together with others too.</summary>
    public required double Total { get; init; }

    /// <summary>Lower end of the total share's interval.</summary>
    public required double TotalLow { get; init; }

    /// <summary>Upper end of the total share's interval.</summary>
    public required double TotalHigh { get; init; }
}

/// <summary>The same patient with one thing changed.</summary>
public sealed record WhatIf
{
    /// <summary>What is changed: "asPlanned", "material:PCL", "aftercare:poor", "smoker:true" and the like.</summary>
    public required string Change { get; init; }

    /// <summary>The summary of the course.</summary>
    public required PredictionSummary Summary { get; init; }

    /// <summary>Mean lift after a year, mm; null where the course is shorter.</summary>
    public required double? LiftAfterYearMm { get; init; }

    /// <summary>Largest gain of the support index over the untreated course.</summary>
    public required double SupportGain { get; init; }
}
