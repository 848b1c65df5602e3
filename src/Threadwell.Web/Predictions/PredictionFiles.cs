using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;

namespace Threadwell.Web.Predictions;

/// <summary>
/// The files of predictions and of what decides them. The store keeps the same content once, and the same plan computed twice gives the same bytes: a file goes with the last row that names it, and none goes
/// while a row that names it is being written.
/// </summary>
/// <param name="files">The file store.</param>
internal sealed class PredictionFiles(FileStore files) : IDisposable
{
    private readonly SemaphoreSlim storing = new(1, 1);

    /// <summary>Stores files and writes the row that names them; nothing is removed in between.</summary>
    /// <param name="store">Does it.</param>
    public void Store(Action<FileStore> store)
    {
        storing.Wait();
        try
        {
            store(files);
        }
        finally
        {
            storing.Release();
        }
    }

    /// <summary>Removes rows, and once that is committed the files that no other row names. What a fault in between leaves behind is found by <c>db check</c>.</summary>
    /// <param name="database">The record.</param>
    /// <param name="predictions">Keys of the predictions that go.</param>
    /// <param name="remove">Marks their rows, or what they go with, as removed.</param>
    /// <param name="cancellation">Ends it before anything is done.</param>
    public async Task RemoveAsync(ThreadwellContext database, IReadOnlyCollection<Guid> predictions, Action remove, CancellationToken cancellation)
    {
        await storing.WaitAsync(cancellation);
        try
        {
            string[] named = await NamedAsync(database, predictions, cancellation);
            remove();
            await database.SaveChangesAsync(cancellation);
            foreach (string hash in named.Except(await StillNamedAsync(database, named), StringComparer.Ordinal))
            {
                Remove(hash);
            }
        }
        finally
        {
            storing.Release();
        }
    }

    public void Dispose() => storing.Dispose();

    private static Task<string[]> NamedAsync(ThreadwellContext database, IReadOnlyCollection<Guid> predictions, CancellationToken cancellation) =>
        NamesAsync(database.Predictions.Where(row => predictions.Contains(row.Id)), database.Causes.Where(row => predictions.Contains(row.PredictionId)), cancellation);

    private static Task<string[]> StillNamedAsync(ThreadwellContext database, string?[] hashes) => NamesAsync(
        database.Predictions.Where(row => hashes.Contains(row.DocumentSha256) || hashes.Contains(row.FieldsSha256) || hashes.Contains(row.ReportSha256) || hashes.Contains(row.LiftPictureSha256) || hashes.Contains(row.SamplesSha256)),
        database.Causes.Where(row => hashes.Contains(row.DocumentSha256)),
        CancellationToken.None);

    private static async Task<string[]> NamesAsync(IQueryable<StoredPrediction> predictions, IQueryable<StoredCauses> causes, CancellationToken cancellation)
    {
        var named = await predictions.Select(row => new { row.DocumentSha256, row.FieldsSha256, row.ReportSha256, row.LiftPictureSha256, row.SamplesSha256 }).ToListAsync(cancellation);
        List<string?> decided = await causes.Select(row => row.DocumentSha256).ToListAsync(cancellation);
        return [.. named.SelectMany(row => (string?[])[row.DocumentSha256, row.FieldsSha256, row.ReportSha256, row.LiftPictureSha256, row.SamplesSha256]).Concat(decided).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    // The row is gone: a file that cannot be removed now is no reason to say that it is not.
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
