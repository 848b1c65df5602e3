using System.Collections.Concurrent;
using Threadwell.Geometry;

namespace Threadwell.Cli.Output;

/// <summary>
/// A folder of results that appears whole or not at all: files are written beside it and moved into place by <see cref="Commit"/>. Without that
/// everything written is removed. Files of other names that lie in the folder already stay.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    // Those not yet in place, for a command that was left behind in the middle.
    private static readonly ConcurrentDictionary<OutputFolder, bool> Unfinished = new();

    private readonly string target;
    private readonly string unfinished;
    private readonly string named;

    /// <summary>Makes the place to write, so that a folder that cannot be written is refused before the work starts.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be written.</exception>
    public OutputFolder(string path)
    {
        named = path;
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidInputException("--out", null, "name a folder to write to.");
        }

        target = Path.GetFullPath(path);
        string parent = Path.TrimEndingDirectorySeparator(target);
        do
        {
            if (File.Exists(parent))
            {
                throw new InvalidInputException(path, null, $"'{parent}' is a file; name a folder to write to.");
            }

            parent = Path.GetDirectoryName(parent) ?? Path.GetPathRoot(target)!;
        }
        while (!Directory.Exists(parent));

        unfinished = Path.Combine(parent, $".{Path.GetFileName(Path.TrimEndingDirectorySeparator(target))}.{Environment.ProcessId}.unfinished");
        Unfinished[this] = true;
        Attempt(() =>
        {
            Directory.CreateDirectory(unfinished);
            if (Directory.Exists(target))
            {
                // The folder itself must take files too.
                string probe = Path.Combine(target, Path.GetFileName(unfinished));
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
            }
        });
    }

    /// <summary>Removes every folder that is not yet in place.</summary>
    public static void RemoveUnfinished()
    {
        foreach (OutputFolder folder in Unfinished.Keys)
        {
            folder.Dispose();
        }
    }

    /// <summary>Where a file of the folder is written until the end.</summary>
    public string PathOf(string file) => Path.Combine(unfinished, file);

    /// <summary>Where a file of the folder will lie, as the user named the folder.</summary>
    public string FinalPathOf(string file) => Path.Combine(named, file);

    /// <summary>Moves everything into place.</summary>
    /// <param name="owned">Files that a run may write and may not: those of an earlier run go, so that none is taken for this one's.</param>
    public void Commit(params string[] owned) => Attempt(() =>
    {
        if (!Directory.Exists(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(target))!);
            Directory.Move(unfinished, target);
            return;
        }

        foreach (string stale in owned.Where(file => !File.Exists(PathOf(file))))
        {
            File.Delete(Path.Combine(target, stale));
        }

        foreach (string file in Directory.EnumerateFiles(unfinished).Order(StringComparer.Ordinal).ToArray())
        {
            File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    });

    public void Dispose()
    {
        Unfinished.TryRemove(this, out _);
        try
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What could not be removed is named by its ending; the first error is the one to report.
        }
    }

    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Dispose();
            throw new InvalidInputException(named, null, $"the folder cannot be written ({error.Message}).", error);
        }
    }
}
