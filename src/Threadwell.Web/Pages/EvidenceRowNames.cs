using System.Text.RegularExpressions;

namespace Threadwell.Web.Pages;

/// <summary>Names of evidence rows within a text ("E-139").</summary>
internal static partial class EvidenceRowNames
{
    /// <summary>One name; splitting a text by it keeps the names.</summary>
    [GeneratedRegex(@"\b(?<row>[EA]-[0-9]{3}|C-[0-9]{2})\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Pattern();
}
