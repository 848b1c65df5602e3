using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Threadwell.Storage.PostgreSql;

/// <summary>Gives the migration tool a context (<c>dotnet ef migrations add NAME --project src/Threadwell.Storage.PostgreSql</c>).</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ThreadwellContext>
{
    public ThreadwellContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        PostgreSqlDatabase.Read("Host=localhost;Database=design", "design").Use(options);
        return new ThreadwellContext(options.Options);
    }
}
