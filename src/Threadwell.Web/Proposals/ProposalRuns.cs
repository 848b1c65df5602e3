using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Surfaces;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Web.Hosting;
using Threadwell.Web.Predictions;
using Threadwell.Web.Previews;
using Threadwell.Web.Scans;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Proposals;

/// <summary>
/// Searches for plans in the background and keeps what the last search of a plan found, with its pictures, until another one ends well. What the program's end cut short is begun again at the next start.
/// </summary>
/// <param name="lanes">Where it runs.</param>
/// <param name="database">The record.</param>
/// <param name="files">Gives what was found.</param>
/// <param name="kept">Keeps it.</param>
/// <param name="scans">The scans' surfaces.</param>
/// <param name="previews">Tells when somebody drags a thread.</param>
/// <param name="clock">Dates it.</param>
internal sealed class ProposalRuns(Lanes lanes, IDbContextFactory<ThreadwellContext> database, FileStore files, CourseFiles kept, ScanLibrary scans, PreviewSessions previews, IClock clock) : IDisposable
{
    private const double PicturesShare = 0.95;

    private static readonly DocumentLanguage[] Languages = [DocumentLanguage.English, DocumentLanguage.Vietnamese];

    private readonly KeptJobs<StoredProposals> jobs = new(lanes.Proposals, kept);

    // Of two who ask in the same moment the second is told that a search is under way.
    private readonly SemaphoreSlim starting = new(1);

    /// <summary>Starts a search for a stored plan's draft. What an earlier one found stays until this one has ended well.</summary>
    /// <param name="context">The record.</param>
    /// <param name="stored">The plan that asks.</param>
    /// <param name="wish">The wish.</param>
    /// <exception cref="InvalidInputException">A search for this plan is under way.</exception>
    /// <returns>The job that searches; null where the plan was removed meanwhile.</returns>
    public async Task<Job?> StartAsync(ThreadwellContext context, StoredPlan stored, IReadOnlyList<LiftWish> wish)
    {
        await starting.WaitAsync();
        try
        {
            StoredProposals? row = await context.Proposals.SingleOrDefaultAsync(row => row.PlanId == stored.Id);
            if (row is not null && IsAlive(row.Id))
            {
                throw new InvalidInputException(stored.Name, "wish", "plans are being searched for already; wait for them, or cancel that search first.");
            }

            string asked = Encoding.UTF8.GetString(PlanJson.ToBytes(new Asked(PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(stored.DraftJson), stored.Name), wish)));
            if (row is null)
            {
                row = new StoredProposals { Id = Guid.CreateVersion7(), PlanId = stored.Id, AskedJson = asked, AskedAt = clock.GetCurrentInstant() };
                context.Proposals.Add(row);
            }
            else
            {
                (row.AskedJson, row.AskedAt, row.State, row.Problem) = (asked, clock.GetCurrentInstant(), PredictionState.Open, null);
            }

            await context.SaveChangesAsync();
            return Start(row.Id);
        }
        catch (DbUpdateException) when (!context.Plans.Any(plan => plan.Id == stored.Id))
        {
            return null;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Whether a row's search waits or runs.</summary>
    public bool IsAlive(Guid id) => jobs.IsAlive(id);

    /// <summary>Stops a search whose plan goes.</summary>
    public void Cancel(Guid id) => jobs.Cancel(id);

    /// <summary>Begins again what was open when the program ended.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
        foreach (Guid id in await context.Proposals.Where(row => row.State == PredictionState.Open).OrderBy(row => row.AskedAt).Select(row => row.Id).ToListAsync(cancellation))
        {
            Start(id);
        }
    }

    /// <summary>What was found; null where nothing was.</summary>
    public ProposalDocument? Document(StoredProposals row) => row.DocumentSha256 is { } sha256 ? PlanJson.Parse<ProposalDocument>(files.Read(sha256), "proposals") : null;

    /// <summary>Pictures of what was found, PNG, in the document's order; empty where nothing was.</summary>
    public IReadOnlyList<byte[]> Pictures(StoredProposals row, DocumentLanguage language) =>
        row.PicturesSha256 is { } sha256 ? PlanJson.Parse<Dictionary<string, IReadOnlyList<byte[]>>>(files.Read(sha256), "pictures")[language.Name] : [];

    public void Dispose() => starting.Dispose();

    private Job Start(Guid id) => jobs.Start(id, (progress, cancellation) =>
    {
        PlanProposals found = Search(id, progress, cancellation);
        progress.Report(new CourseProgress(PicturesShare, "Drawing the pictures"));
        byte[] document = PlanJson.ToBytes(found.Document);
        byte[] pictures = PlanJson.ToBytes(Languages.ToDictionary(language => language.Name, language => LiftPicture.RenderEach(found, language)));
        return (stored, row) => (row.DocumentSha256, row.PicturesSha256, row.FoundAt) = (stored.Add(document), stored.Add(pictures), clock.GetCurrentInstant());
    });

    private PlanProposals Search(Guid id, IProgress<CourseProgress> progress, CancellationToken cancellation)
    {
        (string name, string json, StoredScan scan) = Load(id);
        Asked asked = PlanJson.Parse<Asked>(Encoding.UTF8.GetBytes(json), name);
        var yielding = new Yielding(new ProgressPart(progress, 0, PicturesShare), previews, cancellation);
        return PlanProposer.Propose(asked.Plan, scans.Skin(scan).Mesh, asked.Wish, name, new ProposalOptions(), yielding, cancellation);
    }

    private (string Name, string Asked, StoredScan Scan) Load(Guid id)
    {
        using ThreadwellContext context = database.CreateDbContext();
        StoredProposals? row = context.Proposals.Find(id);
        StoredPlan? plan = row is null ? null : context.Plans.Find(row.PlanId);

        // A plan may be removed while its search waits.
        return row is not null && plan is not null && context.Scans.Find(plan.ScanId) is { } scan ? (plan.Name, row.AskedJson, scan) : throw new OperationCanceledException();
    }

    /// <summary>What a search is asked, as it is kept.</summary>
    private sealed record Asked(ThreadPlan Plan, IReadOnlyList<LiftWish> Wish);
}
