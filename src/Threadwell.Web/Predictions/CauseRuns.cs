using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Hosting;
using Threadwell.Web.Previews;
using Threadwell.Web.Scans;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Predictions;

/// <summary>
/// Computes in the background what decides the result of a prediction, and keeps it beside the prediction. It computes for five minutes at most and then tells what it has; while a course is computed
/// or somebody drags a thread, it stands aside. What the program's end cut short is taken up again at the next start.
/// </summary>
/// <param name="lanes">Where it runs.</param>
/// <param name="database">The record.</param>
/// <param name="kept">Keeps what it gives.</param>
/// <param name="scans">The scans' surfaces.</param>
/// <param name="previews">Tells when somebody drags a thread.</param>
/// <param name="clock">Dates it.</param>
/// <param name="time">Measures how long it has computed.</param>
/// <param name="courses">Courses behind the bands of a prediction: a machine that is set to fewer gets as much fewer pairs of draws, and one that is set to none the fewest.</param>
internal sealed class CauseRuns(Lanes lanes, IDbContextFactory<ThreadwellContext> database, CourseFiles kept, ScanLibrary scans, PreviewSessions previews, IClock clock, TimeProvider time, int courses)
{
    private readonly KeptJobs<StoredCauses> jobs = new(lanes.Causes, kept);

    // What the usual number of pairs took two cores on the sample plans, minutes: three to eight by area, of which the app computes five (docs/theory/uncertainty.md).
    private const double UsualMinutes = 4;

    // Keys of the jobs by prediction, so that they go with it.
    private readonly ConcurrentDictionary<Guid, Guid> running = new();

    // Two who ask in the same moment start one job.
    private readonly Lock starting = new();

    /// <summary>Pairs of draws that are asked for.</summary>
    public int Pairs { get; } = Math.Clamp(CauseAnalysis.UsualSamples * courses / PredictionOptions.UsualSamples, PredictionOptions.FewestSamples, CauseAnalysis.UsualSamples);

    /// <summary>About how long they take two cores, minutes.</summary>
    public double Minutes => UsualMinutes * Pairs / CauseAnalysis.UsualSamples;

    /// <summary>What decides the result of a prediction; null where it was not computed.</summary>
    /// <param name="context">The record.</param>
    /// <param name="files">The files.</param>
    /// <param name="prediction">Key of the prediction.</param>
    public static async Task<CauseDocument?> FindAsync(ThreadwellContext context, FileStore files, Guid prediction) =>
        await context.Causes.AsNoTracking().SingleOrDefaultAsync(row => row.PredictionId == prediction) is { DocumentSha256: { } sha256 } ? PlanJson.Parse<CauseDocument>(files.Read(sha256), "causes") : null;

    /// <summary>Asks for the causes of a finished prediction; what an earlier run gave stays until this one has ended well. One that is under way goes on.</summary>
    /// <param name="context">The record.</param>
    /// <param name="prediction">Key of the prediction.</param>
    public async Task StartAsync(ThreadwellContext context, Guid prediction)
    {
        StoredCauses? causes = await context.Causes.SingleOrDefaultAsync(row => row.PredictionId == prediction);
        if (causes is null)
        {
            causes = new StoredCauses { Id = Guid.CreateVersion7(), PredictionId = prediction, CreatedAt = clock.GetCurrentInstant() };
            context.Causes.Add(causes);
        }
        else if (causes.State != PredictionState.Open)
        {
            (causes.State, causes.Problem, causes.CreatedAt, causes.EndedAt) = (PredictionState.Open, null, clock.GetCurrentInstant(), null);
        }

        try
        {
            await context.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Somebody asked in the same moment, or the prediction went: whoever looks is shown what there is now.
            return;
        }

        Start(causes.Id, prediction);
    }

    /// <summary>Stops computing the causes of a prediction that goes.</summary>
    /// <param name="prediction">Key of the prediction.</param>
    public void Cancel(Guid prediction)
    {
        if (running.TryRemove(prediction, out Guid id))
        {
            jobs.Cancel(id);
        }
    }

    /// <summary>Where the job of a row stands; null where there is none.</summary>
    public JobStatus? Status(StoredCauses causes) => jobs.Find(causes.Id)?.Status;

    /// <summary>Takes up what was open when the program ended.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
        foreach (StoredCauses causes in await context.Causes.AsNoTracking().Where(row => row.State == PredictionState.Open).OrderBy(row => row.CreatedAt).ToListAsync(cancellation))
        {
            Start(causes.Id, causes.PredictionId);
        }
    }

    private void Start(Guid id, Guid prediction)
    {
        lock (starting)
        {
            if (jobs.IsAlive(id))
            {
                return;
            }

            // Before the job is there: it may end at once, and what it leaves behind would stay.
            running[prediction] = id;
            jobs.Start(id, (progress, cancellation) => Compute(prediction, progress, cancellation), causes =>
            {
                running.TryRemove(prediction, out _);
                causes.EndedAt = clock.GetCurrentInstant();
            });
        }
    }

    private Action<FileStore, StoredCauses> Compute(Guid prediction, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        PredictionInput input;
        using (ThreadwellContext context = database.CreateDbContext())
        {
            input = PredictionInput.Load(context, prediction);
        }

        using var enough = new CancellationTokenSource();
        var options = new PredictionOptions { Months = input.Months, Samples = Pairs };
        var aside = new StandingAside(progress, previews.WaitUntilQuiet, () => lanes.Courses.IsBusy, time, enough, cancellation);
        byte[] document = PlanJson.ToBytes(CauseAnalysis.Run(input.Plan, scans.Skin(input.Scan).Mesh, input.Scan.Name, options, aside, cancellation, enough.Token));
        return (files, causes) => causes.DocumentSha256 = files.Add(document);
    }
}
