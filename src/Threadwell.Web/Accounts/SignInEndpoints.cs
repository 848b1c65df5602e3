using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.CheckIns.Phone;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    /// <summary>Scheme of the cookie between password and second factor.</summary>
    public const string HalfWay = "half-way";

    private const string StampClaim = "stamp";

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        routes.MapPost("/sign-in/demonstration", DemonstrationAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/sign-in/password", PasswordAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/sign-in/code/check", CodeAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        api.MapPost("/sign-in/passkey/options", async (SignInManager<UserAccount> signIn) => Results.Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json"))
            .Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        api.MapPost("/sign-in/passkey", PasskeyAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/sign-out", SignOutAsync).Needs(Permission.SignedIn);
    }

    /// <summary>The account whose password was right in this browser a moment ago; null where there is none.</summary>
    public static async Task<UserAccount?> HalfWayAsync(HttpContext context, UserManager<UserAccount> users)
    {
        AuthenticateResult half = await context.AuthenticateAsync(HalfWay);
        return half.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && await users.FindByIdAsync(id) is { DisabledAt: null } user && user.SecurityStamp == half.Principal.FindFirstValue(StampClaim) ? user : null;
    }

    /// <summary>Remembers for some minutes that the first factor was right, and leads to the second.</summary>
    public static async Task<IResult> GoHalfWayAsync(HttpContext context, UserAccount user, string? back)
    {
        var half = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(StampClaim, user.SecurityStamp!)], HalfWay);
        await context.SignInAsync(HalfWay, new ClaimsPrincipal(half));
        return Results.LocalRedirect($"/sign-in/code?back={Uri.EscapeDataString(LocalAddress.Checked(back))}");
    }

    private static async Task<IResult> DemonstrationAsync(HttpContext context, [FromForm] string account, [FromForm] string? back, ThreadwellContext database, Sessions sessions)
    {
        UserAccount? user = (await DemonstrationAccounts.OfferedAsync(context, database)).SingleOrDefault(offered => offered.UserName == account);
        if (user is null)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await sessions.BeginAsync(context, user, secondFactor: false);
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }

    private static async Task<IResult> PasswordAsync(HttpContext context, [FromForm] string? name, [FromForm] string? password, [FromForm] string? back, Credentials credentials, Sessions sessions, AccountLimits limits)
    {
        if (!limits.MayTry(name) || await credentials.ByPasswordAsync(name, password) is not { } user)
        {
            return Results.LocalRedirect($"/sign-in?problem=wrong&back={Uri.EscapeDataString(LocalAddress.Checked(back))}");
        }

        if (await credentials.HasSecondFactorAsync(user))
        {
            return await GoHalfWayAsync(context, user, back);
        }

        await credentials.SucceededAsync(user);
        await sessions.BeginAsync(context, user, secondFactor: false);
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }

    private static async Task<IResult> CodeAsync(
        HttpContext context, [FromForm] string? code, [FromForm] string? back, UserManager<UserAccount> users, Credentials credentials, Sessions sessions, AccountLimits limits)
    {
        if (await HalfWayAsync(context, users) is not { } user)
        {
            return Results.LocalRedirect("/sign-in");
        }

        if (!limits.MayTry(user.UserName) || !await credentials.ByCodeAsync(user, code))
        {
            return Results.LocalRedirect($"/sign-in/code?problem=code&back={Uri.EscapeDataString(LocalAddress.Checked(back))}");
        }

        await context.SignOutAsync(HalfWay);
        await credentials.SucceededAsync(user);
        await sessions.BeginAsync(context, user, secondFactor: true);
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }

    private static async Task<IResult> PasskeyAsync(HttpContext context, PasskeyAnswer answer, SignInManager<UserAccount> signIn, UserManager<UserAccount> users, Credentials credentials, Sessions sessions)
    {
        PasskeyAssertionResult<UserAccount> result = await signIn.PerformPasskeyAssertionAsync(answer.Credential.GetRawText());
        if (!result.Succeeded || result.User is not { DisabledAt: null, IsDemonstration: false } user || await users.IsLockedOutAsync(user))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        // Its counter, by which a copied key is noticed.
        await users.AddOrUpdatePasskeyAsync(user, result.Passkey);
        await credentials.SucceededAsync(user);
        await sessions.BeginAsync(context, user, secondFactor: true);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, CurrentUser user, Sessions sessions, ThreadwellContext database, PublicAddress publicAddress)
    {
        await sessions.EndAsync(user.SessionId!.Value, user.UserId!.Value);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        if (user.Role != Role.Patient)
        {
            return Results.LocalRedirect("/sign-in");
        }

        // Nothing of her record stays in a browser that is nobody's now; a phone that is enrolled for a treatment keeps that one alone, which the page itself sees to.
        if (await EnrolledPhones.OfAsync(context, publicAddress, database) is null)
        {
            context.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        }

        return Results.LocalRedirect("/sign-in?left=true");
    }
}

/// <summary>What a browser's passkey answered.</summary>
/// <param name="Credential">The credential as JSON (WebAuthn, <c>PublicKeyCredential.toJSON</c>).</param>
/// <param name="Name">Name that the person gives a new passkey; null when signing in.</param>
internal sealed record PasskeyAnswer(JsonElement Credential, string? Name = null);
