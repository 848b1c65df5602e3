using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage;

/// <summary>The database that keeps the record: an embedded file, or a server. One model serves both; each brings its own migrations.</summary>
public abstract class ClinicDatabase
{
    /// <summary>What it is and where, for a person; without a password.</summary>
    public abstract string Description { get; }

    /// <summary>Its kind, as a backup names it.</summary>
    public abstract string Kind { get; }

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
    /// <exception cref="InvalidInputException">It cannot be reached, or not be trusted with a clinic's data.</exception>
    public abstract Task PrepareAsync(ThreadwellContext context, CancellationToken cancellation);

    /// <summary>Whether it holds no table yet.</summary>
    /// <exception cref="InvalidInputException">It cannot be reached.</exception>
    public abstract Task<bool> IsEmptyAsync(CancellationToken cancellation);

    /// <summary>What is wrong with the database itself: damaged pages, rows that refer to rows which are not there. Empty when all is well.</summary>
    public abstract Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellation);

    /// <summary>Writes a copy as files, of one moment, while others may write.</summary>
    /// <param name="folder">Receives the files.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The last migration of the copy.</returns>
    /// <exception cref="InvalidInputException">There is no database.</exception>
    public abstract Task<string> WriteSnapshotAsync(string folder, CancellationToken cancellation);

    /// <summary>Refuses a copy that cannot be loaded. An embedded database is put into the stage of the data folder, and takes its place with the rest.</summary>
    /// <param name="folder">The files of the copy.</param>
    /// <param name="archive">Where they come from, for errors.</param>
    /// <param name="staged">The stage.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public abstract Task StageSnapshotAsync(string folder, string archive, string staged, CancellationToken cancellation);

    /// <summary>Loads a copy in the place of what is there, at once and wholly.</summary>
    /// <param name="folder">The files of the copy.</param>
    /// <param name="migration">Its last migration.</param>
    /// <param name="id">Names this load to <see cref="HasLoadedAsync"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public abstract Task LoadSnapshotAsync(string folder, string migration, string id, CancellationToken cancellation);

    /// <summary>Whether a load of that name came to its end.</summary>
    public abstract Task<bool> HasLoadedAsync(string id, CancellationToken cancellation);

    /// <summary>Refuses a database that is not there, or holds no record.</summary>
    protected internal InvalidInputException HoldsNoRecord() => new("--data", null, $"there is no record in {Description}; name the data folder and the database of the app.");

    /// <summary>Chooses the provider and its migrations.</summary>
    protected abstract void UseProvider(DbContextOptionsBuilder options);
}
