using Threadwell.Reports.Documents;
using Threadwell.Trials.Validation;

namespace Threadwell.Reports.Charts;

/// <summary>The values of one target on a line each: the published range as a bar, the model as a mark with its band.</summary>
public static class ValidationChart
{
    private const int Width = 720;
    private const float Left = 12;
    private const float Right = 640;
    private const float RowHeight = 46;
    private const float Mark = 6;

    private static readonly LineStyle Band = new(ChartColour.Lift, 2.4f);
    private static readonly LineStyle Axis = new(ChartColour.Grid, 1.4f);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="outcome">The target.</param>
    /// <param name="language">Language of its words.</param>
    public static string ToSvg(ValidationOutcome outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        int height = (int)(RowHeight * outcome.Values.Count) + 34;
        var canvas = new SvgCanvas(Width, height);
        for (int index = 0; index < outcome.Values.Count; index++)
        {
            Draw(canvas, outcome.Values[index], 20 + (RowHeight * index), language);
        }

        float legend = height - 12;
        canvas.Rectangle(Left, legend - 9, Left + 26, legend + 1, ChartColour.Measured, 0.35f);
        canvas.Text(language.Report("validation.chart.range"), Left + 34, legend, 13, ChartColour.Ink);
        float second = Left + 58 + ChartCanvas.Width(language.Report("validation.chart.range"), 13);
        Diamond(canvas, second + 6, legend - 4);
        canvas.Text(language.Report("validation.chart.model"), second + 20, legend, 13, ChartColour.Ink);
        if (outcome.Values.Any(value => value.BandLow is not null))
        {
            float third = second + 44 + ChartCanvas.Width(language.Report("validation.chart.model"), 13);
            Whisker(canvas, third, third + 26, legend - 4);
            canvas.Text(language.Report("validation.chart.band"), third + 34, legend, 13, ChartColour.Ink);
        }

        string said = string.Join(" ", outcome.Values.Select(value => Said(value, language)));
        return canvas.ToElement("strip", language.Report("validation.chart", outcome.Id), said, outcome.Id.ToLowerInvariant());
    }

    private static string Said(ValidationValue value, DocumentLanguage language)
    {
        string band = value.BandLow is null ? "" : $" {language.Report("validation.chart.band")} {ValidationWords.Band(value, language)}";
        return $"{value.What}: {ValidationWords.Amount(value.Model, value, language)}{band} ({ValidationWords.Range(value, language)}).";
    }

    private static void Draw(SvgCanvas canvas, ValidationValue value, float y, DocumentLanguage language)
    {
        double low = value.Low ?? value.High ?? 0, high = value.High ?? value.Low ?? 0;
        double least = Math.Min(value.BandLow ?? value.Model, value.Model), most = Math.Max(value.BandHigh ?? value.Model, value.Model);
        double from = Math.Min(Math.Min(low, least), 0), until = Math.Max(Math.Max(high, most), low);
        double span = until > from ? 1.15 * (until - from) : 1;
        float X(double at) => (float)(Left + ((at - from) / span * (Right - Left)));
        canvas.Text(value.What, Left, y - 4, 13, ChartColour.Ink);
        canvas.Line(Left, y + 10, Right, y + 10, Axis);

        // A range without an upper end goes on to the end of the line; a single value is a bar of its own.
        float begin = X(low), end = value.High is null ? Right : X(high);
        canvas.Rectangle(begin - (begin == end ? 2 : 0), y + 3, end + (begin == end ? 2 : 0), y + 17, ChartColour.Measured, 0.35f);
        if (value is { BandLow: { } bandLow, BandHigh: { } bandHigh })
        {
            Whisker(canvas, X(bandLow), X(bandHigh), y + 10);
        }

        Diamond(canvas, X(value.Model), y + 10);
        canvas.Text(ValidationWords.Amount(value.Model, value, language), Right + 10, y + 14, 13, ChartColour.Ink);
    }

    private static void Whisker(SvgCanvas canvas, float from, float until, float y)
    {
        canvas.Line(from, y, until, y, Band);
        canvas.Line(from, y - Mark, from, y + Mark, Band);
        canvas.Line(until, y - Mark, until, y + Mark, Band);
    }

    private static void Diamond(SvgCanvas canvas, float x, float y) => canvas.Polygon([(x, y - Mark), (x + Mark, y), (x, y + Mark), (x - Mark, y)], ChartColour.Lift, 1);
}
