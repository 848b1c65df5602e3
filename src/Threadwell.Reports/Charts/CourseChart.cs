using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>
/// The course of a prediction: lift over months, and skin support over months, each beside the untreated course and the state on day 0. What doctors
/// advise (E-188) and what was measured (C-01) are two marked ranges, because they disagree.
/// </summary>
public static class CourseChart
{
    private const float PngScale = 2;

    // The inner band lies over the outer one and is twice as strong.
    private const float BandOpacity = 0.14f;

    private static readonly LineStyle MeanLift = new(ChartColour.Lift, 3.2f);
    private static readonly LineStyle OneLandmark = new(ChartColour.Lift, 1.1f, Opacity: 0.5f);
    private static readonly LineStyle AgainstDayZero = new(ChartColour.Lift, 2f, [9, 5]);
    private static readonly LineStyle Untreated = new(ChartColour.Untreated, 2f, [3, 4]);
    private static readonly LineStyle Support = new(ChartColour.Support, 3.2f);
    private static readonly LineStyle Zero = new(ChartColour.Quiet, 1.4f);
    private static readonly LineStyle HalfOfLifts = new(ChartColour.Lift, 11, Opacity: 2 * BandOpacity);
    private static readonly LineStyle NineOfTenLifts = new(ChartColour.Lift, 11, Opacity: BandOpacity);
    private static readonly LineStyle HalfOfSupports = new(ChartColour.Support, 11, Opacity: 2 * BandOpacity);
    private static readonly LineStyle NineOfTenSupports = new(ChartColour.Support, 11, Opacity: BandOpacity);
    private static readonly LineStyle Threshold = new(ChartColour.Quiet, 1f, [2, 3]);

