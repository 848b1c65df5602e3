using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Threadwell.Web.Tests.Access;

/// <summary>A real issuer of OpenID Connect (OpenIddict) on a free port; it lets in whom the test names, without a page.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Client = "threadwell";
    public const string Secret = "a secret of the test alone";

    private readonly WebApplication app;

    private TestIssuer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>Who signs in.</summary>
    public string Subject { get; set; } = "nurse-7";

    /// <summary>How it was proved ("pwd", "mfa").</summary>
    public string[] Methods { get; set; } = ["pwd"];

    /// <summary>What the last request asked the issuer to do ("login"); null for nothing.</summary>
    public string? Prompt { get; private set; }

    public static async Task<TestIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        TestIssuer? issuer = null;
        builder.Services.AddOpenIddict().AddServer(server => server
            .SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token")
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().EnableDegradedMode()
            .AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption()
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }))
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }))
            .AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                issuer!.Prompt = context.Request.Prompt;
                var identity = new ClaimsIdentity("test");
                identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, issuer.Subject));
                identity.SetClaims("amr", [.. issuer.Methods]);
                identity.SetScopes(context.Request.GetScopes());
                identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
                context.SignIn(new ClaimsPrincipal(identity));
                return default;
            }))
            .UseAspNetCore().DisableTransportSecurityRequirement());
        WebApplication built = builder.Build();
        built.UseAuthentication();
        issuer = new TestIssuer(built);
        await built.StartAsync();
        return issuer;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
