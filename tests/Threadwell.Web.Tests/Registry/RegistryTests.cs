using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Tests.Shared;
using Threadwell.Web.Registry;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Registry;

public sealed class SqliteRegistryTests : RegistryTests
{
    private protected override Task<TestDatabase?> ServerAsync() => Task.FromResult<TestDatabase?>(null);
}

public sealed class PostgreSqlRegistryTests : RegistryTests
{
    // Each is a database of its own on the server: in the short tests, the one that counts most kinds of rows.
    private protected override async Task<TestDatabase?> ServerAsync()
    {
        bool isShort = TestContext.Current.TestMethod?.MethodName == nameof(Answers_count_by_their_first_and_gravest_level_and_the_clock_by_when_it_was_done);
        Assert.SkipUnless(isShort || Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        return await TestDatabase.PreparedPostgreSqlAsync();
    }
}

/// <summary>What the registry's page shows, counted from the record itself: published worked examples and small clinics made by hand, on each kind of database.</summary>
public abstract partial class RegistryTests : IAsyncLifetime
{
    private static readonly LocalDate Today = new(2026, 11, 27);
    private static readonly Instant Now = Today.At(new LocalTime(5, 0)).InUtc().ToInstant();

    private TestDatabase? server;
    private InProcessApp app = null!;
    private readonly ReadRows rows = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IDbContextFactory<ThreadwellContext> Databases => app.App.Services.GetRequiredService<IDbContextFactory<ThreadwellContext>>();

    public async ValueTask InitializeAsync()
    {
        server = await ServerAsync();
        app = await InProcessApp.StartAsync(
            services =>
            {
                services.ConfigureDbContext<ThreadwellContext>(context => context.AddInterceptors(rows));

                // What fails in a test is heard by it.
                services.AddLogging(logging => logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None));
            },
            empty: true,
            database: server?.Connection);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private protected abstract Task<TestDatabase?> ServerAsync();

    private Task WriteAsync(Action<RegistryRecord> write) => app.StoreAsync(async context =>
    {
        var record = new RegistryRecord(context);
        record.AddFacility();
        write(record);
        await Task.CompletedTask;
    });

    private Task<RegistryContent> ReadAsync() => app.App.Services.GetRequiredService<RegistryRows>().ReadAsync(DateTimeZone.Utc, Cancelled);

    private RegistryAhead Ahead(Log<RegistryAhead> log) => new(Databases, app.App.Services.GetRequiredService<RegistryRows>(), app.Clock, new Hurried(), log);

    private async Task<RegistryFigures?> FiguresAsync(RegistryFilter? filter = null) => RegistryFigures.Of(RegistrySelection.Of((await ReadAsync()).Treatments, filter ?? new RegistryFilter()), Today, Now);

    // Counts rows that come from the database.
    private sealed class ReadRows : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override InterceptionResult DataReaderClosing(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            Count += eventData.ReadCount;
            return result;
        }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            Count += eventData.ReadCount;
            return ValueTask.FromResult(result);
        }
    }
}
