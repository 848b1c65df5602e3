using System.Collections.Concurrent;

namespace Threadwell.Durability.Tests;

/// <summary>What the server said was written. Only an answer that arrived whole counts.</summary>
internal sealed class AcknowledgedWrites
{
    private readonly Lock gate = new();
    private TaskCompletionSource<int>? reached;
    private int awaited;

    /// <summary>Patients: key and name.</summary>
    public ConcurrentDictionary<Guid, string> Patients { get; } = [];

    /// <summary>Free text of a patient, as a counter that only grows; the last one that was acknowledged.</summary>
    public ConcurrentDictionary<Guid, int> Notes { get; } = [];

    /// <summary>Photos: the note that names each.</summary>
    public ConcurrentDictionary<string, bool> Photos { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes of kept versions of plans.</summary>
    public ConcurrentDictionary<string, bool> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of plans, as a counter that only grows; the last one that was acknowledged.</summary>
    public ConcurrentDictionary<Guid, int> PlanNames { get; } = [];

    /// <summary>How many writes were acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one more.</summary>
    public void Add()
    {
        lock (gate)
        {
            Count++;
            if (Count == awaited)
            {
                reached!.SetResult(Count);
            }
        }
    }

    /// <summary>Ends when so many writes were acknowledged.</summary>
    public Task<int> ReachAsync(int count)
    {
        lock (gate)
        {
            awaited = count;
            reached = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            return reached.Task;
        }
    }
}
