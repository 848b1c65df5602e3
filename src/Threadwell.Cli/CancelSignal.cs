using System.Runtime.InteropServices;

namespace Threadwell.Cli;

/// <summary>
/// Runs a command that Ctrl-C or a termination signal cancels. A command that has not ended by itself after a moment of patience, because it is in the middle of a solve, is left
/// behind: it only computes, and ends with the process. The server does more than compute: it is waited for until its requests and writes have ended. A second signal ends the process at once.
/// </summary>
internal sealed class CancelSignal : IDisposable
{
    /// <summary>Patience with a command that only computes.</summary>
    public static readonly TimeSpan WithComputing = TimeSpan.FromSeconds(2);

    /// <summary>Patience with the server: more than the 30 s that its host gives requests and services for their end, so that the host's own limit counts.</summary>
    public static readonly TimeSpan WithServer = TimeSpan.FromSeconds(45);

    private readonly TimeProvider time;
    private readonly CancellationTokenSource source = new();
    private readonly TaskCompletionSource signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;

    /// <summary>Listens from now on.</summary>
    /// <param name="time">The clock that patience is measured by.</param>
    public CancelSignal(TimeProvider time)
    {
        this.time = time;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Runs a command to its end or until it is cancelled.</summary>
    /// <param name="command">The command.</param>
    /// <param name="patience">How long it is waited for once it is cancelled.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> command, TimeSpan patience)
    {
        Task<int> run = Task.Run(() => command(source.Token), CancellationToken.None);
        if (await Task.WhenAny(run, signalled.Task) != run)
        {
            await Task.WhenAny(run, Task.Delay(patience, time, CancellationToken.None));
        }

        return run.IsCompleted ? await run : throw new OperationCanceledException(source.Token);
    }

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
        signalled.TrySetResult();
    }
}
