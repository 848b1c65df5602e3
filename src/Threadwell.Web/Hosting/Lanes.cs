using Microsoft.Extensions.Logging;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Hosting;

/// <summary>The lanes on which long work runs: reading scans, courses, measurements of visits, searches for plans, and causes of results.</summary>
internal sealed partial class Lanes : IDisposable
{
    private readonly ILogger<Lanes> logger;

    public Lanes(ILogger<Lanes> logger)
    {
        this.logger = logger;
        Scans = new JobLane("scans", Fault);
        Courses = new JobLane("courses", Fault);
        Measurements = new JobLane("measurements", Fault);
        Proposals = new JobLane("proposals", Fault);
        Causes = new JobLane("causes", Fault);
    }

    /// <summary>Reading and repairing scans.</summary>
    public JobLane Scans { get; }

    /// <summary>Courses of plans: each uses all cores, so one at a time.</summary>
    public JobLane Courses { get; }

    /// <summary>Scans of visits held against the ones before the treatments.</summary>
    public JobLane Measurements { get; }

    /// <summary>Searches for plans: a doctor waits for one, which a course of minutes must not hold up.</summary>
    public JobLane Proposals { get; }

    /// <summary>What decides the results of predictions: minutes of all cores, which stand aside for the courses.</summary>
    public JobLane Causes { get; }

    /// <summary>A job of any lane; null where there is none.</summary>
    public Job? Find(Guid id) => Scans.Find(id) ?? Courses.Find(id) ?? Measurements.Find(id) ?? Proposals.Find(id) ?? Causes.Find(id);

    public void Dispose()
    {
        Scans.Dispose();
        Courses.Dispose();
        Measurements.Dispose();
        Proposals.Dispose();
        Causes.Dispose();
    }

    private void Fault(Exception error) => LogFault(logger, error);

    [LoggerMessage(LogLevel.Error, "A job failed.")]
    private static partial void LogFault(ILogger logger, Exception error);
}
