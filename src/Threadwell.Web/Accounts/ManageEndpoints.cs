using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Access;

namespace Threadwell.Web.Accounts;

/// <summary>What an administrator does with other people's accounts.</summary>
internal static class ManageEndpoints
{
    private const string Page = "/clinic/accounts";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clinic/accounts/{id:guid}/shut", (Guid id, CurrentUser user, ThreadwellContext database, Credentials credentials, IClock clock) =>
            ChangeAsync(id, user, database, credentials, account => account.DisabledAt = clock.GetCurrentInstant())).Needs(Permission.ManageClinic);
        routes.MapPost("/clinic/accounts/{id:guid}/open", (Guid id, CurrentUser user, ThreadwellContext database, Credentials credentials) =>
            ChangeAsync(id, user, database, credentials, account => account.DisabledAt = null)).Needs(Permission.ManageClinic);
    }

    // Nobody shuts herself out, so one administrator always remains.
    private static async Task<IResult> ChangeAsync(Guid id, CurrentUser user, ThreadwellContext database, Credentials credentials, Action<UserAccount> change)
    {
        if (await database.Users.SingleOrDefaultAsync(candidate => candidate.Id == id && !candidate.IsDemonstration) is not { } account)
        {
            return Results.NotFound();
        }

        if (account.Id == user.UserId)
        {
            return Results.LocalRedirect($"{Page}?problem=self");
        }

        change(account);
        await credentials.EndSessionsAsync(account);
        return Results.LocalRedirect(Page);
    }
}
