using System.CommandLine;
using System.Globalization;
using Threadwell.Cli.Options;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Hosting;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell audit</c>: the audit trail.</summary>
internal sealed class AuditCommand : Command
{
    public AuditCommand()
        : base("audit", "The audit trail: who saw or changed what.")
    {
        Add(new Verify());
    }

    private sealed class Verify : Command
    {
        public Verify()
            : base("verify", "Checks every entry, every link, and the heads that were written outside the database; exit code 1 where the trail is not whole.")
        {
            Option<string> data = TypedOptions.Path("--data", $"Data folder; {ServeOptions.DefaultDataFolder} when left out.", required: false, "folder");
            Option<string> database = TypedOptions.Path(DatabaseChoice.Option, $"PostgreSQL database; the environment variable {DatabaseChoice.Variable} or a file in the data folder when left out.", required: false, "connection");
            Add(data);
            Add(database);
            SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(data) ?? ServeOptions.DefaultDataFolder, parsed.GetValue(database), cancellation));
        }

        private static async Task<int> RunAsync(string folder, string? database, CancellationToken cancellation)
        {
            if (!Directory.Exists(folder))
            {
                throw new InvalidInputException("--data", null, $"there is no folder '{folder}'.");
            }

            // No entry of the trail is sealed.
            await using ThreadwellContext context = DatabaseChoice.Of(database, folder).Open(RecordCipher.Passing());
            AuditReport report = await AuditChain.VerifyAsync(context, new AuditHeads(AuditHeads.PathIn(folder)), cancellation);
            Console.Out.WriteLine(report.IsWhole
                ? string.Create(CultureInfo.InvariantCulture, $"The audit trail is whole: {report.Entries} entries.")
                : string.Create(CultureInfo.InvariantCulture, $"The audit trail is broken at entry {report.BadSequence}: {report.Problem}"));
            return report.IsWhole ? 0 : 1;
        }
    }
}
