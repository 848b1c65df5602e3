using Threadwell.Geometry;

namespace Threadwell.Cli.Options;

/// <summary>Small files that a command is given.</summary>
internal static class InputFile
{
    private const long LargestFile = 1024 * 1024;

    /// <summary>The content of a file.</summary>
    /// <exception cref="InvalidInputException">It is missing, too large, a folder, or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw new InvalidInputException(path, null, Directory.Exists(path) ? "this is a folder; name a file." : "no such file.")
                : file.Length > LargestFile ? throw new InvalidInputException(path, null, $"the file has {file.Length} bytes; at most {LargestFile} are read.")
                : File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, null, $"the file cannot be read ({error.Message}).", error);
        }
    }
}
