using System.Collections.Concurrent;
using Threadwell.Geometry;
using Threadwell.Prediction;

namespace Threadwell.Work.Jobs;

/// <summary>Runs jobs one after the other on a thread of its own, so that long computation never takes a thread that answers requests.</summary>
public sealed class JobLane : IDisposable
{
    // Ended jobs that are remembered, so that a page that comes late still learns how one ended.
    private const int RememberedJobs = 64;

    private readonly ConcurrentDictionary<Guid, Job> jobs = new();
    private readonly ConcurrentQueue<Job> ended = new();
    private readonly BlockingCollection<(Job Job, Func<IProgress<CourseProgress>, CancellationToken, Guid> Work)> waiting = [];
    private readonly CancellationTokenSource closing = new();
    /// <summary>What whoever waits for a job is told where the program itself is at fault; what it was goes to the log.</summary>
    public const string FaultSentence = "This is a fault of the program; what you entered is kept. The log on the machine that runs it says more: please report it.";

    private readonly Action<Exception> onFault;
    private readonly Thread thread;

    /// <summary>Starts the lane.</summary>
    /// <param name="name">Name of its thread.</param>
    /// <param name="onFault">Told of errors that are faults of the program.</param>
    public JobLane(string name, Action<Exception> onFault)
    {
        this.onFault = onFault;
        thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Adds a job.</summary>
    /// <param name="id">Key of the job.</param>
    /// <param name="work">Does it, and returns the key of what it made.</param>
    /// <param name="withdrawn">Called in place of the work where the job is cancelled before its turn came.</param>
    public Job Add(Guid id, Func<IProgress<CourseProgress>, CancellationToken, Guid> work, Action? withdrawn = null)
    {
        var job = new Job(id, withdrawn ?? (() => { }));
        jobs[id] = job;
        waiting.Add((job, work));
        return job;
    }

    /// <summary>A job that waits, runs, or ended a while ago; null for others.</summary>
    public Job? Find(Guid id) => jobs.GetValueOrDefault(id);

    /// <summary>Whether a job runs or waits for its turn.</summary>
    public bool IsBusy => jobs.Values.Any(job => !job.Status.IsOver);

    /// <summary>Cancels what runs and ends the thread; waits for it as long as the time allows.</summary>
    /// <returns>Whether the thread has ended.</returns>
    public bool Close(TimeSpan patience)
    {
        closing.Cancel();
        waiting.CompleteAdding();
        return thread.Join(patience);
    }

    /// <summary>
    /// Cancels what runs and waits a moment for it. A job in the middle of a solve is left behind: it only computes, on a background thread, and ends with the process.
    /// </summary>
    public void Dispose()
    {
        if (Close(TimeSpan.FromSeconds(0.75)))
        {
            waiting.Dispose();
            closing.Dispose();
        }
    }

    private void Run()
    {
        foreach ((Job job, Func<IProgress<CourseProgress>, CancellationToken, Guid> work) in waiting.GetConsumingEnumerable())
        {
            if (closing.IsCancellationRequested)
            {
                return;
            }

            if (job.Begin())
            {
                job.Tell(RunOne(job, work));
            }

            // A key may have got another job since: that one stays.
            ended.Enqueue(job);
            if (ended.Count > RememberedJobs && ended.TryDequeue(out Job? oldest))
            {
                jobs.TryRemove(KeyValuePair.Create(oldest.Id, oldest));
                oldest.Dispose();
            }
        }
    }

    private JobStatus RunOne(Job job, Func<IProgress<CourseProgress>, CancellationToken, Guid> work)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, closing.Token);
        try
        {
            job.Tell(new JobStatus(JobState.Running, 0, ""));
            Guid result = work(new Progress(job), either.Token);
            return new JobStatus(JobState.Done, 1, "", Result: result);
        }
        catch (OperationCanceledException)
        {
            return new JobStatus(JobState.Cancelled, job.Status.Fraction, "");
        }
        catch (InvalidInputException error)
        {
            return new JobStatus(JobState.Failed, job.Status.Fraction, "", error.Problem, error.Place);
        }
        catch (Exception error)
        {
            // A job's fault must not end the lane: it is told where faults are read, and to whoever waits for the job.
            onFault(error);
            return new JobStatus(JobState.Failed, job.Status.Fraction, "", FaultSentence);
        }
    }

    private sealed class Progress(Job job) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value) => job.Tell(new JobStatus(JobState.Running, value.Fraction, value.Doing));
    }
}
