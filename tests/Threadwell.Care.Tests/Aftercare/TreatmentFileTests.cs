using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>What a file of a treatment may say.</summary>
public class TreatmentFileTests
{
    private static string Example => File.ReadAllText(Treatments.ExampleFile());

    [Fact]
    public void The_example_is_read()
    {
        TreatmentFile file = Read(Example);
        Assert.Equal(new LocalDateTime(2026, 11, 26, 10, 30).InZoneStrictly(Treatments.HoChiMinh).ToInstant(), file.Facts.TreatedAt);
        Assert.Equal([TreatmentArea.Jawline, TreatmentArea.Neck], file.Facts.Areas);
        Assert.Equal([ThreadMaterial.Pdo], file.Facts.Materials);
        Assert.Equal((HelmetAnswer.Presses, "115", true), (file.Facts.Helmet, file.Facts.Ambulance, file.IsDemonstration));
        Assert.Equal(28, file.Facts.Durations["heat"]);
        Assert.Equal("medicines-1", file.Facts.Plan().Items.First(item => item.OrderedBy is not null).Id);
    }

    [Fact]
    public void What_is_left_out_is_not_answered()
    {
        JsonObject content = JsonNode.Parse(Example)!.AsObject();
        foreach (string name in (string[])["entryPoints", "helmet", "allergies", "medicines", "durations", "checkIn", "demonstration"])
        {
            content.Remove(name);
        }

        TreatmentFile file = Read(content.ToJsonString());
        Assert.Equal((HelmetAnswer.Unknown, null, null, false), (file.Facts.Helmet, file.Facts.Allergies, file.CheckIn, file.IsDemonstration));
        Assert.Contains(file.Facts.Plan().Items, item => item.Id == "helmet-check");
    }

    [Theory]
    [InlineData("schemaVersion", "2", "schemaVersion: 1 is needed")]
    [InlineData("treatment", "\"\"", "treatment: a text of 1 to 200")]
    [InlineData("treatment", "\"a\\nb\"", "treatment: a text of 1 to 200")]
    [InlineData("treatedAt", "\"2026-11-26\"", "treatedAt: a time with its distance from universal time")]
    [InlineData("treatedAt", "\"2026-11-26T10:30:00\"", "treatedAt: a time with its distance")]
    [InlineData("treatedAt", "\"2026-11-31T10:30:00+07:00\"", "treatedAt: a time with its distance")]
    [InlineData("treatedAt", "\"2026-11-26T10:30:00.5+07:00\"", "treatedAt: a time with its distance")]
    [InlineData("treatedAt", "\"2026-11-26T10:30:00+08:00\"", "treatedAt: Asia/Ho_Chi_Minh is at +07 from universal time then, not at +08")]
    [InlineData("treatedAt", "\"1026-11-26T10:30:00+07:00\"", "treatedAt: a time with its distance")]
    [InlineData("timeZone", "\"Hanoi\"", "timeZone: 'Hanoi' is no time zone")]
    [InlineData("areas", "[]", "areas: at least one area")]
    [InlineData("areas", "[\"elbow\"]", "areas[0]: 'elbow' is not known; known are jawline, nasolabial, brow")]
    [InlineData("areas", "[\"neck\", \"neck\"]", "areas: at least one area is needed, each once")]
    [InlineData("areas", "[null]", "areas[0]")]
    [InlineData("materials", "[]", "materials: at least one material")]
    [InlineData("materials", "[\"gold\"]", "materials[0]: 'gold' is not known; known are PDO, PLLA, PCL, PLCL")]
    [InlineData("helmet", "\"maybe\"", "helmet: 'maybe' is not known; known are doesNotRide")]
    [InlineData("patient.birthDate", "\"05/03/1979\"", "patient.birthDate: a day of the form yyyy-MM-dd")]
    [InlineData("patient.colour", "\"red\"", "patient")]
    [InlineData("emergencyPhone", "\"call me\"", "emergencyPhone: a telephone number")]
    [InlineData("ambulance", "\"1\"", "ambulance: a telephone number")]
    [InlineData("durations", "{\"heat\": 3}", "durations.heat: 3 is too short: a clinic may lengthen this rule, and never set it below 14 (days).")]
    [InlineData("durations", "{\"make-up\": 24}", "durations.make-up: 24 is too short: a clinic may lengthen this rule, and never set it below 48 (hours).")]
    [InlineData("durations", "{\"heat\": \"long\"}", "durations")]
    [InlineData("settled", "{\"make-up\": \"soon\"}", "settled.make-up: a day of the form")]
    [InlineData("checkIn", "\"http://clinic.example\"", "checkIn: an address that begins with https://")]
    [InlineData("checkIn", "\"javascript:alert(1)\"", "checkIn: an address")]
    [InlineData("allergies", "null", "allergies: nobody asked for them")]
    [InlineData("medicines.0", "null", "medicines[0]: a medicine is needed")]
    [InlineData("medicines.0.days", "0", "medicines[0].days: 1 to 90")]
    [InlineData("medicines.0.days", "2.5", "medicines[0].days")]
    [InlineData("medicines.0.from", "\"2026-01-01\"", "medicines[0].from: it lies more than 14 days before")]
    [InlineData("medicines.0.ingredients", "[]", "medicines[0].ingredients: at least one")]
    [InlineData("medicines.0.dose", "\" \"", "medicines[0].dose: a text of 1 to 200")]
    [InlineData("note", "\"x\"", "note")]
    public void What_cannot_be_used_is_refused_with_its_place(string place, string value, string says)
    {
        JsonNode root = JsonNode.Parse(Example)!;
        string[] steps = place.Split('.');
        JsonNode at = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        if (int.TryParse(steps[^1], out int last))
        {
            at[last] = JsonNode.Parse(value);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Generated(root.ToJsonString()));
        Assert.StartsWith("treatment.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\": 1}")]
    [InlineData("{\"schemaVersion\": 1, \"schemaVersion\": 1}")]
    public void What_is_no_treatment_is_refused(string content) => Assert.Throws<InvalidInputException>(() => Read(content));

