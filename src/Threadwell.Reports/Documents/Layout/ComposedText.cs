using System.Collections.Frozen;
using System.Text;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>
/// Joins letters and the marks that follow them to the single letters of Vietnamese (ISO 10646 canonical composition of these pairs), because the typeface holds those.
/// The program runs without the system's language data, where <see cref="string.Normalize()"/> leaves such pairs as they are.
/// </summary>
internal static class ComposedText
{
    // For each mark: letters, and what they become with it. The dot below comes first in decomposed text, so its letters take a circumflex or breve too.
    private static readonly (char Mark, string Letters, string Composed)[] Table =
    [
        ('\u0300', "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy", "ÀẰẦÈỀÌÒỒỜÙỪỲàằầèềìòồờùừỳ"),
        ('\u0301', "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy", "ÁẮẤÉẾÍÓỐỚÚỨÝáắấéếíóốớúứý"),
        ('\u0309', "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy", "ẢẲẨẺỂỈỎỔỞỦỬỶảẳẩẻểỉỏổởủửỷ"),
        ('\u0303', "AĂÂEÊIOÔƠUƯYaăâeêioôơuưyNn", "ÃẴẪẼỄĨÕỖỠŨỮỸãẵẫẽễĩõỗỡũữỹÑñ"),
        ('\u0323', "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy", "ẠẶẬẸỆỊỌỘỢỤỰỴạặậẹệịọộợụựỵ"),
        ('\u0302', "AEOẠẸỌaeoạẹọ", "ÂÊÔẬỆỘâêôậệộ"),
        ('\u0306', "AẠaạ", "ĂẶăặ"),
        ('\u031B', "OUou", "ƠƯơư"),
    ];

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Pairs = Table
        .SelectMany(row => row.Letters.Select((letter, index) => KeyValuePair.Create((letter, row.Mark), row.Composed[index])))
        .ToFrozenDictionary();

    /// <summary>The text with composed letters; characters that draw nothing (controls but the line feed) are left out, other white space becomes a space.</summary>
    public static string Of(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (composed.Length > 0 && Pairs.TryGetValue((composed[^1], character), out char joined))
            {
                composed[^1] = joined;
            }
            else if (character == '\n' || !char.IsControl(character))
            {
                composed.Append(character != '\n' && char.IsWhiteSpace(character) ? ' ' : character);
            }
            else if (character == '\t')
            {
                composed.Append(' ');
            }
        }

        return composed.ToString();
    }
}
