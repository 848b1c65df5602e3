using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using Threadwell.Web.Text;

namespace Threadwell.Web.Recalls;

/// <summary>A recall as a table file for whoever calls the patients.</summary>
internal static class RecallFile
{
    /// <summary>The rows as comma-separated values (RFC 4180), UTF-8 with a mark so that a spreadsheet reads the accents.</summary>
    public static byte[] Write(IReadOnlyList<RecallRow> rows, IStringLocalizer<RecallText> text)
    {
        var file = new StringBuilder();
        Line(file, text["number"], text["name"], text["born"], text["phone"], text["email"], text["day"], text["product"], text["maker"], text["identifier"], text["lot"], text["expiry"], text["threads"], text["state"]);
        foreach ((RecalledThread thread, int count) in rows)
        {
            Line(
                file,
                thread.Number.ToString(CultureInfo.InvariantCulture),
                thread.FullName,
                LocalDatePattern.Iso.Format(thread.BirthDate),
                thread.Phone,
                thread.Email,
                LocalDatePattern.Iso.Format(thread.Day),
                thread.ProductName,
                thread.Maker,
                thread.DeviceIdentifier,
                thread.Lot,
                LocalDatePattern.Iso.Format(thread.Expiry),
                count.ToString(CultureInfo.InvariantCulture),
                thread.IsStruck ? text["state.struck", thread.StruckReason] : text["state.placed"]);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(file.ToString())];
    }

    private static void Line(StringBuilder file, params ReadOnlySpan<string> cells)
    {
        for (int cell = 0; cell < cells.Length; cell++)
        {
            file.Append(cell == 0 ? "" : ",").Append(Quoted(cells[cell]));
        }

        file.Append("\r\n");
    }

    // A cell that a spreadsheet would take for a formula is kept as text by an apostrophe before it.
    private static string Quoted(string cell)
    {
        string safe = cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
