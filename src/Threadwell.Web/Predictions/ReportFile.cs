using System.Text;

namespace Threadwell.Web.Predictions;

/// <summary>
/// The report of a prediction as it is kept: the page in each language, one after the other in one file. A file of an earlier version of the program holds the English page alone.
/// </summary>
internal static class ReportFile
{
    private const string Start = "<!doctype html>";

    /// <summary>The file of some pages, the default first.</summary>
    public static byte[] ToBytes(IEnumerable<string> pages) => Encoding.UTF8.GetBytes(string.Concat(pages));

    /// <summary>The page in a language; where the file has none in it, the first.</summary>
    public static string Page(byte[] file, string language)
    {
        string[] pages = [.. Encoding.UTF8.GetString(file).Split(Start, StringSplitOptions.RemoveEmptyEntries)];
        return Start + (Array.Find(pages, page => page.AsSpan().TrimStart().StartsWith($"<html lang=\"{language}\"", StringComparison.Ordinal)) ?? pages[0]);
    }
}
