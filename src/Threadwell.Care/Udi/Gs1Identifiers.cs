namespace Threadwell.Care.Udi;

/// <summary>How long application identifiers and their values are (GS1 General Specifications, figures 3.2-1 and 7.8.5-2).</summary>
internal static class Gs1Identifiers
{
    /// <summary>Digits of the identifier that begins with two digits; 0 where GS1 has assigned none.</summary>
    public static int Length(ReadOnlySpan<char> twoDigits) => UdiDates.Number(twoDigits) switch
    {
        <= 4 or (>= 10 and <= 13) or (>= 15 and <= 17) or (>= 20 and <= 22) or 30 or 37 or >= 90 => 2,
        (>= 23 and <= 25) or (>= 40 and <= 42) or 71 => 3,
        (>= 31 and <= 36) or 39 or 43 or 70 or 72 or (>= 80 and <= 82) => 4,
        _ => 0,
    };

    /// <summary>
    /// Characters of an element string of predefined length, identifier included; 0 for one that ends at a separator. The list is closed: it
    /// never grows, so that a reader can split what it does not know.
    /// </summary>
    public static int PredefinedLength(ReadOnlySpan<char> twoDigits) => UdiDates.Number(twoDigits) switch
    {
        0 => 20,
        >= 1 and <= 3 => 16,
        4 => 18,
        >= 11 and <= 19 => 8,
        20 => 4,
        (>= 31 and <= 36) => 10,
        41 => 16,
        _ => 0,
    };

    /// <summary>Whether a character is of GS1 AI encodable character set 82.</summary>
    public static bool IsEncodable(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!\"%&'()*+,-./:;<=>?_".Contains(character, StringComparison.Ordinal);

    /// <summary>The check digit of a GTIN or another GS1 key: weights 3, 1, 3 … from the right (GS1 General Specifications 7.9.1).</summary>
    /// <param name="digits">The digits before the check digit.</param>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int index = 0; index < digits.Length; index++)
        {
            sum += (digits[^(index + 1)] - '0') * (index % 2 == 0 ? 3 : 1);
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
