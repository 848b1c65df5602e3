using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Hosting;
using Threadwell.Web.Predictions;
using Threadwell.Web.Scans;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Outcomes;

/// <summary>Points that were marked on the skin of both scans, mm, each in its scan's frame.</summary>
/// <param name="Scan">Key of the visit's scan that they were marked on.</param>
/// <param name="Before">On the scan before the treatment.</param>
/// <param name="After">On the scan of the visit.</param>
internal sealed record VisitMarks(Guid Scan, IReadOnlyDictionary<string, Vector3D> Before, IReadOnlyDictionary<string, Vector3D> After)
{
    /// <summary>No points.</summary>
    /// <param name="scan">Key of the visit's scan.</param>
    public static VisitMarks None(Guid scan) => new(scan, new Dictionary<string, Vector3D>(), new Dictionary<string, Vector3D>());
}

/// <summary>
/// Measures in the background what a visit's scan shows against the one on which the plan was made, and the prediction for that day in the same way. A job has the key of its visit; what it gives is kept
/// when it is whole, and a measurement that the program's end cut short is asked for again on the visit's page.
/// </summary>
/// <param name="lanes">Where it runs.</param>
/// <param name="database">The record.</param>
/// <param name="files">Keeps what was measured.</param>
/// <param name="library">The surfaces.</param>
internal sealed class VisitMeasuring(Lanes lanes, IDbContextFactory<ThreadwellContext> database, FileStore files, ScanLibrary library)
{
    // People save a visit once in minutes.
    private const int MostAttempts = 4;

    /// <summary>Where the measurement of a visit stands; null where none was asked for since the program started.</summary>
    public JobStatus? Status(Guid visit) => lanes.Measurements.Find(visit)?.Status;

    /// <summary>Starts the measurement of a visit; one that is under way gives way to it.</summary>
    /// <param name="visit">Key of the visit.</param>
    /// <param name="marks">Marked points; null for those of its last measurement, which are taken, too, where the visit has got another scan than the points were marked on.</param>
    public Job Start(Guid visit, VisitMarks? marks = null)
    {
        lanes.Measurements.Find(visit)?.Cancel();
        return lanes.Measurements.Add(visit, (progress, cancellation) =>
        {
            Run(visit, marks, progress, cancellation);
            return visit;
        });
    }

    /// <summary>Takes a scan that was uploaded for a visit, and measures it.</summary>
    public void Take(Guid visit, Guid scan)
    {
        bool taken = Change(visit, row =>
        {
            if (row.StruckAt is not null)
            {
                return false;
            }

            (row.ScanId, row.MeasurementSha256, row.LiftMm, row.LiftErrorMm) = (scan, "", null, null);
            return true;
        });
        if (taken)
        {
            Start(visit);
        }
    }

