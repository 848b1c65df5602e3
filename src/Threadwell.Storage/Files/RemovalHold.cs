namespace Threadwell.Storage.Files;

/// <summary>
/// Held while a file store is copied: what is removed meanwhile is put aside, and goes with the hold. Rows go before their files, so a file that was removed by someone who did not see the hold is named by no row
/// that is read once the hold is taken; one that is in neither place was never named by such a row. It ends with the process that took it, however that ends.
/// </summary>
internal sealed class RemovalHold : IAsyncDisposable
{
    private const string FolderName = "removed";
    private const string LockName = "hold";

    // Who looks whether it is taken takes it for a moment, far shorter than a pause. A second of tries meets no looker fifty times over, and is short to wait for the answer that another backup is being written.
    private const int Tries = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string store;
    private readonly FileStream held;

    private RemovalHold(string store, FileStream held)
    {
        this.store = store;
        this.held = held;
    }

    /// <summary>Takes it.</summary>
    /// <param name="store">Folder of the file store; made when missing.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <exception cref="IOException">Another process holds it, or the folder cannot be used.</exception>
    public static async Task<RemovalHold> TakeAsync(string store, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(store, FolderName));
        FileStream taken = await LockAsync(store, cancellation);
        try
        {
            Clear(store);
            return new RemovalHold(store, taken);
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a store is being copied.</summary>
    public static bool IsTaken(string store)
    {
        try
        {
            using var looked = new FileStream(LockOf(store), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Puts a file aside that is removed from a store while it is held.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static void PutAside(string store, string sha256)
    {
        string aside = Aside(store, sha256);
        File.Move(FileStore.PathIn(store, sha256), aside, overwrite: true);

        // Who held it may have looked for the last time before.
        if (!IsTaken(store))
        {
            File.Delete(aside);
        }
    }

    /// <summary>Where a file lies that was put aside.</summary>
    public static string Aside(string store, string sha256) => Path.Combine(store, FolderName, sha256);

    /// <summary>The files that were put aside, whole paths.</summary>
    public static IEnumerable<string> SetAside(string store) => Directory.Exists(Path.Combine(store, FolderName))
        ? Directory.EnumerateFiles(Path.Combine(store, FolderName)).Where(file => Path.GetFileName(file) != LockName)
        : [];

    /// <summary>Removes what was put aside, and lets go. What cannot be removed is left to the next hold: whoever held it has what they came for.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using (held)
            {
                Clear(store);
            }

            // Something may have come aside while it let go; where another holds it by now, that is the other's.
            while (SetAside(store).Any())
            {
                await using FileStream again = await LockAsync(store, CancellationToken.None);
                Clear(store);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static async Task<FileStream> LockAsync(string store, CancellationToken cancellation)
    {
        for (int tried = 1; ; tried++)
        {
            try
            {
                return new FileStream(LockOf(store), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tried < Tries)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private static string LockOf(string store) => Path.Combine(store, FolderName, LockName);

    private static void Clear(string store)
    {
        foreach (string file in SetAside(store))
        {
            File.Delete(file);
        }
    }
}
