using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>One's own account: links of the first start and of invitations, password, passkeys, sessions, and proving anew who one is.</summary>
internal static class AccountEndpoints
{
    private const int LongestName = 200;
    private const int LongestPasskeyName = 60;

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        routes.MapPost("/setup/make", SetUpAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/invitation/accept", AcceptAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/sign-in/again/prove", ConfirmAsync).Needs(Permission.SignedIn).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/account/password", ChangePasswordAsync).Needs(Permission.SignedIn).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/account/codes/remove", RemoveCodesAsync).Needs(Permission.SignedIn);
        api.MapPost("/account/passkeys/options", PasskeyOptionsAsync).Needs(Permission.SignedIn);
        api.MapPost("/account/passkeys", AddPasskeyAsync).Needs(Permission.SignedIn);
        routes.MapPost("/account/passkeys/remove", RemovePasskeyAsync).Needs(Permission.SignedIn);
        api.MapPost("/sign-in/again", ConfirmByPasskeyAsync).Needs(Permission.SignedIn).RequireRateLimiting(AccountLimits.Attempts);
        routes.MapPost("/account/sessions/end", EndSessionAsync).Needs(Permission.SignedIn);
        routes.MapPost("/account/sessions/end-all", EndAllAsync).Needs(Permission.SignedIn);
    }

    /// <summary>Whether the account may change its credentials now; otherwise the way to where it proves itself.</summary>
    public static string? WayToProof(CurrentUser user, string back) =>
        user.IsDemonstration ? "/account?problem=demonstration" : user.IsFresh ? null : $"/sign-in/again?back={Uri.EscapeDataString(back)}";

    private static async Task<IResult> SetUpAsync(
        HttpContext context, [FromForm] string? token, [FromForm] string? name, [FromForm] string? fullName, [FromForm] string? password,
        SetUpLink link, UserManager<UserAccount> users, Sessions sessions, ThreadwellContext database, IClock clock)
    {
        string back = $"/setup?token={Uri.EscapeDataString(token ?? "")}";
        if (!link.Works(token))
        {
            return Results.LocalRedirect("/setup");
        }

        if (AccountNames.Problem(name) is { } badName)
        {
            return Results.LocalRedirect($"{back}&problem={badName}");
        }

        if (string.IsNullOrWhiteSpace(fullName) || fullName.Length > LongestName)
        {
            return Results.LocalRedirect($"{back}&problem=fullName");
        }

        if (PasswordRules.Problem(password, name!) is { } badPassword)
        {
            return Results.LocalRedirect($"{back}&problem={badPassword}");
        }

        UserAccount user = AccountNames.NewAccount(name!, fullName, Role.Administrator, patientId: null, clock.GetCurrentInstant());
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        if (await database.Users.AnyAsync(other => other.NormalizedUserName == user.NormalizedUserName))
        {
            return Results.LocalRedirect($"{back}&problem=name.taken");
        }

        if (!link.Spend(token))
        {
            return Results.LocalRedirect("/setup");
        }

        try
        {
            database.Users.Add(user);
            await database.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // The account was not made: whoever holds the link can try again.
            link.GiveBack(token!);
            throw;
        }

        await sessions.BeginAsync(context, user, secondFactor: false);
        return Results.LocalRedirect("/account?need=factor");
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context, [FromForm] string? token, [FromForm] string? name, [FromForm] string? password, Invitations invitations, Credentials credentials, Sessions sessions, ThreadwellContext database)
    {
        if (await invitations.FindAsync(token) is not { } user)
        {
            return Results.LocalRedirect("/invitation");
        }

        string chosen = (name ?? "").Trim();
        string key = chosen.ToUpperInvariant();
        string? problem = AccountNames.Problem(chosen)
            ?? (await database.Users.AnyAsync(other => other.NormalizedUserName == key && other.Id != user.Id) ? "name.taken" : PasswordRules.Problem(password, chosen));
        if (problem is not null)
        {
            return Results.LocalRedirect($"/invitation?token={Uri.EscapeDataString(token!)}&problem={problem}");
        }

        // Link and password change together: where two send it at once, the second finds the account changed and sets nothing.
        (user.UserName, user.NormalizedUserName) = (chosen, key);
        await invitations.SpendAsync(user);
        await credentials.SetPasswordAsync(user, password!);
        await sessions.BeginAsync(context, user, secondFactor: false);
        return Results.LocalRedirect(user.Role == Role.Patient ? "/" : "/account?need=factor");
    }

    private static async Task<IResult> ConfirmAsync(
        [FromForm] string? password, [FromForm] string? code, [FromForm] string? back, CurrentUser user, UserManager<UserAccount> users, Credentials credentials, Sessions sessions, AccountLimits limits)
    {
        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;

        // Where a passkey is the only second factor, a password proves too little.
        bool byPasskeyAlone = !account.TwoFactorEnabled && await credentials.HasSecondFactorAsync(account);
        if (byPasskeyAlone || !limits.MayTry(account.UserName) || await credentials.ByPasswordAsync(account.UserName, password) is null || (account.TwoFactorEnabled && !await credentials.ByCodeAsync(account, code)))
        {
            return Results.LocalRedirect($"/sign-in/again?problem=wrong&back={Uri.EscapeDataString(LocalAddress.Checked(back))}");
        }

        await credentials.SucceededAsync(account);
        await sessions.ProveAsync(user.SessionId!.Value, secondFactor: account.TwoFactorEnabled);
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }

    private static async Task<IResult> ConfirmByPasskeyAsync(PasskeyAnswer answer, CurrentUser user, SignInManager<UserAccount> signIn, UserManager<UserAccount> users, Sessions sessions)
    {
        PasskeyAssertionResult<UserAccount> result = await signIn.PerformPasskeyAssertionAsync(answer.Credential.GetRawText());
        if (!result.Succeeded || result.User?.Id != user.UserId)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await users.AddOrUpdatePasskeyAsync(result.User!, result.Passkey);
        await sessions.ProveAsync(user.SessionId!.Value, secondFactor: true);
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        [FromForm] string? present, [FromForm] string? password, CurrentUser user, UserManager<UserAccount> users, Credentials credentials, Sessions sessions, AccountLimits limits)
    {
        if (WayToProof(user, "/account") is { } way)
        {
            return Results.LocalRedirect(way);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;
        if (PasswordRules.Problem(password, account.UserName!) is { } problem)
        {
            return Results.LocalRedirect($"/account?problem={problem}");
        }

        // Whoever sits down at a browser that was left open has its session, fresh or not, and not the password. A wrong one counts towards the lock, as at sign-in.
        if (!limits.MayTry(account.UserName) || await credentials.ByPasswordAsync(account.UserName, present) is null)
        {
            return Results.LocalRedirect("/account?problem=password.present");
        }

        await credentials.SucceededAsync(account);
        await credentials.SetPasswordAsync(account, password!);
        await sessions.KeepAsync(user.SessionId!.Value, account, secondFactor: user.HasSecondFactor);
        return Results.LocalRedirect("/account?done=password");
    }

    private static async Task<IResult> RemoveCodesAsync(CurrentUser user, UserManager<UserAccount> users, Sessions sessions)
    {
        if (WayToProof(user, "/account") is { } way)
        {
            return Results.LocalRedirect(way);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;
        if (user.IsStaff && (await users.GetPasskeysAsync(account)).Count == 0)
        {
            return Results.LocalRedirect("/account?problem=lastFactor");
        }

        await users.SetTwoFactorEnabledAsync(account, enabled: false);
        await sessions.KeepAsync(user.SessionId!.Value, account, user.HasSecondFactor);
        return Results.LocalRedirect("/account?done=codes.removed");
    }

    private static async Task<IResult> PasskeyOptionsAsync(CurrentUser user, UserManager<UserAccount> users, SignInManager<UserAccount> signIn)
    {
        if (WayToProof(user, "/account") is not null)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;
        string options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.UserName!, DisplayName = account.FullName });
        return Results.Content(options, "application/json");
    }

    private static async Task<IResult> AddPasskeyAsync(PasskeyAnswer answer, CurrentUser user, UserManager<UserAccount> users, SignInManager<UserAccount> signIn, Credentials credentials, Sessions sessions)
    {
        if (WayToProof(user, "/account") is not null)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        PasskeyAttestationResult result = await signIn.PerformPasskeyAttestationAsync(answer.Credential.GetRawText());
        if (!result.Succeeded)
        {
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;
        string name = answer.Name?.Trim() ?? "";
        result.Passkey.Name = name.Length is > 0 and <= LongestPasskeyName ? name : "Passkey";
        await users.AddOrUpdatePasskeyAsync(account, result.Passkey);
        await credentials.EndSessionsAsync(account);
        await sessions.KeepAsync(user.SessionId!.Value, account, secondFactor: true);
        return Results.NoContent();
    }

    private static async Task<IResult> RemovePasskeyAsync([FromForm] string? credential, CurrentUser user, UserManager<UserAccount> users, Credentials credentials, Sessions sessions)
    {
        if (WayToProof(user, "/account") is { } way)
        {
            return Results.LocalRedirect(way);
        }

        UserAccount account = (await users.FindByIdAsync(user.UserId.ToString()!))!;
        IList<UserPasskeyInfo> passkeys = await users.GetPasskeysAsync(account);
        if (passkeys.FirstOrDefault(passkey => Convert.ToHexStringLower(passkey.CredentialId) == credential) is not { } chosen)
        {
            return Results.LocalRedirect("/account");
        }

        if (user.IsStaff && passkeys.Count == 1 && !account.TwoFactorEnabled)
        {
            return Results.LocalRedirect("/account?problem=lastFactor");
        }

        await users.RemovePasskeyAsync(account, chosen.CredentialId);
        await credentials.EndSessionsAsync(account);
        await sessions.KeepAsync(user.SessionId!.Value, account, user.HasSecondFactor);
        return Results.LocalRedirect("/account?done=passkey.removed");
    }

    private static async Task<IResult> EndSessionAsync([FromForm] Guid session, CurrentUser user, Sessions sessions)
    {
        await sessions.EndAsync(session, user.UserId!.Value);
        return Results.LocalRedirect("/account");
    }

    private static async Task<IResult> EndAllAsync(CurrentUser user, UserManager<UserAccount> users, Credentials credentials)
    {
        await credentials.EndSessionsAsync((await users.FindByIdAsync(user.UserId.ToString()!))!);
        return Results.LocalRedirect("/sign-in");
    }
}
