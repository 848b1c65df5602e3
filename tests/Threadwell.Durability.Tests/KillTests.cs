using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Durability.Tests;

/// <summary>
/// The real server is killed (SIGKILL) at seeded moments while several people write, and started again on the same data: every write that it acknowledged is there, the record passes its check,
/// and it starts without a complaint. Five kills on each database; a hundred with THREADWELL_LONG=1. Each database has a class of its own, so that the two run beside each other.
/// </summary>
public abstract class KillTests
{
    private const int Seed = 20261127;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static int Kills => Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1" ? 100 : 5;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected static async Task RunAsync(string folder, TestDatabase database, params string[] further)
    {
        var random = new Random(Seed);
        var written = new AcknowledgedWrites();
        using ServerProcess server = await ServerProcess.StartAsync(folder, further);
        Guid named = await AddPlanAsync(server);
        Guid kept = await AddPlanAsync(server);
        int slowest = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            int before = written.Count;
            using WriteLoad load = await WriteLoad.PrepareAsync(server, kill, written);
            Task<int> reached = written.ReachAsync(before + random.Next(1, 60));
            Task running = load.RunAsync(named, kept);
            Assert.Same(reached, await Task.WhenAny(reached, running).WaitAsync(Patience, Cancelled));
            await Task.Delay(random.Next(0, 100), Cancelled);
            Assert.Equal(137, await server.EndAsync("KILL"));
            await running;
            AssertNoFault(await server.Errors);

            await server.StartAgainAsync();
            slowest = Math.Max(slowest, (int)server.StartTime.TotalMilliseconds);
            await AssertAllThereAsync(folder, database.Database, written);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill {kill}: {written.Count - before} writes acknowledged, started again in {server.StartTime.TotalSeconds:0.0} s"));
        }

        Assert.Equal(0, await server.EndAsync());
        AssertNoFault(await server.Errors);
        Assert.True(written.Count > Kills, $"Only {written.Count} writes were acknowledged in all.");
        foreach (string[] command in (string[][])[["db", "check"], ["audit", "verify"]])
        {
            (int code, string output) = await CommandAsync([.. command, "--data", folder, .. further]);
            Assert.True(code == 0, output);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills, {written.Count} acknowledged writes ({written.Patients.Count} patients, {written.Photos.Count} photos, {written.PlanNames.Values.Sum()} changes of a plan, {written.Versions.Count} versions), none lost; slowest start {slowest} ms"));
    }

    private static async Task<Guid> AddPlanAsync(ServerProcess server)
    {
        (string id, _) = await server.AddPlanAsync(await server.SampleAsync(), "0");
        return Guid.Parse(id);
    }

    // The whole of what the server said: the first line of a fault does not name it.
    private static void AssertNoFault(string errors) => Assert.False(
        errors.Split('\n').Any(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)), errors);

    private static async Task AssertAllThereAsync(string folder, ClinicDatabase database, AcknowledgedWrites written)
    {
        var data = new DataFolder(folder);
        RecordCipher cipher = RecordKeys.Open(data.Keys);
        await using (ThreadwellContext context = database.Open(cipher))
        {
            var patients = await context.Patients.AsNoTracking().ToDictionaryAsync(patient => patient.Id, Cancelled);
            foreach ((Guid key, string name) in written.Patients)
            {
                Assert.Equal(name, patients[key].FullName);
            }

            foreach ((Guid key, int counter) in written.Notes)
            {
                // A later one may have been written without an answer.
                Assert.InRange(int.Parse(patients[key].Notes, CultureInfo.InvariantCulture), counter, counter + 1);
            }

            var plans = await context.Plans.AsNoTracking().ToDictionaryAsync(plan => plan.Id, Cancelled);
            foreach ((Guid key, int counter) in written.PlanNames)
            {
                Assert.InRange(int.Parse(plans[key].Name, CultureInfo.InvariantCulture), counter, counter + 1);
                Assert.Equal(int.Parse(plans[key].Name, CultureInfo.InvariantCulture) + 1, plans[key].Revision);
            }

            HashSet<string> versions = [.. await context.PlanVersions.Select(version => version.Note).ToListAsync(Cancelled)];
            Assert.Subset(versions, written.Versions.Keys.ToHashSet(StringComparer.Ordinal));
            List<StoredPhoto> photos = await context.Photos.AsNoTracking().ToListAsync(Cancelled);
            HashSet<string> notes = [.. photos.Select(photo => photo.Note)];
            Assert.Subset(notes, written.Photos.Keys.ToHashSet(StringComparer.Ordinal));
            var files = new FileStore(data.Files, cipher);
            Assert.All(photos, photo => Assert.NotEmpty(files.Read(photo.FileSha256)));
            AuditReport trail = await AuditChain.VerifyAsync(context, new AuditHeads(AuditHeads.PathIn(folder)), Cancelled);
            Assert.True(trail.IsWhole, trail.Problem);
        }

        RecordCheckReport report = await RecordCheck.RunAsync(data, database, removeOrphans: false, SystemClock.Instance, new NoProgress(), Cancelled);
        Assert.Empty(report.Problems);
    }

    private static async Task<(int Code, string Output)> CommandAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancelled);
        string output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, output + await errors);
    }

    private sealed class NoProgress : IProgress<KeepingProgress>
    {
        public void Report(KeepingProgress value)
        {
            // Nobody looks.
        }
    }
}

public sealed class SqliteKillTests : KillTests
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_on_the_embedded_database()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-kill-").FullName;
        await PreparedData.CopyToAsync(folder);
        await using (TestDatabase database = TestDatabase.Sqlite(folder))
        {
            await RunAsync(folder, database);
        }

        Directory.Delete(folder, recursive: true);
    }
}

public sealed class PostgreSqlKillTests : KillTests
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_on_PostgreSQL()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-kill-").FullName;
        await using (TestDatabase database = await TestDatabase.PostgreSqlAsync())
        {
            await PreparedData.CopySamplesToAsync(folder, database.Database);
            await RunAsync(folder, database, "--database", database.Connection!);
        }

        Directory.Delete(folder, recursive: true);
    }
}
