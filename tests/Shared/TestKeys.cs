using Threadwell.Storage.Sealing;

namespace Threadwell.Tests.Shared;

/// <summary>Keys of the record that the databases of a test's process share. What is made for a database's keys (its model, its queries) is then made once, and not for each test anew.</summary>
internal static class TestKeys
{
    private static readonly Lazy<(string Name, byte[] Content)[]> Files = new(Make);
    private static readonly Lazy<RecordCipher> Opened = new(Open);

    /// <summary>Seals and opens by them.</summary>
    public static RecordCipher Cipher => Opened.Value;

    /// <summary>Puts them into a folder of keys.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    public static void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] content) in Files.Value)
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }
    }

    private static RecordCipher Open() => InFolder(folder =>
    {
        CopyTo(folder);
        return RecordKeys.Open(folder);
    });

    private static (string Name, byte[] Content)[] Make() => InFolder(folder =>
    {
        RecordKeys.OpenOrMake(folder);
        return Directory.GetFiles(folder).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))).ToArray();
    });

    private static T InFolder<T>(Func<string, T> use)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-keys-").FullName;
        try
        {
            return use(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
