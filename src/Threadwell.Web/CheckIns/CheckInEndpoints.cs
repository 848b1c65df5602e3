using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;

namespace Threadwell.Web.CheckIns;

/// <summary>What is told after a treatment: over the patient's own account, on a phone that was enrolled for it, or through somebody of the clinic beside her or on the telephone.</summary>
internal static class CheckInEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/treatments/{id:guid}/check-ins", async (Guid id, HttpContext context, CheckInReception reception, CurrentUser user) =>
        {
            CheckInTeller teller = user switch
            {
                { FamilyAccessId: not null } => CheckInTeller.Family,
                { DeviceId: not null } or { Role: Role.Patient } => CheckInTeller.Patient,
                _ => CheckInTeller.Clinic,
            };
            return (await reception.ReceiveAsync(id, await ReadAsync(context), teller, user.UserId, user.DeviceId, context.RequestAborted)).ToResult();
        }).Needs(Permission.CheckIn, RecordKind.Treatment);
        api.MapGet("/treatments/{id:guid}/check-ins", async (Guid id, ThreadwellContext database, ClinicTime time, IClock clock, CurrentUser user, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await CheckInHistory.FindAsync(database, time, clock, user, id, context.RequestAborted) is { } history ? Results.Ok(history) : Results.NotFound();
        }).Needs(Permission.CheckIn, RecordKind.Treatment);
    }

    /// <summary>The body of a request that brings a check-in.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = CheckInMessage.LargestBytes;
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return content.ToArray();
    }
}
