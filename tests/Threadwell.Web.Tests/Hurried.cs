namespace Threadwell.Web.Tests;

/// <summary>Every wait ends, and comes again, after a few milliseconds.</summary>
internal sealed class Hurried : TimeProvider
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Beat, Beat);
}
