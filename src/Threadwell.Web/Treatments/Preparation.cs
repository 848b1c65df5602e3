using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Care.Treatments;
using Threadwell.Plans.Files;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Treatments;

/// <summary>How a treatment was prepared and how it was left, as its row keeps it. Everything may still be missing: the gate says what must not.</summary>
internal sealed record Preparation
{
    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>What was asked and measured again on the day; null until it was.</summary>
    public DayAnswers? Recheck { get; init; }

    /// <summary>Weight of the day, kg; null until it is known.</summary>
    public double? WeightKg { get; init; }

    /// <summary>Anaesthetic that is given.</summary>
    public IReadOnlyList<PreparedDose> Doses { get; init; } = [];

    /// <summary>Who stated the anaesthetic last; null until somebody did, if only that there is none.</summary>
    public Signed? DosesSigned { get; init; }

    /// <summary>Why more is given than the limit; empty where it is not.</summary>
    public string DoseReason { get; init; } = "";

    /// <summary>Who signed that reason.</summary>
    public Signed? DoseSigned { get; init; }

    /// <summary>Ticked items of the sterility checklist.</summary>
    public IReadOnlyList<string> Sterile { get; init; } = [];

    /// <summary>Who ticked the last of them, and when.</summary>
    public Signed? SterileSigned { get; init; }

    /// <summary>The face as it was before, side against side; null until it is measured.</summary>
    public AsymmetryBaseline? Asymmetry { get; init; }

    /// <summary>Nerves before the anaesthetic; null until they are tested.</summary>
    public NerveFindings? NervesBefore { get; init; }

    /// <summary>Nerves at discharge; null until they are tested.</summary>
    public NerveFindings? NervesAtDischarge { get; init; }

    /// <summary>Ticked items of the discharge.</summary>
    public IReadOnlyList<string> Discharge { get; init; } = [];

    /// <summary>The anaesthetic as lidocaine.</summary>
    [JsonIgnore]
    public IReadOnlyList<LidocaineDose> Lidocaine => [.. Doses.Select(dose => LidocaineDose.Of(dose.Percent, dose.Amount, dose.WithAdrenaline))];

    /// <summary>The preparation of a treatment.</summary>
    public static Preparation Of(StoredTreatment treatment) => treatment.PreparationJson.Length == 0 ? new() : Read<Preparation>(treatment.PreparationJson);

    /// <summary>As it is kept.</summary>
    public string ToJson() => Write(this);

    /// <summary>Reads what a treatment's row keeps as text.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The row holds null where an object is needed.");

    /// <summary>Text as a treatment's row keeps it.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);
}

/// <summary>Who said something, and when.</summary>
/// <param name="By">Key of the account.</param>
/// <param name="Name">The person's name on that day.</param>
/// <param name="At">When.</param>
internal sealed record Signed(Guid By, string Name, DateTimeOffset At);

/// <summary>Local anaesthetic that is given: lidocaine, as cream or by injection.</summary>
/// <param name="IsCream">Whether it is a cream, measured in grams; otherwise an injection, measured in millilitres.</param>
/// <param name="Percent">Strength, percent: 1 % is 10 mg a gram or millilitre.</param>
/// <param name="Amount">Grams or millilitres.</param>
/// <param name="WithAdrenaline">Whether it holds adrenaline.</param>
internal sealed record PreparedDose(bool IsCream, double Percent, double Amount, bool WithAdrenaline);

/// <summary>Side against side before a treatment.</summary>
/// <param name="Measures">What was measured.</param>
/// <param name="Note">What was seen; may be empty.</param>
/// <param name="Measured">Who measured.</param>
/// <param name="CountersignedBy">Name of the second person who looked; empty until one did.</param>
/// <param name="CountersignedAt">When that was.</param>
internal sealed record AsymmetryBaseline(IReadOnlyList<SideMeasure> Measures, string Note, Signed Measured, string CountersignedBy, DateTimeOffset? CountersignedAt);

/// <summary>One distance on both sides.</summary>
/// <param name="Key">Which distance.</param>
/// <param name="LeftMm">On the patient's left, mm.</param>
/// <param name="RightMm">On the patient's right, mm.</param>
internal sealed record SideMeasure(string Key, double LeftMm, double RightMm);

/// <summary>What nerves do, side by side.</summary>
/// <param name="Findings">"normal", "weak" or "absent", by "brow.left" and the like.</param>
/// <param name="Note">What was seen; may be empty.</param>
/// <param name="Tested">Who tested.</param>
internal sealed record NerveFindings(IReadOnlyDictionary<string, string> Findings, string Note, Signed Tested);

/// <summary>Something that happened during a treatment.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who noted it.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Text">What happened.</param>
internal sealed record TreatmentEvent(DateTimeOffset At, string By, string Kind, string Text);

/// <summary>What was asked and measured again on the day of treatment; null is not answered.</summary>
/// <param name="Fever">Fever or another sign of infection.</param>
/// <param name="Herpes">Herpes at or near the area.</param>
/// <param name="Pregnant">Pregnant, or possibly.</param>
/// <param name="MedicinesChanged">New or changed medicines since the assessment.</param>
/// <param name="NewAllergy">An allergy that the assessment does not know.</param>
/// <param name="SystolicMmHg">Upper blood pressure, mmHg.</param>
/// <param name="DiastolicMmHg">Lower blood pressure, mmHg.</param>
/// <param name="On">The day in the clinic, "2026-11-27".</param>
/// <param name="Asked">Who asked.</param>
internal sealed record DayAnswers(bool? Fever, bool? Herpes, bool? Pregnant, bool? MedicinesChanged, bool? NewAllergy, int? SystolicMmHg, int? DiastolicMmHg, string On, Signed Asked)
{
    /// <summary>As the gate takes it.</summary>
    /// <param name="pregnancyIsPossible">Whether pregnancy is asked about.</param>
    public DayRecheck ToCare(bool pregnancyIsPossible) => new()
    {
        On = NodaTime.Text.LocalDatePattern.Iso.Parse(On).GetValueOrThrow(),
        Fever = Fever,
        Herpes = Herpes,
        Pregnant = Pregnant,
        PregnancyIsPossible = pregnancyIsPossible,
        MedicinesChanged = MedicinesChanged,
        NewAllergy = NewAllergy,
        SystolicMmHg = SystolicMmHg,
        DiastolicMmHg = DiastolicMmHg,
    };
}
