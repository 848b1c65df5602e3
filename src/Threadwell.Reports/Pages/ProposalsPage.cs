using System.Net;
using Threadwell.Plans;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Pages;

/// <summary>Proposed plans side by side as one page that needs nothing beside it.</summary>
public static class ProposalsPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="document">What was found.</param>
    /// <param name="pictures">A picture of each proposal, in the document's order (<see cref="LiftPicture.RenderEach"/>).</param>
    /// <param name="language">Language of the page.</param>
    public static string Render(ProposalDocument document, IReadOnlyList<byte[]> pictures, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(language);
        string Text(string key, params object[] values) => language.Report(key, values);
        ThreadPlan first = document.Proposals[0].Plan;
        string area = PlanWords.Of(first.Area, language);
        var html = new HtmlText();
        html.Raw($"<!doctype html>\n<html lang=\"{language.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", Text("propose.title", area)).Raw("<style>").Raw(PageStyle.Css()).Raw("</style>\n</head>\n<body>\n<main>\n<header>");
        html.Element("p", "Threadwell", "class=\"brand\"").Element("h1", Text("propose.title", area));
        html.Element("p", Text("propose.lead", PlanWords.Of(first.Patient, language), ProposalWords.Wish(document.Wish, language)), "class=\"lead\"");
        html.Element("p", Text("propose.estimate"), "class=\"estimate\"").Raw("</header>\n");
        html.Raw("<section aria-labelledby=\"plans\">").Element("h2", Text("propose.plans"), "id=\"plans\"").Element("p", ProposalWords.Met(document, language)).Raw("<div class=\"cards plans\">\n");
        for (int index = 0; index < document.Proposals.Count; index++)
        {
            AddCard(html, document, index, pictures[index], language);
        }

        html.Raw("</div>\n").Element("p", Text("propose.risk.what"), "class=\"quiet\"").Raw("</section>\n");
        html.Raw("<section aria-labelledby=\"reasons\">").Element("h2", Text("propose.reasons"), "id=\"reasons\"");
        for (int index = 0; index < document.Proposals.Count; index++)
        {
            AddReasons(html, document, index, language);
        }

        html.Raw("</section>\n<section aria-labelledby=\"h-front\">").Element("h2", Text("propose.front"), "id=\"h-front\"").Raw("<figure>");
        html.Raw(FrontChart.ToSvg(document, language)).Raw(FrontChart.ToSvg(document, language, narrow: true)).Element("figcaption", Text("propose.front.what")).Raw("</figure></section>\n");
        html.Raw("<section aria-labelledby=\"how\">").Element("h2", Text("propose.how"), "id=\"how\"");
        ProposalSearch search = document.Search;
        html.Element("p", Text(
            "propose.how.what", search.Candidates, search.RefusedByZones, search.Weighed, search.Verified, search.RefusedByVerification, language.Number(search.LiftErrorMm, "0.0")));
        ProposalLimits limits = document.Limits;
        html.Element("p", Text(
            "propose.limits",
            ProposalWords.Percent(limits.SmasDepthShare, language),
            ProposalWords.Percent(limits.BarbLoad, language),
            language.Number(limits.Dimpling, "0.##"),
            language.Number(limits.SpacingMm, "0.#"),
            limits.ThreadsPerSide,
            ProposalWords.Percent(limits.LeastGain, language)));
        html.Element("h2", Text("use")).Element("p", Text("use.what")).Raw("</section>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Heading(ProposalDocument document, int index, DocumentLanguage language) =>
        $"{(char)('A' + index)} · {ProposalWords.Of(document.Proposals[index].Kind, document.WishIsMet, language)}";

    private static void AddCard(HtmlText html, ProposalDocument document, int index, byte[] picture, DocumentLanguage language)
    {
        ProposedPlan proposed = document.Proposals[index];
        FrontPoint point = document.Front[proposed.Front];
        string heading = Heading(document, index, language);
        html.Raw("<div class=\"card\">").Element("h3", heading);
        html.Raw("<figure><img alt=\"").Raw(WebUtility.HtmlEncode(language.Report("propose.alt", heading, point.Threads))).Raw("\" src=\"data:image/png;base64,").Raw(Convert.ToBase64String(picture)).Raw("\"></figure><dl>");
        void Row(string what, string value) => html.Raw("<div>").Element("dt", what).Element("dd", value).Raw("</div>");
        Row(language.Report("propose.threads"), language.Number(point.Threads));
        for (int target = 0; target < document.Wish.Count; target++)
        {
            Row(PlanWords.Landmark(document.Wish[target].Landmark, language), ProposalWords.Lift(proposed, target, language));
        }

        foreach ((string what, string value) in ProposalWords.Risk(point.Risk, document.Limits, language))
        {
            Row(what, value);
        }

        html.Raw("</dl></div>\n");
    }

    private static void AddReasons(HtmlText html, ProposalDocument document, int index, DocumentLanguage language)
    {
        ProposedPlan proposed = document.Proposals[index];
        html.Table(
            Heading(document, index, language),
            [language.Report("column.thread"), "#" + language.Report("column.length"), "#" + language.Report("column.depth"), language.Report("column.tension"), language.Report("column.why")],
            proposed.Plan.Threads.Zip(proposed.Threads, (thread, reason) => (IReadOnlyList<Cell>)
            [
                thread.Id,
                language.Number(PlanWords.LengthMm(thread), "0"),
                language.Number(thread.DepthMm, "0.0"),
                PlanWords.Tension(thread, language),
                string.Join(" ", reason.Sentences.Select(sentence => EngineText.Say(sentence, language.Name).Text)),
            ]));
    }
}
