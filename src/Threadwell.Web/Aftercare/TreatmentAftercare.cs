using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Geometry;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Hosting;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Aftercare;

/// <summary>Makes the aftercare of a signed treatment from the record, anew each time it is asked for: the record is signed, so it stays the same until the rules change.</summary>
internal static class TreatmentAftercare
{
    /// <summary>Where the patient answers check-ins, for what is printed or kept elsewhere; null where the program has no public address, for this machine's own leads nowhere.</summary>
    /// <param name="found">The treatment.</param>
    /// <param name="address">The public address.</param>
    public static Uri? CheckIn(TreatmentCase found, PublicAddress address) => address.Origin is { } origin ? new Uri($"{origin}/treatments/{found.Treatment.Id}/check-in") : null;

    /// <summary>The aftercare; null before the treatment is signed, where no thread stands, and for complication care.</summary>
    /// <param name="found">The treatment.</param>
    /// <exception cref="InvalidInputException">The clinic has no telephone number that can be printed.</exception>
    public static AftercarePlan? Of(TreatmentCase found)
    {
        ImplantedThread[] threads = [.. found.Standing];
        if (found.Treatment is not { Kind: TreatmentKind.Planned, State: TreatmentState.Ended, EndedAt: { } ended } || threads.Length == 0)
        {
            return null;
        }

        return AftercareGenerator.Generate(AftercareRulebookFile.Shipped, new TreatmentFacts
        {
            Treatment = found.Treatment.Id.ToString(),
            TreatedAt = ended,
            Zone = found.Zone,
            Areas = [.. threads.Select(thread => thread.Area).Distinct().Order()],
            Materials = [.. threads.Select(thread => Enum.Parse<ThreadMaterial>(thread.Material, ignoreCase: true)).Distinct().Order()],
            EmergencyPhone = found.Settings.Phone,
        }, "clinic");
    }
}
