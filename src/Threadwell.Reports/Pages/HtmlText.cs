using System.Net;
using System.Text;

namespace Threadwell.Reports.Pages;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Language">Its language where that is not the page's; null otherwise.</param>
internal readonly record struct Cell(string Text, string? Language = null)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Writes a page. Every text is encoded here, so that nothing from a plan or a file name can become markup.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new();

    /// <summary>Adds markup of our own.</summary>
    public HtmlText Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <summary>An element around a text.</summary>
    public HtmlText Element(string tag, string content, string attributes = "")
    {
        text.Append('<').Append(tag).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>')
            .Append(WebUtility.HtmlEncode(content)).Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>A table with a caption; the first column heads its row. Columns whose heading starts with '#' hold numbers.</summary>
    public HtmlText Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        bool[] numbers = [.. headings.Select(heading => heading.StartsWith('#'))];
        Raw("<div class=\"scroll\" tabindex=\"0\"><table>\n").Element("caption", caption).Raw("<thead><tr>");
        for (int column = 0; column < headings.Count; column++)
        {
            Element("th", headings[column].TrimStart('#'), "scope=\"col\"" + (numbers[column] ? " class=\"n\"" : ""));
        }

        Raw("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<Cell> row in rows)
        {
            Raw("<tr>").Element("th", row[0].Text, "scope=\"row\"");
            for (int column = 1; column < row.Count; column++)
            {
                Element("td", row[column].Text, numbers[column] ? "class=\"n\"" : row[column].Language is { } language ? $"lang=\"{language}\"" : "");
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table></div>\n");
    }

    public override string ToString() => text.ToString();
}
