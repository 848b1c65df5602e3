using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Hosting;

namespace Threadwell.Questions.Bench;

/// <summary>The built program, serving a clinic without a demonstration that takes questions.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly Task<string> said;

    private RunningServer(Process process, string folder, Uri address, Task<string> said)
    {
        this.process = process;
        this.folder = folder;
        this.said = said;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Opens its database, also before it starts.</summary>
    public static ThreadwellContext Open(string folder, string? database) => DatabaseChoice.Of(database, folder).Open(RecordKeys.OpenOrMake(new DataFolder(folder).Keys));

    /// <summary>Prepares a record and starts.</summary>
    /// <param name="folder">The data folder, new.</param>
    /// <param name="database">The database; null for the embedded one.</param>
    /// <param name="seed">Fills it.</param>
    public static async Task<RunningServer> StartAsync(string folder, string? database, Func<ThreadwellContext, Task> seed)
    {
        await using (ThreadwellContext context = Open(folder, database))
        {
            await DatabaseChoice.Of(database, folder).PrepareAsync(context, CancellationToken.None);
            context.ClinicSettings.Add(new ClinicSettings { Name = "Clinic", Phone = "0900 000 100", TakesQuestions = true });
            await context.SaveChangesAsync();
            await seed(context);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] further = database is null ? [] : ["--database", database];
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "serve", "--empty", "--urls", "http://127.0.0.1:0", "--data", folder, .. further])
        {
            start.ArgumentList.Add(argument);
        }

        Process started = Process.Start(start)!;
        string line;
        do
        {
            line = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it was ready: " + await started.StandardError.ReadToEndAsync());
        }
        while (!line.Contains("is ready:", StringComparison.Ordinal));
        Task<string> output = started.StandardOutput.ReadToEndAsync();
        Task<string> errors = started.StandardError.ReadToEndAsync();
        return new RunningServer(started, folder, new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal))), Task.Run(async () => await output + await errors));
    }

    /// <summary>A browser with a network address of its own: all of 127.0.0.0/8 is this machine.</summary>
    /// <param name="number">Its number.</param>
    public HttpClient Visitor(int number)
    {
        var from = new IPAddress([127, (byte)(10 + (number >> 16)), (byte)(number >> 8), (byte)number]);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = Address };
    }

    /// <summary>Ends it.</summary>
    /// <returns>What it wrote to its log.</returns>
    public async Task<string> EndAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return await said;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await EndAsync();
        }

        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
