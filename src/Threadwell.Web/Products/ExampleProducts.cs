using Microsoft.EntityFrameworkCore;
using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Storage;
using Threadwell.Storage.Products;

namespace Threadwell.Web.Products;

/// <summary>
/// The catalogue as it comes: one thread of each material, marked as an example. They name no real maker, and their device identifiers begin with 952, which GS1
/// keeps for demonstrations and examples.
/// </summary>
internal static class ExampleProducts
{
    /// <summary>Adds the examples to a catalogue that never held a product; those that went with the demonstration do not come back.</summary>
    /// <param name="database">The record.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddAsync(ThreadwellContext database, CancellationToken cancellation)
    {
        if (await database.Products.AnyAsync(cancellation) || await database.AuditEntries.AnyAsync(entry => entry.RecordKind == nameof(Product), cancellation))
        {
            return;
        }

        double twoZero = EvidenceCatalogue.Value("suture.diameter-2-0", "mm");
        double threeZero = EvidenceCatalogue.Value("suture.diameter-3-0", "mm");
        database.Products.AddRange(
            Example("Example barbed PDO thread", "PDO", twoZero, BarbKind.Cut, "09521234000013"),
            Example("Example PLLA thread with cones", "PLLA", threeZero, BarbKind.Cone, "09521234000020"),
            Example("Example moulded PCL thread", "PCL", twoZero, BarbKind.Moulded, "09521234000037"),
            Example("Example barbed P(LA/CL) thread", "PLCL", twoZero, BarbKind.Cut, "09521234000044"));
        await database.SaveChangesAsync(cancellation);
    }

    private static Product Example(string name, string material, double diameter, BarbKind barbs, string identifier) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        Maker = "Example (no maker)",
        Material = material,
        IsAbsorbable = true,
        DiameterMm = diameter,
        Barbs = barbs,
        DeviceIdentifier = identifier,
        IsExample = true,
    };
}
