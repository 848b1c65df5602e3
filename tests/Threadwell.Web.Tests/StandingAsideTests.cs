using Threadwell.Prediction;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Tests;

/// <summary>A computation that lets others go first and ends after five minutes of its own.</summary>
public sealed class StandingAsideTests
{
    private readonly ManualTime time = new();
    private readonly List<string> told = [];

    [Fact]
    public void It_is_enough_after_five_minutes_of_computing_and_waiting_does_not_count()
    {
        using var enough = new CancellationTokenSource();
        StandingAside aside = Aside(enough, () => false, _ => time.Seconds += 1000);
        aside.Report(new CourseProgress(0.1, "First"));
        time.Seconds += 280;
        aside.Report(new CourseProgress(0.5, "Second"));
        Assert.False(enough.IsCancellationRequested);
        time.Seconds += 10;
        aside.Report(new CourseProgress(0.6, "Third"));
        Assert.True(enough.IsCancellationRequested);
        Assert.Equal(["First", "Second", "Third"], told);
    }

    [Fact]
    public void It_waits_until_courses_are_computed_and_says_so()
    {
        using var enough = new CancellationTokenSource();
        int looks = 0;
        Aside(enough, () => ++looks < 4, _ => { }).Report(new CourseProgress(0.1, "First"));
        Assert.Equal(["A prediction is computed first", "First"], told);
        Assert.Equal(4, looks);
    }

    private StandingAside Aside(CancellationTokenSource enough, Func<bool> isBusy, Action<CancellationToken> wait) => new(new Told(told), wait, isBusy, time, enough, TestContext.Current.CancellationToken);

    private sealed class Told(List<string> told) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value) => told.Add(value.Doing);
    }

    private sealed class ManualTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
