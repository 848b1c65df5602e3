using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Pages;

/// <summary>The style sheet of the report page, with the typeface inside.</summary>
internal static class PageStyle
{
    /// <summary>Screens for which pictures and chart are drawn narrow; paper takes the wide ones.</summary>
    public const string NarrowScreen = "screen and (max-width:640px)";

    /// <summary>The whole style sheet.</summary>
    public static string Css() =>
        Face(400, "BeVietnamPro-Regular.ttf") + Face(600, "BeVietnamPro-SemiBold.ttf") + Rules + Narrow;

    private static string Face(int weight, string file) =>
        $"@font-face{{font-family:\"Be Vietnam Pro\";font-weight:{weight};src:url(data:font/ttf;base64,{Convert.ToBase64String(ReportFonts.Bytes(file))}) format(\"truetype\")}}\n";

    private const string Rules = """
        :root{color-scheme:light dark;--paper:#fff;--back:#f3f5f7;--ink:#1f2a37;--quiet:#556070;--line:#dfe4ea;--accent:#0b5f8a;--warn:#fff6e6;--warn-line:#c77d2e;
        --chart-ink:#1f2a37;--chart-quiet:#5b6675;--chart-grid:#e1e5ea;--chart-paper:#fff;--chart-lift:#0b5f8a;--chart-support:#5b3e96;--chart-untreated:#8a6a3b;--chart-measured:#2e8b84;--chart-advice:#c77d2e}
        @media (prefers-color-scheme:dark){:root{--paper:#161b22;--back:#0e1217;--ink:#e6eaf0;--quiet:#a0abb9;--line:#2c3440;--accent:#62b8e6;--warn:#2b2214;--warn-line:#d99546;
        --chart-ink:#e6eaf0;--chart-quiet:#a0abb9;--chart-grid:#2c3440;--chart-paper:#161b22;--chart-lift:#62b8e6;--chart-support:#b79cf0;--chart-untreated:#d0aa6e;--chart-measured:#5cc4bb;--chart-advice:#e3a35c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.6 "Be Vietnam Pro",system-ui,sans-serif;font-variant-numeric:tabular-nums}
        main{max-width:1120px;margin:0 auto;padding:40px 24px 72px}
        header{padding:8px 4px 20px}
        h1{font-size:2.1rem;line-height:1.2;margin:.1em 0 .35em;text-wrap:balance}
        h2{font-size:1.3rem;margin:0 0 .7em}
        h3{font-size:1.02rem;margin:0 0 .3em}
        h2,h3,caption,summary,thead th{text-wrap:balance}
        .brand{margin:0;font-weight:600;color:var(--accent);letter-spacing:.01em}
        .lead{font-size:1.06rem;color:var(--quiet);margin:.2em 0}
        .estimate{display:inline-block;margin:.8em 0 0;padding:.3em .85em;border:1px solid var(--line);border-radius:999px;background:var(--paper);font-weight:600}
        section{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:26px 28px;margin:0 0 22px}
        .warnings{background:var(--warn);border-color:var(--warn-line)}
        .warnings ul{margin:0;padding-left:1.2em}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:18px;margin-bottom:18px}
        .card{border:1px solid var(--line);border-radius:10px;padding:18px 20px}
        .plans h3{min-height:3.2em}
        .plans dd{white-space:normal;max-width:60%;text-wrap:balance}
        .quiet,figcaption{color:var(--quiet);font-size:.9rem}
        .card .quiet{margin:0 0 .8em;min-height:3.2em}
        dl{margin:0}
        dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 16px;padding:.5em 0;border-top:1px solid var(--line);align-items:baseline}
        dt{flex:1;color:var(--quiet);font-size:.92rem}
        dd{margin:0;font-weight:600;text-align:right;white-space:nowrap}
        dd.none{font-weight:400;color:var(--quiet);font-size:.86rem;white-space:normal;max-width:9.5em;line-height:1.35}
        dd.range{flex-basis:100%;font-weight:400;color:var(--quiet);font-size:.86rem;white-space:normal}
        figure{margin:0}
        figure img,figure svg{display:block;width:100%;height:auto;border-radius:8px}
        svg text{font-family:"Be Vietnam Pro",system-ui,sans-serif}
        figcaption{margin:.8em 0 1em}
        .scroll{overflow-x:auto;margin:12px 0}
        table{border-collapse:collapse;width:100%;font-size:.88rem}
        caption{text-align:left;font-weight:600;padding:.4em 0}
        th,td{padding:.45em .7em;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        thead th{color:var(--quiet);font-weight:600;vertical-align:bottom}
        tbody th{font-weight:600}
        .n{text-align:right;white-space:nowrap}
        thead th.n{white-space:normal}
        td{overflow-wrap:anywhere}
        details{border-top:1px solid var(--line);padding:.5em 0}
        summary{cursor:pointer;font-weight:600;padding:.2em 0}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        @media print{:root{color-scheme:light}body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}section{border:0;padding:6pt 0;margin:0;border-radius:0}
        .card,figure,tr{break-inside:avoid}h2,h3,caption{break-after:avoid}details::details-content{content-visibility:visible;height:auto}.scroll{overflow:visible}}
        @media (max-width:640px){main{padding:20px 12px 48px}section{padding:18px 16px}h1{font-size:1.6rem}td:not(.n){min-width:5.5rem}tbody th{min-width:6.5rem}td:last-child:not(.n){min-width:13rem}}
        """;

    private const string Narrow = $"\nfigure svg.narrow{{display:none}}@media {NarrowScreen}{{figure svg.wide{{display:none}}figure svg.narrow{{display:block}}}}";
}
