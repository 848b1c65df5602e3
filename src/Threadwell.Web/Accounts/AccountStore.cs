using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>Keeps accounts and their credentials in the database; recovery codes by their hash alone.</summary>
internal sealed class AccountStore(ThreadwellContext database, IdentityErrorDescriber? errors = null)
    : UserOnlyStore<UserAccount, ThreadwellContext, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, UserToken, IdentityUserPasskey<Guid>>(database, errors)
{
    /// <summary>Provider of what this program keeps beside Identity's own tokens.</summary>
    public const string OwnProvider = "threadwell";

    /// <summary>Where Identity keeps the key of the app in use (the store's own provider).</summary>
    public const string KeyProvider = "[AspNetUserStore]";

    /// <summary>Its name there.</summary>
    public const string KeyName = "AuthenticatorKey";

    public override Task ReplaceCodesAsync(UserAccount user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override Task<bool> RedeemCodeAsync(UserAccount user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Hash(code.Trim().ToUpperInvariant()), cancellationToken);

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
