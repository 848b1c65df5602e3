using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>What decides one outcome: a bar for each cause, with the interval of its share.</summary>
public static class CauseChart
{
    private const int Width = 720;
    private const float Left = 230;
    private const float Right = 640;
    private const float RowHeight = 40;
    private const float BarHeight = 18;

    private static readonly LineStyle Axis = new(ChartColour.Grid, 1.4f);
    private static readonly LineStyle Interval = new(ChartColour.Ink, 1.8f);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="language">Language of its words.</param>
    public static string ToSvg(OutcomeCauses outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        int height = (int)(RowHeight * outcome.Causes.Count) + 40;
        var canvas = new SvgCanvas(Width, height);
        float bottom = height - 30;
        foreach (int percent in (ReadOnlySpan<int>)[0, 25, 50, 75, 100])
        {
            canvas.Line(X(percent / 100.0), 6, X(percent / 100.0), bottom, Axis);
            canvas.Text(CauseWords.Percent(percent / 100.0, language), X(percent / 100.0), bottom + 20, 13, ChartColour.Quiet, TextAnchor.Middle);
        }

        // The weightiest cause stands first.
        CauseShare[] causes = [.. outcome.Causes.OrderByDescending(cause => cause.Total)];
        for (int index = 0; index < causes.Length; index++)
        {
            CauseShare cause = causes[index];
            float middle = 6 + (RowHeight * (index + 0.5f));
            canvas.Text(CauseWords.Of(cause.Cause, language), Left - 12, middle + 5, 14, ChartColour.Ink, TextAnchor.End);
            canvas.Rectangle(Left, middle - (BarHeight / 2), X(cause.Total), middle + (BarHeight / 2), ChartColour.Lift, 0.75f);
            canvas.Line(X(cause.TotalLow), middle, X(cause.TotalHigh), middle, Interval);
            canvas.Text(CauseWords.Percent(CauseWords.Shown(cause.Total), language), Right + 12, middle + 5, 14, ChartColour.Ink);
        }

        string said = string.Join(" ", causes.Select(cause => $"{CauseWords.Of(cause.Cause, language)}: {CauseWords.Share(cause, language)}."));
        return canvas.ToElement("strip", CauseWords.Of(outcome.Outcome, language), said, outcome.Outcome.ToString().ToLowerInvariant());
    }

    private static float X(double share) => Left + (float)(CauseWords.Shown(share) * (Right - Left));
}
