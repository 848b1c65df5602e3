using System.Net.Sockets;
using System.Text;
using Threadwell.Tests.Shared;

namespace Threadwell.Durability.Tests;

/// <summary>The signal to stop: what was begun comes to its end, however slow.</summary>
public sealed class StopTests
{
    // Longer than a command that only computes is waited for (CancelSignal.WithComputing, 2 s), shorter than the server lets a sender pause (5 s).
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3.5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_request_that_is_under_way_is_answered_and_the_server_ends_well(string signal)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-stop-").FullName;
        using (ServerProcess server = await ServerProcess.StartAsync(folder, "--empty"))
        {
            var address = new Uri(server.Address);
            string usual = await AskAsync(address, () => Task.CompletedTask);
            Assert.Matches("^HTTP/1.1 [24][0-9][0-9] ", usual);
            Task<int>? ended = null;
            string answer = await AskAsync(address, async () =>
            {
                ended = server.EndAsync(signal);
                await RefusesAsync(address).WaitAsync(Patience, Cancelled);
                await Task.Delay(Slow, Cancelled);
                Assert.False(ended.IsCompleted);
            });
            Assert.Equal(usual, answer);
            Assert.Equal(0, await ended!);
        }

        Directory.Delete(folder, recursive: true);
    }

    // It has taken the signal where it listens no more.
    private static async Task RefusesAsync(Uri address)
    {
        while (true)
        {
            using var another = new TcpClient();
            try
            {
                await another.ConnectAsync(address.Host, address.Port, Cancelled);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(20, Cancelled);
        }
    }

    // Sends a form of which half comes late. The server says that it goes on where it begins to read the form, and so is in the middle of it.
    private static async Task<string> AskAsync(Uri address, Func<Task> between)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Cancelled);
        NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /sign-in HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"), Cancelled);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Cancelled));
        Assert.Equal("", await reader.ReadLineAsync(Cancelled));
        await stream.WriteAsync("name"u8.ToArray(), Cancelled);
        await between();
        await stream.WriteAsync("=abc"u8.ToArray(), Cancelled);
        return await reader.ReadLineAsync(Cancelled) ?? "";
    }
}
