using System.CommandLine;
using System.Text;
using Spectre.Console;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell update DIR --observations FILE --out DIR</c>: a prediction after what follow-up visits measured.</summary>
internal sealed class UpdateCommand : Command
{
    private const string JsonFile = "learned.json";
    private const string PageFile = "learned.html";
    private const int WidthInFile = 160;

    public UpdateCommand()
        : base("update", $"Updates a prediction by what follow-up visits measured, before and after side by side: {JsonFile} and {PageFile}.")
    {
        var prediction = new Argument<string>("prediction") { Description = "Folder that 'predict --samples' wrote: prediction.json and samples.json." };
        Option<string> observations = TypedOptions.Path("--observations", "Measurements, JSON (docs/formats/samples.md).", required: false);
        var measured = new Option<string[]>("--measured") { Description = "A measurement.json that 'measure --plan --day' wrote; may be given several times.", HelpName = "file" };
        Option<string> clinic = RecalibrateCommand.ClinicOption();
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the page.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        Add(prediction);
        Add(observations);
        Add(measured);
        Add(clinic);
        Add(output);
        Add(language);
        SetAction(parsed =>
        {
            string from = parsed.GetRequiredValue(prediction);
            PredictionDocument before = PredictionFile.Read(Path.Combine(from, "prediction.json"));
            if (before.Ensemble is null)
            {
                throw new InvalidInputException(Path.Combine(from, "prediction.json"), "ensemble", CourseLearner.NoBands);
            }

            EnsembleSamples samples = PlanJson.Read<EnsembleSamples>(Path.Combine(from, PredictionOutput.SamplesFile));
            if (parsed.GetValue(clinic) is { } taught)
            {
                (before, samples) = ClinicRecalibration.Apply(before, samples, ClinicFile.Read(taught), taught);
            }

            (string source, List<FollowUpObservation> all) = Observations(parsed.GetValue(observations), parsed.GetValue(measured) ?? [], before);
            LearnedDocument learned = CourseLearner.Learn(before, samples, all, source);
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            File.WriteAllBytes(folder.PathOf(JsonFile), PlanJson.ToBytes(learned));
            File.WriteAllText(folder.PathOf(PageFile), LearnedPage.Render(before, learned, parsed.GetValue(language).Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            folder.Commit();
            Print(before, learned, folder);
        });
    }

    private static (string Source, List<FollowUpObservation> All) Observations(string? file, string[] measurements, PredictionDocument prediction)
    {
        if (file is null && measurements.Length == 0)
        {
            throw new InvalidInputException("--observations", null, "give the measurements: --observations FILE, or --measured FILE for each visit.");
        }

        return (file ?? measurements[0], ClinicCases.Observations(file, measurements, prediction));
    }

    private static void Print(PredictionDocument before, LearnedDocument learned, OutputFolder folder)
    {
        DocumentLanguage english = DocumentLanguage.English;
        Table numbers = ConsoleTable.New([.. LearnedWords.SummaryHeadings(english)]);
        foreach (IReadOnlyList<string> row in LearnedWords.SummaryRows(before, learned, english))
        {
            numbers.AddRow([.. row.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(numbers, WidthInFile);
        Table visits = ConsoleTable.New([.. LearnedWords.VisitHeadings(english)]);
        foreach (IReadOnlyList<string> row in LearnedWords.VisitRows(learned, english))
        {
            visits.AddRow([.. row.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(visits, WidthInFile);
        Console.Out.WriteLine("  A computer estimate, not a photo of the future.");
        Console.Out.WriteLine($"Report: {folder.FinalPathOf(PageFile)}");
    }
}
