using Microsoft.AspNetCore.Http;

namespace Threadwell.Web.Access;

/// <summary>
/// Stands between routing and every endpoint. What an endpoint does is what its <see cref="AccessAttribute"/> names; one that names nothing is refused, so that
/// a forgotten annotation closes a door instead of opening it.
/// </summary>
internal sealed class AccessGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, RecordOwners owners)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            // Nothing lies at this address.
            await next(context);
            return;
        }

        CurrentUser user = CurrentUser.Of(context);
        switch (await DecideAsync(context, endpoint, user, owners))
        {
            case Decision.Allow:
                await next(context);
                break;
            case Decision.SignIn:
                Lead(context, StatusCodes.Status401Unauthorized, $"/sign-in?back={Uri.EscapeDataString(BackTo(context.Request))}");
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

    private static async Task<Decision> DecideAsync(HttpContext context, Endpoint endpoint, CurrentUser user, RecordOwners owners)
    {
        if (endpoint.Metadata.GetMetadata<AccessAttribute>() is not { } access)
        {
            return user.Role is null ? Decision.SignIn : Decision.Refuse;
        }

        // Who may not do this to any record learns nothing of this one.
        Decision first = AccessPolicy.Decide(user, access.Permission, record: null);
        if (first != Decision.Allow || access.Kind == RecordKind.None)
        {
            return first;
        }

        return Guid.TryParse(context.Request.RouteValues[access.Key]?.ToString(), out Guid key)
            ? AccessPolicy.Decide(user, access.Permission, await owners.FindAsync(access.Kind, key))
            : Decision.Hide;
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
