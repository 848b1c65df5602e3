using Threadwell.Anatomy;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Aftercare;

/// <summary>What a rule asks of the patient.</summary>
public enum AftercareKind
{
    /// <summary>To do.</summary>
    Do,

    /// <summary>To leave.</summary>
    Avoid,

    /// <summary>To know; it asks for nothing.</summary>
    Know,
}

/// <summary>How a rule ends.</summary>
public enum AftercareEnd
{
    /// <summary>So many hours after the treatment.</summary>
    Hours,

    /// <summary>At the end of a day; the day of treatment is day 0, so that 3 ends with the third day after it.</summary>
    Days,

    /// <summary>On the morning after so many nights; the night after the treatment is the first.</summary>
    Nights,

    /// <summary>When the entries were seen closed, and not before so many hours.</summary>
    Closed,

    /// <summary>When the doctor agrees.</summary>
    DoctorAgrees,

    /// <summary>Never.</summary>
    Always,

    /// <summary>With the last day of a medicine, as ordered. One rule ends so; it stands for every medicine.</summary>
    Ordered,

    /// <summary>When the threads have dissolved, by the evidence of their material.</summary>
    Dissolved,
}

/// <summary>Whether a helmet touches the treated side. A missing answer is <see cref="Unknown"/>, never a "no".</summary>
public enum HelmetAnswer
{
    /// <summary>Nobody asked, or the patient does not know.</summary>
    Unknown,

    /// <summary>The patient rides no motorbike.</summary>
    DoesNotRide,

    /// <summary>The patient rides, and neither helmet nor strap presses on the treated side.</summary>
    DoesNotPress,

    /// <summary>The patient rides, and helmet or strap presses on the treated side.</summary>
    Presses,
}

/// <summary>Until when a rule holds.</summary>
/// <param name="End">How it ends.</param>
/// <param name="Length">Days, nights or hours, by <paramref name="End"/>; null for an end that is not counted.</param>
public sealed record RuleUntil(AftercareEnd End, int? Length = null)
{
    /// <summary>Whether the end is counted in days, nights or hours.</summary>
    internal bool IsCounted => End is AftercareEnd.Hours or AftercareEnd.Days or AftercareEnd.Nights or AftercareEnd.Closed;
}

/// <summary>The shortest that a clinic may set.</summary>
/// <param name="Length">In the unit of the rule.</param>
/// <param name="Sources">Evidence rows that ask for it; with none it is clinical judgement.</param>
public sealed record RuleMinimum(int Length, IReadOnlyList<string> Sources);

/// <summary>What the sources of a rule ask for, from the mildest to the strictest.</summary>
/// <param name="Low">The shortest, in the unit of the rule.</param>
/// <param name="High">The longest.</param>
public sealed record RuleRange(int Low, int High);

/// <summary>One rule of the first weeks.</summary>
public sealed record AftercareRule
{
    /// <summary>Unique name, by which a clinic's durations refer to it ("heat").</summary>
    public required string Id { get; init; }

    /// <summary>What it asks.</summary>
    public required AftercareKind Kind { get; init; }

    /// <summary>Areas of which one must be treated.</summary>
    public required IReadOnlyList<TreatmentArea> Areas { get; init; }

    /// <summary>Answers about the helmet with which it holds; null where the helmet plays no part.</summary>
    public IReadOnlyList<HelmetAnswer>? Helmet { get; init; }

    /// <summary>Until when it holds unless the clinic sets another length.</summary>
    public required RuleUntil Until { get; init; }

    /// <summary>The shortest that a clinic may set; given exactly where the end is counted.</summary>
    public RuleMinimum? Minimum { get; init; }

    /// <summary>What the sources ask for; null where none gives a number.</summary>
    public RuleRange? Range { get; init; }

    /// <summary>What to do, to leave or to know.</summary>
    public required Wording Says { get; init; }

    /// <summary>Why.</summary>
    public required Wording Why { get; init; }

    /// <summary>Evidence rows.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether the rule or its length rests on clinical judgement, because no source gives it.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>Days on which somebody of the clinic or the patient looks.</summary>
public sealed record CheckRule
{
    /// <summary>Unique name.</summary>
    public required string Id { get; init; }

    /// <summary>Days after the treatment.</summary>
    public required IReadOnlyList<int> Days { get; init; }

    /// <summary>Months after the treatment.</summary>
    public required IReadOnlyList<int> Months { get; init; }

    /// <summary>What happens on the day.</summary>
    public required Wording Says { get; init; }

    /// <summary>Why.</summary>
    public required Wording Why { get; init; }

    /// <summary>Evidence rows.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether the days rest on clinical judgement.</summary>
    public required bool Judgement { get; init; }
}

/// <summary>Substances to which an allergy is shared.</summary>
/// <param name="Id">Unique name ("penicillins").</param>
/// <param name="Names">How an allergy to the family is written down.</param>
/// <param name="Members">Its substances.</param>
/// <param name="Related">Families that somebody with this allergy may not stand either; a doctor decides with a reason.</param>
public sealed record DrugFamily(string Id, IReadOnlyList<string> Names, IReadOnlyList<string> Members, IReadOnlyList<string> Related);
