using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Web.Access;

namespace Threadwell.Web.Clinic;

/// <summary>What the pages of the clinic post beside their own forms.</summary>
internal static class ClinicEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/clinic/on-call/{turn:guid}/remove", RemoveTurnAsync).Needs(Permission.ManageClinic);

    // The form's token is what the antiforgery check reads, so the form itself must be read.
    private static async Task<IResult> RemoveTurnAsync(Guid turn, IFormCollection form, ThreadwellContext database)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (await database.OnCallTurns.SingleOrDefaultAsync(row => row.Id == turn) is { } found)
        {
            database.OnCallTurns.Remove(found);
            await database.SaveChangesAsync();
        }

        // A turn that another window removed already is as gone.
        return Results.LocalRedirect("/clinic/on-call");
    }
}
