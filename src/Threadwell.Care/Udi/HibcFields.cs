using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>What parts of an HIBC code have said so far; two parts must not say different things.</summary>
internal sealed class HibcFields
{
    /// <summary>Labeler, product number and unit of measure; null in a secondary part.</summary>
    public string? Device { get; set; }

    /// <summary>The part as it is coded, without '+', link and check character.</summary>
    public string Body { get; set; } = "";

    /// <summary>Lot; null where none is given.</summary>
    public string? Lot { get; set; }

    /// <summary>Serial number; null where none is given.</summary>
    public string? Serial { get; set; }

    /// <summary>Last day of use; null where none is given.</summary>
    public LocalDate? Expiry { get; set; }

    /// <summary>Day of production; null where none is given.</summary>
    public LocalDate? Produced { get; set; }

    /// <summary>Pieces; null where none are given.</summary>
    public int? Quantity { get; set; }

    /// <summary>Other elements.</summary>
    public List<UdiElement> Other { get; init; } = [];

    /// <summary>Takes over what another part says.</summary>
    /// <exception cref="UdiException">It contradicts what is known.</exception>
    public void Merge(UdiScan scan, HibcFields part)
    {
        Lot = Agreed(scan, Lot, part.Lot, "lot", "số lô");
        Serial = Agreed(scan, Serial, part.Serial, "serial number", "số sê-ri");
        Expiry = Agreed(scan, Expiry, part.Expiry, "last day of use", "hạn dùng");
        Produced = Agreed(scan, Produced, part.Produced, "day of production", "ngày sản xuất");
        Quantity = Agreed(scan, Quantity, part.Quantity, "quantity", "số lượng");
        Other.AddRange(part.Other);
    }

    private static T? Agreed<T>(UdiScan scan, T? known, T? said, string name, string nameVi) =>
        known is null ? said
        : said is null || EqualityComparer<T>.Default.Equals(known, said) ? known
        : throw scan.Defect(0, $"the {name} is given twice and differs.", $"{nameVi} được ghi hai lần và khác nhau.");
}
