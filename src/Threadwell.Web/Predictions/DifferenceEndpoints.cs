using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Web.Access;

namespace Threadwell.Web.Predictions;

/// <summary>How far one prediction goes beyond another of the same scan, course by course.</summary>
internal static class DifferenceEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/predictions/{id:guid}/difference/{other:guid}", FindAsync).Needs(Permission.ReadRecord, RecordKind.Prediction);

    // Both are of one scan, and so of one person: who may read the one may read the other.
    private static async Task<IResult> FindAsync(Guid id, Guid other, ThreadwellContext database, FileStore files)
    {
        if (await ScanAsync(id, database) is not { } scan || scan != await ScanAsync(other, database))
        {
            return Results.NotFound();
        }

        return await CoursesAsync(id, database, files) is var (first, firstSamples) && await CoursesAsync(other, database, files) is var (second, secondSamples)
            && CourseDifference.Of(first, firstSamples, second, secondSamples) is { } difference
            ? Results.Json(difference, PlanJson.Options)
            : Results.NoContent();
    }

    private static Task<Guid?> ScanAsync(Guid prediction, ThreadwellContext database) => (
        from row in database.Predictions
        where row.Id == prediction
        join version in database.PlanVersions on row.PlanVersionId equals version.Id
        join plan in database.Plans on version.PlanId equals plan.Id
        select (Guid?)plan.ScanId).SingleOrDefaultAsync();

    private static async Task<(PredictionDocument Prediction, EnsembleSamples Samples)?> CoursesAsync(Guid id, ThreadwellContext database, FileStore files)
    {
        if (await database.Predictions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is not { DocumentSha256: { } document, SamplesSha256: { } samples })
        {
            return null;
        }

        PredictionDocument prediction = PlanJson.Parse<PredictionDocument>(files.Read(document), "prediction");
        return SamplesFile.Of(prediction, files.Read(samples)) is { } courses ? (prediction, courses) : null;
    }
}
