namespace Threadwell.Web.Reminders;

/// <summary>How long a server is left alone that does not let us in: 1, 2, 4 … minutes, at last an hour, by time as it passes, so that a clock that jumps neither hurries nor stops anything.</summary>
/// <param name="time">Time as it passes.</param>
internal sealed class ServerPause(TimeProvider time)
{
    private int failures;
    private long since;

    /// <summary>Whether the server may be asked.</summary>
    public bool IsOver => failures == 0 || time.GetElapsedTime(since) >= MessageDispatcher.Pause(failures).ToTimeSpan();

    /// <summary>It failed once more. What fails within a pause, as several that could not wait for its end, makes it no longer.</summary>
    public void Fail()
    {
        if (IsOver)
        {
            (failures, since) = (failures + 1, time.GetTimestamp());
        }
    }

    /// <summary>It answered.</summary>
    public void End() => failures = 0;
}
