using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Threadwell.Web.Reminders;

/// <summary>Time as it passes, whatever is done to the machine's clock: by it the scheduler runs, so that a clock that is put back stops nothing and one that is put forward hurries nothing.</summary>
internal sealed class ElapsedTime : TimeProvider
{
    private readonly DateTimeOffset began = System.GetUtcNow();
    private readonly long start = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => began + Stopwatch.GetElapsedTime(start);
}

/// <summary>Plans messages, now and then.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PlanJob(ReminderPlanner planner, IHostApplicationLifetime life, ILogger<PlanJob> logger) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            await planner.RunAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The program ends.
        }
        catch (Exception error)
        {
            // The next run tries again; what is wrong must be seen.
            LogFault(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Error, "Messages could not be planned.")]
    private static partial void LogFault(ILogger logger, Exception error);
}

/// <summary>Hands over what is due.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DispatchJob(MessageDispatcher dispatcher, IHostApplicationLifetime life, ILogger<DispatchJob> logger) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            await dispatcher.RunAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The program ends.
        }
        catch (Exception error)
        {
            LogFault(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Error, "Messages could not be sent.")]
    private static partial void LogFault(ILogger logger, Exception error);
}
