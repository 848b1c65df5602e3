using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Keeping;

/// <summary>What a check found.</summary>
/// <param name="Problems">What is wrong, a sentence each; empty when all is well.</param>
/// <param name="Orphans">Files that nothing refers to: harmless, left by a write that never ended or by a backup that was killed.</param>
/// <param name="OldOrphans">How many of them are older than a day and may be removed; what a backup left goes with the next one instead.</param>
/// <param name="Removed">How many of them were removed.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Texts">How many texts were read.</param>
/// <param name="Opened">How many of them were sealed.</param>
public sealed record RecordCheckReport(IReadOnlyList<string> Problems, IReadOnlyList<string> Orphans, int OldOrphans, int Removed, int Files, long Texts, long Opened);

/// <summary>Checks a whole record: the database in itself, its form, every sealed text, every file and what refers to it. It may run beside the app.</summary>
public static class RecordCheck
{
    private const double RowShare = 0.5;

    private static readonly TimeSpan OldAge = TimeSpan.FromDays(1);

    /// <summary>Runs the check.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="database">Its database.</param>
    /// <param name="removeOrphans">Whether files that nothing refers to are removed when they are older than a day.</param>
    /// <param name="clock">Tells how old a file is.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Geometry.InvalidInputException">There is no database, or its keys are missing.</exception>
    public static async Task<RecordCheckReport> RunAsync(
        DataFolder data, ClinicDatabase database, bool removeOrphans, IClock clock, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(progress);
        if (await database.IsEmptyAsync(cancellation))
        {
            throw database.HoldsNoRecord();
        }

        RecordCipher cipher = RecordKeys.Open(data.Keys);
        progress.Report(new KeepingProgress(0, "Checking the database"));
        var problems = (await database.FaultsAsync(cancellation)).ToList();
        var store = new FileStore(data.Files, cipher);

        // The files first: what is stored from now on is not among them, though a row read later may name it.
        string[] names = [.. store.Names()];
        var rows = new Rows(cipher);
        await using (ThreadwellContext context = database.Open(cipher))
        {
            string[] lacking = [.. await context.Database.GetPendingMigrationsAsync(cancellation)];
            if (lacking.Length > 0)
            {
                problems.Add($"The database lacks {lacking.Length} migrations ({string.Join(", ", lacking)}); start the app once to bring it up to date, then check again.");
                return new RecordCheckReport(problems, [], 0, 0, 0, 0, 0);
            }

            ILookup<string, RecordRows.TextColumn> tables = RecordRows.Columns(context.Model);
            int done = 0;
            foreach (IGrouping<string, RecordRows.TextColumn> table in tables)
            {
                progress.Report(new KeepingProgress(RowShare * done++ / tables.Count, "Reading the rows"));
                await RecordRows.ReadAsync(context, [.. table], rows.Take, limit: null, cancellation);
            }

            problems.AddRange(rows.Problems());
            problems.AddRange(await StillMissingAsync(context, [.. rows.Named.Keys.Where(name => !store.Has(name))], store, cipher, cancellation));
        }

        await CheckFilesAsync(store, names, problems, progress, cancellation);
        (string File, Action Remove)[] removable =
        [
            .. names.Where(name => !rows.Mentioned.Contains(name) && store.Has(name)).Select(name => (store.PathOf(name), (Action)(() => store.Remove(name)))),
            .. store.CutOff().Select(file => (file, (Action)(() => File.Delete(file)))),
        ];
        string[] orphans = [.. removable.Select(orphan => orphan.File), .. store.LeftAside()];
        Instant now = clock.GetCurrentInstant();
        int old = removable.Count(orphan => IsOld(orphan.File, now));
        int removed = removeOrphans ? RemoveOld(removable, now) : 0;
        progress.Report(new KeepingProgress(1, "Done"));
        return new RecordCheckReport(problems, orphans, old, removed, names.Length, rows.Texts, rows.Opened);
    }

