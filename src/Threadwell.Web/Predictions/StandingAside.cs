using Threadwell.Prediction;

namespace Threadwell.Web.Predictions;

/// <summary>Lets others go first between two reports of a computation, and ends it once it has computed for five minutes; waiting for others does not count.</summary>
/// <param name="progress">Told what is reported, and that it waits.</param>
/// <param name="waitUntilQuiet">Waits while somebody drags a thread.</param>
/// <param name="isBusy">Whether a course is computed or waits for its turn.</param>
/// <param name="time">Measures how long it has computed.</param>
/// <param name="enough">Cancelled when the time is over.</param>
/// <param name="cancellation">Ends waiting.</param>
internal sealed class StandingAside(
    IProgress<CourseProgress> progress, Action<CancellationToken> waitUntilQuiet, Func<bool> isBusy, TimeProvider time, CancellationTokenSource enough, CancellationToken cancellation) : IProgress<CourseProgress>
{
    /// <summary>How long it may compute: the courses under way, the intervals and storing take the last seconds of the five minutes.</summary>
    public static readonly TimeSpan ComputingTime = TimeSpan.FromSeconds(285);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly long began = time.GetTimestamp();
    private TimeSpan waited;

    /// <inheritdoc />
    public void Report(CourseProgress value)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(began) - waited >= ComputingTime)
            {
                enough.Cancel();
            }

            long from = time.GetTimestamp();
            waitUntilQuiet(cancellation);
            if (isBusy())
            {
                progress.Report(value with { Doing = "A prediction is computed first" });
                while (isBusy() && !cancellation.WaitHandle.WaitOne(Look))
                {
                }
            }

            waited += time.GetElapsedTime(from);
            progress.Report(value);
        }
    }
}
