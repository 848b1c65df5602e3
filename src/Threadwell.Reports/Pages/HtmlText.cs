using System.Globalization;
using System.Net;
using System.Text;

namespace Threadwell.Reports.Pages;

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
    public HtmlText Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool[] numbers = [.. headings.Select(heading => heading.StartsWith('#'))];
        Raw("<div class=\"scroll\" tabindex=\"0\"><table>\n").Element("caption", caption).Raw("<thead><tr>");
        for (int column = 0; column < headings.Count; column++)
        {
            Element("th", headings[column].TrimStart('#'), "scope=\"col\"" + (numbers[column] ? " class=\"n\"" : ""));
        }

        Raw("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            Raw("<tr>").Element("th", row[0], "scope=\"row\"");
            for (int column = 1; column < row.Count; column++)
            {
                Element("td", row[column], numbers[column] ? "class=\"n\"" : "");
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table></div>\n");
    }

    /// <summary>A number as it stands in a table.</summary>
    public static string Number(double value, string format = "0.##") =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    public override string ToString() => text.ToString();
}
