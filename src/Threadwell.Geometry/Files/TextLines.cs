using System.Buffers.Text;

namespace Threadwell.Geometry;

/// <summary>Walks the lines and the blank-separated words of a text file held as bytes, counting lines for error messages.</summary>
internal ref struct TextLines
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private ReadOnlySpan<byte> _rest;

    public TextLines(ReadOnlySpan<byte> bytes, int startLine = 0)
    {
        _bytes = bytes;
        Line = startLine;
    }

    /// <summary>One-based number of the current line.</summary>
    public int Line { get; private set; }

    /// <summary>Moves to the next line; false at the end of the file.</summary>
    public bool NextLine()
    {
        if (_next >= _bytes.Length)
        {
            _rest = default;
            return false;
        }

        ReadOnlySpan<byte> ahead = _bytes[_next..];
        int end = ahead.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            _rest = ahead;
            _next = _bytes.Length;
        }
        else
        {
            _rest = ahead[..end];
            _next += end + 1;
            if (ahead[end] == '\r' && end + 1 < ahead.Length && ahead[end + 1] == '\n')
            {
                _next++;
            }
        }

        Line++;
        return true;
    }

    /// <summary>The next word of the line; false at its end.</summary>
    public bool NextWord(out ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> rest = _rest.TrimStart(" \t\v\f"u8);
        int end = rest.IndexOfAny(" \t\v\f"u8);
        word = end < 0 ? rest : rest[..end];
        _rest = end < 0 ? default : rest[end..];
        return word.Length > 0;
    }

    /// <summary>Reads a whole word as a finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> word, out double value)
    {
        if (word.Length > 1 && word[0] == '+')
        {
            word = word[1..];
        }

        return Utf8Parser.TryParse(word, out value, out int used) && used == word.Length && double.IsFinite(value);
    }

    /// <summary>Reads a whole word as an integer.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> word, out long value) =>
        Utf8Parser.TryParse(word, out value, out int used) && used == word.Length;

    /// <summary>A word as it may be shown in a message: short and printable.</summary>
    public static string Show(ReadOnlySpan<byte> word)
    {
        Span<char> shown = stackalloc char[Math.Min(word.Length, 24)];
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = word[i] is >= 0x20 and < 0x7f ? (char)word[i] : '?';
        }

        return word.Length > shown.Length ? $"'{shown}...'" : $"'{shown}'";
    }
}
