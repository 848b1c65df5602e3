using System.CommandLine;
using System.Globalization;
using Threadwell.Cli.Options;
using Threadwell.Geometry;
using Threadwell.Web.Consents;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell consent</c>: signed consents.</summary>
internal sealed class ConsentCommand : Command
{
    public ConsentCommand()
        : base("consent", "Signed consents.")
    {
        Add(new Verify());
    }

    private sealed class Verify : Command
    {
        public Verify()
            : base("verify", "Hashes what was signed anew from the stored text, pictures, plan, signature and PDF; exit code 1 where something is not as it was.")
        {
            var id = new Argument<Guid?>("ID") { Description = "Key of the consent; all when left out.", Arity = ArgumentArity.ZeroOrOne };
            Option<string> data = TypedOptions.Path("--data", $"Data folder; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
            Option<string> database = TypedOptions.Path(DatabaseChoice.Option, $"PostgreSQL database; the environment variable {DatabaseChoice.Variable} or a file in the data folder when left out.", required: false, "connection");
            Add(id);
            Add(data);
            Add(database);
            SetAction((parsed, cancellation) => RunAsync(
                new ServeOptions { DataFolder = parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder, Database = parsed.GetValue(database) }, parsed.GetValue(id), cancellation));
        }

        private static async Task<int> RunAsync(ServeOptions options, Guid? id, CancellationToken cancellation)
        {
            if (!Directory.Exists(options.DataFolder))
            {
                throw new InvalidInputException("--data", null, $"there is no folder '{options.DataFolder}'.");
            }

            IReadOnlyList<ConsentReport> reports = await ConsentVerification.RunAsync(options, id, cancellation);
            foreach (ConsentReport report in reports)
            {
                Console.Out.WriteLine(report.Problem is null ? $"{report.Id}: as it was signed." : $"{report.Id}: {report.Problem}");
            }

            int broken = reports.Count(report => report.Problem is not null);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Count} consents, {broken} not as they were signed."));
            return broken == 0 ? 0 : 1;
        }
    }
}
