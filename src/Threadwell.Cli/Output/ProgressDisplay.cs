using Spectre.Console;
using Threadwell.Prediction;

namespace Threadwell.Cli.Output;

/// <summary>
/// Shows how far a long job has come, on the error stream, so that results can be piped: a bar on a terminal, otherwise one line a tenth of the way.
/// </summary>
internal static class ProgressDisplay
{
    // How long a cancelled job may take to end by itself. A job in the middle of a solve is left behind then: it only computes, and ends with the process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs a job off the terminal's thread and shows its progress until it ends or is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public static async Task<T> RunAsync<T>(Func<IProgress<CourseProgress>, T> job, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected)
        {
            return await EndOf(Task.Run(() => job(new Lines()), cancellation), cancellation);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Starting", maxValue: 1);
                return EndOf(Task.Run(() => job(new Bar(task)), cancellation), cancellation);
            });
    }

    private static async Task<T> EndOf<T>(Task<T> job, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource();
        using CancellationTokenRegistration registration = cancellation.Register(cancelled.SetResult);
        if (await Task.WhenAny(job, cancelled.Task) == job)
        {
            return await job;
        }

        await Task.WhenAny(job, Task.Delay(Patience, CancellationToken.None));
        throw new OperationCanceledException(cancellation);
    }

    // Reports come from the job's own thread; the display takes them at its next tick.
    private sealed class Bar(ProgressTask task) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value)
        {
            task.Description = Markup.Escape(value.Doing);
            task.Value = value.Fraction;
        }
    }

    private sealed class Lines : IProgress<CourseProgress>
    {
        private int tenths = -1;

        public void Report(CourseProgress value)
        {
            int reached = (int)(10 * value.Fraction);
            if (reached > tenths)
            {
                tenths = reached;
                Console.Error.WriteLine($"{10 * reached,3} %  {value.Doing}");
            }
        }
    }
}
