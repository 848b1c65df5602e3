namespace Threadwell.Web.Products;

/// <summary>Device identifiers as they are typed into the catalogue.</summary>
internal static class DeviceIdentifiers
{
    private const int GtinDigits = 14;

    /// <summary>Reads a device identifier: a GTIN of 8, 12, 13 or 14 digits, kept as 14, or the primary code of a HIBC, kept in upper case without its plus sign.</summary>
    /// <param name="typed">As typed; empty for none.</param>
    /// <param name="readable">Whether it is empty or an identifier with the right check digit.</param>
    /// <returns>The identifier as it is kept; empty for none.</returns>
    public static string Read(string? typed, out bool readable)
    {
        string text = new([.. (typed ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]);
        readable = text.Length == 0;
        if (readable)
        {
            return "";
        }

        if (text.All(char.IsAsciiDigit))
        {
            readable = text.Length is 8 or 12 or 13 or 14 && HasCheckDigit(text);
            return readable ? text.PadLeft(GtinDigits, '0') : "";
        }

        // Labeler (a letter and three letters or digits), product (up to 18), unit of measure (a digit): ANSI/HIBC 2.6, 2.2.
        string code = text.TrimStart('+').ToUpperInvariant();
        readable = code.Length is >= 6 and <= 23 && char.IsAsciiLetter(code[0]) && code.All(char.IsAsciiLetterOrDigit) && char.IsAsciiDigit(code[^1]);
        return readable ? code : "";
    }

    // Weights 3 and 1 from the right (GS1 General Specifications, 7.9.1).
    private static bool HasCheckDigit(string digits)
    {
        int sum = 0;
        for (int place = 0; place < digits.Length; place++)
        {
            sum += (digits[^(place + 1)] - '0') * (place % 2 == 0 ? 1 : 3);
        }

        return sum % 10 == 0;
    }
}
