using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>Checks and changes what somebody proves who she is with.</summary>
internal sealed class Credentials(UserManager<UserAccount> users, ThreadwellContext database, IClock clock)
{
    private const string LastStep = "LastCodeStep";

    // Checked where there is no account, so that the answer takes as long.
    private static readonly UserAccount NobodysAccount = new() { FullName = "", Role = Role.Patient, CreatedAt = Instant.MinValue };
    private string? nobodysPassword;

    /// <summary>The account of a name and password; null where they do not fit, or the account is shut or locked for some minutes.</summary>
    /// <param name="name">Name for signing in.</param>
    /// <param name="password">The password.</param>
    public async Task<UserAccount?> ByPasswordAsync(string? name, string? password)
    {
        UserAccount? user = string.IsNullOrWhiteSpace(name) ? null : await users.FindByNameAsync(name.Trim());
        if (user is null || user.IsDemonstration || user.DisabledAt is not null || user.PasswordHash is null || string.IsNullOrEmpty(password))
        {
            nobodysPassword ??= users.PasswordHasher.HashPassword(NobodysAccount, "nobody's password");
            users.PasswordHasher.VerifyHashedPassword(NobodysAccount, nobodysPassword, password ?? "");
            return null;
        }

        if (await users.IsLockedOutAsync(user))
        {
            return null;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            return null;
        }

        return user;
    }

    /// <summary>Whether a code of the app, or a recovery code, is right; each works once. A wrong one counts towards the lock.</summary>
    /// <param name="user">The account, whose password was right.</param>
    /// <param name="code">What was typed.</param>
    public async Task<bool> ByCodeAsync(UserAccount user, string? code)
    {
        if (await users.IsLockedOutAsync(user) || string.IsNullOrWhiteSpace(code))
        {
            return false;
        }

        if (user.TwoFactorEnabled && await users.GetAuthenticatorKeyAsync(user) is { } key && TimeCodes.Check(key, code, clock.GetCurrentInstant(), await LastStepAsync(user)) is { } step)
        {
            return await UsedAsync(user, step);
        }

        if ((await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded)
        {
            return true;
        }

        await users.AccessFailedAsync(user);
        return false;
    }

    /// <summary>Notes that a code was used, so that it is not taken again (RFC 6238, 5.2).</summary>
    /// <returns>Whether it was noted; not so where another request changed the account meanwhile.</returns>
    public async Task<bool> UsedAsync(UserAccount user, long step) =>
        (await users.SetAuthenticationTokenAsync(user, AccountStore.OwnProvider, LastStep, step.ToString(CultureInfo.InvariantCulture))).Succeeded;

    /// <summary>Forgets failures after somebody proved who she is.</summary>
    public Task SucceededAsync(UserAccount user) => users.ResetAccessFailedCountAsync(user);

    /// <summary>Whether the account has a second factor.</summary>
    public async Task<bool> HasSecondFactorAsync(UserAccount user) => user.TwoFactorEnabled || (await users.GetPasskeysAsync(user)).Count > 0;

    /// <summary>Sets the password, which ends every session.</summary>
    public async Task SetPasswordAsync(UserAccount user, string password)
    {
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        await EndSessionsAsync(user);
    }

    /// <summary>Takes all credentials back: the person starts again with a new link.</summary>
    public async Task TakeBackAsync(UserAccount user)
    {
        user.PasswordHash = null;
        user.TwoFactorEnabled = false;
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        database.RemoveRange(await database.Set<UserToken>().Where(token => token.UserId == user.Id).ToListAsync());
        database.RemoveRange(await database.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == user.Id).ToListAsync());
        database.RemoveRange(await database.Set<IdentityUserLogin<Guid>>().Where(login => login.UserId == user.Id).ToListAsync());
        await EndSessionsAsync(user);
    }

    /// <summary>Ends every session of the account, from its next request on.</summary>
    public async Task EndSessionsAsync(UserAccount user) => Check(await users.UpdateSecurityStampAsync(user));

    private async Task<long?> LastStepAsync(UserAccount user) =>
        long.TryParse(await users.GetAuthenticationTokenAsync(user, AccountStore.OwnProvider, LastStep), CultureInfo.InvariantCulture, out long step) ? step : null;

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
