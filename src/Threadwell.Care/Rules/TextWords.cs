using System.Globalization;
using System.Text;
using Threadwell.Plans.Text;

namespace Threadwell.Care.Rules;

/// <summary>
/// Looks for words in free text, in both languages. Case does not matter, and accents are optional: a word written without any fits one that has them ("sot" fits
/// "sốt"), a word written with other accents does not ("sót"). A word right after an odd number of denials ("no fever", "không bị sốt"; not "chưa hết sốt") is denied.
/// </summary>
public sealed class TextWords
{
    private readonly Dictionary<string, Word[][]> lists;
    private readonly Word[] denials;
    private readonly Word[] fillers;

    /// <summary>Takes lists of words over.</summary>
    /// <param name="lists">Words and phrases by the id of their list.</param>
    /// <param name="denials">Words that deny what follows them.</param>
    /// <param name="fillers">Words that may stand between a denial and what it denies.</param>
    public TextWords(IReadOnlyDictionary<string, IReadOnlyList<string>> lists, IReadOnlyList<string> denials, IReadOnlyList<string> fillers)
    {
        ArgumentNullException.ThrowIfNull(lists);
        this.lists = lists.ToDictionary(list => list.Key, list => list.Value.Select(Words).ToArray(), StringComparer.Ordinal);
        this.denials = [.. denials.SelectMany(Words)];
        this.fillers = [.. fillers.SelectMany(Words)];
    }

    /// <summary>Whether a text holds a word of one of the lists.</summary>
    /// <param name="text">The text.</param>
    /// <param name="listIds">Ids of the lists.</param>
    /// <param name="evenDenied">Whether a word counts that is denied.</param>
    public bool Mentions(string text, IReadOnlyList<string> listIds, bool evenDenied)
    {
        Word[] tokens = Words(text);
        foreach (Word[] phrase in listIds.SelectMany(id => lists[id]))
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

        string whole = string.Concat(text.EnumerateRunes());
        foreach (Rune rune in LatinLetters.Compose(whole).ToLowerInvariant().Replace('’', '\'').EnumerateRunes())
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

    // Without accents, and with d for đ, once a word: a long text is compared with some hundred phrases.
    private static Word[] Words(string text) => [.. Tokens(text).Select(word => new Word(word, LatinLetters.Fold(word)))];

    private static bool Fits(Word token, Word word) => token.Text == word.Text || (token.Text == token.Plain && token.Text == word.Plain);

    private bool IsDenied(Word[] tokens, int at)
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

    private readonly record struct Word(string Text, string Plain);
}
