namespace Threadwell.Geometry;

/// <summary>Writes a file so that it appears whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Runs <paramref name="write"/> on a temporary file in the target's folder (made if missing) and then moves it to its place. If
    /// writing fails or is cancelled the temporary file is deleted and what lay at <paramref name="path"/> stays.
    /// </summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InvalidInputException">The path cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new InvalidInputException(path, place: null, "this is a folder; name a file.");
        }

        string temporary = $"{path}.{Environment.ProcessId}.part";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidInputException(path, place: null, $"cannot be written: {error.Message}", error);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; a left-over part is harmless.
        }
    }
}
