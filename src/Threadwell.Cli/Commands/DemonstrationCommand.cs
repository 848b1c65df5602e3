using System.CommandLine;
using System.Globalization;
using Threadwell.Cli.Options;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell demonstration</c>: the made-up clinic that a first start brings.</summary>
internal sealed class DemonstrationCommand : Command
{
    public DemonstrationCommand()
        : base("demonstration", "The demonstration clinic.")
    {
        Option<string> data = TypedOptions.Path("--data", $"Data folder; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
        Option<string> database = TypedOptions.Path(
            DatabaseChoice.Option, $"PostgreSQL database (Host=…;Database=…); the environment variable {DatabaseChoice.Variable} or a file in the data folder when left out.", required: false, "connection");
        var remove = new Command("remove", "Removes the demonstration clinic with its patients and accounts, for good; the app must not run.") { data, database };
        remove.SetAction(async (parsed, cancellation) =>
        {
            int rows = await DemonstrationRemoval.RunAsync(parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder, parsed.GetValue(database), cancellation);
            Console.Out.WriteLine(rows == 0
                ? "There is no demonstration in this record."
                : string.Create(CultureInfo.InvariantCulture, $"The demonstration is removed ({rows} rows). A start does not bring it back; 'threadwell db check --remove-orphans' removes the files of its scans and photos after a day."));
            return 0;
        });
        Add(remove);
    }
}
