namespace Threadwell.Web.Previews;

/// <summary>Warm tissues on which a dragged thread's lift is found, one for each scan and area in use.</summary>
/// <param name="time">Tells how long ago the last drag was.</param>
internal sealed class PreviewSessions(TimeProvider time)
{
    // A pause in a drag that is longer than this ends it.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    private long lastUpdate;

    /// <summary>Notes that somebody drags a thread.</summary>
    public void Touch() => Interlocked.Exchange(ref lastUpdate, time.GetTimestamp());

    /// <summary>Waits until nobody drags a thread.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public void WaitUntilQuiet(CancellationToken cancellation)
    {
        while (time.GetElapsedTime(Interlocked.Read(ref lastUpdate)) is var since && since < Quiet)
        {
            if (cancellation.WaitHandle.WaitOne(Quiet - since))
            {
                return;
            }
        }
    }
}
