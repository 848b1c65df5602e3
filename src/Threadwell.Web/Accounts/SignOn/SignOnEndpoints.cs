using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts.SignOn;

/// <summary>
/// Signing in by the clinic's own sign-on. It opens accounts that exist and whose owner has joined them to it; it makes none, and it takes nobody for somebody because a name or an address is the same.
/// </summary>
internal static class SignOnEndpoints
{
    /// <summary>Item of a way to the issuer: it is to ask again.</summary>
    public const string Again = "again";

    /// <summary>Item of a way to the issuer: the account that is to be joined.</summary>
    private const string Join = "join";

    private const string Done = "/sign-in/sign-on/done";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/sign-on", (string? back, bool? again, ClinicSignOn signOn) => Leave(signOn, $"{Done}?back={Uri.EscapeDataString(LocalAddress.Checked(back))}", again == true ? Again : null, ""))
            .Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapGet(Done, DoneAsync).Needs(Permission.Anyone);
        routes.MapGet("/account/sign-on", (CurrentUser user, ClinicSignOn signOn) =>
            AccountEndpoints.WayToProof(user, "/account") is { } way ? Results.LocalRedirect(way) : Leave(signOn, "/account/sign-on/done", Join, user.UserId!.Value.ToString())).Needs(Permission.SignedIn);
        routes.MapGet("/account/sign-on/done", JoinAsync).Needs(Permission.SignedIn);
        routes.MapPost("/account/sign-on/remove", RemoveAsync).Needs(Permission.SignedIn);
    }

    private static IResult Leave(ClinicSignOn signOn, string back, string? item, string value)
    {
        if (signOn.Settings is null)
        {
            return Results.NotFound();
        }

        var properties = new AuthenticationProperties { RedirectUri = back };
        if (item is not null)
        {
            properties.Items[item] = value;
        }

        return Results.Challenge(properties, [SignOnServices.Issuer]);
    }

    private static async Task<IResult> DoneAsync(HttpContext context, string? back, ClinicSignOn signOn, UserManager<UserAccount> users, Credentials credentials, Sessions sessions)
    {
        if (await TakeAsync(context, signOn) is not { } answer)
        {
            return Results.LocalRedirect("/sign-in?problem=sign-on");
        }

        UserAccount? user = await users.FindByLoginAsync(SignOnServices.Issuer, answer.Key);
        if (user is not { DisabledAt: null, IsDemonstration: false } || await users.IsLockedOutAsync(user))
        {
            return Results.LocalRedirect("/sign-in?problem=sign-on.unknown");
        }

        if (!answer.SecondFactor && await credentials.HasSecondFactorAsync(user))
        {
            return await SignInEndpoints.GoHalfWayAsync(context, user, back);
        }

        await credentials.SucceededAsync(user);
        await sessions.BeginAsync(context, user, answer.SecondFactor);
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }

    private static async Task<IResult> JoinAsync(HttpContext context, CurrentUser user, ClinicSignOn signOn, UserManager<UserAccount> users, Credentials credentials, Sessions sessions)
    {
        if (await TakeAsync(context, signOn) is not { } answer || answer.Joins != user.UserId!.Value.ToString() || user.IsDemonstration)
        {
            return Results.LocalRedirect("/account?problem=sign-on");
        }

        UserAccount account = (await users.FindByIdAsync(answer.Joins))!;
        bool isFree = await users.FindByLoginAsync(SignOnServices.Issuer, answer.Key) is null && (await users.GetLoginsAsync(account)).Count == 0;
        if (!isFree || !(await users.AddLoginAsync(account, new UserLoginInfo(SignOnServices.Issuer, answer.Key, null))).Succeeded)
        {
            return Results.LocalRedirect("/account?problem=sign-on.taken");
        }

        await credentials.EndSessionsAsync(account);
        await sessions.KeepAsync(user.SessionId!.Value, account, user.HasSecondFactor);
        return Results.LocalRedirect("/account?done=sign-on.joined");
    }

    private static async Task<IResult> RemoveAsync(CurrentUser user, UserManager<UserAccount> users, Credentials credentials, Sessions sessions)
    {
        if (AccountEndpoints.WayToProof(user, "/account") is { } way)
        {
            return Results.LocalRedirect(way);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId!.Value.ToString()))!;
        if (account.PasswordHash is null && (await users.GetPasskeysAsync(account)).Count == 0)
        {
            return Results.LocalRedirect("/account?problem=lastFactor");
        }

        foreach (UserLoginInfo login in await users.GetLoginsAsync(account))
        {
            await users.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey);
        }

        await credentials.EndSessionsAsync(account);
        await sessions.KeepAsync(user.SessionId!.Value, account, user.HasSecondFactor);
        return Results.LocalRedirect("/account?done=sign-on.removed");
    }

    // Whom the issuer named a moment ago, once.
    private static async Task<(string Key, bool SecondFactor, string? Joins)?> TakeAsync(HttpContext context, ClinicSignOn signOn)
    {
        if (signOn.Settings is null)
        {
            return null;
        }

        AuthenticateResult answer = await context.AuthenticateAsync(SignOnServices.Answer);
        await context.SignOutAsync(SignOnServices.Answer);
        return answer.Principal?.FindFirstValue(SignOnServices.KeyClaim) is { } key
            ? (key, answer.Principal.HasClaim(SignOnServices.FactorClaim, "yes"), answer.Properties?.Items.TryGetValue(Join, out string? joins) == true ? joins : null)
            : null;
    }
}
