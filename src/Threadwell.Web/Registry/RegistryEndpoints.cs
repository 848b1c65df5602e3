using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Registry;

/// <summary>The files of the registry.</summary>
internal static class RegistryEndpoints
{
    private const int LongestReason = 300;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/registry/export", ExportAsync).Needs(Permission.ReadRegistry);

    private static async Task<IResult> ExportAsync(IFormCollection form, RegistryRows rows, ClinicTime time, ThreadwellContext database, AuditTrail trail, CancellationToken cancellation)
    {
        string format = form["format"].ToString();
        string reason = form["reason"].ToString().Trim();
        if (RegistryFilter.Read(name => form[name]) is not { } filter || format is not ("csv" or "parquet"))
        {
            return Results.LocalRedirect("/registry?refused=filter");
        }

        string back = filter.Address() + (filter.Address().Contains('?', StringComparison.Ordinal) ? "&" : "?");
        if (reason.Length is 0 or > LongestReason || form["confirm"] != "yes")
        {
            return Results.LocalRedirect(back + "refused=reason#export");
        }

        RegistryContent content = await rows.ReadAsync(await time.ZoneAsync(cancellation), cancellation);
        var selection = RegistrySelection.Of(content.Treatments, filter);
        if (!selection.IsShown)
        {
            return Results.LocalRedirect(back + "refused=small#export");
        }

        var export = RegistryExport.Of(selection);
        byte[] file = format == "csv" ? await RegistryFiles.CsvAsync(export, cancellation) : await RegistryFiles.ParquetAsync(export, cancellation);

        // Nothing leaves before it is written down that it does.
        string what = string.Join('&', selection.Filter.Values().Select(pair => $"{pair.Name}={pair.Value}"));
        await trail.NoteAsync(database, new AuditEvent("Exported", "Registry", "", null, $"{format}, {export.Rows.Count} treatments{(what.Length == 0 ? "" : ", " + what)}: {reason}"), cancellation);
        return Results.File(file, format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet", $"registry.{format}");
    }
}
