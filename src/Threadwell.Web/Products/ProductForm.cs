using System.Globalization;
using Microsoft.Extensions.Localization;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Storage.Products;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Products;

/// <summary>A product as it was typed.</summary>
internal sealed class ProductForm
{
    /// <summary>Materials whose course in tissue the evidence catalogue knows, as products and records name them.</summary>
    public static readonly IReadOnlyList<string> Materials = [.. Enum.GetValues<ThreadMaterial>().Select(material => material.ToString().ToUpperInvariant())];

    // Thinner than the finest suture or thicker than the coarsest is a slip of the pen, mm.
    private const double ThinnestMm = 0.05;
    private const double ThickestMm = 1.2;
    private const double ShortestMm = 10;
    private const double LongestMm = 600;

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Maker.</summary>
    public string? Maker { get; set; }

    /// <summary>Polymer.</summary>
    public string? Material { get; set; }

    /// <summary>"yes" or "no": whether the body absorbs it.</summary>
    public string? Absorbable { get; set; }

    /// <summary>Core diameter, mm.</summary>
    public string? DiameterMm { get; set; }

    /// <summary>Length, mm.</summary>
    public string? LengthMm { get; set; }

    /// <summary>Kind of barbs.</summary>
    public string? Barbs { get; set; }

    /// <summary>Device identifier.</summary>
    public string? DeviceIdentifier { get; set; }

    /// <summary>Text of the supplier's sheet: checked, and not kept.</summary>
    public string? Sheet { get; set; }

    /// <summary>Whether the clinic no longer uses it.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Revision that was read.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>The product as it is kept.</summary>
    public static ProductForm Of(Product product) => new()
    {
        Name = product.Name,
        Maker = product.Maker,
        Material = product.Material,
        Absorbable = product.IsAbsorbable ? "yes" : "no",
        DiameterMm = product.DiameterMm?.ToString(CultureInfo.CurrentCulture),
        LengthMm = product.LengthMm?.ToString(CultureInfo.CurrentCulture),
        Barbs = product.Barbs.ToString(),
        DeviceIdentifier = product.DeviceIdentifier,
        IsRetired = product.IsRetired,
        Revision = product.Revision,
    };

    /// <summary>Makes the product anew, or fills a given one, where nothing is wrong with what was typed.</summary>
    /// <param name="product">The product that changes; null for a new one.</param>
    /// <param name="others">The other products of the catalogue.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    /// <returns>The product; null where something is wrong.</returns>
    public Product? Fill(Product? product, IReadOnlyList<Product> others, FieldProblems problems, IStringLocalizer<ProductText> text)
    {
        string name = (Name ?? "").Trim();
        string maker = (Maker ?? "").Trim();
        Check("Form.Name", name.Length > 0, "name.needed");
        Check("Form.Maker", maker.Length > 0, "maker.needed");
        Check("Form.Absorbable", Absorbable != "no", "absorbable.refused");
        Check("Form.Absorbable", Absorbable == "yes", "absorbable.needed");
        Check("Form.Material", Material != "other", "material.refused");
        Check("Form.Material", Material == "other" || Materials.Contains(Material), "material.needed");
        double? diameter = TypedNumbers.Read(DiameterMm, out bool diameterReadable);
        Check("Form.DiameterMm", diameterReadable && diameter is null or (>= ThinnestMm and <= ThickestMm), "diameter.wrong");
        double? length = TypedNumbers.Read(LengthMm, out bool lengthReadable);
        Check("Form.LengthMm", lengthReadable && length is null or (>= ShortestMm and <= LongestMm), "length.wrong");
        BarbKind barbs = BarbKind.None;
        Check("Form.Barbs", Enum.TryParse(Barbs, out barbs) && Enum.IsDefined(barbs), "barbs.needed");
        string identifier = DeviceIdentifiers.Read(DeviceIdentifier, out bool identified);
        Check("Form.DeviceIdentifier", identified, "identifier.wrong");
        Product? same = identifier.Length == 0 ? null : others.FirstOrDefault(other => other.Id != product?.Id && other.DeviceIdentifier == identifier && !other.IsRetired);
        if (same is not null && !IsRetired)
        {
            problems.Add("Form.DeviceIdentifier", text["identifier.taken", same.Name]);
        }

        if (SupplierSheet.Problem(Material ?? "", Sheet) is { } wrong)
        {
            problems.Add("Form.Sheet", text["sheet." + wrong, Material ?? ""]);
        }

        if (!problems.None)
        {
            return null;
        }

        product ??= new Product { Id = Guid.CreateVersion7(), Name = name, Maker = maker, Material = Material!, IsAbsorbable = true, Barbs = barbs, Revision = 0 };
        product.Name = name;
        product.Maker = maker;
        product.Material = Material!;
        product.IsAbsorbable = true;
        product.DiameterMm = diameter;
        product.LengthMm = length;
        product.Barbs = barbs;
        product.DeviceIdentifier = identifier;
        product.IsRetired = IsRetired;
        product.Revision++;
        return product;

        void Check(string field, bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(field, text[problem]);
            }
        }
    }
}
