using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Hosting;
using Threadwell.Web.Previews;
using Threadwell.Web.Scans;
using Threadwell.Web.Text;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Predictions;

/// <summary>Runs courses in the background and keeps what they give. A course that the program's end cut short is taken up again at the next start.</summary>
internal sealed class PredictionRuns(Lanes lanes, IDbContextFactory<ThreadwellContext> database, PredictionFiles kept, ScanLibrary scans, PreviewSessions previews, CauseRuns causes, IClock clock, int courses)
{
    // Computing takes this share of the way, storing and drawing the rest.
    private const double ComputingShare = 0.93;

    /// <summary>Starts the course of a stored, open prediction.</summary>
    public Job Start(Guid id) => lanes.Courses.Add(id, (progress, cancellation) => Run(id, progress, cancellation), () => EndCancelled(id));

    /// <summary>Cancels a prediction that is open, and what is computed for one that goes.</summary>
    public void Cancel(Guid id)
    {
        lanes.Courses.Find(id)?.Cancel();
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
        JobStatus? status = prediction.State == PredictionState.Open ? lanes.Courses.Find(prediction.Id)?.Status : null;
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

    private Guid Run(Guid id, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        try
        {
            Compute(id, progress, cancellation);
            return id;
        }
        catch (OperationCanceledException) when (lanes.Courses.Find(id) is { IsCancelled: true })
        {
            EndCancelled(id);
            throw;
        }
        catch (OperationCanceledException)
        {
            // The program ends: the prediction stays open.
            throw;
        }
        catch (Exception error)
        {
            End(id, prediction => (prediction.State, prediction.Problem) = (PredictionState.Failed, error is InvalidInputException input ? input.Problem : JobLane.FaultSentence));
            throw;
        }
    }

    private void Compute(Guid id, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        PredictionInput input;
        using (ThreadwellContext context = database.CreateDbContext())
        {
            input = PredictionInput.Load(context, id);
        }

        CoursePrediction prediction = CoursePredictor.Predict(
            input.Plan, scans.Skin(input.Scan).Mesh, input.Scan.Name, new PredictionOptions { Months = input.Months, Samples = courses }, new Yielding(progress, previews, cancellation), cancellation);
        progress.Report(new CourseProgress(ComputingShare, "Drawing the pictures"));
        byte[] picture = LiftPicture.Render(prediction, DocumentLanguage.English);
        cancellation.ThrowIfCancellationRequested();
        byte[] report = ReportFile.ToBytes([
            ReportPage.Render(prediction, picture, DocumentLanguage.English),
            ReportPage.Render(prediction, LiftPicture.Render(prediction, DocumentLanguage.Vietnamese), DocumentLanguage.Vietnamese),
        ]);
        byte[]? samples = prediction.Samples is { } drawn ? SamplesFile.ToBytes(drawn) : null;
        cancellation.ThrowIfCancellationRequested();
        kept.Store(files => End(id, stored =>
        {
            (stored.DocumentSha256, stored.FieldsSha256) = (files.Add(PlanJson.ToBytes(prediction.Document)), files.Add(FieldsFile.ToBytes(prediction)));
            (stored.ReportSha256, stored.LiftPictureSha256, stored.SamplesSha256) = (files.Add(report), files.Add(picture), samples is null ? null : files.Add(samples));
            stored.State = PredictionState.Done;
        }));
    }

    private void EndCancelled(Guid id) => End(id, prediction => prediction.State = PredictionState.Cancelled);

    private void End(Guid id, Action<StoredPrediction> change)
    {
        using ThreadwellContext context = database.CreateDbContext();

        // The plan may have been deleted meanwhile, and its predictions with it.
        if (context.Predictions.Find(id) is { } prediction)
        {
            change(prediction);
            prediction.EndedAt = clock.GetCurrentInstant();
            context.SaveChanges();
        }
    }

    /// <summary>Lets a drag go first: between two equilibria a course waits while somebody drags a thread.</summary>
    private sealed class Yielding(IProgress<CourseProgress> progress, PreviewSessions previews, CancellationToken cancellation) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value)
        {
            previews.WaitUntilQuiet(cancellation);
            progress.Report(value with { Fraction = ComputingShare * value.Fraction });
        }
    }
}
