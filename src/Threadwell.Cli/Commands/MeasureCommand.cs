using System.CommandLine;
using Threadwell.Anatomy;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell measure BEFORE AFTER --out DIR</c>: what has changed between two scans of a patient.</summary>
internal sealed class MeasureCommand : Command
{
    private const double PredictingShare = 0.8;
    private const double LongestDays = CourseTimes.LongestMonths * CourseTimes.DaysPerMonth;
    private const double ShortestMonths = 0.25;

    private readonly Argument<string> before = new("before") { Description = "The scan before the treatment; with --plan, the one that the plan was made on." };
    private readonly Argument<string> after = new("after") { Description = "The scan at the visit." };
    private readonly ScanReadingOptions reading = new();
    private readonly Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
    private readonly Option<string> plan = TypedOptions.Path("--plan", "The plan that was carried out: which skin is treated, and where its lift is wanted.", required: false);
    private readonly Option<double> day = TypedOptions.Number("--day", "Days from the treatment to the visit; with --plan, the prediction for that day is measured in the same way.", 0, LongestDays, "days");
    private readonly Option<string> landmarks = TypedOptions.Path("--landmarks", "Landmarks of the first scan; the plan's, or found from its shape, when left out.", required: false);
    private readonly Option<string> landmarksAfter = TypedOptions.Path("--landmarks-after", "Landmarks of the later scan, from which it is laid on the first; found from its shape when left out.", required: false);
    private readonly Option<string> marksBefore = TypedOptions.Path("--marks-before", "Points marked on the skin of the first scan, JSON.", required: false);
    private readonly Option<string> marksAfter = TypedOptions.Path("--marks-after", "The same points on the later scan, JSON.", required: false);
    private readonly Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the report and the picture.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));

    public MeasureCommand()
        : base("measure", "Measures what has changed between two scans of a patient: measurement.json, change.png, report.html.")
    {
        Add(before);
        Add(after);
        Add(output);
        Add(plan);
        Add(day);
        Add(landmarks);
        Add(landmarksAfter);
        Add(marksBefore);
        Add(marksAfter);
        Add(language);
        reading.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var folder = new OutputFolder(parsed.GetRequiredValue(output));
        double? visit = parsed.GetResult(day) is null ? null : parsed.GetValue(day);
        MeasurementDocument document = await ProgressDisplay.RunAsync(progress =>
        {
            progress.Report(new CourseProgress(0, "Reading the scans"));
            (FollowUpRequest request, string? planPath) = Read(parsed);
            cancellation.ThrowIfCancellationRequested();
            CoursePrediction? prediction = request.Plan is { } planned && visit is { } on
                ? CoursePredictor.Predict(planned, ScanReader.Read(parsed.GetRequiredValue(before), AsPlanned(planned, smooths: true)).Mesh, planPath!, new PredictionOptions { Months = Math.Max(ShortestMonths, on / CourseTimes.DaysPerMonth) }, new ProgressPart(progress, 0, PredictingShare), cancellation)
                : null;
            progress.Report(new CourseProgress(PredictingShare, "Laying the later scan on the first"));
            FollowUpMeasurement measurement = FollowUpMeasurer.Measure(request, parsed.GetRequiredValue(after), cancellation);
            IReadOnlyList<LandmarkShift>? Projected(bool treated) => prediction is null
                ? null
                : FollowUpMeasurer.Project(request with { Before = prediction.Scan }, PredictedSurface.On(prediction, visit!.Value, treated), measurement.RepeatabilityMm, cancellation);
            var measured = MeasurementDocument.Of(measurement, visit, Projected(treated: true), Projected(treated: false));
            progress.Report(new CourseProgress(0.95, "Drawing the pictures"));
            MeasurementOutput.Write(measured, request, measurement, folder, parsed.GetValue(language).Value);
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new CourseProgress(1, "Done"));
            return measured;
        }, cancellation);
        folder.Commit();
        MeasurementOutput.Print(document, folder);
    }

    private static ScanOptions AsPlanned(ThreadPlan plan, bool smooths) => new() { Unit = plan.Scan.Unit, Up = plan.Scan.Up, Front = plan.Scan.Front, SmoothsNoise = smooths };

    private (FollowUpRequest Request, string? PlanPath) Read(ParseResult parsed)
    {
        string first = parsed.GetRequiredValue(before);
        string later = parsed.GetRequiredValue(after);
        if (parsed.GetValue(marksBefore) is null != parsed.GetValue(marksAfter) is null)
        {
            throw new InvalidInputException(parsed.GetValue(marksBefore) is null ? "--marks-before" : "--marks-after", null, "marks are compared: give those of both scans.");
        }

        string? planPath = parsed.GetValue(plan);
        ThreadPlan? planned = planPath is null ? null : PlanFile.Read(planPath);
        if (planned is not null && !PlanFile.Sha256Of(first).Equals(planned.Scan.Sha256, StringComparison.Ordinal))
        {
            throw new InvalidInputException(first, null, $"this is not the scan that the plan '{planPath}' was made on; give that scan first.");
        }

        Scan scan = planned is null ? reading.Read(parsed, first, smooths: false) : ScanReader.Read(first, AsPlanned(planned, smooths: false));
        Scan visit = reading.Read(parsed, later, smooths: false);
        LandmarkSet known = parsed.GetValue(landmarks) is { } file ? LandmarkFile.Read(file) : planned is not null ? new LandmarkSet(planned.Landmarks) : LandmarkDetector.Detect(scan.Mesh, first);
        return (new FollowUpRequest
        {
            Before = scan.Mesh,
            After = visit.Mesh,
            Landmarks = known,
            LandmarksAfter = parsed.GetValue(landmarksAfter) is { } given ? LandmarkFile.Read(given) : Found(visit, later),
            Plan = planned,
            MarksBefore = parsed.GetValue(marksBefore) is { } from ? MarkFile.Read(from) : new Dictionary<string, Vector3D>(StringComparer.Ordinal),
            MarksAfter = parsed.GetValue(marksAfter) is { } to ? MarkFile.Read(to) : new Dictionary<string, Vector3D>(StringComparer.Ordinal),
        }, planPath);
    }

    // Only where to start from: a scan without findable landmarks is laid on from where it lies.
    private static LandmarkSet? Found(Scan scan, string source)
    {
        try
        {
            return LandmarkDetector.Detect(scan.Mesh, source);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
