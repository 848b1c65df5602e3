using Microsoft.EntityFrameworkCore.Design;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.PostgreSql;

/// <summary>Gives the migration tool a context (<c>dotnet ef migrations add NAME --project src/Threadwell.Storage.PostgreSql</c>).</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ThreadwellContext>
{
    public ThreadwellContext CreateDbContext(string[] args) => PostgreSqlDatabase.Read("Host=localhost;Database=design", "design").Open(RecordCipher.Passing());
}
