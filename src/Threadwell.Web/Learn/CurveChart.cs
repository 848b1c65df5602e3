namespace Threadwell.Web.Learn;

/// <summary>A curve of a chart.</summary>
/// <param name="Key">Run and member that it shows, as the script knows them ("0.strength").</param>
/// <param name="Words">Its name.</param>
/// <param name="Colour">Which of the chart's colours.</param>
/// <param name="Days">Times, days.</param>
/// <param name="Values">Values.</param>
/// <param name="Dashed">Drawn dashed, so that nothing is told by colour alone.</param>
public sealed record ChartCurve(string Key, string Words, string Colour, IReadOnlyList<double> Days, IReadOnlyList<double> Values, bool Dashed = false);

/// <summary>A band round a curve.</summary>
/// <param name="Days">Times, days.</param>
/// <param name="Low">Lower ends.</param>
/// <param name="High">Upper ends.</param>
/// <param name="Colour">Which of the chart's colours.</param>
public sealed record ChartBand(IReadOnlyList<double> Days, IReadOnlyList<double> Low, IReadOnlyList<double> High, string Colour);

/// <summary>A stretch of time that a source names.</summary>
/// <param name="FromMonths">Its beginning, months.</param>
/// <param name="ToMonths">Its end, months.</param>
/// <param name="Words">What the source says.</param>
/// <param name="Colour">Which of the chart's colours.</param>
public sealed record ChartRange(double FromMonths, double ToMonths, string Words, string Colour);

/// <summary>A chart of curves over weeks or months.</summary>
public sealed record CurveChart
{
    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>Unit of time, in words.</summary>
    public required string Unit { get; init; }

    /// <summary>Days of that unit.</summary>
    public required double UnitDays { get; init; }

    /// <summary>Length, in that unit.</summary>
    public required double End { get; init; }

    /// <summary>Distance of the ticks across, in that unit.</summary>
    public required double Step { get; init; }

    /// <summary>Lowest value.</summary>
    public double Low { get; init; }

    /// <summary>Highest value.</summary>
    public required double High { get; init; }

    /// <summary>Distance of the ticks upwards.</summary>
    public required double Tick { get; init; }

    /// <summary>Height of the drawing.</summary>
    public int Height { get; init; } = 220;

    /// <summary>The curves.</summary>
    public required IReadOnlyList<ChartCurve> Curves { get; init; }

    /// <summary>Bands, the widest first.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>What the bands are, in words.</summary>
    public string? BandWords { get; init; }

    /// <summary>Stretches of time that sources name.</summary>
    public IReadOnlyList<ChartRange> Ranges { get; init; } = [];
}
