using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Hosting;
using Threadwell.Web.Previews;
using Threadwell.Web.Scans;
using Threadwell.Web.Text;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Predictions;

/// <summary>Runs courses in the background and keeps what they give. A course that the program's end cut short is taken up again at the next start.</summary>
internal sealed class PredictionRuns(Lanes lanes, IDbContextFactory<ThreadwellContext> database, CourseFiles kept, ScanLibrary scans, PreviewSessions previews, CauseRuns causes, IClock clock, int courses)
{
    // Computing takes this share of the way, storing and drawing the rest.
    private const double ComputingShare = 0.93;

    private readonly KeptJobs<StoredPrediction> jobs = new(lanes.Courses, kept);

    /// <summary>Starts the course of a stored, open prediction.</summary>
    public Job Start(Guid id) => jobs.Start(id, (progress, cancellation) => Compute(id, progress, cancellation), prediction => prediction.EndedAt = clock.GetCurrentInstant());

    /// <summary>Cancels a prediction that is open, and what is computed for one that goes.</summary>
    public void Cancel(Guid id)
    {
        jobs.Cancel(id);
        causes.Cancel(id);
    }

    /// <summary>Takes up the courses that were open when the program ended.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
        foreach (Guid id in await context.Predictions.Where(prediction => prediction.State == PredictionState.Open).OrderBy(prediction => prediction.CreatedAt).Select(prediction => prediction.Id).ToListAsync(cancellation))
        {
            Start(id);
        }
    }

    /// <summary>Tells where a prediction stands.</summary>
    public PredictionAnswer Answer(StoredPrediction prediction, PlanVersion version)
    {
        JobStatus? status = prediction.State == PredictionState.Open ? jobs.Find(prediction.Id)?.Status : null;
        return new(
            prediction.Id,
            version.PlanId,
            version.Number,
            prediction.Months,
            prediction.State,
            status?.Fraction ?? (prediction.State == PredictionState.Done ? 1 : 0),
            Spoken.Say(status?.Step ?? ""),
            Spoken.Say(prediction.Problem),
            prediction.CreatedAt.ToDateTimeOffset(),
            prediction.EndedAt?.ToDateTimeOffset());
    }

    private Action<FileStore, StoredPrediction> Compute(Guid id, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        PredictionInput input;
        using (ThreadwellContext context = database.CreateDbContext())
        {
            input = PredictionInput.Load(context, id);
        }

        CoursePrediction prediction = CoursePredictor.Predict(
            input.Plan, scans.Skin(input.Scan).Mesh, input.Scan.Name, new PredictionOptions { Months = input.Months, Samples = courses }, new Yielding(new ProgressPart(progress, 0, ComputingShare), previews, cancellation), cancellation);
        progress.Report(new CourseProgress(ComputingShare, "Drawing the pictures"));
        byte[] picture = LiftPicture.Render(prediction, DocumentLanguage.English);
        cancellation.ThrowIfCancellationRequested();
        byte[] report = ReportFile.ToBytes([
            ReportPage.Render(prediction, picture, DocumentLanguage.English),
            ReportPage.Render(prediction, LiftPicture.Render(prediction, DocumentLanguage.Vietnamese), DocumentLanguage.Vietnamese),
        ]);
        byte[]? samples = prediction.Samples is { } drawn ? SamplesFile.ToBytes(drawn) : null;
        byte[] document = PlanJson.ToBytes(prediction.Document), fields = FieldsFile.ToBytes(prediction);
        return (files, stored) =>
        {
            (stored.DocumentSha256, stored.FieldsSha256) = (files.Add(document), files.Add(fields));
            (stored.ReportSha256, stored.LiftPictureSha256, stored.SamplesSha256) = (files.Add(report), files.Add(picture), samples is null ? null : files.Add(samples));
        };
    }
}
