using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;

namespace Threadwell.Storage;

/// <summary>The database: scans, plans with their versions, and predictions. Each feature configures its own tables beside its entities.</summary>
public sealed class ThreadwellContext(DbContextOptions<ThreadwellContext> options) : DbContext(options)
{
    /// <summary>Scans, samples and uploads.</summary>
    public DbSet<StoredScan> Scans => Set<StoredScan>();

    /// <summary>Plans, each with its working draft.</summary>
    public DbSet<StoredPlan> Plans => Set<StoredPlan>();

    /// <summary>Kept versions of plans.</summary>
    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();

    /// <summary>Predictions of plan versions.</summary>
    public DbSet<StoredPrediction> Predictions => Set<StoredPrediction>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(ThreadwellContext).Assembly);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();

    // Milliseconds since 1970 as an integer: ordered alike by every database.
    private sealed class InstantConverter() : ValueConverter<Instant, long>(instant => instant.ToUnixTimeMilliseconds(), milliseconds => Instant.FromUnixTimeMilliseconds(milliseconds));
}
