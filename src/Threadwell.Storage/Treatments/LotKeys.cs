using System.Globalization;
using Threadwell.Plans.Text;

namespace Threadwell.Storage.Treatments;

/// <summary>Lots as a recall compares them, however they were typed.</summary>
public static class LotKeys
{
    /// <summary>A lot in upper case without spaces and dashes: "ab 12-3" and "AB123" are one lot.</summary>
    /// <param name="lot">The lot as printed or typed.</param>
    public static string Of(string lot)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return new string([.. LatinLetters.Compose(lot).Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter) && !IsDash(letter)).Select(char.ToUpperInvariant)]);
    }

    // The minus sign is no dash to Unicode, and a soft hyphen is not seen.
    private static bool IsDash(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format || letter == '\u2212';
}
