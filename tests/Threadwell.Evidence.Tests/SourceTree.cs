using System.Text.RegularExpressions;

namespace Threadwell.Evidence.Tests;

/// <summary>The C# sources of the repository, found by walking up from the test binary.</summary>
internal static partial class SourceTree
{
    /// <summary>Text of every C# file under <c>src/</c>, build output and line comments left out, by path.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = Read();

    /// <summary>Text of every file put together.</summary>
    public static string AllCode { get; } = string.Join('\n', Sources.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value));

    private static Dictionary<string, string> Read()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Threadwell.slnx")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        string source = Path.Combine(folder.FullName, "src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetRelativePath(source, path), path => LineComment().Replace(File.ReadAllText(path), ""), StringComparer.Ordinal);
    }

    // A comment that only names a fact is no use of it. "//" inside a string literal of this code base is always part of an address ("://").
    [GeneratedRegex(@"(?<!:)//.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex LineComment();
}
