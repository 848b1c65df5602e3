namespace Threadwell.Reports.Charts;

/// <summary>Where the parts of the course chart stand, in its own units; type is 12 to 15 units high.</summary>
internal sealed record ChartLayout
{
    /// <summary>Distance of the rows of a legend.</summary>
    public const float LegendRow = 22;

    /// <summary>For a page or a picture of its own.</summary>
    public static readonly ChartLayout Wide = new()
    {
        Width = 1080, Height = 860, Left = 74, Right = 1052, WordsLeft = 74,
        Ranges = [22, 48], LiftTop = 112, LiftBottom = 470, LiftLegend = 506,
        SupportTop = 566, SupportBottom = 772, Months = 812, SupportLegend = 842,
    };

    /// <summary>For a phone, where a unit is a little less than a pixel: the words of ranges and legends have rows of their own.</summary>
    public static readonly ChartLayout Narrow = new()
    {
        Width = 380, Height = 812, Left = 46, Right = 368, WordsLeft = 12, RangeWordsOver = true,
        Ranges = [22, 56], LiftTop = 106, LiftBottom = 400, LiftLegend = 432,
        SupportTop = 540, SupportBottom = 722, Months = 766, SupportLegend = 796,
    };

    /// <summary>Width of the chart.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the chart.</summary>
    public required int Height { get; init; }

    /// <summary>Left end of both panels.</summary>
    public required float Left { get; init; }

    /// <summary>Right end of both panels.</summary>
    public required float Right { get; init; }

    /// <summary>Left end of legends.</summary>
    public required float WordsLeft { get; init; }

    /// <summary>Top of the bars of the measured and of the advised range.</summary>
    public required IReadOnlyList<float> Ranges { get; init; }

    /// <summary>Whether a range's words stand over its bar instead of beside it.</summary>
    public bool RangeWordsOver { get; init; }

    /// <summary>Top of the panel of lift.</summary>
    public required float LiftTop { get; init; }

    /// <summary>Bottom of the panel of lift.</summary>
    public required float LiftBottom { get; init; }

    /// <summary>Base line of the legend of lift.</summary>
    public required float LiftLegend { get; init; }

    /// <summary>Top of the panel of support.</summary>
    public required float SupportTop { get; init; }

    /// <summary>Bottom of the panel of support.</summary>
    public required float SupportBottom { get; init; }

    /// <summary>Base line of the name of the months' axis.</summary>
    public required float Months { get; init; }

    /// <summary>Base line of the legend of support.</summary>
    public required float SupportLegend { get; init; }

    /// <summary>With room for the longer legends of a course that has bands.</summary>
    public ChartLayout WithBands()
    {
        float lift = RangeWordsOver ? 2 * LegendRow : LegendRow;
        float support = RangeWordsOver ? 2 * LegendRow : 0;
        return this with
        {
            Height = Height + (int)(lift + support),
            SupportTop = SupportTop + lift,
            SupportBottom = SupportBottom + lift,
            Months = Months + lift,
            SupportLegend = SupportLegend + lift,
        };
    }
}
