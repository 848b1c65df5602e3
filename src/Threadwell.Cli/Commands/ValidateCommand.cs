using System.CommandLine;
using System.Text;
using Spectre.Console;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Trials.Validation;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell validate --out DIR</c>: the model beside published measurements, as a table, a page and JSON.</summary>
internal sealed class ValidateCommand : Command
{
    private const string JsonFile = "validation.json";
    private const string PageFile = "validation.html";

    public ValidateCommand()
        : base("validate", $"Holds the model against published measurements: {JsonFile} and {PageFile}. What fails is shown as failing.")
    {
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<int> samples = TypedOptions.Whole(
            "--samples", $"Draws of every uncertain number behind the bands, a 32nd of them for patients and pulls; 0 for no bands, else {PredictionOptions.FewestSamples} at least.", 0, PredictionOptions.MostSamples).Or(Validator.UsualSamples);
        Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the page.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        Add(output);
        Add(samples);
        Add(threads);
        Add(language);
        SetAction(async (parsed, cancellation) =>
        {
            PredictionOptions.CheckSamples(parsed.GetValue(samples));
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            ValidationReport report = await ProgressDisplay.RunAsync(progress => Validator.Run(parsed.GetValue(threads), parsed.GetValue(samples), progress, cancellation), cancellation);
            File.WriteAllBytes(folder.PathOf(JsonFile), PlanJson.ToBytes(report));
            File.WriteAllText(folder.PathOf(PageFile), ValidationPage.Render(report, parsed.GetValue(language).Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            folder.Commit();
            Print(report, folder);
        });
    }

    private static void Print(ValidationReport report, OutputFolder folder)
    {
        DocumentLanguage english = DocumentLanguage.English;
        Table table = ConsoleTable.New("Target", "What", "Published", "Model", "Band of 90 %", "Without the fit", "", "Sources");
        foreach (ValidationOutcome target in report.Targets)
        {
            table.AddRow([.. new[] { target.Id, target.Quantity, target.Published, "", ValidationWords.Draws(target, english), "", ValidationWords.Result(target, english), string.Join(", ", target.Sources) }.Select(Markup.Escape)]);
            foreach (ValidationValue value in target.Values)
            {
                string result = string.Join(", ", new[] { value.Passed == false ? "outside" : "", value.Overlaps == false ? "band apart" : "" }.Where(word => word.Length > 0));
                table.AddRow([.. new[] { "", "  " + value.What, ValidationWords.Range(value, english), ValidationWords.Amount(value.Model, value, english), ValidationWords.Band(value, english), value.WithoutFit is { } without ? ValidationWords.Amount(without, value, english) : "", result, "" }.Select(Markup.Escape)]);
            }
        }

        ConsoleTable.Write(table, 200);
        Console.Out.WriteLine($"{report.Passed} of {report.Passed + report.Failed} measurements that count are met; {report.FittedFacts} assumptions were set by them, {report.DerivedFacts} numbers rest on the same publications.");
        if (report.Samples > 0)
        {
            Console.Out.WriteLine("Met or not goes by the model's value; the band holds 90 % of the values that other numbers within the evidence give.");
            Console.Out.WriteLine("Lifts of patients are drawn on a coarser mesh; elasticity in suction needs no equilibrium of the face and is drawn as it is computed.");
        }

        Console.Out.WriteLine($"Report: {folder.FinalPathOf(PageFile)}");
    }
}
