using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;

namespace Threadwell.Care.Aftercare;

/// <summary>What aftercare needs to know of a treatment.</summary>
public sealed record TreatmentFacts
{
    /// <summary>What a treatment without a number of its own for ambulances says: Viet Nam's.</summary>
    public const string AmbulanceInVietNam = "115";

    // Longer than any number with its country and its spaces.
    private const int LongestPhone = 30;

    /// <summary>Name of the treatment that stays the same when its aftercare is made again ("T-000123"); a calendar knows its events by it.</summary>
    public required string Treatment { get; init; }

    /// <summary>When the treatment ended.</summary>
    public required Instant TreatedAt { get; init; }

    /// <summary>Time zone of the patient, in which days and nights begin.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Treated areas; at least one.</summary>
    public required IReadOnlyList<TreatmentArea> Areas { get; init; }

    /// <summary>Materials of the threads; at least one.</summary>
    public required IReadOnlyList<ThreadMaterial> Materials { get; init; }

    /// <summary>Where the entries are, in words for the patient ("hairline at the temple, left"); empty where nobody wrote it down.</summary>
    public IReadOnlyList<string> EntryPoints { get; init; } = [];

    /// <summary>Whether the helmet presses on the treated side.</summary>
    public HelmetAnswer Helmet { get; init; }

    /// <summary>What the patient is allergic to, as it is written in the record; empty where nothing is known after asking, null where nobody asked.</summary>
    public IReadOnlyList<string>? Allergies { get; init; }

    /// <summary>Medicines that the doctor ordered.</summary>
    public IReadOnlyList<MedicineOrder> Medicines { get; init; } = [];

    /// <summary>Telephone number of the clinic that is answered day and night.</summary>
    public required string EmergencyPhone { get; init; }

    /// <summary>Number that calls an ambulance where the patient lives.</summary>
    public string Ambulance { get; init; } = AmbulanceInVietNam;

    /// <summary>What a telephone number must be, in words.</summary>
    internal static string TelephoneForm { get; } = $"a telephone number of digits, spaces and + - ( ) . is needed, at most {LongestPhone} characters.";

    /// <summary>Whether a text is a telephone number: digits, spaces and + - ( ) . alone, and enough digits for a number of an ambulance.</summary>
    /// <param name="text">The text.</param>
    public static bool IsTelephone(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestPhone && text.Count(char.IsAsciiDigit) >= 3 && text.All(character => char.IsAsciiDigit(character) || character is ' ' or '+' or '-' or '(' or ')' or '.');
    }

    /// <summary>The clinic's own lengths by the id of the rule, in the unit of the rule; never below its minimum.</summary>
    public IReadOnlyDictionary<string, int> Durations { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>For rules that end when the entries have closed or when the doctor agrees: the day on which that was found, by the id of the rule.</summary>
    public IReadOnlyDictionary<string, LocalDate> Settled { get; init; } = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
}

/// <summary>A medicine that the doctor ordered for the days after a treatment.</summary>
public sealed record MedicineOrder
{
    /// <summary>Longest name of a drug or a person, characters.</summary>
    public const int LongestName = 120;

    /// <summary>Most days of one order.</summary>
    public const int LongestDays = 90;

    /// <summary>Name of the medicine as the package has it ("Paracetamol 500 mg").</summary>
    public required string Name { get; init; }

    /// <summary>Its active substances; allergies are checked against them and the name. At least one.</summary>
    public required IReadOnlyList<string> Ingredients { get; init; }

    /// <summary>How much and how often, in words for the patient ("1 tablet three times a day, after meals").</summary>
    public required string Dose { get; init; }

    /// <summary>First day; from the end of the treatment on when null.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Number of days, 1 to <see cref="LongestDays"/>.</summary>
    public required int Days { get; init; }

    /// <summary>Name of the doctor who ordered it.</summary>
    public required string OrderedBy { get; init; }

    /// <summary>Why it is ordered although the patient is allergic to a related family of drugs; null otherwise. No reason allows a drug of the family itself.</summary>
    public string? DespiteAllergy { get; init; }
}
