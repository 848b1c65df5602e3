using System.Text;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Cli.Output;

/// <summary>The files of a follow-up measurement, and its numbers in the terminal.</summary>
internal static class MeasurementOutput
{
    private const string ReportFile = "report.html";

    /// <summary>Writes <c>measurement.json</c>, and <c>change.png</c> and <c>report.html</c> in a language.</summary>
    public static void Write(MeasurementDocument document, FollowUpRequest request, FollowUpMeasurement measurement, OutputFolder folder, DocumentLanguage language)
    {
        File.WriteAllBytes(folder.PathOf("measurement.json"), PlanJson.ToBytes(document));
        byte[] picture = ChangePicture.Render(request, measurement, language);
        File.WriteAllBytes(folder.PathOf("change.png"), picture);
        File.WriteAllText(folder.PathOf(ReportFile), FollowUpPage.Render(document, picture, language), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Prints what was measured, the warnings and where the report lies.</summary>
    public static void Print(MeasurementDocument document, OutputFolder folder)
    {
        Console.Out.WriteLine($"Unchanged skin is measured to within {document.RepeatabilityMm:0.00} mm.");
        Console.Out.WriteLine($"  {"mm",-28}{"outwards",10}{"contour",10}{"error",8}{(document.Landmarks.Any(landmark => landmark.Predicted is not null) ? "   predicted: outwards, contour" : "")}");
        foreach (MeasuredLandmark landmark in document.Landmarks)
        {
            string predicted = landmark.Predicted is { } shift ? $"{Signed(shift.NormalMm),22}{Signed(shift.ContourMm),9}" : "";
            Console.Out.WriteLine($"  {PlanWords.Landmark(landmark.Name, DocumentLanguage.English),-28}{Signed(landmark.NormalMm),10}{Signed(landmark.ContourMm),10}{landmark.ContourErrorMm,8:0.00}{predicted}");
        }

        foreach ((string side, SideChange? change) in (IEnumerable<(string, SideChange?)>)[("left", document.Left), ("right", document.Right)])
        {
            if (change is not null)
            {
                Console.Out.WriteLine($"  treated skin, {side}: {Signed(change.MeanMm)} mm outwards on average, {Signed(change.VolumeMl)} ± {change.VolumeErrorMl:0.00} ml");
            }
        }

        foreach (MarkShift mark in document.Marks)
        {
            Console.Out.WriteLine($"  mark {mark.Name}: {mark.Shift.Length:0.00} mm{(mark.LiftMm is { } lift ? $", {Signed(lift)} mm along the plan" : "")}");
        }

        foreach (string warning in FollowUpPage.Warnings(document, DocumentLanguage.English))
        {
            Console.Out.WriteLine($"  ! {warning}");
        }

        Console.Out.WriteLine($"Report: {folder.FinalPathOf(ReportFile)}");
    }

    private static string Signed(double? value) => value is { } number ? DocumentLanguage.English.Number(number, "+0.00;−0.00;0.00") : "–";
}