    [Theory]
    [InlineData("penicillin", "Amoxicillin 500 mg", "amoxicillin", "is of the same family (penicillins)")]
    [InlineData("Penicillin (phát ban)", "Augmentin 1 g", "amoxicillin + acid clavulanic", "is of the same family (penicillins)")]
    [InlineData("ampicillin", "Amoxicillin 500 mg", "amoxicillin", "is of the same family (penicillins)")]
    [InlineData("PARACETAMOL", "Efferalgan", "Paracetamol", "which is in 'Efferalgan'")]
    [InlineData("aspirin", "Brufen", "ibuprofen", "is of the same family (nsaids)")]
    [InlineData("giảm đau kháng viêm", "Brufen", "ibuprofen", "is of the same family (nsaids)")]
    [InlineData("penicillin", "Zinnat 500 mg", "cefuroxime", "to which the family of 'Zinnat 500 mg' (cephalosporins) is related")]
    [InlineData("thuốc lạ", "Thuốc Lạ 10 mg", "chất x", "which is in 'Thuốc Lạ 10 mg'")]
    public void A_medicine_against_an_allergy_is_refused(string allergy, string name, string ingredient, string says)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Ordered(allergy, name, ingredient, null).Plan());
        Assert.Equal("medicines[0]", refused.Place);
        Assert.Contains(says, refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_doctors_reason_allows_a_related_family_and_never_the_same()
    {
        Assert.NotEmpty(Ordered("penicillin", "Zinnat", "cefuroxime", "mild rash as a child, tolerated since").Plan().Items);
        Assert.Throws<InvalidInputException>(() => Ordered("penicillin", "Amoxicillin", "amoxicillin", "mild rash").Plan());
        Assert.Throws<InvalidInputException>(() => Ordered("penicillin", "Zinnat", "cefuroxime", " ").Plan());
    }

    [Theory]
    [InlineData("penicillin", "Azithromycin", "azithromycin")]
    [InlineData("xin", "Azithromyxin", "azithromycin")]
    [InlineData("peanuts", "Paracetamol", "paracetamol")]
    public void Another_medicine_is_not_refused(string allergy, string name, string ingredient) => Assert.NotEmpty(Ordered(allergy, name, ingredient, null).Plan().Items);

    private static TreatmentFacts Ordered(string allergy, string name, string ingredient, string? reason) => Treatments.Jawline with
    {
        Allergies = ["dust", allergy],
        Medicines = [Treatments.Paracetamol with { Name = name, Ingredients = [ingredient], DespiteAllergy = reason }],
    };

    private static TreatmentFile Read(string content) => TreatmentFile.Parse(Encoding.UTF8.GetBytes(content), "treatment.json");

    private static AftercarePlan Generated(string content) => AftercareGenerator.Generate(AftercareRulebookFile.Shipped, Read(content).Facts, "treatment.json");
}
