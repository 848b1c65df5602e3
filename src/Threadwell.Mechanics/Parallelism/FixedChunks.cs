namespace Threadwell.Mechanics.Parallelism;

/// <summary>
/// Loops cut into chunks whose bounds depend on the count alone, never on the number of threads, so that sums taken chunk by chunk
/// have the same bits on one thread and on many.
/// </summary>
internal static class FixedChunks
{
    /// <summary>Number of chunks of a loop.</summary>
    public static int Count(int count, int chunk) => (count + chunk - 1) / chunk;

    /// <summary>Runs <paramref name="body"/>(chunk index, start, end) over all chunks on at most <paramref name="threads"/> threads.</summary>
    public static void For(int count, int chunk, int threads, Action<int, int, int> body)
    {
        int chunks = Count(count, chunk);
        if (threads <= 1 || chunks <= 1)
        {
            for (int c = 0; c < chunks; c++)
            {
                body(c, c * chunk, Math.Min(count, (c + 1) * chunk));
            }

            return;
        }

        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, c => body(c, c * chunk, Math.Min(count, (c + 1) * chunk)));
    }
}
