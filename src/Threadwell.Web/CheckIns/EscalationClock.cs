using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Threadwell.Web.CheckIns;

/// <summary>Looks every few seconds for what has fallen due (<see cref="Escalation"/>), for as long as the app runs. A failure, a database that gave up waiting among them, is logged and does not end it: the next look makes up for it.</summary>
internal sealed partial class EscalationClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<EscalationClock> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using AsyncServiceScope scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<Escalation>().RunAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(logger, error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What has fallen due could not be handed on; it is tried again in some seconds.")]
    private static partial void LogFault(ILogger logger, Exception error);
}
