using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Treatments;
using Threadwell.Care.Udi;
using Threadwell.Storage.Products;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Treatments;

/// <summary>What a scanner or a person gives of a package: its barcodes, and what was typed in place of them or beside them.</summary>
/// <param name="Barcodes">Texts of the barcodes, one or more of the same package; none where everything was typed.</param>
/// <param name="ProductId">The catalogue's product, where it was chosen by hand.</param>
/// <param name="Lot">Lot as typed; empty for the barcode's.</param>
/// <param name="Expiry">Last day of use as typed; empty for the barcode's.</param>
internal sealed record PackageInput(IReadOnlyList<string> Barcodes, Guid? ProductId, string Lot, string Expiry);

/// <summary>A package as it was read.</summary>
internal sealed record PackageReading
{
    /// <summary>What its barcodes say; null where there are none.</summary>
    public DeviceIdentification? Device { get; init; }

    /// <summary>Its product; null while the catalogue lacks it.</summary>
    public Product? Product { get; init; }

    /// <summary>Device identifier; empty where the product has none.</summary>
    public string DeviceIdentifier { get; init; } = "";

    /// <summary>Lot; empty while it is missing.</summary>
    public string Lot { get; init; } = "";

    /// <summary>Serial number; empty where there is none.</summary>
    public string Serial { get; init; } = "";

    /// <summary>Last day of use; null while it is missing.</summary>
    public LocalDate? Expiry { get; init; }

    /// <summary>What the page may offer where the package is refused: "unknown-product", "scan-more"; null for nothing.</summary>
    public string? Offer { get; private init; }

    /// <summary>Reads a package and says what keeps it from being used.</summary>
    /// <param name="package">What was scanned and typed.</param>
    /// <param name="found">The treatment.</param>
    /// <param name="refusals">Receives what is wrong.</param>
    /// <param name="desk">The record and words.</param>
    public static async Task<PackageReading> ReadAsync(PackageInput package, TreatmentCase found, Refusals refusals, TreatmentDesk desk)
    {
        DeviceIdentification? device = null;
        string[] barcodes = [.. package.Barcodes.Where(barcode => !string.IsNullOrWhiteSpace(barcode))];
        if (barcodes.Length > 0)
        {
            (device, UdiException? error) = UdiReader.TryRead(barcodes, found.Today);
            if (error is not null)
            {
                refusals.Add("barcode", desk.Text["package.unreadable", error.Problem.In(CultureInfo.CurrentUICulture.Name)]);
                return new PackageReading();
            }
        }

        Product? product = await ProductAsync(package, device, desk);
        LocalDate? typed = ClinicDates.Read(package.Expiry);
        if (typed is null && !string.IsNullOrWhiteSpace(package.Expiry))
        {
            refusals.Add("expiry", desk.Text["package.expiry.wrong"]);
        }

        var reading = new PackageReading
        {
            Device = device,
            Product = product,
            DeviceIdentifier = device?.DeviceIdentifier ?? product?.DeviceIdentifier ?? "",
            Lot = device?.Lot ?? package.Lot.Trim(),
            Serial = device?.Serial ?? "",
            Expiry = device?.Expiry ?? typed,
        };
        return reading.Judge(found, refusals, desk);
    }

    private PackageReading Judge(TreatmentCase found, Refusals refusals, TreatmentDesk desk)
    {
        switch (Product)
        {
            case null when Device is null:
                refusals.Add("product", desk.Text["package.product.needed"]);
                break;
            case null:
                refusals.Add("barcode", desk.Text["package.unknown", DeviceIdentifier]);
                return this with { Offer = "unknown-product" };
            case { IsRetired: true }:
                refusals.Add("barcode", desk.Text["package.retired", Product.Name]);
                break;
            case { IsExample: true } when !found.Patient.IsDemonstration:
                refusals.Add("barcode", desk.Text["package.example", Product.Name]);
                break;
        }

        // A package with two barcodes names the product in one, lot and expiry in the other.
        bool partly = Device is not null && (Lot.Length == 0 || Expiry is null);
        foreach (GateBlock block in ThreadChecks.Package(Product?.IsAbsorbable ?? true, Expiry, Lot, found.Today))
        {
            string field = block.Code switch { "product.lot-missing" => "lot", "product.expiry-unknown" => "expiry", _ => "barcode" };
            string language = CultureInfo.CurrentUICulture.Name;
            refusals.Add(field, partly && field != "barcode" ? desk.Text[$"package.{field}.more"] : desk.Text["package.refused", Capital(block.Reason.In(language)), Capital(block.Fix.In(language))]);
        }

        return partly ? this with { Offer = "scan-more" } : this;
    }

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..];

    private static async Task<Product?> ProductAsync(PackageInput package, DeviceIdentification? device, TreatmentDesk desk)
    {
        if (device is not null)
        {
            // One that is in use goes before one that was retired under the same identifier.
            return await desk.Database.Products.AsNoTracking().Where(product => product.DeviceIdentifier == device.DeviceIdentifier).OrderBy(product => product.IsRetired).FirstOrDefaultAsync();
        }

        return package.ProductId is { } chosen ? await desk.Database.Products.AsNoTracking().SingleOrDefaultAsync(product => product.Id == chosen) : null;
    }
}
