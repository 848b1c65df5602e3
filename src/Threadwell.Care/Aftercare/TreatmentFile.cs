using NodaTime;
using Threadwell.Biology;
using Threadwell.Care.Rules;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Care.Aftercare;

/// <summary>A treatment as a file holds it (<c>docs/formats/aftercare.md</c>): the facts of aftercare, and whose they are.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Clinic">The clinic.</param>
/// <param name="CheckIn">Web address at which the patient answers check-ins; null where there is none.</param>
/// <param name="IsDemonstration">Whether patient and clinic are made up.</param>
public sealed record TreatmentFile(TreatmentFacts Facts, TreatedPatient Patient, TreatingClinic Clinic, Uri? CheckIn, bool IsDemonstration)
{
    /// <summary>Version of the file form that is read.</summary>
    public const int SchemaVersion = 1;

    // Bounds that keep nonsense and hostile files out.
    private const int LargestFile = 1024 * 1024;
    private const int LongestText = 200;
    private const int LongestAddress = 400;
    private const int MostEntries = 50;

    /// <summary>Reads the content of a file.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It is not of the documented form; the message names the place.</exception>
    public static TreatmentFile Parse(ReadOnlySpan<byte> utf8, string source)
    {
        if (utf8.Length > LargestFile)
        {
            throw new InvalidInputException(source, null, $"there are {utf8.Length} bytes; at most {LargestFile} are read.");
        }

        return new Reading(source).Read(PlanJson.Parse<Content>(utf8, source));
    }

    private sealed class Reading(string source)
    {
        private readonly RuleFileProblem problem = new(source);

        public TreatmentFile Read(Content content)
        {
            problem.Require(content.SchemaVersion == SchemaVersion, "schemaVersion", $"{SchemaVersion} is needed; this program reads no other version.");
            DateTimeZone zone = AftercareZone.Find(content.TimeZone, source, "timeZone");
            var facts = new TreatmentFacts
            {
                Treatment = Text(content.Treatment, "treatment"),
                TreatedAt = Treated(content.TreatedAt, zone),
                Zone = zone,
                Areas = Words(content.Areas, "areas", AreaIndication.ByName),
                Materials = Words(content.Materials, "materials", MaterialNames),
                EntryPoints = Texts(content.EntryPoints ?? [], "entryPoints"),
                Helmet = content.Helmet is { } helmet ? Word(helmet, "helmet", HelmetNames) : HelmetAnswer.Unknown,
                Allergies = content.Allergies is { } allergies ? Texts(allergies, "allergies") : null,
                Medicines = Medicines(content.Medicines ?? []),
                EmergencyPhone = Phone(content.EmergencyPhone, "emergencyPhone"),
                Ambulance = content.Ambulance is { } ambulance ? Phone(ambulance, "ambulance") : TreatmentFacts.AmbulanceInVietNam,
                Durations = content.Durations ?? [],
                Settled = (content.Settled ?? []).ToDictionary(pair => pair.Key, pair => Day(pair.Value, $"settled.{pair.Key}"), StringComparer.Ordinal),
            };
            return new TreatmentFile(
                facts,
                Patient(content.Patient, "patient"),
                Clinic(content.Clinic, "clinic"),
                content.CheckIn is { } checkIn ? Address(checkIn) : null,
                content.Demonstration);
        }

        private static readonly Dictionary<string, ThreadMaterial> MaterialNames = new(StringComparer.Ordinal)
        {
            ["PDO"] = ThreadMaterial.Pdo, ["PLLA"] = ThreadMaterial.Plla, ["PCL"] = ThreadMaterial.Pcl, ["PLCL"] = ThreadMaterial.Plcl,
        };

        private static readonly Dictionary<string, HelmetAnswer> HelmetNames = new(StringComparer.Ordinal)
        {
            ["doesNotRide"] = HelmetAnswer.DoesNotRide, ["doesNotPress"] = HelmetAnswer.DoesNotPress, ["presses"] = HelmetAnswer.Presses, ["unknown"] = HelmetAnswer.Unknown,
        };

        private TreatedPatient Patient(PatientContent patient, string place) =>
            new(Text(patient.Name, $"{place}.name"), Day(patient.BirthDate, $"{place}.birthDate"), Text(patient.Record, $"{place}.record"));

        private TreatingClinic Clinic(ClinicContent clinic, string place) =>
            new(Text(clinic.Name, $"{place}.name"), clinic.Address is { } address ? Text(address, $"{place}.address") : "");

        private Instant Treated(string text, DateTimeZone zone)
        {
            problem.Require(OffsetDateTimeJson.TryParse(text, out OffsetDateTime time) && time.NanosecondOfSecond == 0, "treatedAt", "a time with its distance from universal time is needed, of the form 2026-11-26T10:30:00+07:00.");
            Instant instant = time.ToInstant();
            Offset offset = zone.GetUtcOffset(instant);
            problem.Require(time.Offset == offset, "treatedAt", $"{zone.Id} is at {offset} from universal time then, not at {time.Offset}.");
            return instant;
        }

