using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;

namespace Threadwell.Web.Questions;

/// <summary>
/// Takes questions into the record. Each commit waits for the disk, and of two the second waits for the first: what arrives meanwhile is committed together, by whichever request has its turn, so that a flood of questions does not
/// queue for the disk one by one. A question counts as taken once its commit lies there.
/// </summary>
/// <param name="databases">The record.</param>
internal sealed class QuestionIntake(IDbContextFactory<ThreadwellContext> databases) : IDisposable
{
    private const int MostTogether = 64;

    private readonly ConcurrentQueue<Pending> waiting = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Adds rows, all or none; returns after their commit.</summary>
    /// <param name="rows">A question with what belongs to it.</param>
    /// <param name="alone">Whether they are committed by themselves: those of somebody who is signed in, whose name stands in the trail.</param>
    public async Task AddAsync(IReadOnlyList<object> rows, bool alone)
    {
        if (alone)
        {
            await SaveAsync(rows);
            return;
        }

        var pending = new Pending(rows);
        waiting.Enqueue(pending);
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            while (!pending.Saved.Task.IsCompleted)
            {
                await SaveSomeAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        await pending.Saved.Task;
    }

    public void Dispose() => turn.Dispose();

    private async Task SaveSomeAsync()
    {
        var together = new List<Pending>();
        while (together.Count < MostTogether && waiting.TryDequeue(out Pending? next))
        {
            together.Add(next);
        }

        try
        {
            await SaveAsync([.. together.SelectMany(pending => pending.Rows)]);
            together.ForEach(pending => pending.Saved.SetResult());
        }
        catch (Exception) when (together.Count > 1)
        {
            // One that cannot be kept takes no other along.
            foreach (Pending pending in together)
            {
                await SaveAloneAsync(pending);
            }
        }
        catch (Exception error)
        {
            together.ForEach(pending => pending.Saved.SetException(error));
        }
    }

    private async Task SaveAloneAsync(Pending pending)
    {
        try
        {
            await SaveAsync(pending.Rows);
            pending.Saved.SetResult();
        }
        catch (Exception error)
        {
            pending.Saved.SetException(error);
        }
    }

    private async Task SaveAsync(IReadOnlyList<object> rows)
    {
        await using ThreadwellContext database = await databases.CreateDbContextAsync(CancellationToken.None);
        database.AddRange(rows);
        await database.SaveChangesAsync(CancellationToken.None);
    }

    private sealed record Pending(IReadOnlyList<object> Rows)
    {
        public TaskCompletionSource Saved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
