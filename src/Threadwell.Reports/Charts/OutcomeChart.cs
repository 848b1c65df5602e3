using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>What a visit measured.</summary>
/// <param name="Months">Months since the treatment.</param>
/// <param name="ValueMm">The value, mm.</param>
/// <param name="ErrorMm">Its error (one standard deviation), mm.</param>
/// <param name="IsUnforeseen">Whether hardly any course expected it.</param>
public sealed record MeasuredPoint(double Months, double ValueMm, double ErrorMm, bool IsUnforeseen = false);

/// <summary>What visits taught, on the plot of an outcome.</summary>
/// <param name="Posterior">The prediction with the bands after the visits.</param>
/// <param name="Positions">What each visit said of the mean position.</param>
public sealed record LearnedCourse(PredictionDocument Posterior, IReadOnlyList<MeasuredPoint> Positions);

/// <summary>
/// The outcome of a treatment on one plot: what scans measured, with error bars, over the predicted course. Courses and points are shifts along the planned directions since before the treatment, which
/// is what two scans can show; the lift against no treatment cannot be scanned.
/// </summary>
public static class OutcomeChart
{
    private const float CapWidth = 5;
    private const float DotSize = 5;
    private const float LegendRow = 22;
    private const float BandOpacity = 0.14f;
    private const float LearnedOpacity = 0.26f;
    private const float RingRadius = 13;
    private const double LongestMonths = 60;
    private const double ShortestMonths = 6;
    private const double LeastRangeMm = 1;

