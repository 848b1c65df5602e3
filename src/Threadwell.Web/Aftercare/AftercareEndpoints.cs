using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Storage;
using Threadwell.Web.Access;

namespace Threadwell.Web.Aftercare;

/// <summary>The responsible doctor signs the rules of aftercare off, with the clinic's own lengths.</summary>
internal static class AftercareEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/rules/aftercare/sign-off", SignOffAsync).Needs(Permission.WriteRecord);

    private static async Task<IResult> SignOffAsync([FromForm] long revision, ThreadwellContext database, CurrentUser user, IClock clock, CancellationToken cancellation)
    {
        // One doctor is responsible for the rules; another's mark would say nothing.
        if (await database.ClinicSettings.SingleOrDefaultAsync(cancellation) is not { } settings || settings.ResponsibleDoctorId is null || settings.ResponsibleDoctorId != user.UserId)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        // What is signed is what was read.
        if (settings.Revision != revision)
        {
            return Results.LocalRedirect("/rules/aftercare?changed=1");
        }

        (AftercareLengths.Of(settings) with { SignedOffBy = user.UserId, SignedOffAt = clock.GetCurrentInstant(), SignedOffRules = AftercareRulebookFile.Shipped.Version }).Keep(settings);
        settings.Revision++;
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Results.LocalRedirect("/rules/aftercare?changed=1");
        }

        return Results.LocalRedirect("/rules/aftercare");
    }
}
