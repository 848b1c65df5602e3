using System.Globalization;

namespace Threadwell.Web.Forms;

/// <summary>Numbers as people type them, with a comma or a point before the decimals.</summary>
internal static class TypedNumbers
{
    /// <summary>Reads a number that was typed ("0,35" or "0.35").</summary>
    /// <param name="text">The text; empty for none.</param>
    /// <param name="readable">Whether it is empty or a number.</param>
    /// <returns>The number; null where there is none.</returns>
    public static double? Read(string? text, out bool readable)
    {
        string typed = (text ?? "").Trim().Replace(',', '.');
        if (typed.Length == 0)
        {
            readable = true;
            return null;
        }

        readable = double.TryParse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        return readable ? number : null;
    }
}
