namespace Threadwell.Storage;

/// <summary>The folder of one installation: what lies where in it.</summary>
/// <param name="path">The folder; it need not exist.</param>
public sealed class DataFolder(string path)
{
    internal const string AuditName = "audit";

    /// <summary>The folder itself, in full.</summary>
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>The embedded database; absent where a server keeps the record.</summary>
    public string Database => Path.Combine(Root, "threadwell.db");

    /// <summary>The file store.</summary>
    public string Files => Path.Combine(Root, "files");

    /// <summary>The keys of the record and the key ring that wraps them.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The heads of the audit trail.</summary>
    public string Audit => Path.Combine(Root, AuditName);
}
