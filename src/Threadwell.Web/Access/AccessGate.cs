using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Threadwell.Web.Audit;

namespace Threadwell.Web.Access;

/// <summary>
/// Stands between routing and every endpoint. What an endpoint does is what its <see cref="AccessAttribute"/> names; one that names nothing is refused, so that
/// a forgotten annotation closes a door instead of opening it. What it lets through to a record, and what it refuses, it writes down before anything is answered.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, AccessLog log, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context, RecordOwners owners)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            // Nothing lies at this address.
            await next(context);
            return;
        }

        if (await OwnRequests.MayBeForeignAsync(context, endpoint, antiforgery))
        {
            await Results.Problem($"A change needs the header {OwnRequests.Header}, or the token of its form.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
            return;
        }

        CurrentUser user = CurrentUser.Of(context);
        AccessAttribute? access = endpoint.Metadata.GetMetadata<AccessAttribute>();
        (Decision decision, RecordOwner? record) = await DecideAsync(context, access, user, owners);
        await log.NoteAsync(context, user, access, decision, record);
        switch (decision)
        {
            case Decision.Allow:
                await next(context);
                break;
            case Decision.SignIn:
                Lead(context, StatusCodes.Status401Unauthorized, user.IsShutPhone ? "/phone-shut" : $"/sign-in?back={Uri.EscapeDataString(BackTo(context.Request))}");
                break;
            case Decision.AddSecondFactor:
                Lead(context, StatusCodes.Status403Forbidden, "/account?need=factor");
                break;
            case Decision.Hide:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                break;
        }
    }

    private static async Task<(Decision Decision, RecordOwner? Record)> DecideAsync(HttpContext context, AccessAttribute? access, CurrentUser user, RecordOwners owners)
    {
        if (access is null)
        {
            return (user.Role is null ? Decision.SignIn : Decision.Refuse, null);
        }

        // Who may not do this to any record learns nothing of this one.
        Decision first = AccessPolicy.Decide(user, access.Permission, record: null);
        if (first != Decision.Allow || access.Kind == RecordKind.None)
        {
            return (first, null);
        }

        if (!Guid.TryParse(context.Request.RouteValues[access.Key]?.ToString(), out Guid key))
        {
            return (Decision.Hide, null);
        }

        RecordOwner record = await owners.FindAsync(access.Kind, key);
        return (AccessPolicy.Decide(user, access.Permission, record), record);
    }

    // A person is led to the page where she can do something about it, a program is told.
    private static void Lead(HttpContext context, int status, string page)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(page);
        }
    }

    private static string BackTo(HttpRequest request) => HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
}
