using Threadwell.Care.Rules;

namespace Threadwell.Care.Triage;

/// <summary>What, beside a condition on answers, a rule can hang on.</summary>
public enum TriageOccasion
{
    /// <summary>A check-in of the first week is over and nothing has come since.</summary>
    MissedCheckIn,

    /// <summary>A question of the safety screen is open.</summary>
    BlankSafety,

    /// <summary>Another question that is not optional is open.</summary>
    Blank,

    /// <summary>When the treatment or the answers were is not known, or the times contradict each other.</summary>
    UnknownTime,
}

/// <summary>One rule of triage: what leads to a level. Exactly one of <see cref="When"/> and <see cref="On"/> is given.</summary>
public sealed record TriageRule
{
    /// <summary>Unique name ("threadOut").</summary>
    public required string Id { get; init; }

    /// <summary>The level, above <see cref="TriageLevel.Green"/>.</summary>
    public required TriageLevel Level { get; init; }

    /// <summary>Holds on the answers.</summary>
    public Condition? When { get; init; }

    /// <summary>Or the occasion.</summary>
    public TriageOccasion? On { get; init; }

    /// <summary>The reason, as the patient reads it: what was told, without a diagnosis.</summary>
    public required Wording Says { get; init; }

    /// <summary>What the patient does beside what the level says; null for nothing.</summary>
    public Wording? Does { get; init; }

    /// <summary>Cards for the clinician (<see cref="ActionCard"/>), the most urgent first.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];

    /// <summary>Evidence rows behind the rule.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether it rests on clinical judgement, alone or beside its sources.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>Who has to act.</summary>
public enum ActionOwner
{
    /// <summary>Whoever reads check-ins at the clinic.</summary>
    Clinic,

    /// <summary>The doctor on call.</summary>
    OnCall,

    /// <summary>The second doctor.</summary>
    SecondDoctor,

    /// <summary>The head of department.</summary>
    HeadOfDepartment,
}

/// <summary>What a level means for the patient and for the clinic.</summary>
/// <param name="Id">The level.</param>
/// <param name="Title">Its name, which stands beside colour and icon.</param>
/// <param name="Does">What the patient does now; {phone}, {hospital}, {emergency}, {day} and {due} are put in by who shows it.</param>
/// <param name="Steps">What the clinic has to have done, and by when.</param>
public sealed record LevelRule(TriageLevel Id, Wording Title, Wording Does, IReadOnlyList<DeadlineStep> Steps);

/// <summary>A step that the clinic has to have done by a time after the answers arrived. Exactly one of <see cref="Minutes"/>, <see cref="SameDay"/> and <see cref="WorkingDays"/> is given.</summary>
public sealed record DeadlineStep
{
    /// <summary>Name, unique within the level ("acknowledged").</summary>
    public required string Id { get; init; }

    /// <summary>Who acts.</summary>
    public required ActionOwner Owner { get; init; }

    /// <summary>What is done.</summary>
    public required Wording Text { get; init; }

    /// <summary>Within so many minutes.</summary>
    public int? Minutes { get; init; }

    /// <summary>True: on the same day.</summary>
    public bool? SameDay { get; init; }

    /// <summary>Within so many working days.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>With <see cref="WorkingDays"/>: but within so many hours early in the course.</summary>
    public int? AtMostHours { get; init; }

    /// <summary>With <see cref="AtMostHours"/>: until this day after the treatment.</summary>
    public int? AtMostHoursUntilDay { get; init; }

    /// <summary>Whether it falls due only when nobody has acknowledged.</summary>
    public bool? IfUnanswered { get; init; }
}
