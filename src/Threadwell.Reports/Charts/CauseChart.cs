using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>What decides one outcome: a bar for each cause, with the interval of its share.</summary>
public static class CauseChart
{
    private const float BarHeight = 18;
    private const float Top = 6;

    private static readonly LineStyle Axis = new(ChartColour.Grid, 1.4f);
    private static readonly LineStyle Interval = new(ChartColour.Ink, 1.8f);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="language">Language of its words.</param>
    /// <param name="narrow">Drawn for the width of a phone: a cause's name stands over its bar.</param>
    public static string ToSvg(OutcomeCauses outcome, DocumentLanguage language, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        (int width, float left, float right, float rowHeight) = narrow ? (380, 12f, 316f, 52f) : (720, 230f, 640f, 40f);
        int height = (int)(rowHeight * outcome.Causes.Count) + 40;
        var canvas = new SvgCanvas(width, height);
        float bottom = height - 30;
        float X(double share) => left + (float)(CauseWords.Shown(share) * (right - left));
        foreach (int percent in (ReadOnlySpan<int>)[0, 25, 50, 75, 100])
        {
            canvas.Line(X(percent / 100.0), Top, X(percent / 100.0), bottom, Axis);
            canvas.Text(CauseWords.Percent(percent / 100.0, language), X(percent / 100.0), bottom + 20, 13, ChartColour.Quiet, percent == 0 && narrow ? TextAnchor.Start : TextAnchor.Middle);
        }

        // The weightiest cause stands first.
        CauseShare[] causes = [.. outcome.Causes.OrderByDescending(cause => cause.Total)];
        for (int index = 0; index < causes.Length; index++)
        {
            CauseShare cause = causes[index];
            float middle = Top + (rowHeight * index) + (narrow ? rowHeight - 16 : rowHeight / 2);
            string name = CauseWords.Of(cause.Cause, language);
            if (narrow)
            {
                canvas.Text(name, left, middle - (BarHeight / 2) - 6, 14, ChartColour.Ink);
            }
            else
            {
                canvas.Text(name, left - 12, middle + 5, 14, ChartColour.Ink, TextAnchor.End);
            }

            canvas.Rectangle(left, middle - (BarHeight / 2), X(cause.Total), middle + (BarHeight / 2), ChartColour.Lift, 0.75f);
            canvas.Line(X(cause.TotalLow), middle, X(cause.TotalHigh), middle, Interval);
            canvas.Text(CauseWords.Percent(CauseWords.Shown(cause.Total), language), right + 12, middle + 5, 14, ChartColour.Ink);
        }

        string said = string.Join(" ", causes.Select(cause => $"{CauseWords.Of(cause.Cause, language)}: {CauseWords.Share(cause, language)}."));
        return canvas.ToElement(narrow ? "narrow" : "wide", CauseWords.Of(outcome.Outcome, language), said, outcome.Outcome.ToString().ToLowerInvariant());
    }
}
