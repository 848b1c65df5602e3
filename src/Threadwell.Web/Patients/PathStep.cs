using NodaTime;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Patients;

/// <summary>The steps of the path from the first consultation to the last visit, in their order.</summary>
public enum PathStep
{
    /// <summary>Is she suitable, and why?</summary>
    Assess,

    /// <summary>Photos in the standard views.</summary>
    Photos,

    /// <summary>Threads on the scan, or an outline of them.</summary>
    Plan,

    /// <summary>What the lift will be, beside no treatment.</summary>
    Predict,

    /// <summary>Told in plain words, with the picture.</summary>
    Explain,

    /// <summary>Her consent to this plan.</summary>
    Consent,

    /// <summary>The treatment.</summary>
    Treat,

    /// <summary>The thread card.</summary>
    Card,

    /// <summary>The two weeks in which most is to be kept and to be watched.</summary>
    Aftercare,

    /// <summary>The visits, to the end of the fifth year.</summary>
    FollowUp,
}

/// <summary>How far a step has come.</summary>
public enum StepState
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The one to do next.</summary>
    Next,

    /// <summary>Later.</summary>
    Later,

    /// <summary>Not needed on this path.</summary>
    Left,

    /// <summary>The path ends here, or waits: she is not to be treated now.</summary>
    Stopped,
}

/// <summary>A step of one patient's path.</summary>
/// <param name="Step">Which.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Address">The page where it is done.</param>
public sealed record PathItem(PathStep Step, StepState State, string Address);

/// <summary>What the path of a patient follows from.</summary>
public sealed record RecordFacts
{
    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Her newest whole assessment; null without one.</summary>
    public AssessmentFacts? Assessment { get; init; }

    /// <summary>How many photos in standard views there are.</summary>
    public int StandardViews { get; init; }

    /// <summary>Her newest scan that waits to be confirmed; null where none does.</summary>
    public Guid? UnconfirmedScan { get; init; }

    /// <summary>Her newest plan on a scan; null without one.</summary>
    public Guid? Plan { get; init; }

    /// <summary>Her newest outline; null without one.</summary>
    public Guid? Outline { get; init; }

    /// <summary>Newest finished prediction of the plan; null without one.</summary>
    public Guid? Prediction { get; init; }

    /// <summary>Whether a consent to the newest version of the plan, or to the outline, stands.</summary>
    public bool Consented { get; init; }

    /// <summary>Her newest treatment by a plan that was not cancelled; null without one.</summary>
    public TreatmentFacts? Treatment { get; init; }

    /// <summary>Visits of the schedule that took place after that treatment.</summary>
    public IReadOnlyList<string> Visits { get; init; } = [];

    /// <summary>Whether nobody is to come any more: she died, or was lost and nothing was heard from her since.</summary>
    public bool IsLost { get; init; }
}

/// <summary>An assessment, as the path needs it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Outcome">The outcome, as the care floor names it.</param>
/// <param name="MayProceed">Whether the outcome lets the path go on.</param>
/// <param name="NotBefore">Until when it says "not now"; null where it doesn't.</param>
/// <param name="Accepted">Whether a doctor has accepted it.</param>
/// <param name="On">The day it was made.</param>
public sealed record AssessmentFacts(Guid Id, string Outcome, bool MayProceed, LocalDate? NotBefore, bool Accepted, LocalDate On);

/// <summary>A treatment, as the path needs it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Day">Its day.</param>
public sealed record TreatmentFacts(Guid Id, TreatmentState State, LocalDate Day);
