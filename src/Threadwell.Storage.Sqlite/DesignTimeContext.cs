using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Threadwell.Storage.Sqlite;

/// <summary>Gives the migration tool a context (<c>dotnet ef migrations add NAME --project src/Threadwell.Storage.Sqlite</c>).</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ThreadwellContext>
{
    public ThreadwellContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        new SqliteDatabase("design.db").Use(options);
        return new ThreadwellContext(options.Options);
    }
}
