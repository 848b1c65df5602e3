using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Geometry;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Aftercare;

/// <summary>Orders for the days after a treatment, as they were typed. What a form left out arrives as null.</summary>
internal sealed class OrdersForm
{
    private const int FirstRows = 2;
    private const int MostRows = 20;

    /// <summary>Longest dose in words, characters: it stands on one printed side with everything else.</summary>
    private const int LongestDose = 200;

    /// <summary>What the patient is allergic to, separated by commas.</summary>
    public string? Allergies { get; set; }

    /// <summary>Medicines; one without a name is left out.</summary>
    [AllowNull]
    public List<MedicineRow> Medicines { get; set => field = value ?? []; } = [];

    /// <summary>Whether the helmet presses: "yes", "no" or empty.</summary>
    public string? Helmet { get; set; }

    /// <summary>Days on which something was found settled, by the id of the rule.</summary>
    [AllowNull]
    public Dictionary<string, string?> Settled { get; set => field = value ?? new(StringComparer.Ordinal); } = new(StringComparer.Ordinal);

    /// <summary>"row" where another row is asked for.</summary>
    public string? Add { get; set; }

    /// <summary>Revision that was read; 0 where nothing was ordered yet.</summary>
    public long Revision { get; set; }

    /// <summary>The orders as they are kept.</summary>
    public static OrdersForm Of(KeptOrders orders, long revision, IStringLocalizer<OrdersText> text)
    {
        var form = new OrdersForm
        {
            Allergies = orders.Allergies switch { null => "", { Count: 0 } => text["allergies.none"], var known => string.Join(", ", known) },
            Helmet = orders.Helmet switch { HelmetAnswer.Presses => "yes", HelmetAnswer.Unknown => "", _ => "no" },
            Settled = orders.Settled.ToDictionary(pair => pair.Key, pair => (string?)ClinicDates.ToType(pair.Value), StringComparer.Ordinal),
            Revision = revision,
            Medicines =
            [
                .. orders.Medicines.Select(order => new MedicineRow
                {
                    Name = order.Name,
                    Ingredients = string.Join(", ", order.Ingredients),
                    Dose = order.Dose,
                    From = order.From is { } from ? ClinicDates.ToType(from) : "",
                    Days = order.Days.ToString(CultureInfo.InvariantCulture),
                    Despite = order.DespiteAllergy,
                }),
            ],
        };
        form.Fill();
        return form;
    }

    /// <summary>Adds rows up to the usual number, and one more where it was asked for.</summary>
    public void Fill()
    {
        int wanted = Math.Min(MostRows, Math.Max(FirstRows, Medicines.Count + (Add == "row" ? 1 : 0)));
        while (Medicines.Count < wanted)
        {
            Medicines.Add(new MedicineRow());
        }
    }

    /// <summary>Reads what was typed and lets the engine check it against the treatment.</summary>
    /// <param name="found">The treatment, with the orders before.</param>
    /// <param name="doctor">Name of the doctor who orders now.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    /// <returns>The orders; they hold together where nothing is wrong.</returns>
    public KeptOrders Read(TreatmentCase found, string doctor, FieldProblems problems, IStringLocalizer<OrdersText> text)
    {
        KeptOrders before = found.Orders;
        var medicines = new List<(MedicineOrder Order, string Field)>();
        for (int index = 0; index < Math.Min(Medicines.Count, MostRows); index++)
        {
            MedicineRow row = Medicines[index];
            if (!string.IsNullOrWhiteSpace(row.Name) && row.Read($"Form.Medicines[{index}]", doctor, LongestDose, problems, text) is { } order)
            {
                // Who ordered it stays who ordered it, until it is another order.
                medicines.Add((before.Medicines.FirstOrDefault(kept => Same(kept, order)) ?? order, $"Form.Medicines[{index}]"));
            }
            else if (string.IsNullOrWhiteSpace(row.Name) && !row.IsEmpty)
            {
                problems.Add($"Form.Medicines[{index}].Name", text["medicine.name.needed"]);
            }
        }

        if (string.IsNullOrWhiteSpace(Allergies) && medicines.Count > 0)
        {
            problems.Add("Form.Allergies", text["allergies.needed"]);
        }

        var orders = new KeptOrders
        {
            Allergies = string.IsNullOrWhiteSpace(Allergies) ? null : KnownAllergies.Read(Allergies),
            Medicines = [.. medicines.Select(medicine => medicine.Order)],
            Helmet = Helmet switch { "yes" => HelmetAnswer.Presses, "no" => HelmetAnswer.DoesNotPress, _ => HelmetAnswer.Unknown },
            Settled = ReadSettled(found, problems, text),
        };
        if (!problems.None)
        {
            return orders;
        }

        TreatmentFacts facts = TreatmentAftercare.Facts(found, orders);
        foreach ((MedicineOrder order, string field) in medicines)
        {
            if (TreatmentAftercare.Against(facts, order) is { } refusal)
            {
                problems.Add(FieldOf(field, refusal), Spoken.Say(refusal.Problem));
            }
        }

        return orders;
    }