    private static bool IsOld(string file, Instant now) => now - Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(file)) > Duration.FromTimeSpan(OldAge);

    // Each is asked for its age right before it goes: one that a row comes to name again was dated anew.
    private static int RemoveOld((string File, Action Remove)[] removable, Instant now)
    {
        int removed = 0;
        foreach ((string file, Action remove) in removable)
        {
            if (IsOld(file, now))
            {
                remove();
                removed++;
            }
        }

        return removed;
    }

    // Files go while the app runs, once no row names them: the rows are read once more, and what none of them names by now is not missing.
    private static async Task<IEnumerable<string>> StillMissingAsync(ThreadwellContext context, string[] missing, FileStore store, RecordCipher cipher, CancellationToken cancellation)
    {
        if (missing.Length == 0)
        {
            return [];
        }

        var again = new Rows(cipher);
        foreach (IGrouping<string, RecordRows.TextColumn> table in RecordRows.Columns(context.Model).Where(table => table.Any(column => column.NamesFile)))
        {
            await RecordRows.ReadAsync(context, [.. table.Where(column => column.NamesFile)], again.Take, limit: null, cancellation);
        }

        return missing.Where(name => again.Named.ContainsKey(name) && !store.Has(name)).Select(name => $"{again.Named[name]}: its file {name} is missing.");
    }

    private static async Task CheckFilesAsync(FileStore store, string[] names, List<string> problems, IProgress<KeepingProgress> progress, CancellationToken cancellation)
    {
        for (int index = 0; index < names.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new KeepingProgress(RowShare + ((1 - RowShare) * index / names.Length), "Reading the files"));
            string name = names[index];
            try
            {
                if (Convert.ToHexStringLower(SHA256.HashData(await Task.Run(() => store.Read(name), cancellation))) != name)
                {
                    problems.Add($"{store.PathOf(name)}: the file was changed; its content does not have the hash that names it.");
                }
            }
            catch (SealedDataException error)
            {
                problems.Add($"{store.PathOf(name)}: {error.Message}");
            }
            catch (FileNotFoundException)
            {
                // Removed since the list was made.
            }
        }
    }

    // What the rows say.
    private sealed class Rows(RecordCipher cipher)
    {
        private readonly Dictionary<string, (int Count, string First)> unopened = new(StringComparer.Ordinal);

        /// <summary>Files that must be there, each with a place that names it.</summary>
        public Dictionary<string, string> Named { get; } = new(StringComparer.Ordinal);

        /// <summary>Every hash in any text.</summary>
        public HashSet<string> Mentioned { get; } = new(StringComparer.Ordinal);

        public long Texts { get; private set; }

        public long Opened { get; private set; }

        public void Take(RecordRows.TextColumn column, string text)
        {
            Texts++;
            if (column.IsSealed)
            {
                try
                {
                    Opened += text.Length == 0 ? 0 : 1;
                    text = cipher.OpenText(text, column.Place.Place);
                }
                catch (SealedDataException error)
                {
                    unopened[column.Place.Place] = unopened.TryGetValue(column.Place.Place, out (int Count, string First) known) ? (known.Count + 1, known.First) : (1, error.Message);
                    return;
                }
            }

            if (column.NamesFile && text.Length > 0)
            {
                Named.TryAdd(text, column.Place.Place);
            }

            Mention(text);
        }

        public IEnumerable<string> Problems() =>
            unopened.OrderBy(place => place.Key, StringComparer.Ordinal).Select(place => place.Value.Count == 1 ? place.Value.First : $"{place.Value.First} ({place.Value.Count} texts of this column)");

        // A file may be named inside a document, as the pictures of a consent are.
        private void Mention(string text)
        {
            int length = 0;
            for (int index = 0; index <= text.Length; index++)
            {
                if (index < text.Length && char.IsAsciiHexDigitLower(text[index]))
                {
                    length++;
                    continue;
                }

                if (length == FileStore.HashLength)
                {
                    Mentioned.Add(text.Substring(index - FileStore.HashLength, FileStore.HashLength));
                }

                length = 0;
            }
        }
    }
}
