using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Demonstration;

/// <summary>
/// Computes the course of the demonstration's plan, so that there is one to look at: some time after the start, when whoever started the program has had the
/// machine to himself.
/// </summary>
/// <param name="database">The record.</param>
/// <param name="runs">Computes it.</param>
/// <param name="clock">Dates it.</param>
/// <param name="time">Waits.</param>
internal sealed class DemonstrationCourse(IDbContextFactory<ThreadwellContext> database, PredictionRuns runs, IClock clock, TimeProvider time)
{
    /// <summary>Its length.</summary>
    internal const double Months = 60;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(40);

    /// <summary>Waits, then starts the course where the demonstration's plan has none.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task StartLaterAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Wait, time, cancellation);
            await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
            Guid? version = await NewestVersionAsync(context, cancellation);
            if (version is null || await context.Predictions.AnyAsync(prediction => prediction.PlanVersionId == version, cancellation))
            {
                return;
            }

            var course = new StoredPrediction { Id = Guid.CreateVersion7(), PlanVersionId = version.Value, Months = Months, CreatedAt = clock.GetCurrentInstant() };
            context.Predictions.Add(course);
            await context.SaveChangesAsync(cancellation);
            runs.Start(course.Id);
        }
        catch (OperationCanceledException)
        {
            // The program ends first; the next start tries again.
        }
        catch (DbUpdateException)
        {
            // The demonstration was removed in this moment; after any other cause the next start tries again.
        }
    }

    /// <summary>The version of the demonstration's plan whose course is computed; null where the demonstration is not there.</summary>
    internal static async Task<Guid?> NewestVersionAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        PlanVersion? version = await (from patient in context.Patients
                                      where patient.IsDemonstration && patient.FullName == DemonstrationPeople.WithAccount
                                      join scan in context.Scans on patient.Id equals scan.PatientId
                                      join plan in context.Plans on scan.Id equals plan.ScanId
                                      join kept in context.PlanVersions on plan.Id equals kept.PlanId
                                      orderby kept.Number descending
                                      select kept).FirstOrDefaultAsync(cancellation);
        return version?.Id;
    }
}
