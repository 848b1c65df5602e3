using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Threadwell.Geometry;
using Threadwell.Reports;
using Threadwell.Web.Text;

namespace Threadwell.Web.Hosting;

/// <summary>Turns input that cannot be used into a problem document (RFC 9457) that names the place and what to do.</summary>
internal sealed class InvalidInputHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The language of the request: what the localisation set for the endpoint does not hold out here.
        string language = httpContext.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture.Name ?? Languages.Names[0];
        IResult? problem = exception switch
        {
            InvalidInputException input => Problem(StatusCodes.Status422UnprocessableEntity, input.Problem, input.InputSource, input.Place, language),
            BadHttpRequestException { InnerException: JsonException json } => Problem(StatusCodes.Status422UnprocessableEntity, Told(json), "request", json.Path?.TrimStart('$', '.'), language),
            BadHttpRequestException request => Problem(request.StatusCode, request.Message, "request", null, language),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static IResult Problem(int status, string detail, string source, string? place, string language) => Results.Problem(
        EngineText.Say(detail, language).Text,
        statusCode: status,
        title: EngineText.Say("The input cannot be used.", language).Text,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = source, ["place"] = place });

    // The serializer appends path and line to its message; the place is told apart.
    private static string Told(JsonException error)
    {
        int cut = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        string message = cut > 0 ? error.Message[..cut] : error.Message;
        return message.Replace("Threadwell.", "", StringComparison.Ordinal);
    }
}
