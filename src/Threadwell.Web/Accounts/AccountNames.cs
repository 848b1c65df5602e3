using NodaTime;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>Names for signing in, and accounts that are made with them.</summary>
internal static class AccountNames
{
    private const int Longest = 100;
    private const string Further = "@.-_+";

    /// <summary>What is wrong with a name for signing in; null where nothing is.</summary>
    public static string? Problem(string? name) =>
        name?.Trim() is { Length: > 2 and <= Longest } trimmed && trimmed.All(character => char.IsAsciiLetterOrDigit(character) || Further.Contains(character, StringComparison.Ordinal))
        && !trimmed.EndsWith("@demo", StringComparison.OrdinalIgnoreCase)
            ? null
            : "name.form";

    /// <summary>An account without credentials.</summary>
    public static UserAccount NewAccount(string name, string fullName, Role role, Guid? patientId, Instant now) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = name.Trim(),
        NormalizedUserName = name.Trim().ToUpperInvariant(),
        FullName = fullName.Trim(),
        Role = role,
        PatientId = patientId,
        CreatedAt = now,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        LockoutEnabled = true,
    };
}
