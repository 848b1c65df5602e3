using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Threadwell.Geometry;

namespace Threadwell.Web.Hosting;

/// <summary>Turns input that cannot be used into a problem document that names the place and what to do.</summary>
internal sealed class InvalidInputHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not InvalidInputException input)
        {
            return false;
        }

        await Problem(input).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The problem document of an error; <c>place</c> names the member or place at fault.</summary>
    public static IResult Problem(InvalidInputException input) => Results.Problem(
        detail: input.Problem,
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "The input cannot be used.",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = input.InputSource, ["place"] = input.Place });
}
