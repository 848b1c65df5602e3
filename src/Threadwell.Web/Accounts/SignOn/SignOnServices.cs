using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts.SignOn;

/// <summary>Wires the clinic's own sign-on, where it has one (OpenID Connect Core 1.0, authorization code flow with PKCE).</summary>
internal static class SignOnServices
{
    /// <summary>Scheme of the way to the issuer.</summary>
    public const string Issuer = "sign-on";

    /// <summary>Scheme of the cookie that holds, for some minutes, whom the issuer named.</summary>
    public const string Answer = "sign-on-answer";

    /// <summary>Claim of that cookie: who, as accounts keep it.</summary>
    public const string KeyClaim = "key";

    /// <summary>Claim of that cookie: whether a second factor was proved.</summary>
    public const string FactorClaim = "second-factor";

    /// <summary>Adds it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="authentication">What other ways to sign in were added to.</param>
    /// <param name="dataFolder">Where it is set.</param>
    /// <param name="publicAddress">Under which address its cookies hold.</param>
    public static void Add(IServiceCollection services, AuthenticationBuilder authentication, string dataFolder, PublicAddress publicAddress)
    {
        SignOnSettings? settings = SignOnSettings.Read(dataFolder);
        services.AddSingleton(new ClinicSignOn(settings));
        if (settings is null)
        {
            return;
        }

        authentication.AddCookie(Answer, cookie =>
        {
            cookie.Cookie.Name = publicAddress.CookieName("threadwell-sign-on");
            cookie.Cookie.HttpOnly = true;

            // The browser comes back from another site.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            cookie.SlidingExpiration = false;
        }).AddOpenIdConnect(Issuer, issuer => Configure(issuer, settings, publicAddress));
    }

    private static void Configure(OpenIdConnectOptions issuer, SignOnSettings settings, PublicAddress publicAddress)
    {
        issuer.Authority = settings.Issuer;
        issuer.RequireHttpsMetadata = settings.Issuer.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        issuer.ClientId = settings.ClientId;
        issuer.ClientSecret = settings.ClientSecret;
        issuer.SignInScheme = Answer;
        issuer.CallbackPath = "/sign-in/sign-on/answer";
        issuer.ResponseType = OpenIdConnectResponseType.Code;

        // An answer that is posted from another site would come without this site's cookies.
        issuer.ResponseMode = OpenIdConnectResponseMode.Query;
        issuer.UsePkce = true;
        issuer.MapInboundClaims = false;
        issuer.SaveTokens = false;
        issuer.Scope.Clear();
        issuer.Scope.Add("openid");
        foreach ((CookieBuilder cookie, string name) in ((CookieBuilder, string)[])[(issuer.CorrelationCookie, "threadwell-sign-on-way."), (issuer.NonceCookie, "threadwell-sign-on-once.")])
        {
            cookie.Name = publicAddress.CookieName(name);
            cookie.Path = "/";
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        issuer.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                // Proving anew who one is means the issuer asks again.
                context.ProtocolMessage.Prompt = context.Properties.Items.ContainsKey(SignOnEndpoints.Again) ? OpenIdConnectPrompt.Login : null;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                context.Principal = Kept(context.Principal!, settings);
                return Task.CompletedTask;
            },
            OnRemoteFailure = context =>
            {
                context.Response.Redirect("/sign-in?problem=sign-on");
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    // Of what the issuer tells only this is kept: who (by a hash, which reveals nothing in the audit trail), and how well it was proved.
    private static ClaimsPrincipal Kept(ClaimsPrincipal told, SignOnSettings settings)
    {
        string who = $"{told.FindFirstValue("iss")}\n{told.FindFirstValue("sub")}";
        bool secondFactor = settings.ProvesSecondFactor || told.HasClaim("amr", "mfa");
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(KeyClaim, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who)))), new Claim(FactorClaim, secondFactor ? "yes" : "no")], Answer));
    }
}
