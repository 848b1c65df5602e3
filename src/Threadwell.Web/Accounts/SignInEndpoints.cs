using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/demonstration", DemonstrationAsync).Needs(Permission.Anyone);
        routes.MapPost("/sign-out", SignOutAsync).Needs(Permission.SignedIn);
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

    private static async Task<IResult> SignOutAsync(HttpContext context, CurrentUser user, Sessions sessions)
    {
        await sessions.EndAsync(user.SessionId!.Value, user.UserId!.Value);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect("/sign-in");
    }
}