        private IReadOnlyList<MedicineOrder> Medicines(IReadOnlyList<MedicineContent> medicines)
        {
            var orders = new List<MedicineOrder>();
            for (int index = 0; index < medicines.Count; index++)
            {
                string place = $"medicines[{index}]";
                problem.Require(medicines[index] is not null, place, "a medicine is needed.");
                MedicineContent medicine = medicines[index];
                orders.Add(new MedicineOrder
                {
                    Name = Text(medicine.Name, $"{place}.name", MedicineOrder.LongestName),
                    Ingredients = Texts(medicine.Ingredients, $"{place}.ingredients", MedicineOrder.LongestName),
                    Dose = Text(medicine.Dose, $"{place}.dose"),
                    From = medicine.From is { } from ? Day(from, $"{place}.from") : null,
                    Days = medicine.Days,
                    OrderedBy = Text(medicine.OrderedBy, $"{place}.orderedBy", MedicineOrder.LongestName),
                    DespiteAllergy = medicine.DespiteAllergy is { } reason ? Text(reason, $"{place}.despiteAllergy") : null,
                });
            }

            return orders;
        }

        private LocalDate Day(string text, string place)
        {
            problem.Require(LocalDateJson.TryParse(text, out LocalDate day), place, "a day of the form yyyy-MM-dd is needed.");
            return day;
        }

        private string Text(string text, string place, int longest = LongestText)
        {
            problem.Require(!string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl), place, $"a text of 1 to {longest} characters on one line is needed.");
            return text.Trim();
        }

        private IReadOnlyList<string> Texts(IReadOnlyList<string> texts, string place, int longest = LongestText)
        {
            problem.Require(texts.Count <= MostEntries, place, $"at most {MostEntries} are possible.");
            return [.. texts.Select((text, index) => Text(text, $"{place}[{index}]", longest))];
        }

        private IReadOnlyList<T> Words<T>(IReadOnlyList<string> words, string place, IReadOnlyDictionary<string, T> known) => [.. words.Select((word, index) => Word(word, $"{place}[{index}]", known))];

        private T Word<T>(string word, string place, IReadOnlyDictionary<string, T> known)
        {
            T? value = default;
            problem.Require(word is not null && known.TryGetValue(word, out value), place, $"'{word}' is not known; known are {string.Join(", ", known.Keys)}.");
            return value!;
        }

        private string Phone(string text, string place)
        {
            problem.Require(TreatmentFacts.IsTelephone(text), place, TreatmentFacts.TelephoneForm);
            return text.Trim();
        }

        private Uri Address(string text)
        {
            problem.Require(
                Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace) && address.AbsoluteUri.Length <= LongestAddress,
                "checkIn",
                $"an address that begins with https:// is needed, at most {LongestAddress} characters.");

            // As a scanner and a calendar take it: letters outside ASCII escaped.
            return new Uri(address!.AbsoluteUri);
        }
    }

    private sealed record Content
    {
        public required int SchemaVersion { get; init; }

        public required string Treatment { get; init; }

        public required string TreatedAt { get; init; }

        public required string TimeZone { get; init; }

        public required PatientContent Patient { get; init; }

        public required ClinicContent Clinic { get; init; }

        public required IReadOnlyList<string> Areas { get; init; }

        public required IReadOnlyList<string> Materials { get; init; }

        public IReadOnlyList<string>? EntryPoints { get; init; }

        public string? Helmet { get; init; }

        public IReadOnlyList<string>? Allergies { get; init; }

        public IReadOnlyList<MedicineContent>? Medicines { get; init; }

        public required string EmergencyPhone { get; init; }

        public string? Ambulance { get; init; }

        public Dictionary<string, int>? Durations { get; init; }

        public Dictionary<string, string>? Settled { get; init; }

        public string? CheckIn { get; init; }

        public bool Demonstration { get; init; }
    }

    private sealed record PatientContent(string Name, string BirthDate, string Record);

    private sealed record ClinicContent
    {
        public required string Name { get; init; }

        public string? Address { get; init; }
    }

    private sealed record MedicineContent
    {
        public required string Name { get; init; }

        public required IReadOnlyList<string> Ingredients { get; init; }

        public required string Dose { get; init; }

        public string? From { get; init; }

        public required int Days { get; init; }

        public required string OrderedBy { get; init; }

        public string? DespiteAllergy { get; init; }
    }
}

/// <summary>The patient as her documents name her.</summary>
/// <param name="Name">Full name as she writes it.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Record">Number of the record.</param>
public sealed record TreatedPatient(string Name, LocalDate BirthDate, string Record);

/// <summary>The clinic as its documents name it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Address in a line; empty where left out.</param>
public sealed record TreatingClinic(string Name, string Address);
