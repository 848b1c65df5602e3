using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;

namespace Threadwell.Web.Predictions;

/// <summary>
/// The files of predictions, of what decides them, and of proposed plans. The store keeps the same content once, and the same plan computed twice gives the same bytes: a file goes with the last row that names
/// it, and none goes while a row that names it is being written.
/// </summary>
/// <param name="files">The file store.</param>
/// <param name="contexts">The record.</param>
internal sealed class CourseFiles(FileStore files, IDbContextFactory<ThreadwellContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim storing = new(1, 1);

    /// <summary>Changes a row, where it is still there, and stores the files that it comes to name; those that it named before go where nothing else names them.</summary>
    /// <typeparam name="TRow">Kind of the row.</typeparam>
    /// <param name="id">Its key.</param>
    /// <param name="change">Stores the files and writes their names into the row; not called where the row is gone. Where it goes meanwhile, the files go too.</param>
    public void Change<TRow>(Guid id, Action<FileStore, TRow> change)
        where TRow : class
    {
        storing.Wait();
        try
        {
            using ThreadwellContext database = contexts.CreateDbContext();
            if (database.Find<TRow>(id) is not { } row)
            {
                return;
            }

            change(files, row);
            PropertyEntry[] changed = [.. database.Entry(row).Properties.Where(NamesAnotherFile)];
            string[] replaced = [.. changed.Select(property => property.OriginalValue).OfType<string>()];
            try
            {
                database.SaveChanges();
            }
            catch (DbUpdateConcurrencyException)
            {
                // None of these rows has a revision: it was removed since it was found.
                replaced = [.. replaced, .. changed.Select(property => property.CurrentValue).OfType<string>()];
            }

            if (replaced.Length > 0)
            {
                RemoveUnnamedAsync(database, replaced).GetAwaiter().GetResult();
            }
        }
        finally
        {
            storing.Release();
        }
    }

    /// <summary>Removes rows, and once that is committed the files that no other row names. What a fault in between leaves behind is found by <c>db check</c>.</summary>
    /// <param name="database">The record.</param>
    /// <param name="predictions">Keys of the predictions that go.</param>
    /// <param name="proposals">Keys of the searches for plans that go.</param>
    /// <param name="remove">Marks their rows, or what they go with, as removed.</param>
    /// <param name="cancellation">Ends it before anything is done.</param>
    public Task RemoveAsync(ThreadwellContext database, IReadOnlyCollection<Guid> predictions, IReadOnlyCollection<Guid> proposals, Action remove, CancellationToken cancellation) =>
        RemoveWithAsync(
            database,
            predictions,
            proposals,
            () =>
            {
                remove();
                return database.SaveChangesAsync(cancellation);
            },
            cancellation);

    /// <summary>The same where whoever removes the rows commits that, in a transaction of its own: it is begun within, because whoever stores a file waits here before it writes.</summary>
    /// <param name="database">The record.</param>
    /// <param name="predictions">Keys of the predictions that go.</param>
    /// <param name="proposals">Keys of the searches for plans that go.</param>
    /// <param name="remove">Removes their rows, or what they go with.</param>
    /// <param name="cancellation">Ends it before anything is done.</param>
    public async Task RemoveWithAsync(ThreadwellContext database, IReadOnlyCollection<Guid> predictions, IReadOnlyCollection<Guid> proposals, Func<Task> remove, CancellationToken cancellation)
    {
        await storing.WaitAsync(cancellation);
        try
        {
            string[] named = await NamesAsync(
                database.Predictions.Where(row => predictions.Contains(row.Id)),
                database.Causes.Where(row => predictions.Contains(row.PredictionId)),
                database.Proposals.Where(row => proposals.Contains(row.Id)),
                cancellation);
            await remove();
            await RemoveUnnamedAsync(database, named);
        }
        finally
        {
            storing.Release();
        }
    }

    public void Dispose() => storing.Dispose();

    private static bool NamesAnotherFile(PropertyEntry property) => property.IsModified && property.Metadata.PropertyInfo?.IsDefined(typeof(StoredFileAttribute), inherit: false) == true;

    private static async Task<string[]> NamesAsync(IQueryable<StoredPrediction> predictions, IQueryable<StoredCauses> causes, IQueryable<StoredProposals> proposals, CancellationToken cancellation)
    {
        var named = await predictions.Select(row => new { row.DocumentSha256, row.FieldsSha256, row.ReportSha256, row.LiftPictureSha256, row.SamplesSha256 }).ToListAsync(cancellation);
        List<string?> decided = await causes.Select(row => row.DocumentSha256).ToListAsync(cancellation);
        var proposed = await proposals.Select(row => new { row.DocumentSha256, row.PicturesSha256 }).ToListAsync(cancellation);
        return [.. named.SelectMany(row => (string?[])[row.DocumentSha256, row.FieldsSha256, row.ReportSha256, row.LiftPictureSha256, row.SamplesSha256])
            .Concat(decided)
            .Concat(proposed.SelectMany(row => (string?[])[row.DocumentSha256, row.PicturesSha256]))
            .OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private async Task RemoveUnnamedAsync(ThreadwellContext database, string?[] hashes)
    {
        string[] named = await NamesAsync(
            database.Predictions.Where(row => hashes.Contains(row.DocumentSha256) || hashes.Contains(row.FieldsSha256) || hashes.Contains(row.ReportSha256) || hashes.Contains(row.LiftPictureSha256) || hashes.Contains(row.SamplesSha256)),
            database.Causes.Where(row => hashes.Contains(row.DocumentSha256)),
            database.Proposals.Where(row => hashes.Contains(row.DocumentSha256) || hashes.Contains(row.PicturesSha256)),
            CancellationToken.None);
        foreach (string hash in hashes.OfType<string>().Except(named, StringComparer.Ordinal))
        {
            Remove(hash);
        }
    }

    // The row is gone, or names another: a file that cannot be removed now is no reason to say that it is not.
    private void Remove(string hash)
    {
        try
        {
            files.Remove(hash);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
