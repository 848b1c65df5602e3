using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Hosting;
using Threadwell.Web.Outcomes;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Tests;

/// <summary>What a visit is measured against, and that others who save it meanwhile lose nothing.</summary>
public sealed class VisitKeepingTests : OutcomeClinic
{
    [Fact]
    public async Task A_scan_is_taken_for_a_visit_that_somebody_saves_meanwhile_and_not_for_one_that_was_struck_out()
    {
        IServiceProvider services = App.App.Services;
        Lanes lanes = services.GetRequiredService<Lanes>();
        Guid visit = Guid.Parse((await AcceptedAsync($"/treatments/{Treatment.Id}/visits/new", VisitOf(Today))).Split('/')[^1]);
        Guid scan = await ReadAsync(database => database.Scans.Where(row => row.Name == "Sample C").Select(row => row.Id).SingleAsync(Cancelled));

        // It is measured behind another job, which is not over yet.
        using var over = new ManualResetEventSlim();
        lanes.Measurements.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        Measuring(3, row => row.Note = "Meanwhile").Take(visit, scan);
        lanes.Measurements.Find(visit)!.Cancel();
        FollowUpVisit kept = await ReadAsync(database => database.FollowUpVisits.AsNoTracking().SingleAsync(row => row.Id == visit, Cancelled));
        Assert.Equal((scan, "Meanwhile", 5), (kept.ScanId, kept.Note, kept.Revision));

        Guid other = await ReadAsync(database => database.Scans.Where(row => row.Name == "Sample A").Select(row => row.Id).SingleAsync(Cancelled));
        Measuring(1, row => row.StruckAt = App.Clock.GetCurrentInstant()).Take(visit, other);
        kept = await ReadAsync(database => database.FollowUpVisits.AsNoTracking().SingleAsync(row => row.Id == visit, Cancelled));
        Assert.Equal((scan, 6), (kept.ScanId, kept.Revision));
        over.Set();

        VisitMeasuring Measuring(int times, Action<FollowUpVisit> write) =>
            new(lanes, new Overtaken(services.GetRequiredService<IDbContextFactory<ThreadwellContext>>(), visit, times, write), services.GetRequiredService<FileStore>(), services.GetRequiredService<ScanLibrary>());
    }

    // Before a save, somebody else saves the same visit, so many times.
    private sealed class Overtaken(IDbContextFactory<ThreadwellContext> databases, Guid visit, int times, Action<FollowUpVisit> write) : IDbContextFactory<ThreadwellContext>
    {
        private int left = times;

        public ThreadwellContext CreateDbContext()
        {
            ThreadwellContext made = databases.CreateDbContext();
            made.SavingChanges += (_, _) =>
            {
                if (left-- > 0)
                {
                    using ThreadwellContext first = databases.CreateDbContext();
                    FollowUpVisit row = first.FollowUpVisits.Single(candidate => candidate.Id == visit);
                    write(row);
                    row.Revision++;
                    first.SaveChanges();
                }
            };
            return made;
        }
    }

    [Fact]
    public async Task Visits_are_held_against_the_longest_prediction_and_of_equal_ones_the_newest()
    {
        Guid version = Treatment.PlanVersionId!.Value;
        Instant now = App.Clock.GetCurrentInstant();
        var chosen = Guid.CreateVersion7();
        (Guid Id, double Months, int Days, PredictionState State)[] made =
            [(Guid.CreateVersion7(), 24, 3, PredictionState.Done), (chosen, 24, 2, PredictionState.Done), (Guid.CreateVersion7(), 12, 1, PredictionState.Done), (Guid.CreateVersion7(), 60, 0, PredictionState.Failed)];
        await App.StoreAsync(async database =>
        {
            database.AddRange(made.Select(row => new StoredPrediction
            {
                Id = row.Id, PlanVersionId = version, Months = row.Months, State = row.State, DocumentSha256 = row.State == PredictionState.Done ? new string('0', 64) : null, CreatedAt = now - Duration.FromDays(row.Days),
            }));
            await Task.CompletedTask;
        });
        Assert.Equal(chosen, await ReadAsync(database => TreatmentOutcome.PredictionsOf(database, version).Select(row => row.Id).FirstAsync(Cancelled)));
    }
}
