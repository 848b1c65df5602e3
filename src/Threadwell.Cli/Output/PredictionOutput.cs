using System.Text;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Charts;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Cli.Output;

/// <summary>The files of a prediction, and its summary in the terminal.</summary>
internal static class PredictionOutput
{
    public const string ReportFile = "report.html";

    /// <summary>Courses behind the bands; written where there are bands.</summary>
    public const string SamplesFile = "samples.json";

    /// <summary>Writes <c>prediction.json</c>, and <c>lift.png</c>, <c>course.png</c> and <c>report.html</c> in a language.</summary>
    public static void Write(CoursePrediction prediction, OutputFolder folder, DocumentLanguage language, CancellationToken cancellation)
    {
        PredictionFile.Write(folder.PathOf("prediction.json"), prediction.Document);
        if (prediction.Samples is { } samples)
        {
            PlanJson.Write(folder.PathOf(SamplesFile), samples);
        }

        byte[] lift = LiftPicture.Render(prediction, language);
        cancellation.ThrowIfCancellationRequested();
        File.WriteAllBytes(folder.PathOf("lift.png"), lift);
        File.WriteAllBytes(folder.PathOf("course.png"), CourseChart.ToPng(prediction.Document, language));
        File.WriteAllText(folder.PathOf(ReportFile), ReportPage.Render(prediction, lift, language), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Prints the answer, the warnings and where the report lies.</summary>
    public static void Print(CoursePrediction prediction, OutputFolder folder)
    {
        Console.Out.WriteLine($"Thread lift, {PlanWords.Of(prediction.Plan.Area, DocumentLanguage.English)}: {PlanWords.Of(prediction.Plan.Patient, DocumentLanguage.English)}, {prediction.Plan.Threads.Count} threads");
        string group = "";
        foreach ((string of, string what, string value, string? range) in CourseWords.Summary(prediction.Document, DocumentLanguage.English))
        {
            Console.Out.WriteLine($"  {(of == group ? "" : of),-14} {what,-54} {value}{(range is null ? "" : " " + range)}");
            group = of;
        }

        if (CourseWords.BandsExplained(prediction.Document, DocumentLanguage.English) is { } bands)
        {
            Console.Out.WriteLine($"  {bands}");
        }

        foreach (string warning in prediction.Document.Warnings.Distinct(StringComparer.Ordinal))
        {
            Console.Out.WriteLine($"  ! {warning}");
        }

        Console.Out.WriteLine("  A computer estimate, not a photo of the future.");
        Console.Out.WriteLine($"Report: {folder.FinalPathOf(ReportFile)}");
    }
}
