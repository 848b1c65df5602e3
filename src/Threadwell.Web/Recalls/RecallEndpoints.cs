using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Threadwell.Storage;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Text;

namespace Threadwell.Web.Recalls;

/// <summary>The file of a recall.</summary>
internal static class RecallEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/recall/file", async (string lot, ThreadwellContext database, IStringLocalizer<RecallText> text, CancellationToken cancellation) =>
            Results.File(
                RecallFile.Write(await LotRecall.FindAsync(database, lot, cancellation), text),
                "text/csv; charset=utf-8",
                $"recall-{new string([.. LotKeys.Of(lot).Where(char.IsAsciiLetterOrDigit)])}.csv")).Needs(Permission.Recall);
}
