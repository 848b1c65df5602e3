using Threadwell.Geometry;
using Threadwell.Prediction;
using Threadwell.Work.Jobs;

namespace Threadwell.Work.Tests;

public sealed class JobLaneTests : IDisposable
{
    private readonly List<Exception> faults = [];
    private readonly JobLane lane;

    public JobLaneTests() => lane = new JobLane("test", faults.Add);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => lane.Dispose();

    [Fact]
    public async Task A_job_tells_its_progress_and_its_result()
    {
        var result = Guid.NewGuid();
        using var seen = new SemaphoreSlim(0);
        Job job = lane.Add(Guid.NewGuid(), (progress, _) =>
        {
            progress.Report(new CourseProgress(0.5, "Half"));
            seen.Wait(Cancelled);
            return result;
        });
        var told = new List<JobStatus>();
        await foreach (JobStatus status in job.WatchAsync(Cancelled))
        {
            told.Add(status);
            if (status.Fraction == 0.5)
            {
                seen.Release();
            }
        }

        Assert.Contains(told, status => status is { State: JobState.Running, Fraction: 0.5, Step: "Half" });
        Assert.Equal(new JobStatus(JobState.Done, 1, "", Result: result), told[^1]);
    }

    [Fact]
    public async Task Whoever_comes_late_learns_how_it_ended()
    {
        Job job = lane.Add(Guid.NewGuid(), (_, _) => Guid.Empty);
        await LastAsync(job);
        Assert.Equal(JobState.Done, (await LastAsync(lane.Find(job.Id)!)).State);
    }

    [Fact]
    public async Task Jobs_run_one_after_the_other_in_their_order()
    {
        var order = new List<int>();
        Job[] jobs = [.. Enumerable.Range(0, 5).Select(number => lane.Add(Guid.NewGuid(), (_, _) =>
        {
            order.Add(number);
            return Guid.Empty;
        }))];
        await LastAsync(jobs[^1]);
        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public async Task A_cancelled_job_ends_and_the_next_one_runs()
    {
        Job stuck = lane.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            cancellation.WaitHandle.WaitOne();
            cancellation.ThrowIfCancellationRequested();
            return Guid.Empty;
        });
        Job next = lane.Add(Guid.NewGuid(), (_, _) => Guid.Empty);
        Job never = lane.Add(Guid.NewGuid(), (_, _) => throw new InvalidOperationException("A job that was cancelled while it waited must not run."));
        never.Cancel();
        stuck.Cancel();
        Assert.Equal(JobState.Cancelled, (await LastAsync(stuck)).State);
        Assert.Equal(JobState.Done, (await LastAsync(next)).State);
        Assert.Equal(JobState.Cancelled, (await LastAsync(never)).State);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_job_that_waits_is_withdrawn_at_once()
    {
        using var go = new ManualResetEventSlim();
        Job running = lane.Add(Guid.NewGuid(), (_, _) =>
        {
            go.Wait(Cancelled);
            return Guid.Empty;
        });
        int withdrawn = 0;
        Job waits = lane.Add(Guid.NewGuid(), (_, _) => throw new InvalidOperationException("A withdrawn job must not run."), () => withdrawn++);
        waits.Cancel();
        waits.Cancel();
        Assert.Equal(JobState.Cancelled, (await LastAsync(waits)).State);
        Assert.Equal(1, withdrawn);
        Assert.False(running.Status.IsOver);
        go.Set();
        Assert.Equal(JobState.Done, (await LastAsync(running)).State);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_job_whose_withdrawal_fails_has_ended_all_the_same()
    {
        using var go = new ManualResetEventSlim();
        Job running = lane.Add(Guid.NewGuid(), (_, _) =>
        {
            go.Wait(Cancelled);
            return Guid.Empty;
        });
        Job waits = lane.Add(Guid.NewGuid(), (_, _) => throw new InvalidOperationException("A withdrawn job must not run."), () => throw new InvalidOperationException("The record is away."));
        Assert.Throws<InvalidOperationException>(waits.Cancel);
        Assert.Equal(JobState.Cancelled, (await LastAsync(waits)).State);
        go.Set();
        Assert.Equal(JobState.Done, (await LastAsync(running)).State);
        Assert.False(lane.IsBusy);
    }

    [Fact]
    public async Task Bad_input_is_told_with_its_place_and_is_no_fault()
    {
        Job job = lane.Add(Guid.NewGuid(), (_, _) => throw new InvalidInputException("face.obj", "line 3", "no number."));
        Assert.Equal(new JobStatus(JobState.Failed, 0, "", "no number.", "line 3"), await LastAsync(job));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_fault_is_told_and_the_lane_goes_on()
    {
        Job broken = lane.Add(Guid.NewGuid(), (_, _) => throw new InvalidOperationException("broken"));
        Job next = lane.Add(Guid.NewGuid(), (_, _) => Guid.Empty);
        Assert.Equal(JobState.Failed, (await LastAsync(broken)).State);
        Assert.Equal(JobState.Done, (await LastAsync(next)).State);
        Assert.Equal("broken", Assert.Single(faults).Message);
    }

    [Fact]
    public async Task A_job_that_took_over_a_key_is_not_forgotten_with_the_one_before()
    {
        var key = Guid.NewGuid();
        Job first = lane.Add(key, (_, _) => Guid.Empty);
        await LastAsync(first);

        // As many as are remembered: the next that ends puts the first one out.
        for (int index = 0; index < 63; index++)
        {
            lane.Add(Guid.NewGuid(), (_, _) => Guid.Empty);
        }

        using var go = new ManualResetEventSlim();
        Job before = lane.Add(Guid.NewGuid(), (_, _) =>
        {
            go.Wait(Cancelled);
            return Guid.Empty;
        });
        Job second = lane.Add(key, (_, _) => key);
        go.Set();
        Assert.Equal(JobState.Done, (await LastAsync(before)).State);
        Assert.Equal(new JobStatus(JobState.Done, 1, "", Result: key), await LastAsync(second));
        Assert.Same(second, lane.Find(key));
        Assert.Empty(faults);
    }

    private static async Task<JobStatus> LastAsync(Job job)
    {
        JobStatus? last = null;
        await foreach (JobStatus status in job.WatchAsync(Cancelled))
        {
            last = status;
        }

        return last!;
    }
}
