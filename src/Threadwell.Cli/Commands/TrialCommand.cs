using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Plans.Files;
using Threadwell.Trials;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell trial TRIAL.json</c>: a trial on virtual patients or on the bench, as a table and as JSON.</summary>
internal sealed class TrialCommand : Command
{
    public TrialCommand()
        : base("trial", "Runs a trial on virtual patients or on the bench: a table, and JSON with --out.")
    {
        var file = new Argument<string>("trial") { Description = "The trial, JSON (docs/formats/trial.md)." };
        Option<string> output = TypedOptions.Path("--out", "The result, JSON; only the table when left out.", required: false);
        Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
        Add(file);
        Add(output);
        Add(threads);
        SetAction(async (parsed, cancellation) =>
        {
            Trial trial = TrialFile.Read(parsed.GetRequiredValue(file));
            TrialResult result = await ProgressDisplay.RunAsync(progress => TrialRunner.Run(trial, parsed.GetValue(threads), progress, cancellation), cancellation);
            if (parsed.GetValue(output) is { } path)
            {
                PlanJson.Write(path, result);
            }

            Print(result, trial);
        });
    }

    private static void Print(TrialResult result, Trial trial)
    {
        Console.Out.WriteLine(result.Name);
        if (trial.Source.Length > 0)
        {
            Console.Out.WriteLine($"After {trial.Source}");
        }

        Table table = ConsoleTable.New("Arm", "Endpoint", "At", "n", "Mean", "SD", "Median", "Smallest", "Largest", "Unit");
        foreach (TrialRow row in result.Rows)
        {
            table.AddRow([.. new[]
            {
                row.Arm, row.Endpoint, $"{Number(row.At)} {row.AtUnit}", row.Count.ToString(CultureInfo.InvariantCulture), Number(row.Mean), Number(row.StandardDeviation), Number(row.Median), Number(row.Smallest),
                Number(row.Largest), row.Unit,
            }.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(table, 160);
        foreach (string warning in result.Warnings)
        {
            Console.Out.WriteLine($"! {warning}");
        }
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "";
}
