using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Clinic;
using Threadwell.Web.Access;

namespace Threadwell.Web.Rulebooks;

/// <summary>The responsible doctor signs a version of the rules off.</summary>
internal static class RulebookEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/rules/{version:int}/sign-off", SignOffAsync).Needs(Permission.WriteRecord);

    // The antiforgery check reads the form's token, so the form itself is taken although it holds nothing else.
    private static async Task<IResult> SignOffAsync(int version, IFormCollection form, ThreadwellContext database, CurrentUser user, IClock clock, CancellationToken cancellation)
    {
        _ = form;
        StoredRulebook? row = await database.Rulebooks.FirstOrDefaultAsync(candidate => candidate.Version == version, cancellation);
        if (row is null)
        {
            return Results.NotFound();
        }

        // One doctor is responsible for the rules; another's mark would say nothing.
        if (!await database.ClinicSettings.AnyAsync(settings => settings.Id == ClinicSettings.TheOnly && settings.ResponsibleDoctorId == user.UserId, cancellation))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (row.SignedOffAt is null)
        {
            row.SignedOffBy = user.UserId;
            row.SignedOffAt = clock.GetCurrentInstant();
            await database.SaveChangesAsync(cancellation);
        }

        return Results.LocalRedirect("/rules");
    }
}
