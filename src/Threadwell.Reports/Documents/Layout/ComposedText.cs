using System.Text;
using Threadwell.Plans.Text;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>Text as it is drawn: the typeface holds letters joined with their marks, and has no picture for controls.</summary>
internal static class ComposedText
{
    /// <summary>The text with composed letters; characters that draw nothing (controls but the line feed) are left out, other white space becomes a space.</summary>
    public static string Of(string text)
    {
        var drawn = new StringBuilder(text.Length);
        foreach (char character in LatinLetters.Compose(text))
        {
            if (character != '\n' && char.IsWhiteSpace(character) && (character == '\t' || !char.IsControl(character)))
            {
                drawn.Append(' ');
            }
            else if (character == '\n' || !char.IsControl(character))
            {
                drawn.Append(character);
            }
        }

        return drawn.ToString();
    }
}
