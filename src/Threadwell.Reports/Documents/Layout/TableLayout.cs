using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Share">Its width as a share of all columns' shares.</param>
/// <param name="IsNumber">Whether its cells end at the right, as numbers do.</param>
/// <param name="IsBox">Whether its cells are empty boxes to tick.</param>
internal sealed record TableColumn(string Heading, float Share = 1, bool IsNumber = false, bool IsBox = false);

/// <summary>Lays out a table: a head that stands again on each page, rows that are cut only where one alone is higher than half a page.</summary>
internal static class TableLayout
{
    private const float PadX = 4;
    private const float PadY = 2.4f;

    public static IReadOnlyList<Piece> Pieces(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, float width, float bodyHeight, float textSize)
    {
        float shares = columns.Sum(column => column.Share);
        float[] widths = [.. columns.Select(column => column.Share / shares * width)];
        var headStyle = new TextStyle(textSize, Strong: true);
        var style = new TextStyle(textSize);
        var pieces = new List<Piece>();
        Piece? head = columns.Any(column => column.Heading.Length > 0)
            ? Row([.. columns.Select((column, index) => Lines(column.Heading, headStyle, widths[index]))], columns, widths, headStyle, isHead: true) with { KeepWithNext = true }
            : null;
        if (head is not null)
        {
            pieces.Add(head);
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            if (row.Count != columns.Count)
            {
                throw new ArgumentException($"A row has {row.Count} cells, the table {columns.Count} columns.", nameof(rows));
            }

            IReadOnlyList<TextLine>[] cells = [.. row.Select((cell, index) => Lines(cell, style, widths[index]))];
            int most = cells.Max(cell => cell.Count);
            int step = most * style.LineHeight > 0.5f * bodyHeight ? 1 : most;
            for (int first = 0; first < most; first += step)
            {
                IReadOnlyList<TextLine>[] part = [.. cells.Select(cell => (IReadOnlyList<TextLine>)[.. cell.Skip(first).Take(step)])];
                Piece piece = Row(part, columns, widths, style, isHead: false, isFirst: first == 0, isLast: first + step >= most);
                pieces.Add(head is null ? piece : piece with { Repeated = [head] });
            }
        }

        return pieces;
    }

    private static IReadOnlyList<TextLine> Lines(string text, TextStyle style, float width) => TextLines.Break([new TextRun(text)], style, width - (2 * PadX));

    private static Piece Row(IReadOnlyList<TextLine>[] cells, IReadOnlyList<TableColumn> columns, float[] widths, TextStyle style, bool isHead, bool isFirst = true, bool isLast = true)
    {
        int lines = Math.Max(1, cells.Max(cell => cell.Count));
        float above = isFirst ? PadY : 0;
        float height = (lines * style.LineHeight) + above + (isLast ? PadY : 0);
        return new Piece(height, (canvas, x, y) =>
        {
            float left = x;
            for (int column = 0; column < cells.Length; column++)
            {
                if (columns[column].IsBox && !isHead && isFirst)
                {
                    Shapes.Box(canvas, left + PadX, y + above + (0.5f * (style.LineHeight - style.Size)), style.Size);
                }

                for (int line = 0; line < cells[column].Count; line++)
                {
                    float shift = columns[column].IsNumber ? widths[column] - (2 * PadX) - cells[column][line].Width : 0;
                    Shapes.Line(canvas, cells[column][line].Runs, style, left + PadX + shift, y + above + (line * style.LineHeight));
                }

                left += widths[column];
            }

            if (isLast)
            {
                Rules(canvas, x, y + height, widths.Sum(), isHead);
            }
        });
    }

    private static void Rules(SKCanvas canvas, float x, float y, float length, bool isHead)
    {
        Shapes.Rule(canvas, x, y - 0.3f, length);
        if (isHead)
        {
            Shapes.Rule(canvas, x, y - 0.9f, length);
        }
    }
}
