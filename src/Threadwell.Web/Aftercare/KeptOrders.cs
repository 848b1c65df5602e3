using System.Text;
using System.Text.Json;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Rules;
using Threadwell.Plans.Files;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Aftercare;

/// <summary>What the doctor says of one treatment's aftercare beside the rules, as <see cref="AftercareOrders"/> keeps it.</summary>
internal sealed record KeptOrders
{
    private static readonly JsonSerializerOptions Json = new(PlanJson.Options) { WriteIndented = false, Converters = { new LocalDateJson() } };

    /// <summary>What the doctor wrote down of allergies when she ordered; empty where none is known after asking, null where nobody asked.</summary>
    public IReadOnlyList<string>? Allergies { get; init; }

    /// <summary>Medicines as ordered.</summary>
    public IReadOnlyList<MedicineOrder> Medicines { get; init; } = [];

    /// <summary>Whether the helmet presses on the treated side.</summary>
    public HelmetAnswer Helmet { get; init; }

    /// <summary>For rules that end with closed entries or with the doctor's word: the day on which that was found.</summary>
    public IReadOnlyDictionary<string, LocalDate> Settled { get; init; } = new Dictionary<string, LocalDate>(StringComparer.Ordinal);

    /// <summary>The orders as they are kept; none where nobody has written any.</summary>
    public static KeptOrders Of(AftercareOrders? row)
    {
        if (row is null)
        {
            return new KeptOrders();
        }

        Content? content = row.MedicinesJson.Length == 0 ? null : JsonSerializer.Deserialize<Content>(row.MedicinesJson, Json);
        return new KeptOrders
        {
            Allergies = content?.Allergies,
            Medicines = content?.Medicines ?? [],
            Helmet = row.HelmetPresses switch { true => HelmetAnswer.Presses, false => HelmetAnswer.DoesNotPress, null => HelmetAnswer.Unknown },
            Settled = row.SettledJson.Length == 0 ? new Dictionary<string, LocalDate>(StringComparer.Ordinal) : JsonSerializer.Deserialize<Dictionary<string, LocalDate>>(row.SettledJson, Json)!,
        };
    }

    /// <summary>Writes them into a row.</summary>
    public void Keep(AftercareOrders row)
    {
        row.MedicinesJson = Allergies is null && Medicines.Count == 0 ? "" : Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(new Content(Allergies, Medicines), Json));
        row.HelmetPresses = Helmet switch { HelmetAnswer.Presses => true, HelmetAnswer.DoesNotPress or HelmetAnswer.DoesNotRide => false, _ => null };
        row.SettledJson = Settled.Count == 0 ? "" : JsonSerializer.Serialize(Settled.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), Json);
    }

    // Sealed as one: an allergy is told beside the medicine that it bears on.
    private sealed record Content(IReadOnlyList<string>? Allergies, IReadOnlyList<MedicineOrder> Medicines);
}
