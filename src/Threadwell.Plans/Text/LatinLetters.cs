using System.Globalization;
using System.Text;

namespace Threadwell.Plans.Text;

/// <summary>
/// Composes and decomposes Latin letters with their marks, Vietnamese ones among them. The program runs without the system's Unicode library, with which alone
/// <see cref="string.Normalize()"/> works; so it carries the letters it needs (<c>latin-letters.txt</c>). Follows the Unicode Standard, section 3.11.
/// </summary>
public static class LatinLetters
{
    private const int HangsBelow = 220;
    private const int StandsAbove = 230;

    private static readonly Dictionary<char, (char Letter, char Mark)> Parts = Read();
    private static readonly Dictionary<(char Letter, char Mark), char> Whole = Parts.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Letters with their marks as single characters, where there are such (the form NFC).</summary>
    /// <param name="text">Any text.</param>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<char> characters = Decompose(text);
        var composed = new StringBuilder(characters.Count);
        int starter = -1;
        int lastOrder = 0;
        foreach (char character in characters)
        {
            int order = Order(character);
            bool follows = starter >= 0 && order > 0 && order > lastOrder;
            if (follows && Whole.TryGetValue((composed[starter], character), out char whole))
            {
                composed[starter] = whole;
                continue;
            }

            composed.Append(character);
            (starter, lastOrder) = order == 0 ? (composed.Length - 1, 0) : (starter, order);
        }

        return composed.ToString();
    }

    /// <summary>Text without marks, in lower case; the letter đ, which is no letter with a mark, becomes d.</summary>
    /// <param name="text">Any text.</param>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (char character in Decompose(text))
        {
            if (Order(character) == 0)
            {
                folded.Append(character is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(character));
            }
        }

        return folded.ToString();
    }

    // Letters and marks one by one, the marks of a letter in their canonical order.
    private static List<char> Decompose(string text)
    {
        var characters = new List<char>(text.Length * 2);
        var marks = new Stack<char>();
        foreach (char character in text)
        {
            char letter = character;
            while (Parts.TryGetValue(letter, out (char Letter, char Mark) parts))
            {
                marks.Push(parts.Mark);
                letter = parts.Letter;
            }

            Insert(characters, letter);
            while (marks.TryPop(out char mark))
            {
                Insert(characters, mark);
            }
        }

        return characters;
    }

    private static void Insert(List<char> characters, char character)
    {
        int order = Order(character);
        int place = characters.Count;
        while (order > 0 && place > 0 && Order(characters[place - 1]) > order)
        {
            place--;
        }

        characters.Insert(place, character);
    }

    // Canonical combining class of the marks that the letters use; other marks stand above.
    private static int Order(char character) => character switch
    {
        < '\u0300' or > '\u036F' => 0,
        '\u0327' or '\u0328' => 202,
        '\u031B' => 216,
        '\u0323' or '\u0324' or '\u0325' or '\u0326' or '\u032D' or '\u032E' or '\u0330' or '\u0331' => HangsBelow,
        _ => StandsAbove,
    };

    private static Dictionary<char, (char Letter, char Mark)> Read()
    {
        using Stream stream = typeof(LatinLetters).Assembly.GetManifestResourceStream("latin-letters.txt")!;
        using var reader = new StreamReader(stream);
        var parts = new Dictionary<char, (char Letter, char Mark)>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                char[] codes = [.. line.Split(' ').Select(code => (char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                parts.Add(codes[0], (codes[1], codes[2]));
            }
        }

        return parts;
    }
}