    private void Run(Guid id, VisitMarks? given, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new CourseProgress(0.02, "Reading the scans"));
        Subject subject = Load(id);
        VisitMarks marks = given?.Scan == subject.After.Id ? given
            : subject.Kept is { } kept ? new VisitMarks(subject.After.Id, kept.MarksBefore, kept.MarksAfter) : VisitMarks.None(subject.After.Id);
        LandmarkSet found = ScanLibrary.LandmarksOf(subject.After);
        var request = new FollowUpRequest
        {
            Before = library.AsMeasured(subject.Before),
            After = library.AsMeasured(subject.After),
            Landmarks = new LandmarkSet(subject.Plan.Landmarks),
            LandmarksAfter = found.All.Count == 0 ? null : found,
            Plan = subject.Plan,
            MarksBefore = marks.Before,
            MarksAfter = marks.After,
        };
        cancellation.ThrowIfCancellationRequested();
        progress.Report(new CourseProgress(0.25, "Laying the later scan on the first"));
        FollowUpMeasurement measurement = FollowUpMeasurer.Measure(request, subject.After.Name, cancellation);
        progress.Report(new CourseProgress(0.6, "Reading the prediction off"));
        MeasurementDocument document = MeasurementDocument.Of(
            measurement, subject.Days, Projected(subject, request, measurement, treated: true, cancellation), Projected(subject, request, measurement, treated: false, cancellation));
        progress.Report(new CourseProgress(0.75, "Drawing the pictures"));
        byte[] english = ChangePicture.Render(request, measurement, DocumentLanguage.English);
        cancellation.ThrowIfCancellationRequested();
        byte[] vietnamese = ChangePicture.Render(request, measurement, DocumentLanguage.Vietnamese);
        cancellation.ThrowIfCancellationRequested();
        string sha256 = files.Add(new VisitMeasurement
        {
            BeforeScan = subject.Before.Id,
            AfterScan = subject.After.Id,
            PlanVersion = subject.PlanVersion,
            Prediction = subject.Prediction?.Id,
            MarksBefore = marks.Before,
            MarksAfter = marks.After,
            Document = document,
            PictureEn = english,
            PictureVi = vietnamese,
        }.ToBytes());
        Keep(id, subject.After.Id, sha256, document);
    }

    private IReadOnlyList<LandmarkShift>? Projected(Subject subject, FollowUpRequest request, FollowUpMeasurement measurement, bool treated, CancellationToken cancellation)
    {
        if (subject.Prediction?.FieldsSha256 is not { } fields)
        {
            return null;
        }

        // A prediction moves the scan as it was smoothed for computing.
        TriangleMesh smooth = library.Skin(subject.Before).Mesh;
        return FollowUpMeasurer.Project(request with { Before = smooth }, FieldsFile.Read(files.Read(fields)).SurfaceOn(smooth, subject.Days, treated), measurement.RepeatabilityMm, cancellation);
    }

    private void Keep(Guid id, Guid scan, string sha256, MeasurementDocument document) => Change(id, visit =>
    {
        // The visit may have got another scan meanwhile, or been struck out.
        if (visit.ScanId != scan || visit.StruckAt is not null)
        {
            return false;
        }

        visit.MeasurementSha256 = sha256;
        (double LiftMm, double ErrorMm)? lift = VisitMeasurement.Lift(document);
        (visit.LiftMm, visit.LiftErrorMm) = (lift?.LiftMm, lift?.ErrorMm);
        return true;
    });

    // Whether it was changed: not where it is gone with a demonstration, or the change no longer fits. What somebody wrote between reading and saving is read, and the change judged by it once more.
    private bool Change(Guid id, Func<FollowUpVisit, bool> change)
    {
        for (int attempt = 1; ; attempt++)
        {
            using ThreadwellContext context = database.CreateDbContext();
            if (context.FollowUpVisits.SingleOrDefault(row => row.Id == id) is not { } visit || !change(visit))
            {
                return false;
            }

            visit.Revision++;
            try
            {
                context.SaveChanges();
                return true;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
            }
        }
    }

    private Subject Load(Guid id)
    {
        using ThreadwellContext context = database.CreateDbContext();
        FollowUpVisit visit = context.FollowUpVisits.AsNoTracking().Single(row => row.Id == id);
        StoredTreatment treatment = context.Treatments.AsNoTracking().Single(row => row.Id == visit.TreatmentId);
        if (visit.ScanId is not { } scan || treatment.PlanVersionId is not { } versionId)
        {
            throw new InvalidInputException("visit", null, "a visit is measured against the scan on which its plan was made: it needs a scan of its own and a treatment by a plan on a scan.");
        }

        PlanVersion version = context.PlanVersions.AsNoTracking().Single(row => row.Id == versionId);
        StoredPlan plan = context.Plans.AsNoTracking().Single(row => row.Id == version.PlanId);
        StoredScan after = context.Scans.AsNoTracking().Single(row => row.Id == scan);
        StoredScan before = context.Scans.AsNoTracking().Single(row => row.Id == plan.ScanId);
        double days = Period.DaysBetween(treatment.Day, visit.Day);
        StoredPrediction? prediction = TreatmentOutcome.PredictionsOf(context, versionId).FirstOrDefault();
        return new Subject(
            before, after, PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), plan.Name), versionId, prediction?.Months * CourseReading.DaysPerMonth >= days ? prediction : null, days, VisitMeasurement.Of(visit, files));
    }

    private sealed record Subject(StoredScan Before, StoredScan After, ThreadPlan Plan, Guid PlanVersion, StoredPrediction? Prediction, double Days, VisitMeasurement? Kept);
}
