using Microsoft.EntityFrameworkCore;

namespace Threadwell.Storage;

/// <summary>The database that keeps the record: an embedded file, or a server. One model serves both; each brings its own migrations.</summary>
public abstract class ClinicDatabase
{
    /// <summary>What it is and where, for a person; without a password.</summary>
    public abstract string Description { get; }

    /// <summary>Points a context at this database.</summary>
    public abstract void Use(DbContextOptionsBuilder options);

    /// <summary>Brings the database to the current form: makes what is missing, and applies the migrations that it lacks.</summary>
    /// <exception cref="Geometry.InvalidInputException">It cannot be reached, or not be trusted with a clinic's data.</exception>
    public abstract Task PrepareAsync(ThreadwellContext context, CancellationToken cancellation);
}
