using System.Globalization;
using System.Text;

namespace Threadwell.Care.Rules;

/// <summary>
/// Looks for words in free text, in both languages. Case does not matter, and accents are optional: a word written without any fits one that has them ("sot" fits
/// "sốt"), a word written with other accents does not ("sót"). A word right after an odd number of denials ("no fever", "không bị sốt"; not "chưa hết sốt") is denied.
/// </summary>
public sealed class TextWords
{
    private readonly Dictionary<string, string[][]> lists;
    private readonly string[] denials;
    private readonly string[] fillers;

    /// <summary>Takes lists of words over.</summary>
    /// <param name="lists">Words and phrases by the id of their list.</param>
    /// <param name="denials">Words that deny what follows them.</param>
    /// <param name="fillers">Words that may stand between a denial and what it denies.</param>
    public TextWords(IReadOnlyDictionary<string, IReadOnlyList<string>> lists, IReadOnlyList<string> denials, IReadOnlyList<string> fillers)
    {
        ArgumentNullException.ThrowIfNull(lists);
        this.lists = lists.ToDictionary(list => list.Key, list => list.Value.Select(Tokens).ToArray(), StringComparer.Ordinal);
        this.denials = [.. denials.SelectMany(Tokens)];
        this.fillers = [.. fillers.SelectMany(Tokens)];
    }

    /// <summary>Whether a text holds a word of one of the lists.</summary>
    /// <param name="text">The text.</param>
    /// <param name="listIds">Ids of the lists.</param>
    /// <param name="evenDenied">Whether a word counts that is denied.</param>
    public bool Mentions(string text, IReadOnlyList<string> listIds, bool evenDenied)
    {
        string[] tokens = Tokens(text);
        foreach (string[] phrase in listIds.SelectMany(id => lists[id]))
        {
            for (int at = 0; at + phrase.Length <= tokens.Length; at++)
            {
                if (phrase.Select((word, index) => Fits(tokens[at + index], word)).All(fits => fits) && (evenDenied || !IsDenied(tokens, at)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The words of a text in lower case and composed letters; an empty one stands where punctuation parts them.</summary>
    internal static string[] Tokens(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        void Close()
        {
            if (word.Length > 0)
            {
                tokens.Add(word.ToString());
                word.Clear();
            }
        }

        // Half a surrogate pair, which no text holds, would stop the normalisation.
        string whole = string.Concat(text.EnumerateRunes());
        foreach (Rune rune in whole.Normalize(NormalizationForm.FormC).ToLowerInvariant().Replace('’', '\'').EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == '\'' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(rune.ToString());
                continue;
            }

            Close();
            if (rune.Value != ' ')
            {
                tokens.Add("");
            }
        }

        Close();
        return [.. tokens];
    }

    private static bool Fits(string token, string word) => token == word || (token == Plain(token) && token == Plain(word));

    private bool IsDenied(string[] tokens, int at)
    {
        int count = 0;
        for (int before = at - 1; before >= 0; before--)
        {
            if (Array.Exists(denials, denial => Fits(tokens[before], denial)))
            {
                count++;
            }
            else if (!Array.Exists(fillers, filler => Fits(tokens[before], filler)))
            {
                break;
            }
        }

        return count % 2 == 1;
    }

    // Without accents, and with d for đ.
    private static string Plain(string word) =>
        string.Concat(word.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Replace('đ', 'd');
}
