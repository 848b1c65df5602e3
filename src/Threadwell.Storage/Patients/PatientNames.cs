using Threadwell.Plans.Text;

namespace Threadwell.Storage.Patients;

/// <summary>
/// How names are kept and found: composed, whole, and beside it without accents and in lower case, so that "nguyen thi hoa" finds "Nguyễn Thị Hoà" and "dang"
/// finds "Đặng".
/// </summary>
public static class PatientNames
{
    /// <summary>A name as it is kept: composed (NFC), with single spaces.</summary>
    public static string Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Join(' ', LatinLetters.Compose(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Text without accents and in lower case.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LatinLetters.Fold(text);
    }

    /// <summary>The words of a text, folded, each once.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new string([.. word.Where(char.IsLetterOrDigit)])).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>What lists are ordered by: the given name (the last word), then the rest. Vietnamese names are ordered and spoken to by the given name.</summary>
    public static string SortKey(string name)
    {
        string[] words = Fold(Clean(name)).Split(' ');
        return words.Length == 1 ? words[0] : $"{words[^1]} {string.Join(' ', words[..^1])}";
    }

    /// <summary>Digits of a telephone number by which two ways of writing it are the same: "+84 912 345 678" and "0912 345 678" both give "0912345678".</summary>
    public static string PhoneDigits(string phone)
    {
        ArgumentNullException.ThrowIfNull(phone);
        string digits = new([.. phone.Where(char.IsAsciiDigit)]);
        bool international = phone.TrimStart().StartsWith('+');
        return international && digits.StartsWith("84", StringComparison.Ordinal) ? "0" + digits[2..].TrimStart('0')
            : digits.StartsWith("0084", StringComparison.Ordinal) ? "0" + digits[4..].TrimStart('0')
            : international ? "+" + digits
            : digits;
    }
}
