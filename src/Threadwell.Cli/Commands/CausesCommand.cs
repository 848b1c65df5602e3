using System.CommandLine;
using System.Text;
using Spectre.Console;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell causes PLAN.json --out DIR</c>: what decides the result of a plan.</summary>
internal sealed class CausesCommand : Command
{
    private const string JsonFile = "causes.json";
    private const string PageFile = "causes.html";

    public CausesCommand()
        : base("causes", $"Tells what decides the result of a plan, thread, skin, technique or aftercare, and what one change would make of it: {JsonFile} and {PageFile}.")
    {
        var plan = new Argument<string>("plan") { Description = "The plan, JSON." };
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<double> months = TypedOptions.Number("--months", "Length of the courses.", 0.25, CourseTimes.LongestMonths, "months").Or(60);
        Option<int> samples = TypedOptions.Whole("--samples", "Pairs of draws; each takes six courses.", PredictionOptions.FewestSamples, PredictionOptions.MostSamples).Or(CauseAnalysis.UsualSamples);
        Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the page.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        Add(plan);
        Add(output);
        Add(months);
        Add(samples);
        Add(threads);
        Add(language);
        SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(plan);
            var options = new PredictionOptions { Months = parsed.GetValue(months), Samples = parsed.GetValue(samples), Threads = parsed.GetValue(threads) };
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            ThreadPlan planned = PlanFile.Read(path);
            CauseDocument causes = await ProgressDisplay.RunAsync(progress => CauseAnalysis.Run(planned, CoursePredictor.ReadScan(path, planned, progress), path, options, progress, cancellation), cancellation);
            File.WriteAllBytes(folder.PathOf(JsonFile), PlanJson.ToBytes(causes));
            File.WriteAllText(folder.PathOf(PageFile), CausesPage.Render(causes, planned, parsed.GetValue(language).Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            folder.Commit();
            Print(causes, folder);
        });
    }

    private static void Print(CauseDocument causes, OutputFolder folder)
    {
        DocumentLanguage english = DocumentLanguage.English;
        Table table = ConsoleTable.New(["", .. Enum.GetValues<Cause>().Select(cause => CauseWords.Of(cause, english))]);
        foreach (OutcomeCauses outcome in causes.Outcomes)
        {
            table.AddRow([Markup.Escape(CauseWords.Of(outcome.Outcome, english)), .. outcome.Causes.Select(share => Markup.Escape(CauseWords.Share(share, english)))]);
        }

        ConsoleTable.Write(table, 160);
        Table changes = ConsoleTable.New([.. CauseWords.WhatIfHeadings(english)]);
        foreach (IReadOnlyList<string> row in CauseWords.WhatIfRows(causes, english))
        {
            changes.AddRow([.. row.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(changes, 160);
        Console.Out.WriteLine("  Shares of the variance, alone and together with others (interval of 90 %). A computer estimate, not a photo of the future.");
        Console.Out.WriteLine($"Report: {folder.FinalPathOf(PageFile)}");
    }
}
