using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts.SignOn;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>Wires accounts, sessions and the gate.</summary>
internal static class AccountServices
{
    /// <summary>Adds them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="dataFolder">Where the clinic's own sign-on is set.</param>
    /// <param name="publicAddress">Under which address cookies and passkeys hold.</param>
    public static void Add(IServiceCollection services, string dataFolder, PublicAddress publicAddress)
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
            cookie.Cookie.Name = publicAddress.CookieName("threadwell");
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SessionCookie.Longest.ToTimeSpan();
            cookie.SlidingExpiration = false;
        }).AddCookie(SignInEndpoints.HalfWay, cookie => ShortLived(cookie, publicAddress.CookieName("threadwell-half-way")))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => ShortLived(cookie, publicAddress.CookieName("threadwell-passkey")));
        SignOnServices.Add(services, authentication, dataFolder, publicAddress);
        if (publicAddress.IsSet)
        {
            services.AddAntiforgery(forms => forms.Cookie.Name = publicAddress.CookieName("threadwell-form"));
        }

        services.Configure<IdentityPasskeyOptions>(passkeys => SetPasskeys(passkeys, publicAddress));
        services.AddIdentityCore<UserAccount>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        }).AddUserStore<AccountStore>().AddSignInManager().AddDefaultTokenProviders();
    }

    private static void SetPasskeys(IdentityPasskeyOptions passkeys, PublicAddress publicAddress)
    {
        // A passkey counts as both factors, so the device has to ask for its PIN or fingerprint each time.
        passkeys.UserVerificationRequirement = "required";
        if (publicAddress.IsSet)
        {
            passkeys.ServerDomain = publicAddress.Host;
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == publicAddress.Origin);
        }
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
