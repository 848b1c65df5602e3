using Microsoft.EntityFrameworkCore;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage;

/// <summary>The database that keeps the record: an embedded file, or a server. One model serves both; each brings its own migrations.</summary>
public abstract class ClinicDatabase
{
    /// <summary>What it is and where, for a person; without a password.</summary>
    public abstract string Description { get; }

    /// <summary>Points a context at this database.</summary>
    /// <param name="options">Options of the context.</param>
    /// <param name="cipher">Seals and opens what is kept sealed.</param>
    public void Use(DbContextOptionsBuilder options, RecordCipher cipher)
    {
        UseProvider(options);
        options.UseCipher(cipher);
    }

    /// <summary>Opens a context.</summary>
    public ThreadwellContext Open(RecordCipher cipher)
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        Use(options, cipher);
        return new ThreadwellContext(options.Options);
    }

    /// <summary>Brings the database to the current form: makes what is missing, and applies the migrations that it lacks.</summary>
    /// <exception cref="Geometry.InvalidInputException">It cannot be reached, or not be trusted with a clinic's data.</exception>
    public abstract Task PrepareAsync(ThreadwellContext context, CancellationToken cancellation);

    /// <summary>Chooses the provider and its migrations.</summary>
    protected abstract void UseProvider(DbContextOptionsBuilder options);
}