    private static readonly LineStyle Predicted = new(ChartColour.Lift, 3);
    private static readonly LineStyle Untreated = new(ChartColour.Untreated, 2, [3, 4]);
    private static readonly LineStyle HalfOfCourses = new(ChartColour.Lift, 11, Opacity: 2 * BandOpacity);
    private static readonly LineStyle NineOfTen = new(ChartColour.Lift, 11, Opacity: BandOpacity);
    private static readonly LineStyle Bar = new(ChartColour.Ink, 1.8f);
    private static readonly LineStyle ContourBar = new(ChartColour.Measured, 1.8f);
    private static readonly LineStyle LearnedMedian = new(ChartColour.Measured, 2.5f, [9, 4]);
    private static readonly LineStyle LearnedNine = new(ChartColour.Measured, 11, Opacity: LearnedOpacity);
    private static readonly LineStyle Unforeseen = new(ChartColour.Advice, 2.5f);
    private static readonly LineStyle Zero = new(ChartColour.Quiet, 1.4f);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="prediction">The course; null where none was predicted.</param>
    /// <param name="marks">Lift of marked points.</param>
    /// <param name="contours">Shift of the contour, the mean over landmarks whose shape tells it.</param>
    /// <param name="months">How far the axis reaches at least.</param>
    /// <param name="description">The same in words.</param>
    /// <param name="language">Language of its words.</param>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    /// <param name="marksName">Text that names the marked points.</param>
    /// <param name="learned">What visits taught; null for nothing.</param>
    public static string ToSvg(
        PredictionDocument? prediction, IReadOnlyList<MeasuredPoint> marks, IReadOnlyList<MeasuredPoint> contours, double months, string description, DocumentLanguage language, bool narrow = false, string marksName = "visits.marks", LearnedCourse? learned = null)
    {
        ArgumentNullException.ThrowIfNull(marks);
        ArgumentNullException.ThrowIfNull(contours);
        ArgumentNullException.ThrowIfNull(language);
        // Bands make the legend longer.
        IReadOnlyList<MeasuredPoint> positions = learned?.Positions ?? [];
        int bandRows = (prediction?.Ensemble is null ? 0 : narrow ? 2 : 1) + (learned is null ? 0 : narrow ? 4 : 1);
        float underPlot = (narrow ? 140 : 90) + (bandRows * LegendRow);
        (int width, int height) = narrow ? (380, 470) : (1080, 520);
        height += (int)(bandRows * LegendRow);
        var canvas = new SvgCanvas(width, height);
        float bottom = height - underPlot;
        double last = Math.Max(marks.Concat(contours).Concat(positions).Select(point => point.Months).DefaultIfEmpty().Max(), months);
        double until = Math.Clamp(Math.Ceiling(last / ShortestMonths) * ShortestMonths, ShortestMonths, LongestMonths + ShortestMonths);
        var course = prediction is null ? null : new MeanCourse(prediction);
        (double low, double high) = Range(course, prediction?.Ensemble?.MeanPositionMm, learned?.Posterior.Ensemble?.MeanPositionMm, marks.Concat(contours).Concat(positions), until);
        var panel = new ChartPanel(canvas, language, narrow ? 46 : 74, 50, narrow ? 368 : 1052, bottom, until, low, high);
        panel.DrawAxes(language.Report(narrow ? "visits.axis.short" : "visits.axis"), "0.##", monthLabels: true);
        panel.DrawLevel(0, language.Report("visits.before"), Zero, below: true);
        var legend = new List<(string Words, Action<float, float> Sign)>();
        if (course is not null)
        {
            int[] shown = [.. Enumerable.Range(0, course.Months.Length).Where(index => course.Months[index] <= until + 1e-9)];
            double[] times = [.. shown.Select(index => course.Months[index])];
            if (prediction?.Ensemble?.MeanPositionMm is { } band)
            {
                double[] Of(IReadOnlyList<double> curve) => [.. shown.Select(index => curve[index])];
                panel.FillBetween(times, Of(band.High90), Of(band.Low90), ChartColour.Lift, BandOpacity);
                panel.FillBetween(times, Of(band.High50), Of(band.Low50), ChartColour.Lift, BandOpacity);
            }

            if (learned?.Posterior.Ensemble?.MeanPositionMm is { } after)
            {
                panel.FillBetween(times, [.. shown.Select(index => after.High90[index])], [.. shown.Select(index => after.Low90[index])], ChartColour.Measured, LearnedOpacity);
                panel.DrawCourse(times, index => after.Median[shown[index]], LearnedMedian);
                legend.Add((language.Report("visits.learned"), (x, y) => canvas.Line(x, y, x + 26, y, LearnedMedian)));
                legend.Add((language.Report("visits.learned.nine"), (x, y) => canvas.Line(x, y, x + 26, y, LearnedNine)));
            }

            panel.DrawCourse(times, index => course.Untreated[shown[index]], Untreated);
            panel.DrawCourse(times, index => course.AgainstDayZero[shown[index]], Predicted);
            legend.Add((language.Report("visits.predicted"), (x, y) => canvas.Line(x, y, x + 26, y, Predicted)));
            if (prediction?.Ensemble is not null)
            {
                legend.Add((language.Report("chart.band.half"), (x, y) => canvas.Line(x, y, x + 26, y, HalfOfCourses)));
                legend.Add((language.Report("chart.band.nine"), (x, y) => canvas.Line(x, y, x + 26, y, NineOfTen)));
            }

            legend.Add((language.Report("visits.untreated"), (x, y) => canvas.Line(x, y, x + 26, y, Untreated)));
        }

        DrawPoints("visits.contour", contours, ContourBar, Diamond);
        DrawPoints("visits.position", positions, ContourBar, Disc);
        DrawPoints(marksName, marks, Bar, Square);
        if (positions.Any(point => point.IsUnforeseen))
        {
            legend.Add((language.Report("visits.unforeseen"), (x, y) => Ring(canvas, x + 13, y)));
        }

        canvas.Text(language.Report("chart.months"), (panel.Left + panel.Right) / 2, bottom + 42, 13, ChartColour.Quiet, TextAnchor.Middle);
        DrawLegend(canvas, legend, narrow ? 12 : 74, bottom + 66, panel.Right);
        return canvas.ToElement(narrow ? "narrow" : "wide", language.Report("visits.chart"), description);

        // The legend names what is drawn.
        void DrawPoints(string name, IReadOnlyList<MeasuredPoint> points, LineStyle bar, Action<SvgCanvas, float, float> sign)
        {
            foreach (MeasuredPoint point in points)
            {
                DrawBar(canvas, panel, point, bar);
                sign(canvas, panel.X(point.Months), panel.Y(point.ValueMm));
                if (point.IsUnforeseen)
                {
                    Ring(canvas, panel.X(point.Months), panel.Y(point.ValueMm));
                }
            }

            if (points.Count > 0)
            {
                legend.Add((language.Report(name), (x, y) => sign(canvas, x + 13, y)));
            }
        }
    }

