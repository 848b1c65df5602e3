using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Geometry;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Hosting;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Aftercare;

/// <summary>A medicine that was ordered and is not told to the patient, with what stands against it.</summary>
/// <param name="Name">The medicine.</param>
/// <param name="Problem">What stands against it, a sentence of the engine.</param>
internal sealed record WithheldMedicine(string Name, string Problem);

/// <summary>Makes the aftercare of a signed treatment from the record, anew each time it is asked for: the record is signed, so it stays the same until rules, lengths or orders change.</summary>
internal static class TreatmentAftercare
{
    /// <summary>Where the patient answers check-ins, for what is printed or kept elsewhere; null where the program has no public address, for this machine's own leads nowhere.</summary>
    /// <param name="found">The treatment.</param>
    /// <param name="address">The public address.</param>
    public static Uri? CheckIn(TreatmentCase found, PublicAddress address) => address.Origin is { } origin ? new Uri($"{origin}/treatments/{found.Treatment.Id}/check-in") : null;
    private const string Source = "clinic";

    /// <summary>The aftercare; null before the treatment is signed, where no thread stands, and for complication care.</summary>
    /// <param name="found">The treatment.</param>
    /// <exception cref="InvalidInputException">The clinic has no telephone number that can be printed.</exception>
    public static AftercarePlan? Of(TreatmentCase found)
    {
        if (found.Treatment is not { Kind: TreatmentKind.Planned, State: TreatmentState.Ended, EndedAt: not null } || !found.Standing.Any())
        {
            return null;
        }

        KeptOrders orders = found.Orders;
        TreatmentFacts facts = Facts(found, orders);
        LocalDate treated = facts.TreatedAt.InZone(facts.Zone).Date;
        return AftercareGenerator.Generate(AftercareRulebookFile.Shipped, facts with
        {
            Medicines = [.. orders.Medicines.Where(order => Against(facts, order) is null)],
            Settled = orders.Settled.Where(pair => IsSettledBySomebody(pair.Key) && pair.Value >= treated).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        }, Source);
    }

    /// <summary>
    /// Ordered medicines that are not told, because something stands against them now: an allergy that was written down later, or another day of treatment. The rest of the aftercare is told all
    /// the same.
    /// </summary>
    /// <param name="found">The treatment.</param>
    /// <exception cref="InvalidInputException">The clinic has no telephone number that can be printed.</exception>
    public static IReadOnlyList<WithheldMedicine> Withheld(TreatmentCase found)
    {
        if (found.Orders.Medicines.Count == 0)
        {
            return [];
        }

        TreatmentFacts facts = Facts(found, found.Orders);
        _ = AftercareGenerator.Generate(AftercareRulebookFile.Shipped, facts, Source);
        return [.. found.Orders.Medicines.Select(order => (order.Name, Problem: Against(facts, order)?.Problem)).Where(order => order.Problem is not null).Select(order => new WithheldMedicine(order.Name, order.Problem!))];
    }

    /// <summary>What stands against a medicine; null where nothing does.</summary>
    /// <param name="facts">The treatment, with its allergies.</param>
    /// <param name="order">The medicine.</param>
    public static InvalidInputException? Against(TreatmentFacts facts, MedicineOrder order)
    {
        try
        {
            _ = AftercareGenerator.Generate(AftercareRulebookFile.Shipped, facts with { Medicines = [order] }, Source);
            return null;
        }
        catch (InvalidInputException refusal)
        {
            return refusal;
        }
    }

    /// <summary>The treatment as aftercare needs it, without medicines and without what has settled. Before its end, what is planned stands for what was done.</summary>
    /// <param name="found">The treatment.</param>
    /// <param name="orders">What the doctor says.</param>
    public static TreatmentFacts Facts(TreatmentCase found, KeptOrders orders)
    {
        ImplantedThread[] threads = [.. found.Standing];
        IEnumerable<TreatmentArea> areas = threads.Length > 0 ? threads.Select(thread => thread.Area) : found.Areas;
        IEnumerable<ThreadMaterial> materials = threads.Length > 0 ? threads.Select(thread => Enum.Parse<ThreadMaterial>(thread.Material, ignoreCase: true)) : found.Planned.Select(place => place.Material);
        IReadOnlyList<string> known = [.. KnownAllergies.Of(found.Assessment), .. found.AllergiesElsewhere];
        return new TreatmentFacts
        {
            Treatment = found.Treatment.Id.ToString(),
            TreatedAt = found.Treatment.EndedAt ?? found.Zone.AtLeniently(found.Treatment.Day + LocalTime.Noon).ToInstant(),
            Zone = found.Zone,
            Areas = [.. areas.Distinct().Order()],
            Materials = [.. materials.Distinct().Order()],
            EmergencyPhone = found.Settings.Phone,
            Helmet = orders.Helmet,
            Allergies = orders.Allergies is null && known.Count == 0 ? null : [.. (orders.Allergies ?? []).Concat(known).Distinct(StringComparer.OrdinalIgnoreCase)],
            Durations = AftercareLengths.Of(found.Settings).Within(AftercareRulebookFile.Shipped),
        };
    }

    /// <summary>Whether a rule ends when somebody finds that something has settled.</summary>
    public static bool IsSettledBySomebody(string rule) => AftercareRulebookFile.Shipped.Find(rule)?.Until.End is AftercareEnd.Closed or AftercareEnd.DoctorAgrees;
}
