using System.CommandLine;
using Threadwell.Cli.Options;
using Threadwell.Prediction;
using Threadwell.Web.Hosting;
using Threadwell.Web.Reminders;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell serve</c>, and <c>threadwell</c> alone: the app in the browser.</summary>
internal sealed class ServeCommand : Command
{
    public ServeCommand()
        : base("serve", "Serves the app on this machine until Ctrl-C.")
    {
        Option<string> address = TypedOptions.Path("--urls", $"Address to listen on; {ServeOptions.DefaultAddress} when left out.", required: false, "address");
        Option<string> data = TypedOptions.Path("--data", $"Folder of database and files; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
        Option<string> publicAddress = TypedOptions.Path(
            ServeOptions.PublicAddressOption, "Address that browsers ask for where a proxy with TLS on this machine passes requests on (https://clinic.example); this machine alone when left out.", required: false, "address");
        Option<string> database = TypedOptions.Path(
            DatabaseChoice.Option, $"PostgreSQL database (Host=…;Database=…); the environment variable {DatabaseChoice.Variable} or a file in the data folder when left out.", required: false, "connection");
        Option<string> smtp = TypedOptions.Path(
            MailSettings.Option, $"Mail server for reminders (smtp.clinic.example:587); {MailSettings.FileName} in the data folder when left out. Name and password: {MailSettings.UserVariable} and {MailSettings.PasswordVariable}, or that file.", required: false, "server");
        Option<int> samples = PredictCommand.SamplesOption().Or(PredictionOptions.UsualSamples);
        var empty = new Option<bool>("--empty") { Description = "On a first start, leave the demonstration clinic out." };
        Add(address);
        Add(publicAddress);
        Add(data);
        Add(database);
        Add(smtp);
        Add(samples);
        Add(empty);
        SetAction((parsed, cancellation) => RunAsync(new ServeOptions
        {
            Address = parsed.GetValue(address),
            PublicAddress = parsed.GetValue(publicAddress),
            DataFolder = parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder,
            Database = parsed.GetValue(database),
            Smtp = parsed.GetValue(smtp),
            Courses = parsed.GetValue(samples),
            Empty = parsed.GetValue(empty),
        }, cancellation));
    }

    /// <summary>Serves until the signal to stop, which is its proper end.</summary>
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellation)
    {
        await WebHost.RunAsync(options, Console.Out.WriteLine, cancellation);
        return 0;
    }
}