    private static bool Same(MedicineOrder one, MedicineOrder other) =>
        one.Name == other.Name && one.Dose == other.Dose && one.From == other.From && one.Days == other.Days && one.DespiteAllergy == other.DespiteAllergy && one.Ingredients.SequenceEqual(other.Ingredients, StringComparer.Ordinal);

    // The engine names the member of the one order that it was given.
    private static string FieldOf(string field, InvalidInputException refusal) => refusal.Place switch
    {
        "medicines[0].ingredients" => $"{field}.Ingredients",
        "medicines[0].days" => $"{field}.Days",
        "medicines[0].from" => $"{field}.From",
        "allergies" => "Form.Allergies",
        "medicines[0]" => $"{field}.Name",
        _ => "Form",
    };

    private Dictionary<string, LocalDate> ReadSettled(TreatmentCase found, FieldProblems problems, IStringLocalizer<OrdersText> text)
    {
        var settled = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
        if (found.Treatment.EndedAt is not { } ended)
        {
            return settled;
        }

        LocalDate treated = ended.InZone(found.Zone).Date;
        foreach ((string rule, string? typed) in Settled.Where(pair => TreatmentAftercare.IsSettledBySomebody(pair.Key) && !string.IsNullOrWhiteSpace(pair.Value)))
        {
            if (ClinicDates.Read(typed) is not { } day)
            {
                problems.Add($"Form.Settled[{rule}]", text["date.wrong"]);
            }
            else if (day < treated || day > found.Today)
            {
                problems.Add($"Form.Settled[{rule}]", text["settled.when"]);
            }
            else
            {
                settled[rule] = day;
            }
        }

        return settled;
    }
}

/// <summary>A medicine as it was typed.</summary>
internal sealed class MedicineRow
{
    /// <summary>Name as on the package.</summary>
    public string? Name { get; set; }

    /// <summary>Active substances, separated by commas or plus signs.</summary>
    public string? Ingredients { get; set; }

    /// <summary>How much and how often, in the patient's words.</summary>
    public string? Dose { get; set; }

    /// <summary>First day; empty for the day of the treatment.</summary>
    public string? From { get; set; }

    /// <summary>Number of days.</summary>
    public string? Days { get; set; }

    /// <summary>Reason in spite of a related allergy.</summary>
    public string? Despite { get; set; }

    /// <summary>Whether nothing was typed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(string.Concat(Name, Ingredients, Dose, From, Days, Despite));

    /// <summary>The order; null where something is wrong with it.</summary>
    public MedicineOrder? Read(string field, string doctor, int longestDose, FieldProblems problems, IStringLocalizer<OrdersText> text)
    {
        string name = Name!.Trim();
        string dose = (Dose ?? "").Trim();
        string[] ingredients = (Ingredients ?? "").Split([',', ';', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        LocalDate? from = ClinicDates.Read(From);
        Check("Name", name.Length <= MedicineOrder.LongestName && IsLine(name), "line", MedicineOrder.LongestName);
        Check("Ingredients", ingredients.Length > 0, "medicine.ingredients.needed");
        Check("Ingredients", ingredients.All(part => part.Length <= MedicineOrder.LongestName && IsLine(part)), "line", MedicineOrder.LongestName);
        Check("Dose", dose.Length > 0, "medicine.dose.needed");
        Check("Dose", dose.Length <= longestDose && IsLine(dose), "line", longestDose);
        Check("From", from is not null || string.IsNullOrWhiteSpace(From), "date.wrong");
        Check("Days", int.TryParse((Days ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is >= 1 and <= MedicineOrder.LongestDays, "medicine.days.wrong", MedicineOrder.LongestDays);
        return wrong ? null : new MedicineOrder
        {
            Name = name,
            Ingredients = ingredients,
            Dose = dose,
            From = from,
            Days = days,
            OrderedBy = doctor.Length <= MedicineOrder.LongestName ? doctor : doctor[..MedicineOrder.LongestName],
            DespiteAllergy = string.IsNullOrWhiteSpace(Despite) ? null : Despite.Trim(),
        };

        void Check(string member, bool fine, string problem, params object[] values)
        {
            if (!fine)
            {
                wrong = true;
                problems.Add($"{field}.{member}", text[problem, values]);
            }
        }
    }

    private bool wrong;

    private static bool IsLine(string part) => !part.Any(char.IsControl);
}
