using Spectre.Console;
using Threadwell.Prediction;

namespace Threadwell.Cli.Output;

/// <summary>
/// Shows how far a long job has come, on the error stream, so that results can be piped: a bar on a terminal, otherwise one line a stage or a tenth of the way.
/// </summary>
internal static class ProgressDisplay
{
    /// <summary>Runs a job off the terminal's thread and shows its progress until it ends.</summary>
    public static async Task<T> RunAsync<T>(Func<IProgress<CourseProgress>, T> job, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected)
        {
            return await Task.Run(() => job(new Lines()), cancellation);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Starting", maxValue: 1);
                return Task.Run(() => job(new Bar(task)), cancellation);
            });
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
        private string stage = "";

        public void Report(CourseProgress value)
        {
            // Stages differ in their first word; the months of a course are one stage.
            int reached = (int)(10 * value.Fraction);
            string first = value.Doing.Split(' ')[0];
            if (reached > tenths || first != stage)
            {
                (tenths, stage) = (reached, first);
                Console.Error.WriteLine($"{100 * value.Fraction,3:0} %  {value.Doing}");
            }
        }
    }
}
