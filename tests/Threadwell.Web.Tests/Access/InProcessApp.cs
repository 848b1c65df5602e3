using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Tests.Shared;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Tests.Access;

/// <summary>The app inside the test's own process, on a free port and a folder of its own: its routes can be listed, and its clock set.</summary>
internal sealed class InProcessApp : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-app-").FullName;
    private Action<IServiceCollection>? configure;
    private string? database;
    private readonly List<string> told = [];
    private string? publicAddress;
    private bool empty;
    private int courses;

    private InProcessApp()
    {
    }

    public WebApplication App { get; private set; } = null!;

    /// <summary>What it said at its start.</summary>
    public IReadOnlyList<string> Told => told;

    public Uri Address => new(App.Urls.First());

    public SettableClock Clock { get; } = new();

    public ExecutedEndpoints Executed { get; } = new();

    /// <summary>Database and files.</summary>
    public string DataFolder => folder;

    public static async Task<InProcessApp> StartAsync(Action<IServiceCollection>? configure = null, bool empty = false, string? database = null, Action<string>? prepare = null, string? publicAddress = null, int courses = 0)
    {
        var app = new InProcessApp { configure = configure, empty = empty, database = database, publicAddress = publicAddress, courses = courses };
        if (!empty && database is null)
        {
            await PreparedData.CopyToAsync(app.folder);
        }
        else
        {
            await PreparedData.CopyKeysToAsync(app.folder);
            if (database is null)
            {
                await TestDatabase.WritePreparedAsync(app.folder);
            }
        }

        prepare?.Invoke(app.folder);
        await app.OpenAsync();
        return app;
    }

    /// <summary>Ends the app, does something to its data, and starts it again, under a public address where one is given.</summary>
    public async Task RestartAsync(Func<Task> between, string? newPublicAddress = null)
    {
        publicAddress = newPublicAddress ?? publicAddress;
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await between();
        await OpenAsync();
    }

    private async Task OpenAsync() => App = await WebHost.OpenAsync(
        new ServeOptions { Address = "http://127.0.0.1:0", DataFolder = folder, Empty = empty, Samples = !empty, Courses = courses, Database = database, PublicAddress = publicAddress },
        told.Add,
        services =>
        {
            services.AddSingleton<IClock>(Clock);

            // What falls due by itself is run by the test that asks for it.
            services.Remove(services.Single(service => service.ImplementationType == typeof(Threadwell.Web.CheckIns.EscalationClock)));
            services.AddSingleton<ILoggerProvider>(Executed);

            // The first of rows in no order is another one on another day.
            services.ConfigureDbContext<ThreadwellContext>(context => context.ConfigureWarnings(warnings => warnings.Throw(CoreEventId.FirstWithoutOrderByAndFilterWarning)));
            services.AddLogging(logging => logging.AddFilter<ExecutedEndpoints>(ExecutedEndpoints.Category, LogLevel.Information).AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None).AddFilter("Microsoft.EntityFrameworkCore.Migrations", LogLevel.Error));
            configure?.Invoke(services);
        },
        TestContext.Current.CancellationToken);

    /// <summary>A browser: keeps cookies unless the test does, follows no redirection.</summary>
    public HttpClient Browser(bool keepsCookies = true)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = keepsCookies, CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Add("X-Threadwell", "1");
        return client;
    }

    /// <summary>A browser that is signed in to an account of the demonstration.</summary>
    public async Task<HttpClient> SignInAsync(string account)
    {
        HttpClient browser = Browser();
        using HttpResponseMessage response = await browser.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = account });
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return browser;
    }

    /// <summary>Changes the database behind the app's back.</summary>
    public async Task StoreAsync(Func<ThreadwellContext, Task> change)
    {
        await using AsyncServiceScope scope = App.Services.CreateAsyncScope();
        ThreadwellContext context = scope.ServiceProvider.GetRequiredService<ThreadwellContext>();
        await change(context);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The true time plus what a test adds.</summary>
internal sealed class SettableClock : IClock
{
    public Duration Ahead { get; set; } = Duration.Zero;

    public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Ahead;
}

/// <summary>Hears from the server's own log which endpoints run. While it stops them, none does: what is let through is known, and nothing is changed by finding out.</summary>
internal sealed class ExecutedEndpoints : ILoggerProvider
{
    public const string Category = "Microsoft.AspNetCore.Routing.EndpointMiddleware";

    private readonly ConcurrentQueue<string> executed = new();

    /// <summary>Display name of the endpoint that is stopped where it begins; null for none.</summary>
    public string? Stopped { get; set; }

    /// <summary>Display names since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        string[] taken = [.. executed];
        executed.Clear();
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName == Category);

    public void Dispose()
    {
        // It holds nothing.
    }

    private sealed class Log(ExecutedEndpoints owner, bool listens) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => listens && logLevel == LogLevel.Information;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || eventId.Name != "ExecutingEndpoint")
            {
                return;
            }

            string name = (state as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key == "EndpointName").Value?.ToString() ?? "";
            owner.executed.Enqueue(name);
            if (name == owner.Stopped)
            {
                throw new InvalidOperationException("The test stops what would run here.");
            }
        }
    }
}
