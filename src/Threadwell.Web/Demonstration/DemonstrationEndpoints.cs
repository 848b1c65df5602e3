using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Predictions;
using Threadwell.Web.Proposals;
using Threadwell.Web.Questions;

namespace Threadwell.Web.Demonstration;

/// <summary>The button that removes the demonstration.</summary>
internal static class DemonstrationEndpoints
{
    private const string Page = "/clinic/demonstration";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/clinic/demonstration/remove", RemoveAsync).Needs(Permission.ManageClinic);

    // The form's token is what the antiforgery check reads, so the form itself must be read.
    private static async Task<IResult> RemoveAsync(HttpContext request, IFormCollection form, IDbContextFactory<ThreadwellContext> databases, AuditTrail trail, QuestionPictures pictures, CourseFiles kept, PredictionRuns runs, ProposalRuns proposals)
    {
        await using ThreadwellContext context = await databases.CreateDbContextAsync(request.RequestAborted);
        if (!await Administrators.AnyAsync(context, request.RequestAborted))
        {
            return Results.LocalRedirect(Page);
        }

        // What goes is what was shown; anything that came meanwhile is shown first.
        await using (ThreadwellContext counting = await databases.CreateDbContextAsync(request.RequestAborted))
        {
            int total = DemonstrationCounts.Of(await new DemonstrationRows(counting).AllAsync(request.RequestAborted)).Total;
            if (form["seen"] != total.ToString(CultureInfo.InvariantCulture))
            {
                return Results.LocalRedirect($"{Page}?outcome=changed");
            }
        }

        var rows = new DemonstrationRows(context);
        List<Guid> courses = await rows.Predictions.ToListAsync(request.RequestAborted);
        List<Guid> searches = await rows.Searches.ToListAsync(request.RequestAborted);
        try
        {
            await DemonstrationRemoval.RemoveAsync(context, trail, pictures, kept, "/clinic/demonstration/remove", CancellationToken.None);
        }
        catch (InvalidInputException)
        {
            return Results.LocalRedirect(Page);
        }

        // What is computed for it now has nowhere to go.
        courses.ForEach(runs.Cancel);
        searches.ForEach(proposals.Cancel);
        return Results.LocalRedirect("/clinic?demonstration=gone");
    }
}
