using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Threadwell.Anatomy;

namespace Threadwell.Reports;

/// <summary>A sentence of the engine as a page says it.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Language">Its language, "en" or "vi": English where no translation is known.</param>
public readonly record struct SaidSentence(string Text, string Language);

/// <summary>
/// Says the engine's sentences (warnings, refusals, steps, remarks) in the reader's language. The engine writes English alone; here a sentence is recognised by its template in
/// <c>Text/EngineText.resx</c>, the values are taken out of it, and the template of <c>EngineText.vi.resx</c> receives them, translated in the same way.
/// </summary>
public static partial class EngineText
{
    // A template with fewer letters than this says too little of its own to carry values that are not understood.
    private const int TellingLetters = 12;

    // No sentence of the engine is as long.
    private const int LongestSentence = 2000;

    private static readonly Lazy<Table> Vietnamese = new(() => new Table("vi"));

    /// <summary>Says a sentence; what is not known stays as it is, in English.</summary>
    /// <param name="sentence">A sentence, or a place in a file, as the engine tells it.</param>
    /// <param name="language">Language of the reader: "vi", or any other for English.</param>
    public static SaidSentence Say(string sentence, string language)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return language == "vi" && sentence.Length is > 0 and <= LongestSentence && new Reading(Vietnamese.Value).Translate(sentence) is { } text
            ? new(text, "vi")
            : new(sentence, "en");
    }

    /// <summary>A sentence with its places for values cut out: n values stand between n + 1 pieces.</summary>
    private sealed class Template
    {
        public Template(string english, string translated)
        {
            Pieces = Places().Split(english);
            Values = [.. Places().Matches(english).Select(match => match.ValueSpan[1] - '0')];
            Translated = translated;
            Letters = Pieces.Sum(piece => piece.Count(char.IsLetter));
        }

        public string[] Pieces { get; }

        /// <summary>Number of each place, in order.</summary>
        public int[] Values { get; }

        public string Translated { get; }

        public int Letters { get; }

        /// <summary>Whether a place stands between quotation marks: what stands there is a name that somebody gave.</summary>
        public bool IsQuoted(int place) => Pieces[place].EndsWith('\'') && Pieces[place + 1].StartsWith('\'');
    }

    /// <summary>The sentences of a language.</summary>
    private sealed class Table
    {
        public Table(string language)
        {
            var texts = new ResourceManager("Threadwell.Reports.Text.EngineText", typeof(EngineText).Assembly);
            ResourceSet translations = texts.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;
            foreach (DictionaryEntry entry in texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!)
            {
                string english = (string)entry.Value!;
                string translated = translations.GetString((string)entry.Key)!;
                if (Places().IsMatch(english))
                {
                    Templates.Add(new Template(english, translated));
                }
                else
                {
                    Whole.Add(english, translated);
                }
            }

            // The template that says most decides; the order of equals must not depend on the resource file's.
            Templates.Sort((a, b) => a.Letters != b.Letters ? b.Letters - a.Letters : string.CompareOrdinal(string.Concat(a.Pieces), string.Concat(b.Pieces)));
        }

        /// <summary>Sentences and words without a place for values.</summary>
        public Dictionary<string, string> Whole { get; } = new(StringComparer.Ordinal);

        /// <summary>Sentences with places, the most telling first.</summary>
        public List<Template> Templates { get; } = [];
    }

    /// <summary>Translates one sentence.</summary>
    private sealed class Reading(Table table)
    {
        // A sentence of the engine takes some tens of steps; a text made to take more is given up.
        private int stepsLeft = 5000;

        /// <summary>The translation; null where none is known.</summary>
        public string? Translate(string text) => Whole(text) ?? Filled(text) ?? Counted(text) ?? OnSide(text, ", ");

        private string? Whole(string text)
        {
            if (table.Whole.TryGetValue(text, out string? translated))
            {
                return translated;
            }

            // A name at the beginning of a sentence.
            return char.IsUpper(text[0]) && table.Whole.TryGetValue(char.ToLowerInvariant(text[0]) + text[1..], out translated)
                ? char.ToUpperInvariant(translated[0]) + translated[1..]
                : null;
        }

        private string? Filled(string text)
        {
            foreach (Template template in table.Templates)
            {
                if (!text.StartsWith(template.Pieces[0], StringComparison.Ordinal) || !text.EndsWith(template.Pieces[^1], StringComparison.Ordinal))
                {
                    continue;
                }

                var values = new string[10];
                if (Match(template, text, template.Pieces[0].Length, 0, values, understood: true)
                    || (template.Letters >= TellingLetters && Match(template, text, template.Pieces[0].Length, 0, values, understood: false)))
                {
                    return Places().Replace(template.Translated, place => values[place.ValueSpan[1] - '0']);
                }
            }

            return null;
        }

        /// <summary>Finds the values from a position on; with <c>understood</c> only values that are names, numbers or sentences in their turn.</summary>
        private bool Match(Template template, string text, int from, int place, string[] values, bool understood)
        {
            string next = template.Pieces[place + 1];
            bool last = place + 1 == template.Values.Length;
            int at = last ? text.Length - next.Length : text.IndexOf(next, from, StringComparison.Ordinal);
            while (at >= from && stepsLeft-- > 0)
            {
                string? value = template.IsQuoted(place) ? Named(text[from..at]) : Value(text[from..at]);
                if (value is not null || !understood)
                {
                    values[template.Values[place]] = value ?? text[from..at];
                    if (last || Match(template, text, at + next.Length, place + 1, values, understood))
                    {
                        return true;
                    }
                }

                at = last || at == text.Length ? -1 : text.IndexOf(next, at + 1, StringComparison.Ordinal);
            }

            return false;
        }

        /// <summary>A value in the reader's language; null where it is prose that is not understood.</summary>
        private string? Value(string value) =>
            value.Length == 0 ? value
            : Number().IsMatch(value) ? value.Replace('.', ',')
            : Translate(value) ?? OnSide(value, ".") ?? Listed(value) ?? (value.Any(char.IsWhiteSpace) ? null : value);

        // Names stay as they were given, but for those of landmarks.
        private string Named(string name) =>
            OnSide(name, ".") ?? (LandmarkNames.MidlineHead.Contains(name, StringComparer.Ordinal) || LandmarkNames.MidlineTorso.Contains(name, StringComparer.Ordinal) ? table.Whole[name] : name);

        // A landmark ("tragus.left") or a structure ("facial artery, left") of a side.
        private string? OnSide(string value, string before)
        {
            int cut = value.LastIndexOf(before, StringComparison.Ordinal);
            return cut > 0 && value[(cut + before.Length)..] is "left" or "right" && Whole(value[..cut]) is { } name ? $"{name}, {table.Whole[value[(cut + before.Length)..]]}" : null;
        }

        private string? Listed(string value)
        {
            int cut = value.LastIndexOf(", ", StringComparison.Ordinal);
            return cut > 0 && Value(value[..cut]) is { } before && Value(value[(cut + 2)..]) is { } last ? $"{before}, {last}" : null;
        }

        // A place with its number: "line 12".
        private string? Counted(string text)
        {
            int space = text.LastIndexOf(' ');
            return space > 0 && !text.AsSpan(space + 1).ContainsAnyExceptInRange('0', '9') && Translate(text[..space]) is { } what ? what + text[space..] : null;
        }
    }

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"^[-−]?\d+(\.\d+)?(e[-+]?\d+)?( (%|mm|mm²|N|MiB))?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Number();
}
