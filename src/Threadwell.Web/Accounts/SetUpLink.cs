using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>The link that makes the first administrator: printed at the start while there is none, kept in memory alone, so that it ends with the program.</summary>
internal sealed class SetUpLink(IClock clock)
{
    /// <summary>How long it works.</summary>
    public static readonly Duration Lasts = Duration.FromHours(24);

    private readonly Lock gate = new();
    private string? hash;
    private Instant expires;

    /// <summary>Whether nobody could administer the clinic yet: no open account of an administrator, the demonstration's apart, has anything to sign in with.</summary>
    public static async Task<bool> IsNeededAsync(ThreadwellContext database, CancellationToken cancellation) => !await database.Users.AnyAsync(
        user => user.Role == Role.Administrator && !user.IsDemonstration && user.DisabledAt == null
            && (user.PasswordHash != null || database.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == user.Id)),
        cancellation);

    /// <summary>Makes the link's secret.</summary>
    public string Make()
    {
        string secret = LinkSecrets.Make();
        lock (gate)
        {
            (hash, expires) = (LinkSecrets.Hash(secret), clock.GetCurrentInstant() + Lasts);
        }

        return secret;
    }

    /// <summary>Whether a secret opens the page now.</summary>
    public bool Works(string? secret)
    {
        lock (gate)
        {
            return hash is not null && secret is not null && clock.GetCurrentInstant() < expires && LinkSecrets.Matches(secret, hash);
        }
    }

    /// <summary>Uses the link: of two who try, one succeeds.</summary>
    public bool Spend(string? secret)
    {
        lock (gate)
        {
            bool works = Works(secret);
            if (works)
            {
                hash = null;
            }

            return works;
        }
    }
}
