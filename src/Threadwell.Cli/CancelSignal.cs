using System.Runtime.InteropServices;

namespace Threadwell.Cli;

/// <summary>
/// Runs a command that Ctrl-C or a termination signal cancels. A command that has not ended by itself after a moment of patience, because it is in the middle of a solve, is left
/// behind: it only computes, and ends with the process.
/// </summary>
internal sealed class CancelSignal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        Task<int> run = Task.Run(() => command(source.Token), CancellationToken.None);
        if (await Task.WhenAny(run, signalled.Task) != run)
        {
            await Task.WhenAny(run, Task.Delay(Patience, time, CancellationToken.None));
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
        context.Cancel = true;
        source.Cancel();
        signalled.TrySetResult();
    }
}
