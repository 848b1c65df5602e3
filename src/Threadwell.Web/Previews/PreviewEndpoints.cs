using Microsoft.AspNetCore.Routing;

namespace Threadwell.Web.Previews;

internal static class PreviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
    }
}
