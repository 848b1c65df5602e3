using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Charts;

/// <summary>The Pareto front of lift against risk, each point with its number of threads; the proposed plans are filled and lettered.</summary>
public static class FrontChart
{
    private const float Dot = 7;

    private static readonly LineStyle Grid = new(ChartColour.Grid, 1.4f);
    private static readonly LineStyle Wished = new(ChartColour.Advice, 1.8f, [5, 4]);
    private static readonly LineStyle Ring = new(ChartColour.Lift, 1.8f);

    /// <summary>The chart as an SVG element whose colours follow the page's custom properties <c>--chart-…</c>.</summary>
    /// <param name="document">The proposals.</param>
    /// <param name="language">Language of its words.</param>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    public static string ToSvg(ProposalDocument document, DocumentLanguage language, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(language);
        (int width, int height) = narrow ? (380, 340) : (720, 380);
        (float left, float top, float right, float bottom) = (54, 34, width - 16, height - 52);
        var canvas = new SvgCanvas(width, height);
        double most = Math.Max(1.2, Math.Ceiling(5 * document.Front.Max(point => point.Reached)) / 5);
        float X(double risk) => left + (float)(risk * (right - left));
        float Y(double reached) => bottom - (float)(reached / most * (bottom - top));
        for (int tick = 0; tick <= 4; tick++)
        {
            canvas.Line(X(tick / 4.0), top, X(tick / 4.0), bottom, Grid);
            canvas.Text(ProposalWords.Percent(tick / 4.0, language), X(tick / 4.0), bottom + 20, 13, ChartColour.Quiet, tick == 4 ? TextAnchor.End : TextAnchor.Middle);
        }

        double step = most > 2.5 ? 1 : 0.5;
        for (double reached = 0; reached <= most + 1e-9; reached += step)
        {
            canvas.Line(left, Y(reached), right, Y(reached), Grid);
            canvas.Text(ProposalWords.Percent(reached, language), left - 8, Y(reached) + 5, 13, ChartColour.Quiet, TextAnchor.End);
        }

        canvas.Line(left, Y(1), right, Y(1), Wished);
        canvas.Text(language.Report("propose.axis.lift"), 4, 18, 14, ChartColour.Ink);
        canvas.Text(language.Report("propose.axis.risk"), right, height - 8, 14, ChartColour.Ink, TextAnchor.End);
        for (int index = 0; index < document.Front.Count; index++)
        {
            FrontPoint point = document.Front[index];
            (float x, float y) = (X(point.Risk.Score), Y(point.Reached));
            (float X, float Y)[] circle = [.. Enumerable.Range(0, 25).Select(corner => (x + (Dot * MathF.Cos(corner * MathF.Tau / 24)), y + (Dot * MathF.Sin(corner * MathF.Tau / 24))))];
            int proposed = document.Proposals.Select(proposal => proposal.Front).ToList().IndexOf(index);
            if (proposed >= 0)
            {
                canvas.Polygon(circle, ChartColour.Lift, 1);
                canvas.Text(((char)('A' + proposed)).ToString(), x, y - Dot - 5, 15, ChartColour.Ink, TextAnchor.Middle, strong: true);
            }
            else
            {
                canvas.Polyline(circle, Ring);
            }

            canvas.Text(point.Threads.ToString(System.Globalization.CultureInfo.InvariantCulture), x + Dot + 4, y + 5, 12, ChartColour.Quiet);
        }

        string said = string.Join(" ", document.Front.Select(point => language.Report(
            "propose.front.said", point.Threads, ProposalWords.Percent(point.Reached, language), ProposalWords.Percent(point.Risk.Score, language))));
        return canvas.ToElement(narrow ? "narrow" : "wide", language.Report("propose.front"), said, "front");
    }
}
