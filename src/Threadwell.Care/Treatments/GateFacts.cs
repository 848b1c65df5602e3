using NodaTime;
using Threadwell.Care.Suitability;

namespace Threadwell.Care.Treatments;

/// <summary>Why somebody is treated.</summary>
public enum TreatmentPurpose
{
    /// <summary>A thread lift by a plan.</summary>
    ThreadLift,

    /// <summary>Care for a complication of threads, also of unknown ones that another clinic placed: nothing blocks it.</summary>
    ComplicationCare,
}

/// <summary>What a place is licensed as.</summary>
public enum PlaceKind
{
    /// <summary>A hospital with a department for it.</summary>
    Hospital,

    /// <summary>A specialist clinic of dermatology or aesthetic surgery.</summary>
    SpecialistClinic,

    /// <summary>A general clinic.</summary>
    GeneralClinic,

    /// <summary>No medical facility.</summary>
    NotMedical,
}

/// <summary>All that decides whether a treatment may start now. What is null or empty is missing, never well.</summary>
public sealed record GateFacts
{
    /// <summary>Now.</summary>
    public required Instant Now { get; init; }

    /// <summary>The clinic's time zone, in which days begin.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Why the patient is treated.</summary>
    public required TreatmentPurpose Purpose { get; init; }

    /// <summary>The latest whole assessment that a doctor accepted; null where there is none.</summary>
    public AcceptedAssessment? Assessment { get; init; }

    /// <summary>What was asked and measured again; null where nothing was.</summary>
    public DayRecheck? Recheck { get; init; }

    /// <summary>Key of the plan's version or the outline that is to be carried out; null where there is none.</summary>
    public Guid? Plan { get; init; }

    /// <summary>The consents to treatment, whatever their plan.</summary>
    public IReadOnlyList<TreatmentConsent> Consents { get; init; } = [];

    /// <summary>Standard views photographed today.</summary>
    public IReadOnlyCollection<StandardView> Photos { get; init; } = [];

    /// <summary>Lidocaine planned for today; null while nobody has stated it. Empty says that none is given.</summary>
    public IReadOnlyList<LidocaineDose>? Lidocaine { get; init; }

    /// <summary>Body weight, kg; null while unknown.</summary>
    public double? WeightKg { get; init; }

    /// <summary>Why more lidocaine than the limit is given, signed by the doctor; empty where nobody signed.</summary>
    public string SignedDoseReason { get; init; } = "";

    /// <summary>Ticked steps of <see cref="SterilityChecklist"/>.</summary>
    public IReadOnlyCollection<string> SterileSteps { get; init; } = [];

    /// <summary>Licences of the doctor who treats.</summary>
    public IReadOnlyList<PractisingLicence> OperatorLicences { get; init; } = [];

    /// <summary>The place; null where none is named.</summary>
    public TreatmentPlace? Place { get; init; }

    /// <summary>When somebody of the clinic is on call: first and last day, both included.</summary>
    public IReadOnlyList<DateInterval> OnCall { get; init; } = [];

    /// <summary>Whether the patient's telephone number was tried and works.</summary>
    public bool PhoneChecked { get; init; }

    /// <summary>The signed override in an emergency; null where there is none.</summary>
    public EmergencyOverride? Override { get; init; }
}

/// <summary>A whole assessment that a doctor accepted.</summary>
/// <param name="On">Its day.</param>
/// <param name="Outcome">What it said.</param>
public sealed record AcceptedAssessment(LocalDate On, Outcome Outcome);

/// <summary>What is asked and measured again on the day. Null is not answered.</summary>
public sealed record DayRecheck
{
    /// <summary>Its day.</summary>
    public required LocalDate On { get; init; }

    /// <summary>Fever or another sign of infection.</summary>
    public bool? Fever { get; init; }

    /// <summary>Herpes at or near the area.</summary>
    public bool? Herpes { get; init; }

    /// <summary>Pregnant, or possibly; asked of women only.</summary>
    public bool? Pregnant { get; init; }

    /// <summary>Whether pregnancy is possible at all.</summary>
    public required bool PregnancyIsPossible { get; init; }

    /// <summary>New or changed medicines since the assessment.</summary>
    public bool? MedicinesChanged { get; init; }

    /// <summary>An allergy that the assessment does not know.</summary>
    public bool? NewAllergy { get; init; }

    /// <summary>Systolic blood pressure, mmHg.</summary>
    public int? SystolicMmHg { get; init; }

    /// <summary>Diastolic blood pressure, mmHg.</summary>
    public int? DiastolicMmHg { get; init; }
}

/// <summary>A consent to treatment.</summary>
/// <param name="Plan">Key of the plan's version or outline that was signed for.</param>
/// <param name="SignedAt">When.</param>
/// <param name="IsWithdrawn">Whether it was withdrawn since.</param>
public sealed record TreatmentConsent(Guid Plan, Instant SignedAt, bool IsWithdrawn);

/// <summary>A licence to practise.</summary>
/// <param name="Specialty">A word of <see cref="Specialties"/>.</param>
/// <param name="From">First valid day.</param>
/// <param name="Until">Last valid day; null where it has none.</param>
public sealed record PractisingLicence(string Specialty, LocalDate From, LocalDate? Until);

/// <summary>A place of treatment.</summary>
/// <param name="Kind">What it is licensed as.</param>
/// <param name="LicenceNumber">Number of its licence; empty where it has none.</param>
/// <param name="From">First day of the licence; null while unknown, which counts as not valid.</param>
/// <param name="Until">Last day of the licence; null where it has none.</param>
/// <param name="PermitsThreadLift">Whether its permitted procedures hold thread lifting.</param>
public sealed record TreatmentPlace(PlaceKind Kind, string LicenceNumber, LocalDate? From, LocalDate? Until, bool PermitsThreadLift);

/// <summary>An override in an emergency.</summary>
/// <param name="Reason">Why it cannot wait.</param>
/// <param name="SignedBy">Name of the doctor who signed.</param>
public sealed record EmergencyOverride(string Reason, string SignedBy);
