using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Threadwell.Web.Hosting;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>How the program ends.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task It_listens_no_more_while_what_runs_beside_it_comes_to_its_end()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using InProcessApp app = await InProcessApp.StartAsync(empty: true);
        var stopped = new TaskCompletionSource();
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(stopped.SetResult);
        var beside = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        Task served = WebHost.ServeAsync(app.App, beside.Task, stop.Token);
        await stop.CancelAsync();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), cancelled);
        Assert.False(served.IsCompleted);
        beside.SetException(new InvalidOperationException("It did not end well."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => served);
    }
}
