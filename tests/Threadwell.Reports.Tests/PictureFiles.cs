namespace Threadwell.Reports.Tests;

/// <summary>Keeps pictures to look at when <c>THREADWELL_PICTURES</c> names a folder.</summary>
internal static class PictureFiles
{
    public static void Keep(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("THREADWELL_PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
