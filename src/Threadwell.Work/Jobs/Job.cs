using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Threadwell.Work.Jobs;

/// <summary>How far a job has come.</summary>
public enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has done what it was for.</summary>
    Done,

    /// <summary>It could not; <see cref="JobStatus.Problem"/> says why.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}

/// <summary>Where a job stands.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Fraction">Share done, 0 to 1.</param>
/// <param name="Step">What it is doing, in a few words.</param>
/// <param name="Problem">What went wrong and what to do; null unless it failed.</param>
/// <param name="Place">Where in the input; null where there is no place.</param>
/// <param name="Result">Key of what it made; null until done.</param>
public sealed record JobStatus(JobState State, double Fraction, string Step, string? Problem = null, string? Place = null, Guid? Result = null)
{
    /// <summary>Whether it has ended, however it did.</summary>
    [JsonIgnore]
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

/// <summary>Long work that can be watched and cancelled.</summary>
public sealed class Job : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Channel<JobStatus>> watchers = [];
    private readonly CancellationTokenSource cancellation = new();
    private readonly Action withdrawn;
    private bool begun;

    internal Job(Guid id, Action withdrawn)
    {
        Id = id;
        this.withdrawn = withdrawn;
    }

    /// <summary>Key.</summary>
    public Guid Id { get; }

    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; private set; } = new(JobState.Waiting, 0, "");

    /// <summary>Whether somebody asked it to stop.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    internal CancellationToken Cancellation => cancellation.Token;

    /// <summary>Asks it to stop: one that waits for its turn ends at once, one that runs as soon as it can.</summary>
    public void Cancel()
    {
        cancellation.Cancel();
        if (Begin())
        {
            try
            {
                withdrawn();
            }
            finally
            {
                // Also where it could not be written down: it will not run, and nobody waits for it in vain.
                Tell(new JobStatus(JobState.Cancelled, 0, ""));
            }
        }
    }

    /// <summary>Follows it: where it stands now, then every change until it has ended. Of quick changes the latest counts.</summary>
    /// <param name="stop">Ends watching, not the job.</param>
    public async IAsyncEnumerable<JobStatus> WatchAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var channel = Channel.CreateBounded<JobStatus>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            channel.Writer.TryWrite(Status);
            watchers.Add(channel);
        }

        try
        {
            await foreach (JobStatus status in channel.Reader.ReadAllAsync(stop))
            {
                yield return status;
                if (status.IsOver)
                {
                    yield break;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                watchers.Remove(channel);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => cancellation.Dispose();

    /// <summary>Whether it is the caller's to run or to withdraw: true once.</summary>
    internal bool Begin()
    {
        lock (gate)
        {
            bool first = !begun;
            begun = true;
            return first;
        }
    }

    internal void Tell(JobStatus status)
    {
        lock (gate)
        {
            Status = status;
            foreach (Channel<JobStatus> watcher in watchers)
            {
                watcher.Writer.TryWrite(status);
            }
        }
    }
}
