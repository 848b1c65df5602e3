using Microsoft.EntityFrameworkCore.Design;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Sqlite;

/// <summary>Gives the migration tool a context (<c>dotnet ef migrations add NAME --project src/Threadwell.Storage.Sqlite</c>).</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ThreadwellContext>
{
    public ThreadwellContext CreateDbContext(string[] args) => new SqliteDatabase("design.db").Open(RecordCipher.Passing());
}
