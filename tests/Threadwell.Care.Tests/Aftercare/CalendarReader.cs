using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Threadwell.Care.Tests.Aftercare;

/// <summary>One content line of an iCalendar file.</summary>
internal sealed record ContentLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

/// <summary>One component with its lines and the components within it.</summary>
internal sealed record Component(string Name)
{
    public List<ContentLine> Lines { get; } = [];

    public List<Component> Within { get; } = [];

    public ContentLine Line(string name) => Assert.Single(Lines, line => line.Name == name);

    public IEnumerable<Component> All(string name) => Within.Where(component => component.Name == name);
}

/// <summary>Reads an iCalendar file as strictly as RFC 5545 says, and shares nothing with the library that wrote it.</summary>
internal static partial class CalendarReader
{
    private const int LongestLineOctets = 75;

    /// <summary>Reads a file and asserts its form: UTF-8, CRLF, folded at 75 octets between characters, components closed, texts escaped.</summary>
    public static Component Read(byte[] file)
    {
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        Assert.NotEqual('\uFEFF', text[0]);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        string bare = text.Replace("\r\n", "", StringComparison.Ordinal);
        Assert.DoesNotContain(bare, character => char.IsControl(character) && character != '\t');

        var lines = new List<string>();
        int at = 0;
        foreach (byte[] physical in Lines(file))
        {
            Assert.InRange(physical.Length, 1, LongestLineOctets);

            // A fold lies between characters: each physical line is UTF-8 by itself.
            string line = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(physical);
            if (line[0] is ' ' or '\t')
            {
                Assert.NotEmpty(lines);
                lines[^1] += line[1..];
            }
            else
            {
                lines.Add(line);
            }

            at++;
        }

        Assert.True(at >= lines.Count);
        int next = 0;
        Component root = Component(lines, ref next);
        Assert.Equal(lines.Count, next);
        return root;
    }

    /// <summary>A text value without its escapes (RFC 5545, section 3.3.11): no other backslash, no bare comma or semicolon.</summary>
    public static string Text(string value)
    {
        Assert.Matches(@"^(?:[^\\,;]|\\[\\,;nN])*$", value);
        return Escape().Replace(value, match => match.Value[1] is 'n' or 'N' ? "\n" : match.Value[1..]);
    }

    /// <summary>A time of the form 20261126T080000, with or without the Z of universal time.</summary>
    public static DateTime Time(string value) => DateTime.ParseExact(value.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>
    /// Distance from universal time of a local time by a VTIMEZONE (RFC 5545, section 3.6.5): that of the observance with the latest onset at or before it. Each observance has one onset.
    /// </summary>
    public static TimeSpan Offset(Component zone, DateTime local)
    {
        Component observance = zone.Within.Where(part => Time(part.Line("DTSTART").Value) <= local).MaxBy(part => Time(part.Line("DTSTART").Value))
            ?? throw new InvalidOperationException($"No observance of {zone.Line("TZID").Value} holds at {local:s}.");
        return Signed(observance.Line("TZOFFSETTO").Value);
    }

    public static TimeSpan Signed(string value)
    {
        Assert.Matches(@"^[+-]\d{4}(\d{2})?$", value);
        var size = new TimeSpan(int.Parse(value.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(value.AsSpan(3, 2), CultureInfo.InvariantCulture), value.Length == 7 ? int.Parse(value.AsSpan(5, 2), CultureInfo.InvariantCulture) : 0);
        return value[0] == '-' ? -size : size;
    }

    private static IEnumerable<byte[]> Lines(byte[] file)
    {
        int start = 0;
        for (int index = 0; index < file.Length; index++)
        {
            Assert.True(file[index] != '\n' || (index > 0 && file[index - 1] == '\r'), "A line ends in CRLF.");
            if (file[index] == '\r')
            {
                Assert.Equal((byte)'\n', file[index + 1]);
                yield return file[start..index];
                start = index + 2;
            }
        }

        Assert.Equal(file.Length, start);
    }

    private static Component Component(List<string> lines, ref int next)
    {
        ContentLine begin = Parse(lines[next++]);
        Assert.Equal("BEGIN", begin.Name);
        var component = new Component(begin.Value);
        while (true)
        {
            ContentLine line = Parse(lines[next]);
            if (line.Name == "END")
            {
                Assert.Equal(component.Name, line.Value);
                next++;
                return component;
            }

            if (line.Name == "BEGIN")
            {
                component.Within.Add(Component(lines, ref next));
            }
            else
            {
                component.Lines.Add(line);
                next++;
            }
        }
    }

    private static ContentLine Parse(string line)
    {
        Match match = Content().Match(line);
        Assert.True(match.Success, $"This is no content line: {line}");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < match.Groups["parameter"].Captures.Count; index++)
        {
            parameters.Add(match.Groups["parameter"].Captures[index].Value, match.Groups["given"].Captures[index].Value);
        }

        return new ContentLine(match.Groups["name"].Value, parameters, match.Groups["value"].Value);
    }

    [GeneratedRegex(@"^(?<name>[A-Z0-9-]+)(?:;(?<parameter>[A-Z0-9-]+)=(?<given>[^"";:,]+|""[^""]*""))*:(?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Content();

    [GeneratedRegex(@"\\[\\,;nN]", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
