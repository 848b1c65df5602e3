using System.Text.RegularExpressions;

namespace Threadwell.Care.Questions;

/// <summary>What may tell who somebody is.</summary>
public enum IdentifyingKind
{
    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A citizen, identity or passport number.</summary>
    CitizenNumber,

    /// <summary>A street, house or ward.</summary>
    Address,

    /// <summary>A name that somebody gives as theirs.</summary>
    Name,

    /// <summary>A whole date of birth.</summary>
    BirthDate,

    /// <summary>A page or an account elsewhere.</summary>
    Link,
}

/// <summary>Something in a text that may tell who somebody is.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Text">As it stands there.</param>
public sealed record IdentifyingPart(IdentifyingKind Kind, int Start, string Text);

/// <summary>
/// Looks for what may tell who wrote a text, in English and Vietnamese, with and without accents. It warns and does not prove: a text in which nothing is found may still tell, which is why a doctor reads it before it is
/// published.
/// </summary>
public static partial class IdentifyingText
{
    private const int PatienceMs = 1000;
    private const int CitizenDigits = 12;
    private const int OldCitizenDigits = 9;
    private const int LongestPhone = 15;

    /// <summary>What is found, in the order of the text, no two of which overlap.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<IdentifyingPart> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<IdentifyingPart>();
        Add(IdentifyingKind.Email, Email());
        Add(IdentifyingKind.Link, Link());
        Add(IdentifyingKind.BirthDate, BirthDate());
        foreach (Match match in Digits().Matches(text))
        {
            // Twelve digits, or nine as they were, without a leading plus are a citizen's number; what begins with 0 or + and is as long as one is a telephone's.
            string digits = new([.. match.Value.Where(char.IsAsciiDigit)]);
            bool plus = match.Value.StartsWith('+');
            if (!plus && (digits.Length == CitizenDigits || (digits.Length == OldCitizenDigits && digits[0] != '0')))
            {
                Note(IdentifyingKind.CitizenNumber, match);
            }
            else if (digits.Length is >= OldCitizenDigits and <= LongestPhone && (plus || digits[0] == '0' || digits.StartsWith("84", StringComparison.Ordinal) || digits.Length == 10))
            {
                Note(IdentifyingKind.Phone, match);
            }
        }

        Add(IdentifyingKind.CitizenNumber, Passport());
        Add(IdentifyingKind.Address, Address());
        Add(IdentifyingKind.Address, Street());
        Add(IdentifyingKind.Name, Name());
        return [.. found.OrderBy(part => part.Start)];

        void Add(IdentifyingKind kind, Regex pattern)
        {
            foreach (Match match in pattern.Matches(text))
            {
                Note(kind, match);
            }
        }

        void Note(IdentifyingKind kind, Match match)
        {
            if (!found.Exists(part => part.Start < match.Index + match.Length && match.Index < part.Start + part.Text.Length))
            {
                found.Add(new IdentifyingPart(kind, match.Index, match.Value.Trim()));
            }
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]{1,64}\s?(@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(\s?(\.|\(dot\)|\[dot\])\s?[\p{L}\p{N}-]{1,63}){1,4}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, PatienceMs)]
    private static partial Regex Email();

    [GeneratedRegex(@"(https?://|www\.)\S{2,200}|\b(facebook|fb|instagram|tiktok|zalo|telegram|youtube)(\.com|\.me)?[/:]\s?\S{2,80}|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{3,40}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, PatienceMs)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!\d)(0?[1-9]|[12]\d|3[01])\s?[/.-]\s?(0?[1-9]|1[0-2])\s?[/.-]\s?(19|20)\d\d(?!\d)|(?<!\d)(19|20)\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])(?!\d)", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex BirthDate();

    [GeneratedRegex(@"(?<![\d.,])\+?\d([\s.\-()]{0,2}\d){8,14}(?!\d)", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[A-Z]\d{7,8}(?![\p{L}\p{N}])", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Passport();

    // "số 12 đường …", "12/3 Nguyễn Trãi, phường 5", "phường …", "quận 3", "thôn …": a number or a name must follow, for "đường" alone is also "sugar" and "line".
    [GeneratedRegex(@"(?<![\p{L}\p{N}])((số|so)\s(nhà\s|nha\s)?\d+[\p{L}\p{N}/-]*|(đường|duong|phố|pho|phường|phuong|quận|quan|huyện|huyen|thôn|thon|xã|xa|ngõ|ngo|hẻm|hem|ấp)\s(số\s|so\s)?(\d+|\p{Lu}[\p{L}\p{N}]*(\s\p{Lu}[\p{L}\p{N}]*){0,3}))", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\d{1,5}[A-Za-z]?(/\d+)*,?\s(\p{Lu}[\p{L}']*\s){1,3}(street|st\.|road|rd\.|avenue|ave\.|lane|drive|boulevard|blvd|square|court)(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])\d{1,5}(/\d+)+\s\p{Lu}[\p{L}']*(\s\p{Lu}[\p{L}']*){1,3}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, PatienceMs)]
    private static partial Regex Street();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])([Mm]y name is|[Mm]y name's|[Ii] am called|[Tt]ên (tôi|em|mình|cháu|con) là|[Tt]en (toi|em|minh|chau|con) la|([Tt]ôi|[Ee]m|[Mm]ình|[Cc]háu|[Tt]oi|[Mm]inh|[Cc]hau) ((tên|ten)( là| la)?|là|la))\s\p{Lu}\p{L}*(\s\p{Lu}\p{L}*){0,4}", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Name();
}
