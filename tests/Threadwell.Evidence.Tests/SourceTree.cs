using System.Text.RegularExpressions;

namespace Threadwell.Evidence.Tests;

/// <summary>Sources and docs of the repository, found by walking up from the test binary.</summary>
internal static partial class SourceTree
{
    /// <summary>Text of every C# file under <c>src/</c>, build output and line comments left out, by path.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = Read("src", "*.cs", text => LineComment().Replace(text, ""));

    /// <summary>Text of every page under <c>docs/</c>, by path.</summary>
    public static IReadOnlyDictionary<string, string> Docs { get; } = Read("docs", "*.md", text => text);

    /// <summary>Text of every C# file put together.</summary>
    public static string AllCode { get; } = string.Join('\n', Sources.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value));

    private static Dictionary<string, string> Read(string name, string pattern, Func<string, string> change)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Threadwell.slnx")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        string folder = Path.Combine(root.FullName, name);
        return Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetRelativePath(folder, path), path => change(File.ReadAllText(path)), StringComparer.Ordinal);
    }

    // A comment that only names a fact is no use of it. "//" inside a string literal of this code base is always part of an address ("://").
    [GeneratedRegex(@"(?<!:)//.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10000)]
    private static partial Regex LineComment();
}
