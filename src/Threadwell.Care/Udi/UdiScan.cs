namespace Threadwell.Care.Udi;

/// <summary>One barcode as a scanner or a person gave it: its text, and where each character stood before prefixes were taken off.</summary>
internal readonly record struct UdiScan
{
    private const int LongestText = 300;

    /// <summary>Group separator, which scanners send for FNC1.</summary>
    public const char Separator = '\u001d';

    private UdiScan(int barcode, string text, int offset, int separatorWidth = 1)
    {
        Barcode = barcode;
        Text = text;
        Offset = offset;
        SeparatorWidth = separatorWidth;
    }

    /// <summary>Which barcode, from 1.</summary>
    public int Barcode { get; }

    /// <summary>The text without symbology identifier, line ends and HIBC's asterisks.</summary>
    public string Text { get; }

    /// <summary>Whether it is in the form of HIBC.</summary>
    public bool IsHibc => Text.StartsWith('+');

    private int Offset { get; }

    // Characters that a separator took in the text as it was given.
    private int SeparatorWidth { get; }

    /// <summary>Takes a text in.</summary>
    /// <exception cref="UdiException">It is empty, too long, or a barcode of a kind that carries neither GS1 nor HIBC.</exception>
    public static UdiScan Take(string? raw, int barcode)
    {
        // A trailing blank can be HIBC's check character: only line ends are cut there.
        string text = (raw ?? "").TrimEnd('\r', '\n', '\t');
        int offset = 0;
        while (offset < text.Length && text[offset] is ' ' or '\t' or '\r' or '\n' or '\ufeff')
        {
            offset++;
        }

        if (offset == text.Length)
        {
            throw new UdiException(barcode, null, "it is empty.", "trống.");
        }

        if (text.Length > LongestText)
        {
            throw new UdiException(barcode, LongestText + 1, $"it is longer than {LongestText} characters.", $"dài hơn {LongestText} ký tự.");
        }

        text = text[offset..];
        if (text[0] == ']')
        {
            string symbology = text[..Math.Min(3, text.Length)];
            text = text[symbology.Length..];
            offset += symbology.Length;
            if (symbology is not ("]C1" or "]d2" or "]Q3" or "]e0") && !text.StartsWith('+'))
            {
                throw new UdiException(
                    barcode, 1, $"a barcode of the kind '{symbology}' carries no device identification; scan the GS1 or HIBC code.", $"mã vạch loại '{symbology}' không chứa mã thiết bị; hãy quét mã GS1 hoặc HIBC.");
            }
        }

        string trimmed = text.Trim(' ');
        if (trimmed.Length >= 2 && trimmed.StartsWith("*+", StringComparison.Ordinal) && trimmed.EndsWith('*'))
        {
            return new UdiScan(barcode, trimmed[1..^1], offset + text.IndexOf('*', StringComparison.Ordinal) + 1);
        }

        if (text.StartsWith('+'))
        {
            return new UdiScan(barcode, text, offset);
        }

        // Separators as people and scanners without control characters write them.
        string clean = text.TrimEnd(' ').Replace("<GS>", "\u001d", StringComparison.Ordinal).Replace("{GS}", "\u001d", StringComparison.Ordinal).Replace('\u241d', Separator);
        bool written = text.Contains("GS>", StringComparison.Ordinal) || text.Contains("{GS", StringComparison.Ordinal);
        return clean.Length > 0 ? new UdiScan(barcode, clean, offset, written ? 4 : 1) : throw new UdiException(barcode, null, "it is empty.", "trống.");
    }

    /// <summary>The error of a defect.</summary>
    /// <param name="at">Index into <see cref="Text"/>.</param>
    /// <param name="en">What is wrong and what to do, English.</param>
    /// <param name="vi">The same in Vietnamese.</param>
    public UdiException Defect(int at, string en, string vi)
    {
        int separators = Text.AsSpan(0, Math.Min(at, Text.Length)).Count(Separator);
        return new UdiException(Barcode, Offset + at + 1 + (separators * (SeparatorWidth - 1)), en, vi);
    }
}
