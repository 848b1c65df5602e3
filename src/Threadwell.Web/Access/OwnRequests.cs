using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Threadwell.Web.Access;

/// <summary>Tells a change that this site's own pages ask for from one that another site makes a browser ask for.</summary>
internal static class OwnRequests
{
    /// <summary>Header that the pages' own scripts send with every change; another site cannot, without a permission that it never gets.</summary>
    public const string Header = "X-Threadwell";

    /// <summary>
    /// Whether the request may be another site's: it changes something, and carries neither the header nor a form's token. It is asked of every endpoint and not of an
    /// address, which can be written in more than one way.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint">What answers it.</param>
    /// <param name="antiforgery">Checks the token of a form.</param>
    public static async Task<bool> MayBeForeignAsync(HttpContext context, Endpoint endpoint, IAntiforgery antiforgery)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(Header))
        {
            return false;
        }

        // An endpoint that reads a form has its token checked on the way to it.
        return endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true } && !(request.HasFormContentType && await antiforgery.IsRequestValidAsync(context));
    }
}
