using System.CommandLine;
using Threadwell.Cli.Options;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell serve</c>, and <c>threadwell</c> alone: the app in the browser.</summary>
internal sealed class ServeCommand : Command
{
    public ServeCommand()
        : base("serve", "Serves the app on this machine until Ctrl-C.")
    {
        Option<string> address = TypedOptions.Path("--urls", $"Address to listen on; {ServeOptions.DefaultAddress} when left out.", required: false, "address");
        Option<string> data = TypedOptions.Path("--data", $"Folder of database and files; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
        Add(address);
        Add(data);
        SetAction((parsed, cancellation) => RunAsync(new ServeOptions
        {
            Address = parsed.GetValue(address),
            DataFolder = parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder,
        }, cancellation));
    }

    /// <summary>Serves until the signal to stop, which is its proper end.</summary>
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellation)
    {
        await WebHost.RunAsync(options, Console.Out.WriteLine, cancellation);
        return 0;
    }
}