    /// <summary>The chart as the bytes of a PNG file.</summary>
    public static byte[] ToPng(PredictionDocument prediction, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        ChartLayout layout = Room(ChartLayout.Wide, prediction);
        using var canvas = new PngCanvas(layout.Width, layout.Height, PngScale);
        Draw(canvas, layout, prediction, language);
        return canvas.ToPng();
    }

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="prediction">What is shown.</param>
    /// <param name="language">Language of its words.</param>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    public static string ToSvg(PredictionDocument prediction, DocumentLanguage language, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        ChartLayout layout = Room(narrow ? ChartLayout.Narrow : ChartLayout.Wide, prediction);
        var canvas = new SvgCanvas(layout.Width, layout.Height);
        Draw(canvas, layout, prediction, language);
        return canvas.ToElement(narrow ? "narrow" : "wide", language.Report("chart"), CourseWords.Describe(prediction, language));
    }

    private static ChartLayout Room(ChartLayout layout, PredictionDocument prediction) => prediction.Ensemble is null ? layout : layout.WithBands();

    private static void Draw(ChartCanvas canvas, ChartLayout layout, PredictionDocument prediction, DocumentLanguage language)
    {
        var course = new MeanCourse(prediction);
        double months = Math.Max(prediction.Summary.SimulatedMonths, 1e-6);
        DrawLift(canvas, layout, prediction, course, months, language);
        DrawSupport(canvas, layout, prediction, course, months, language);
    }

    private static void DrawLift(ChartCanvas canvas, ChartLayout layout, PredictionDocument prediction, MeanCourse course, double months, DocumentLanguage language)
    {
        IEnumerable<double> all = prediction.Landmarks.SelectMany(landmark => landmark.LiftMm)
            .Concat(course.Untreated).Concat(course.AgainstDayZero).Append(prediction.Summary.VisibleThresholdMm).Append(0)
            .Concat(prediction.Ensemble is { } spread ? spread.MeanLiftMm.Low90.Concat(spread.MeanLiftMm.High90) : []);
        (double low, double high) = Range(all);
        var panel = new ChartPanel(canvas, language, layout.Left, layout.LiftTop, layout.Right, layout.LiftBottom, months, low, high);
        DrawRanges(canvas, layout, panel, language);
        DrawBand(panel, course, prediction.Ensemble?.MeanLiftMm, ChartColour.Lift);
        panel.DrawAxes(language.Report("chart.lift"), "0.##", monthLabels: false);
        double measurable = EvidenceCatalogue.Value("outcome.repeatability-of-surface-measurement", "mm");
        panel.DrawLevel(
            prediction.Summary.VisibleThresholdMm,
            language.Report("chart.visible", language.Number(prediction.Summary.VisibleThresholdMm)),
            Threshold);
        panel.DrawLevel(measurable, language.Report("chart.measurable", language.Number(measurable)), Threshold);
        panel.DrawLevel(0, language.Report("chart.day-zero"), Zero, below: true);
        foreach (LandmarkCourse landmark in prediction.Landmarks)
        {
            panel.DrawCourse(course.Months, index => landmark.LiftMm[index], OneLandmark);
        }

        panel.DrawCourse(course.Months, index => course.Untreated[index], Untreated);
        panel.DrawCourse(course.Months, index => course.AgainstDayZero[index], AgainstDayZero);
        panel.DrawCourse(course.Months, index => course.Lift[index], MeanLift);
        DrawLegend(
            canvas,
            layout,
            layout.LiftLegend,
            [
                (language.Report("chart.mean"), MeanLift),
                .. Bands(prediction, language, HalfOfLifts, NineOfTenLifts),
                (language.Report("chart.landmark"), OneLandmark),
                (language.Report("chart.treated"), AgainstDayZero),
                (language.Report("chart.untreated"), Untreated),
            ]);
    }

    private static void DrawSupport(ChartCanvas canvas, ChartLayout layout, PredictionDocument prediction, MeanCourse course, double months, DocumentLanguage language)
    {
        (double low, double high) = Range(prediction.SupportIndex.Concat(prediction.UntreatedSupportIndex).Append(1).Append(0.95).Append(1.05)
            .Concat(prediction.Ensemble is { } spread ? spread.SupportIndex.Low90.Concat(spread.SupportIndex.High90) : []));
        var panel = new ChartPanel(canvas, language, layout.Left, layout.SupportTop, layout.Right, layout.SupportBottom, months, low, high);
        if (prediction.Ensemble is null)
        {
            panel.FillBetween(course.Months, prediction.SupportIndex, prediction.UntreatedSupportIndex, ChartColour.Support, 0.10f);
        }

        DrawBand(panel, course, prediction.Ensemble?.SupportIndex, ChartColour.Support);
        panel.DrawAxes(language.Report("chart.support"), "0.00", monthLabels: true);
        panel.DrawLevel(1, language.Report("chart.day-zero"), Zero, below: true);
        panel.DrawCourse(course.Months, index => prediction.UntreatedSupportIndex[index], Untreated);
        panel.DrawCourse(course.Months, index => prediction.SupportIndex[index], Support);
        canvas.Text(language.Report("chart.months"), (layout.Left + layout.Right) / 2, layout.Months, 13, ChartColour.Quiet, TextAnchor.Middle);
        DrawLegend(canvas, layout, layout.SupportLegend, [
            (language.Report("chart.support.treated"), Support),
            .. Bands(prediction, language, HalfOfSupports, NineOfTenSupports),
            (language.Report("chart.support.untreated"), Untreated),
        ]);
    }

    private static void DrawBand(ChartPanel panel, MeanCourse course, CurveBand? band, ChartColour colour)
    {
        if (band is not null)
        {
            panel.FillBetween(course.Months, band.High90, band.Low90, colour, BandOpacity);
            panel.FillBetween(course.Months, band.High50, band.Low50, colour, BandOpacity);
        }
    }

    private static IEnumerable<(string Words, LineStyle Style)> Bands(PredictionDocument prediction, DocumentLanguage language, LineStyle half, LineStyle nineOfTen) => prediction.Ensemble is null
        ? []
        : [(language.Report("chart.band.half"), half), (language.Report("chart.band.nine"), nineOfTen)];

    // The two published statements stand over the plot as bars with their words, and as shades in it.
    private static void DrawRanges(ChartCanvas canvas, ChartLayout layout, ChartPanel panel, DocumentLanguage language)
    {
        Fact measured = EvidenceCatalogue.Get("outcome.duration-of-lift-published");
        Fact advice = EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice");
        DrawRange(canvas, layout, panel, measured.Low!.Value, measured.High!.Value, layout.Ranges[0], ChartColour.Measured, language.Report("chart.measured", language.Number(measured.Low.Value), language.Number(measured.High.Value), measured.Id));
        DrawRange(canvas, layout, panel, 12 * advice.Low!.Value, 12 * advice.High!.Value, layout.Ranges[1], ChartColour.Advice, language.Report("chart.advice", language.Number(advice.Low.Value), language.Number(advice.High.Value), advice.Id));
    }

    private static void DrawRange(ChartCanvas canvas, ChartLayout layout, ChartPanel panel, double from, double to, float top, ChartColour colour, string words)
    {
        panel.Shade(from, to, colour);
        float left = panel.X(Math.Min(from, panel.Months));
        float right = panel.X(Math.Min(to, panel.Months));
        if (right > left)
        {
            canvas.Rectangle(left, top, right, top + 6, colour);
        }

        if (layout.RangeWordsOver)
        {
            canvas.Text(words, layout.WordsLeft, top - 8, 13, ChartColour.Ink);
            return;
        }

        // The words stand beside the bar on the side that has room for them.
        float width = ChartCanvas.Width(words, 13);
        bool after = right + 10 + width <= panel.Right;
        canvas.Text(words, after ? right + 10 : left - 10, top + 8, 13, ChartColour.Ink, after ? TextAnchor.Start : TextAnchor.End);
    }

    private static void DrawLegend(ChartCanvas canvas, ChartLayout layout, float y, IReadOnlyList<(string Words, LineStyle Style)> entries)
    {
        float x = layout.WordsLeft;
        foreach ((string words, LineStyle style) in entries)
        {
            if (x > layout.WordsLeft && x + 38 + ChartCanvas.Width(words, 13) > layout.Right)
            {
                (x, y) = (layout.WordsLeft, y + ChartLayout.LegendRow);
            }

            canvas.Line(x, y - 4, x + 30, y - 4, style);
            canvas.Text(words, x + 38, y, 13, ChartColour.Ink);
            x += 38 + ChartCanvas.Width(words, 13) + 26;
        }
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double low = double.MaxValue;
        double high = double.MinValue;
        foreach (double value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        double step = RoundTicks.Step(high - low, 5);
        return (Math.Floor((low / step) - 0.05) * step, Math.Ceiling((high / step) + 0.05) * step);
    }
}
