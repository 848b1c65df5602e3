using NodaTime;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>How long a server that fails is left alone.</summary>
public sealed class ServerPauseTests
{
    [Fact]
    public void Each_pause_is_twice_as_long_and_what_could_not_wait_makes_none_longer()
    {
        var time = new FakeElapsed();
        var pause = new ServerPause(time);
        Assert.True(pause.IsOver);
        foreach (int minutes in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            // Seven escalations in a row, of which none can wait.
            for (int urgent = 0; urgent < 7; urgent++)
            {
                pause.Fail();
            }

            time.Passed += Duration.FromMinutes(minutes) - Duration.FromSeconds(1);
            Assert.False(pause.IsOver, $"{minutes} minutes");
            pause.Fail();
            time.Passed += Duration.FromSeconds(1);
            Assert.True(pause.IsOver, $"{minutes} minutes");
        }

        pause.Fail();
        pause.End();
        Assert.True(pause.IsOver);
    }
}
