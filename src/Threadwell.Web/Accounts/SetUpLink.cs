using NodaTime;

namespace Threadwell.Web.Accounts;

/// <summary>The link that makes the first administrator: printed at the start while there is none, kept in memory alone, so that it ends with the program.</summary>
internal sealed class SetUpLink(IClock clock)
{
    /// <summary>How long it works.</summary>
    public static readonly Duration Lasts = Duration.FromHours(24);

    private readonly Lock gate = new();
    private string? hash;
    private Instant expires;

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

    /// <summary>Takes back that it was used, where nothing came of it.</summary>
    /// <param name="secret">The secret that was spent.</param>
    public void GiveBack(string secret)
    {
        lock (gate)
        {
            hash ??= LinkSecrets.Hash(secret);
        }
    }
}
