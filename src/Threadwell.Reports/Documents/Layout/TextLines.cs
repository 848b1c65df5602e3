using System.Text;
using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>One line of a broken paragraph: stretches of one weight each, and the width without the space at its end.</summary>
internal sealed record TextLine(IReadOnlyList<TextRun> Runs, float Width);

/// <summary>Breaks text into lines at spaces and at <see cref="BreakPlace"/>, and inside a word only where the word alone is wider than the line.</summary>
internal static class TextLines
{
    /// <summary>A place where a line may end that draws nothing.</summary>
    public const char BreakPlace = '\u200b';

    /// <summary>Breaks stretches of text to a width in points. Every line ends in a space, so that a reader of the file gets the words of two lines apart.</summary>
    public static IReadOnlyList<TextLine> Break(IReadOnlyList<TextRun> runs, TextStyle style, float width)
    {
        using SKFont regular = style.Font(false);
        using SKFont strong = style.Font(true);
        var lines = new List<TextLine>();
        var line = new List<TextRun>();
        float used = 0;
        foreach (Word word in Words(runs))
        {
            if (word.StartsLine || (line.Count > 0 && used + word.Width(regular, strong) > width))
            {
                lines.Add(End(line, regular, strong));
                line = [];
                used = 0;
            }

            foreach (TextRun part in word.Parts)
            {
                used = Add(part, line, used);
            }

            if (word.EndsInSpace)
            {
                used += Measure(" ", word.Parts[^1].Strong);
                line.Add(new TextRun(" ", word.Parts[^1].Strong));
            }
        }

        lines.Add(End(line, regular, strong));
        return lines;

        float Measure(string text, bool isStrong) => (isStrong ? strong : regular).MeasureText(text);

        // A word wider than the line goes on in the next one, letter by letter.
        float Add(TextRun part, List<TextRun> current, float at)
        {
            string left = part.Text;
            while (at + Measure(left, part.Strong) > width)
            {
                int fits = 0;
                while (fits < left.Length && at + Measure(left[..(fits + 1)], part.Strong) <= width)
                {
                    fits++;
                }

                if (fits > 0 && fits < left.Length && char.IsLowSurrogate(left[fits]))
                {
                    fits--;
                }

                if (fits == 0 && at == 0)
                {
                    break;
                }

                current.Add(part with { Text = left[..fits] });
                lines.Add(End(current, regular, strong));
                current.Clear();
                left = left[fits..];
                at = 0;
            }

            current.Add(part with { Text = left });
            return at + Measure(left, part.Strong);
        }
    }

    private static TextLine End(List<TextRun> parts, SKFont regular, SKFont strong)
    {
        var merged = new List<TextRun>();
        foreach (IReadOnlyList<TextRun> stretch in Stretches(parts))
        {
            merged.Add(new TextRun(string.Concat(stretch.Select(run => run.Text)), stretch[0].Strong));
        }

        float width = merged.Sum(run => (run.Strong ? strong : regular).MeasureText(run.Text));
        if (merged.Count > 0 && merged[^1].Text.EndsWith(' '))
        {
            width -= (merged[^1].Strong ? strong : regular).MeasureText(" ");
        }

        return new TextLine(merged, width);
    }

    private static IEnumerable<IReadOnlyList<TextRun>> Stretches(List<TextRun> parts)
    {
        for (int start = 0; start < parts.Count;)
        {
            int end = start + 1;
            while (end < parts.Count && parts[end].Strong == parts[start].Strong)
            {
                end++;
            }

            yield return parts[start..end];
            start = end;
        }
    }

    private static List<Word> Words(IReadOnlyList<TextRun> runs)
    {
        var words = new List<Word>();
        var parts = new List<TextRun>();
        bool startsLine = false;
        foreach (TextRun run in runs)
        {
            var letters = new StringBuilder();
            foreach (char character in ComposedText.Of(run.Text))
            {
                if (character is not (' ' or '\n' or BreakPlace))
                {
                    letters.Append(character);
                    continue;
                }

                Take(letters, run.Strong);
                Close(character != BreakPlace);
                startsLine |= character == '\n';
            }

            Take(letters, run.Strong);
        }

        Close(endsInSpace: true);
        return words;

        void Take(StringBuilder letters, bool isStrong)
        {
            if (letters.Length > 0)
            {
                parts.Add(new TextRun(letters.ToString(), isStrong));
                letters.Clear();
            }
        }

        void Close(bool endsInSpace)
        {
            if (parts.Count > 0)
            {
                words.Add(new Word([.. parts], startsLine, endsInSpace));
                parts.Clear();
                startsLine = false;
            }
        }
    }

    private sealed record Word(IReadOnlyList<TextRun> Parts, bool StartsLine, bool EndsInSpace)
    {
        public float Width(SKFont regular, SKFont strong) => Parts.Sum(part => (part.Strong ? strong : regular).MeasureText(part.Text));
    }
}
