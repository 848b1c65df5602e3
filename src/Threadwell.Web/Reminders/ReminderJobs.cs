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

/// <summary>Hands over what is due on one channel; the channels do not wait for each other.</summary>
/// <param name="run">Hands it over.</param>
/// <param name="life">The program's life.</param>
/// <param name="logger">Where faults are told.</param>
internal abstract partial class DispatchJob(Func<CancellationToken, Task> run, IHostApplicationLifetime life, ILogger logger) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            await run(ends.Token);
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

/// <summary>Hands over e-mail.</summary>
[DisallowConcurrentExecution]
internal sealed class MailJob(MessageDispatcher dispatcher, IHostApplicationLifetime life, ILogger<MailJob> logger) : DispatchJob(dispatcher.RunMailAsync, life, logger);

/// <summary>Hands over pushes.</summary>
[DisallowConcurrentExecution]
internal sealed class PushJob(MessageDispatcher dispatcher, IHostApplicationLifetime life, ILogger<PushJob> logger) : DispatchJob(dispatcher.RunPushAsync, life, logger);
