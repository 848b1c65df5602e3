using System.Globalization;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>One pair of axes: months across, a value up.</summary>
internal sealed class ChartPanel
{
    private const float TickSize = 13;

    private readonly ChartCanvas canvas;
    private readonly DocumentLanguage language;

    public ChartPanel(ChartCanvas canvas, DocumentLanguage language, float left, float top, float right, float bottom, double months, double low, double high)
    {
        this.canvas = canvas;
        this.language = language;
        Left = left;
        Top = top;
        Right = right;
        Bottom = bottom;
        Months = months;
        Low = low;
        High = high;
    }

    public float Left { get; }

    public float Top { get; }

    public float Right { get; }

    public float Bottom { get; }

    public double Months { get; }

    public double Low { get; }

    public double High { get; }

    public float X(double months) => Left + (float)(months / Months * (Right - Left));

    public float Y(double value) => Bottom - (float)((value - Low) / (High - Low) * (Bottom - Top));

    /// <summary>Grid lines, tick labels and the axis title over the panel.</summary>
    /// <param name="title">The title.</param>
    /// <param name="format">Format of the values.</param>
    /// <param name="monthLabels">Whether the ticks across are labelled.</param>
    /// <param name="across">Distance of the ticks across; null for one that suits months.</param>
    public void DrawAxes(string title, string format, bool monthLabels, double? across = null)
    {
        var grid = new LineStyle(ChartColour.Grid, 1);
        foreach (double tick in RoundTicks.Between(Low, High, 6))
        {
            canvas.Line(Left, Y(tick), Right, Y(tick), grid);
            string text = language.Number(tick, format);
            canvas.Text(text, Left - 10, Y(tick) + (TickSize * 0.36f), TickSize, ChartColour.Quiet, TextAnchor.End);
        }

        double step = across ?? (Months > 36 ? 12 : Months > 12 ? 6 : Math.Max(1, RoundTicks.Step(Months, 6)));
        for (double month = 0; month <= Months + 1e-9; month += step)
        {
            canvas.Line(X(month), Bottom, X(month), Bottom + 5, new LineStyle(ChartColour.Quiet, 1));
            if (monthLabels)
            {
                canvas.Text(month.ToString("0", CultureInfo.InvariantCulture), X(month), Bottom + 22, TickSize, ChartColour.Quiet, TextAnchor.Middle);
            }
        }

        canvas.Line(Left, Bottom, Right, Bottom, new LineStyle(ChartColour.Quiet, 1));
        canvas.Text(title, Left, Top - 14, 15, ChartColour.Ink, strong: true);
    }

    /// <summary>A course through values at times in months.</summary>
    public void DrawCourse(IReadOnlyList<double> months, Func<int, double> value, LineStyle style)
    {
        var points = new List<(float, float)>();
        for (int index = 0; index < months.Count; index++)
        {
            points.Add((X(months[index]), Y(value(index))));
        }

        canvas.Polyline(points, style);
    }

    /// <summary>The area between two courses.</summary>
    public void FillBetween(IReadOnlyList<double> months, IReadOnlyList<double> upper, IReadOnlyList<double> lower, ChartColour colour, float opacity)
    {
        var points = new List<(float, float)>();
        for (int index = 0; index < months.Count; index++)
        {
            points.Add((X(months[index]), Y(upper[index])));
        }

        for (int index = months.Count - 1; index >= 0; index--)
        {
            points.Add((X(months[index]), Y(lower[index])));
        }

        canvas.Polygon(points, colour, opacity);
    }

    /// <summary>A level across the whole panel with its name at the right end, above or below the line.</summary>
    public void DrawLevel(double value, string name, LineStyle style, bool below = false)
    {
        canvas.Line(Left, Y(value), Right, Y(value), style);
        canvas.Text(name, Right - 4, Y(value) + (below ? 14 : -5), 12, style.Colour, TextAnchor.End);
    }

    /// <summary>A range of months shaded over the panel's height.</summary>
    public void Shade(double fromMonth, double toMonth, ChartColour colour)
    {
        double end = Math.Min(toMonth, Months);
        if (fromMonth < end)
        {
            canvas.Rectangle(X(fromMonth), Top, X(end), Bottom, colour, 0.10f);
        }
    }
}
