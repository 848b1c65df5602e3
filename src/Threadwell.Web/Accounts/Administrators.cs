using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>Who can administer the clinic.</summary>
internal static class Administrators
{
    /// <summary>Whether somebody of the clinic's own can: an open account of an administrator, the demonstration's apart, that has something to sign in with.</summary>
    /// <param name="database">The record.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<bool> AnyAsync(ThreadwellContext database, CancellationToken cancellation) => database.Users.AnyAsync(
        user => user.Role == Role.Administrator && !user.IsDemonstration && user.DisabledAt == null
            && (user.PasswordHash != null || database.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == user.Id) || database.Set<IdentityUserLogin<Guid>>().Any(login => login.UserId == user.Id)),
        cancellation);
}
