namespace Threadwell.Web.Accounts;

/// <summary>What a password must be: long, and not the account's own name. No rule asks for kinds of characters, and none expires (NIST SP 800-63B-4, 3.1.1.2 forbids both).</summary>
internal static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>Most characters.</summary>
    public const int Longest = 128;

    /// <summary>Whether a password will do.</summary>
    /// <param name="password">The password.</param>
    /// <param name="name">Name for signing in.</param>
    /// <returns>Key of the text that says why not; null where it will do.</returns>
    public static string? Problem(string? password, string name) => password switch
    {
        null or { Length: < Shortest } => "password.short",
        { Length: > Longest } => "password.long",
        _ when password.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase) => "password.name",
        _ => null,
    };
}
