using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Threadwell.Web.Access;

namespace Threadwell.Web.Treatments;

/// <summary>The addresses of a treatment.</summary>
internal static class TreatmentEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/treatments/{id:guid}", (Guid id, TreatmentDesk desk) => desk.AnswerAsync(id)).Needs(Permission.ReadRecord, RecordKind.Treatment);
        RouteGroupBuilder treatment = api.MapGroup("/treatments/{id:guid}").Needs(Permission.Treat, RecordKind.Treatment);
        PreparationEndpoints.Map(treatment);
        StartEndpoints.Map(treatment);
        ThreadEndpoints.Map(treatment);
        EndEndpoints.Map(treatment);
        PhotoUpload.Map(api.MapGroup("/treatments/{id:guid}").Needs(Permission.AddPhotos, RecordKind.Treatment));
        PaperEndpoints.Map(api.MapGroup("/treatments/{id:guid}"));
    }
}
