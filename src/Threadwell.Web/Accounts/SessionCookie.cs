using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>
/// Reads the account behind a session cookie at every request, so that a changed role, a shut account or an ended session counts from the next request on.
/// </summary>
internal sealed class SessionCookie(IDbContextFactory<ThreadwellContext> databases, IClock clock, PublicAddress publicAddress) : CookieAuthenticationEvents
{
    /// <summary>Claim that holds the session's key.</summary>
    public const string SessionClaim = "session";

    /// <summary>A session ends after this long without a request, and after <see cref="Longest"/> in any case (NIST SP 800-63B-4, 2.2.3: one hour and one day at AAL2).</summary>
    public static readonly Duration Idle = Duration.FromHours(1);

    /// <summary>A session lasts no longer than this.</summary>
    public static readonly Duration Longest = Duration.FromHours(24);

    /// <summary>For so long a proof of who somebody is counts as fresh.</summary>
    public static readonly Duration Fresh = Duration.FromMinutes(5);

    // The last use is noted no more often than this: a page asks for many things at once.
    private static readonly Duration SeenStep = Duration.FromMinutes(2);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (await FindAsync(context.Principal, context.HttpContext.RequestAborted) is { } user)
        {
            context.HttpContext.Features.Set(user);
        }
        else
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    private async Task<CurrentUser?> FindAsync(ClaimsPrincipal? principal, CancellationToken cancellation)
    {
        if (!Guid.TryParse(principal?.FindFirstValue(SessionClaim), CultureInfo.InvariantCulture, out Guid key))
        {
            return null;
        }

        await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
        Instant now = clock.GetCurrentInstant();
        var found = await database.Sessions.AsNoTracking().Where(session => session.Id == key && session.EndedAt == null)
            .Join(database.Users.AsNoTracking(), session => session.UserId, user => user.Id, (session, user) => new { Session = session, User = user })
            .SingleOrDefaultAsync(cancellation);
        if (found is null || found.User.DisabledAt is not null || found.User.SecurityStamp != found.Session.SecurityStamp
            || now - found.Session.SeenAt > Idle + SeenStep || now - found.Session.CreatedAt > Longest)
        {
            return null;
        }

        // It needs no password, so one that was begun at this machine must not go on under a public address.
        if (found.User.IsDemonstration && publicAddress.IsSet)
        {
            return null;
        }

        if (now - found.Session.SeenAt > SeenStep)
        {
            await database.Sessions.Where(session => session.Id == key).ExecuteUpdateAsync(row => row.SetProperty(session => session.SeenAt, now), cancellation);
        }

        return new CurrentUser
        {
            UserId = found.User.Id,
            Name = found.User.FullName,
            Role = found.User.Role,
            PatientId = found.User.PatientId,
            IsDemonstration = found.User.IsDemonstration,
            HasSecondFactor = found.Session.HasSecondFactor,
            IsFresh = found.User.IsDemonstration || now - found.Session.ProvedAt <= Fresh,
            SessionId = key,
        };
    }
}

/// <summary>Begins and ends sessions.</summary>
internal sealed class Sessions(ThreadwellContext database, IClock clock)
{
    private const int LongestBrowser = 200;

    /// <summary>Begins a session for somebody who has proved who she is, and sets its cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The account.</param>
    /// <param name="secondFactor">Whether a second factor was proved.</param>
    public async Task BeginAsync(HttpContext context, UserAccount user, bool secondFactor)
    {
        Instant now = clock.GetCurrentInstant();
        string browser = context.Request.Headers.UserAgent.ToString();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            SecurityStamp = user.SecurityStamp ?? "",
            CreatedAt = now,
            SeenAt = now,
            ProvedAt = now,
            HasSecondFactor = secondFactor,
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
            Browser = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser,
        };

        // From here on the request is this person's; so says the audit trail of the session itself.
        context.Features.Set(new CurrentUser { UserId = user.Id, Name = user.FullName, Role = user.Role, PatientId = user.PatientId, IsDemonstration = user.IsDemonstration });
        database.Sessions.Add(session);
        await database.SaveChangesAsync();
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(SessionCookie.SessionClaim, session.Id.ToString())], IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Keeps a session over a change of the account's credentials, which ends all others.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="user">The account as it is now.</param>
    /// <param name="secondFactor">Whether a second factor was proved in it.</param>
    public async Task KeepAsync(Guid id, UserAccount user, bool secondFactor)
    {
        UserSession session = await database.Sessions.SingleAsync(session => session.Id == id && session.UserId == user.Id);
        session.SecurityStamp = user.SecurityStamp ?? "";
        session.HasSecondFactor = secondFactor;
        await database.SaveChangesAsync();
    }

    /// <summary>Notes that the person of a session has proved anew who she is.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="secondFactor">Whether with a second factor.</param>
    public async Task ProveAsync(Guid id, bool secondFactor)
    {
        UserSession session = await database.Sessions.SingleAsync(session => session.Id == id);
        session.ProvedAt = clock.GetCurrentInstant();
        session.HasSecondFactor |= secondFactor;
        await database.SaveChangesAsync();
    }

    /// <summary>Ends a session.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="userId">Whose it must be.</param>
    public async Task EndAsync(Guid id, Guid userId)
    {
        if (await database.Sessions.SingleOrDefaultAsync(session => session.Id == id && session.UserId == userId && session.EndedAt == null) is { } session)
        {
            session.EndedAt = clock.GetCurrentInstant();
            await database.SaveChangesAsync();
        }
    }
}
