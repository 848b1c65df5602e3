using Threadwell.Geometry;

namespace Threadwell.Web.Hosting;

/// <summary>Holds a data folder for one process: two programs on one folder would each believe that they alone run its jobs.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream stream;

    private DataFolderLock(FileStream stream) => this.stream = stream;

    /// <summary>Makes the folder when it is missing, and takes it.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be used, or another process holds it.</exception>
    public static DataFolderLock Take(string folder)
    {
        try
        {
            string full = Path.GetFullPath(folder);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                // Patients' data: for its owner alone.
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new DataFolderLock(new FileStream(Path.Combine(full, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string problem = File.Exists(folder) ? "this is a file; name a folder." : $"the folder cannot be used, or Threadwell already runs on it ({error.Message}).";
            throw new InvalidInputException("--data", folder, problem, error);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => stream.Dispose();
}
