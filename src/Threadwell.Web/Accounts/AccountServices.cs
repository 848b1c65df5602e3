using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts.SignOn;

namespace Threadwell.Web.Accounts;

/// <summary>Wires accounts, sessions and the gate.</summary>
internal static class AccountServices
{
    public static void Add(IServiceCollection services, string dataFolder)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => CurrentUser.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddScoped<RecordOwners>();
        services.AddScoped<Sessions>();
        services.AddScoped<SessionCookie>();
        services.AddScoped<Credentials>();
        services.AddScoped<Invitations>();
        services.AddSingleton<SetUpLink>();
        AccountLimits.Add(services);
        AuthenticationBuilder authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.EventsType = typeof(SessionCookie);
            cookie.Cookie.Name = "threadwell";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SessionCookie.Longest.ToTimeSpan();
            cookie.SlidingExpiration = false;
        }).AddCookie(SignInEndpoints.HalfWay, cookie => ShortLived(cookie, "threadwell-half-way"))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => ShortLived(cookie, "threadwell-passkey"));
        SignOnServices.Add(services, authentication, dataFolder);

        // A passkey counts as both factors, so the device has to ask for its PIN or fingerprint each time.
        services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.UserVerificationRequirement = "required");
        services.AddIdentityCore<UserAccount>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        }).AddUserStore<AccountStore>().AddSignInManager().AddDefaultTokenProviders();
    }

    // Between two steps of signing in.
    private static void ShortLived(CookieAuthenticationOptions cookie, string name)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        cookie.SlidingExpiration = false;
    }
}