    private static (double Low, double High) Range(MeanCourse? course, CurveBand? band, CurveBand? learned, IEnumerable<MeasuredPoint> points, double until)
    {
        double low = 0;
        double high = LeastRangeMm;
        IEnumerable<double> drawn = course is null
            ? []
            : Enumerable.Range(0, course.Months.Length).Where(index => course.Months[index] <= until).SelectMany(index => (double[])
                [course.AgainstDayZero[index], course.Untreated[index], band?.Low90[index] ?? 0, band?.High90[index] ?? 0, learned?.Low90[index] ?? 0, learned?.High90[index] ?? 0]);
        foreach (double value in drawn.Concat(points.SelectMany(point => (double[])[point.ValueMm - point.ErrorMm, point.ValueMm + point.ErrorMm])))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        double step = RoundTicks.Step(high - low, 5);
        return (Math.Floor((low / step) - 0.05) * step, Math.Ceiling((high / step) + 0.05) * step);
    }

    private static void DrawBar(SvgCanvas canvas, ChartPanel panel, MeasuredPoint point, LineStyle style)
    {
        float x = panel.X(point.Months);
        (float top, float bottom) = (panel.Y(point.ValueMm + point.ErrorMm), panel.Y(point.ValueMm - point.ErrorMm));
        canvas.Line(x, top, x, bottom, style);
        canvas.Line(x - CapWidth, top, x + CapWidth, top, style);
        canvas.Line(x - CapWidth, bottom, x + CapWidth, bottom, style);
    }

    private static void Square(SvgCanvas canvas, float x, float y) => canvas.Rectangle(x - DotSize, y - DotSize, x + DotSize, y + DotSize, ChartColour.Ink);

    private static void Diamond(SvgCanvas canvas, float x, float y)
    {
        (float, float)[] corners = [(x, y - DotSize - 2), (x + DotSize + 2, y), (x, y + DotSize + 2), (x - DotSize - 2, y), (x, y - DotSize - 2)];
        canvas.Polygon(corners, ChartColour.Paper, 1);
        canvas.Polyline(corners, new LineStyle(ChartColour.Measured, 2));
    }

    private static void Disc(SvgCanvas canvas, float x, float y) => canvas.Polygon(Round(x, y, DotSize), ChartColour.Measured, 1);

    private static void Ring(SvgCanvas canvas, float x, float y) => canvas.Polyline(Round(x, y, RingRadius), Unforeseen);

    private static (float X, float Y)[] Round(float x, float y, float radius)
    {
        const int Sides = 24;
        return [.. Enumerable.Range(0, Sides + 1).Select(step => Math.Tau * step / Sides).Select(angle => (x + (radius * (float)Math.Cos(angle)), y + (radius * (float)Math.Sin(angle))))];
    }

    private static void DrawLegend(SvgCanvas canvas, IReadOnlyList<(string Words, Action<float, float> Sign)> entries, float left, float y, float right)
    {
        float x = left;
        foreach ((string words, Action<float, float> sign) in entries)
        {
            float width = 34 + ChartCanvas.Width(words, 13);
            if (x > left && x + width > right)
            {
                (x, y) = (left, y + LegendRow);
            }

            sign(x, y - 4);
            canvas.Text(words, x + 34, y, 13, ChartColour.Ink);
            x += width + 24;
        }
    }
}
