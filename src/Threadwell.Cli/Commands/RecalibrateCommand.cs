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

/// <summary><c>threadwell recalibrate CASES --out DIR</c>: what the measured patients of a clinic say of its lifts.</summary>
internal sealed class RecalibrateCommand : Command
{
    private const string JsonFile = "clinic.json";
    private const string PageFile = "clinic.html";

    public RecalibrateCommand()
        : base("recalibrate", $"Learns from the measured patients of a clinic how its lifts differ from the predicted ones, for the next patients ('predict --clinic'): {JsonFile} and {PageFile}.")
    {
        var cases = new Argument<string>("cases") { Description = "A list of the patients, JSON (docs/formats/clinic.md), or a folder with a folder for each: prediction.json, samples.json, visits.json." };
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the page.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        Add(cases);
        Add(output);
        Add(language);
        SetAction((parsed, cancellation) =>
        {
            string from = parsed.GetRequiredValue(cases);
            ClinicDocument clinic = ClinicLearner.Learn(ClinicCases.Read(from), from, cancellation);
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            File.WriteAllBytes(folder.PathOf(JsonFile), PlanJson.ToBytes(clinic));
            File.WriteAllText(folder.PathOf(PageFile), ClinicPage.Render(clinic, parsed.GetValue(language).Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            folder.Commit();
            Print(clinic, folder);
            return Task.CompletedTask;
        });
    }

    /// <summary>The option that names what a clinic's patients taught.</summary>
    public static Option<string> ClinicOption() => TypedOptions.Path("--clinic", $"A {JsonFile} that 'recalibrate' wrote: moves the lift and its bands by what this clinic's patients taught.", required: false);

    private static void Print(ClinicDocument clinic, OutputFolder folder)
    {
        DocumentLanguage english = DocumentLanguage.English;
        Table beliefs = ConsoleTable.New([.. ClinicWords.BeliefHeadings(english)]);
        foreach (IReadOnlyList<string> row in ClinicWords.BeliefRows(clinic, english))
        {
            beliefs.AddRow([.. row.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(beliefs, 160);
        foreach (string sentence in ClinicWords.Fit(clinic, english))
        {
            Console.Out.WriteLine($"  {sentence}");
        }

        Console.Out.WriteLine($"Report: {folder.FinalPathOf(PageFile)}");
    }
}
