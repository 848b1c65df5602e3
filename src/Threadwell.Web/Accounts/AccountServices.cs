using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;

namespace Threadwell.Web.Accounts;

/// <summary>Wires accounts, sessions and the gate.</summary>
internal static class AccountServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => CurrentUser.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddScoped<RecordOwners>();
        services.AddScoped<Sessions>();
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.EventsType = typeof(SessionCookie);
            cookie.Cookie.Name = "threadwell";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SessionCookie.Longest.ToTimeSpan();
            cookie.SlidingExpiration = false;
        });
        services.AddIdentityCore<UserAccount>().AddUserStore<AccountStore>().AddDefaultTokenProviders();
    }
}

/// <summary>Keeps accounts and their credentials in the database.</summary>
internal sealed class AccountStore(ThreadwellContext database, IdentityErrorDescriber? errors = null)
    : UserOnlyStore<UserAccount, ThreadwellContext, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, UserToken, IdentityUserPasskey<Guid>>(database, errors);
