using System.CommandLine;
using System.Globalization;
using Threadwell.Cli.Commands;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli;

/// <summary>
/// The command line: parses, runs one command, and turns every failure into one clear line on the error stream.
/// Exit codes: 0 done, 1 a fault of the program, 2 input that cannot be used, 130 cancelled.
/// </summary>
internal static class CommandLine
{
    private const int Fault = 1;
    private const int BadInput = 2;
    private const int Cancelled = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        var verbose = new Option<bool>("--verbose") { Description = "Say more when something goes wrong.", Recursive = true };
        RootCommand root = Build(verbose);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Say($"threadwell: {parsed.Errors[0].Message} 'threadwell --help' lists the commands and options.", BadInput);
        }

        bool serves = parsed.CommandResult.Command is ServeCommand or RootCommand;
        using var cancel = new CancelSignal(TimeProvider.System);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await cancel.RunAsync(token => parsed.InvokeAsync(configuration, token), serves ? CancelSignal.WithServer : CancelSignal.WithComputing);
        }
        catch (InvalidInputException error)
        {
            return Say(error.Message, BadInput);
        }
        catch (OperationCanceledException)
        {
            OutputFolder.RemoveUnfinished();

            // The server writes as it goes on, also while it starts.
            return Say(serves ? "Ended while something was still under way; what was stored before is kept." : "Cancelled; nothing was written.", Cancelled);
        }
        catch (Exception error) when (error is not (StackOverflowException or AccessViolationException))
        {
            string details = parsed.GetValue(verbose) ? Environment.NewLine + error : " --verbose shows the details.";
            Console.Error.WriteLine(OneLine($"threadwell: this is a fault of the program, please report it: {error.Message}") + details);
            return Fault;
        }
    }

    private static RootCommand Build(Option<bool> verbose)
    {
        var root = new RootCommand("Plans a collagen thread lift on a patient's 3-D scan and predicts lift and skin support for five years. Without a command: serves the app in the browser.")
        {
            new ServeCommand(),
            new ConsentCommand(),
            new AuditCommand(),
            new SampleCommand(),
            new PatientCommand(),
            new LandmarksCommand(),
            new PlanCommand(),
            new PredictCommand(),
            new TrialCommand(),
            new ProposeCommand(),
            new CausesCommand(),
            new ValidateCommand(),
            new LearnCommand(),
            new MeasureCommand(),
            new UpdateCommand(),
            new RecalibrateCommand(),
            new SolveCommand(),
            new AssessCommand(),
            new AftercareCommand(),
            new RisksCommand(),
            new EvidenceCommand(),
            new DbCommand(),
            new DemonstrationCommand(),
        };
        root.Add(verbose);
        root.SetAction((_, cancel) => ServeCommand.RunAsync(new ServeOptions { DataFolder = ServeOptions.DefaultDataFolder }, cancel));
        return root;
    }

    private static int Say(string message, int exitCode)
    {
        Console.Error.WriteLine(OneLine(message));
        return exitCode;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
