namespace Threadwell.Reports.Charts;

/// <summary>Where the parts of a registry's chart stand, in its own units.</summary>
internal sealed record RegistryLayout
{
    /// <summary>Height of texts.</summary>
    public const float TextSize = 13;

    /// <summary>Height of a row of the legend.</summary>
    public const int LegendRow = 22;

    private const float Swatch = 38;
    private const float Gap = 24;

    /// <summary>For a page.</summary>
    public static readonly RegistryLayout Wide = new() { Width = 860, Left = 64, Right = 844, Top = 44, Bottom = 344, Legend = 404 };

    /// <summary>For a phone, where a unit is a little less than a pixel.</summary>
    public static readonly RegistryLayout Narrow = new() { Width = 360, Left = 52, Right = 348, Top = 44, Bottom = 264, Legend = 324 };

    /// <summary>Width of the chart.</summary>
    public required int Width { get; init; }

    /// <summary>Left end of the panel.</summary>
    public required float Left { get; init; }

    /// <summary>Right end of the panel.</summary>
    public required float Right { get; init; }

    /// <summary>Top of the panel.</summary>
    public required float Top { get; init; }

    /// <summary>Bottom of the panel.</summary>
    public required float Bottom { get; init; }

    /// <summary>Base line of the first row of the legend.</summary>
    public required int Legend { get; init; }

    /// <summary>How many rows a legend takes.</summary>
    public int LegendRows(IEnumerable<string> names) => Places(names).Select(place => place.Row).DefaultIfEmpty().Max() + 1;

    /// <summary>Draws the legend of lines.</summary>
    public void DrawLegend(ChartCanvas canvas, IReadOnlyList<(string Words, LineStyle Style)> entries)
    {
        foreach (((string words, LineStyle style), (float x, int row)) in entries.Zip(Places(entries.Select(entry => entry.Words))))
        {
            float y = Legend + (row * LegendRow);
            canvas.Line(x, y - 4, x + 30, y - 4, style);
            canvas.Text(words, x + Swatch, y, TextSize, ChartColour.Ink);
        }
    }

    private IEnumerable<(float X, int Row)> Places(IEnumerable<string> names)
    {
        float start = Math.Min(Left, 12);
        float x = start;
        int row = 0;
        foreach (string name in names)
        {
            float width = Swatch + ChartCanvas.Width(name, TextSize);
            if (x > start && x + width > Right)
            {
                (x, row) = (start, row + 1);
            }

            yield return (x, row);
            x += width + Gap;
        }
    }
}
