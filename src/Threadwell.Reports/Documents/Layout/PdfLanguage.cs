using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>
/// Names the language of a PDF file, which the drawing library cannot: the catalogue is written once more with its entry Lang as an incremental update
/// (ISO 32000-1, 7.5.6 and 14.9.2), so that a screen reader reads Vietnamese as Vietnamese.
/// </summary>
internal static partial class PdfLanguage
{
    /// <summary>The file with its language.</summary>
    /// <exception cref="InvalidOperationException">The file has not the parts that the drawing library writes.</exception>
    public static byte[] Set(byte[] pdf, string language)
    {
        string text = Encoding.Latin1.GetString(pdf);
        Match trailer = Trailer().Match(text, text.LastIndexOf("trailer", StringComparison.Ordinal));
        string root = trailer.Groups["root"].Value;
        int start = text.LastIndexOf($"\n{root} 0 obj\n<<", StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("endobj", start, StringComparison.Ordinal);
        if (!trailer.Success || end < 0)
        {
            throw new InvalidOperationException("The PDF file has no catalogue where the drawing library writes it.");
        }

        string opening = $"{root} 0 obj\n<<";
        string catalogue = opening + $"/Lang ({language})\n" + text[(start + 1 + opening.Length)..end] + "endobj\n";
        int at = pdf.Length + 1;
        string update = string.Create(
            CultureInfo.InvariantCulture,
            $"\n{catalogue}xref\n{root} 1\n{at:0000000000} 00000 n \ntrailer\n<</Size {trailer.Groups["size"].Value}\n/Root {root} 0 R\n/Info {trailer.Groups["info"].Value} 0 R\n/Prev {trailer.Groups["xref"].Value}>>\nstartxref\n{at + catalogue.Length}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update)];
    }

    [GeneratedRegex(@"\Gtrailer\s*<</Size (?<size>\d+)\s*/Root (?<root>\d+) 0 R\s*/Info (?<info>\d+) 0 R>>\s*startxref\s*(?<xref>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Trailer();
}
