using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>
/// One-time links by which somebody chooses the password of the account that was made for her. Each belongs to one account, and a patient's account to one record;
/// a new link takes the older one back.
/// </summary>
internal sealed class Invitations(ThreadwellContext database, IClock clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly Duration Lasts = Duration.FromDays(7);

    private const string TokenName = "Invitation";

    /// <summary>Adds a link to what is saved next.</summary>
    /// <param name="account">The account that it is for.</param>
    /// <returns>What the link carries, which is kept nowhere.</returns>
    public async Task<string> AddAsync(UserAccount account)
    {
        string secret = LinkSecrets.Make();
        string value = string.Create(CultureInfo.InvariantCulture, $"{LinkSecrets.Hash(secret)} {(clock.GetCurrentInstant() + Lasts).ToUnixTimeSeconds()}");
        if (await StoredAsync(account.Id) is { } older)
        {
            older.Value = value;
        }
        else
        {
            database.Add(new UserToken { UserId = account.Id, LoginProvider = AccountStore.OwnProvider, Name = TokenName, Value = value });
        }

        return $"{account.Id:N}.{secret}";
    }

    /// <summary>The account of a link while it works; null otherwise.</summary>
    public async Task<UserAccount?> FindAsync(string? link)
    {
        if (link?.Split('.') is not [string id, string secret] || !Guid.TryParseExact(id, "N", out Guid userId) || await StoredAsync(userId) is not { Value: { } value })
        {
            return null;
        }

        string[] kept = value.Split(' ');
        bool works = LinkSecrets.Matches(secret, kept[0]) && clock.GetCurrentInstant().ToUnixTimeSeconds() < long.Parse(kept[1], CultureInfo.InvariantCulture);
        return works ? await database.Users.SingleOrDefaultAsync(user => user.Id == userId && user.DisabledAt == null && !user.IsDemonstration) : null;
    }

    /// <summary>Spends an account's link with what is saved next.</summary>
    public async Task SpendAsync(UserAccount account)
    {
        if (await StoredAsync(account.Id) is { } link)
        {
            database.Remove(link);
        }
    }

    private Task<UserToken?> StoredAsync(Guid userId) =>
        database.Set<UserToken>().SingleOrDefaultAsync(token => token.UserId == userId && token.LoginProvider == AccountStore.OwnProvider && token.Name == TokenName);
}
