using Threadwell.Storage.Keeping;
using Threadwell.Storage.Sqlite;

namespace Threadwell.Storage.Tests.Keeping;

/// <summary>A restore that was killed at any step between the first and the last move is finished by the next start.</summary>
public sealed class CutOffRestoreTests : IDisposable
{
    // In the order in which they move.
    private static readonly string[] Names = ["threadwell.db", "files", "audit", "keys"];

    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-cut-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task It_goes_forward_from_every_step(int steps)
    {
        string stage = Stage(ready: true);
        string aside = Path.Combine(folder, "replaced-abc");
        Directory.CreateDirectory(aside);
        if (steps > 0)
        {
            File.Move(Path.Combine(folder, "threadwell.db-wal"), Path.Combine(aside, "threadwell.db-wal"));
        }

        for (int step = 0; step < steps; step++)
        {
            string name = Names[step / 2];
            (string from, string to) = step % 2 == 0 ? (folder, aside) : (Path.Combine(stage, "new"), folder);
            Directory.Move(Path.Combine(from, name), Path.Combine(to, name));
        }

        await FinishAsync();
        foreach (string name in Names)
        {
            Assert.Equal("restored", Content(Path.Combine(folder, name)));
            Assert.Equal("old", Content(Path.Combine(aside, name)));
        }

        Assert.False(Directory.Exists(stage));
        Assert.False(File.Exists(Path.Combine(folder, "threadwell.db-wal")));
    }

    [Fact]
    public async Task It_goes_back_where_the_stage_was_not_whole()
    {
        string stage = Stage(ready: false);
        await FinishAsync();
        Assert.All(Names, name => Assert.Equal("old", Content(Path.Combine(folder, name))));
        Assert.True(File.Exists(Path.Combine(folder, "threadwell.db-wal")));
        Assert.False(Directory.Exists(stage));
    }

    private Task FinishAsync() => Restore.FinishAsync(new DataFolder(folder), new SqliteDatabase(Path.Combine(folder, "threadwell.db")), Cancelled);

    private string Stage(bool ready)
    {
        string stage = Path.Combine(folder, ".restore");
        Fill(folder, "old");
        File.WriteAllText(Path.Combine(folder, "threadwell.db-wal"), "old");
        Fill(Path.Combine(stage, "new"), "restored");
        if (ready)
        {
            File.WriteAllText(Path.Combine(stage, "ready"), "abc");
        }

        return stage;
    }

    private static void Fill(string target, string content)
    {
        foreach (string name in Names.Skip(1))
        {
            Directory.CreateDirectory(Path.Combine(target, name));
            File.WriteAllText(Path.Combine(target, name, "content"), content);
        }

        File.WriteAllText(Path.Combine(target, Names[0]), content);
    }

    private static string Content(string place) => File.ReadAllText(Directory.Exists(place) ? Path.Combine(place, "content") : place);
}
