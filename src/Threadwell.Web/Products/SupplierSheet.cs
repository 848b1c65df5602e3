using System.Text.RegularExpressions;

namespace Threadwell.Web.Products;

/// <summary>
/// What a supplier says of a thread, checked against what its polymer is. Some sheets call PDO a glycolide that is absorbed in 60 to 90 days (C-10): such a sheet
/// describes another polymer, and nothing on it can be relied on.
/// </summary>
internal static partial class SupplierSheet
{
    // A long sheet says its polymer on its first pages.
    private const int LongestRead = 20_000;

    private static readonly IReadOnlyDictionary<string, Regex> Names = new Dictionary<string, Regex>(StringComparer.Ordinal)
    {
        ["PDO"] = Dioxanone(),
        ["PLLA"] = Lactide(),
        ["PCL"] = Caprolactone(),
        ["PLCL"] = LactideCaprolactone(),
    };

    /// <summary>What is wrong with a sheet, as the texts name it ("glycolide", "permanent", "silent"); null where nothing is, and for an empty sheet.</summary>
    /// <param name="material">The polymer that the product is entered as.</param>
    /// <param name="sheet">The sheet's text.</param>
    public static string? Problem(string material, string? sheet)
    {
        string text = (sheet ?? "").Trim();
        if (text.Length == 0)
        {
            return null;
        }

        text = text.Length > LongestRead ? text[..LongestRead] : text;
        return Glycolide().IsMatch(text) ? "glycolide"
            : Permanent().IsMatch(text) ? "permanent"
            : Names.TryGetValue(material, out Regex? named) && !named.IsMatch(text) ? "silent"
            : null;
    }

    [GeneratedRegex(@"\b(poly[\s-]*)?glycol(ide|ic|id)\b|\bpolyglycol\w*|\bPGA\b|\bPLGA\b|\bglicolid\w*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Glycolide();

    [GeneratedRegex(@"\bnon[\s-]*absorbable|\bnot absorbable|\bpermanent\b|\bpolypropylene|\bnylon\b|\bpolyamide|\bpolyester (suture|thread)|\bPTFE\b|\bsilk (suture|thread)|\bkhông tiêu\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Permanent();

    [GeneratedRegex(@"dioxanone?|\bPDO\b|\bPDS\b|\bPPDO\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dioxanone();

    [GeneratedRegex(@"lactic|lactide|\bPLL?A\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lactide();

    [GeneratedRegex(@"caprolactone?|\bPCL\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Caprolactone();

    [GeneratedRegex(@"caprolactone?|\bPL?LA?[\s/-]*CL\b|\bP\(LA/CL\)|\bPLCL\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LactideCaprolactone();
}
