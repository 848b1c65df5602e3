using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
        Task served = WebHost.ServeAsync(app.App, _ => beside.Task, stop.Token);
        await stop.CancelAsync();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), cancelled);
        Assert.False(served.IsCompleted);
        beside.SetException(new InvalidOperationException("It did not end well."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => served);
    }

    [Fact]
    public async Task Where_one_of_its_services_fails_it_ends_with_what_runs_beside_it_and_says_why()
    {
        var failing = new FailingService();
        await using InProcessApp app = await InProcessApp.StartAsync(services => services.AddHostedService(_ => failing).AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)), empty: true);
        var told = new TaskCompletionSource();
        Task served = WebHost.ServeAsync(
            app.App,
            stopping =>
            {
                stopping.Register(told.SetResult);
                return told.Task;
            },
            TestContext.Current.CancellationToken);
        failing.Fail.SetResult();
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => served.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal("The service failed.", error.Message);
        Assert.True(told.Task.IsCompleted);
    }

    private sealed class FailingService : BackgroundService
    {
        public TaskCompletionSource Fail { get; } = new();

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Fail.Task;
            throw new InvalidOperationException("The service failed.");
        }
    }
}
