using System.Globalization;
using System.Text;

namespace Threadwell.Storage.Audit;

/// <summary>
/// The heads of the audit trail in a file outside the database: after each commit the number and hash of its last entry, flushed to the disk. Who can only change the
/// database cannot shorten or rewrite the trail without this file telling.
/// </summary>
/// <param name="path">The file; made, with its folder, when missing.</param>
public sealed class AuditHeads(string path)
{
    private readonly Lock gate = new();

    /// <summary>Where the file of a data folder lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(new DataFolder(dataFolder).Audit, "heads.log");

    /// <summary>Adds a head; returns after it lies on the disk.</summary>
    /// <param name="sequence">Number of the entry.</param>
    /// <param name="hash">Its hash.</param>
    public void Add(long sequence, string hash)
    {
        byte[] line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sequence} {hash}\n"));
        lock (gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            stream.Position = EndOfWholeLines(stream);
            stream.SetLength(stream.Position);
            stream.Write(line);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>All heads, in the order of the file; none where there is no file. A last line that a kill cut off does not count.</summary>
    /// <exception cref="InvalidDataException">A line is no head.</exception>
    public IEnumerable<(long Sequence, string Hash)> Read()
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        long end = EndOfWholeLines(stream);
        stream.Position = 0;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        int number = 0;
        long read = 0;
        while (read < end && reader.ReadLine() is { } line)
        {
            number++;
            read += line.Length + 1;
            string[] parts = line.Split(' ');
            yield return parts is [var sequence, { Length: 64 } hash] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
                ? (parsed, hash)
                : throw new InvalidDataException($"{path}, line {number}: this is no head of the audit trail.");
        }
    }

    private static long EndOfWholeLines(FileStream stream)
    {
        for (long end = stream.Length; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }
}
