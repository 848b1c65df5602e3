using System.Net.Sockets;
using System.Text;
using Threadwell.Tests.Shared;

namespace Threadwell.Durability.Tests;

/// <summary>The signal to stop: what was begun comes to its end, however slow.</summary>
public sealed class StopTests
{
    // Longer than a command that only computes is waited for, shorter than the server lets a sender pause.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3.5);

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
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, Cancelled);
            NetworkStream stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /sign-in HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nConnection: close\r\n\r\nname"), Cancelled);
            await Task.Delay(TimeSpan.FromSeconds(0.5), Cancelled);
            Task<int> ended = server.EndAsync(signal);
            await Task.Delay(Slow, Cancelled);
            Assert.False(ended.IsCompleted);
            await stream.WriteAsync("=abc"u8.ToArray(), Cancelled);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            Assert.StartsWith("HTTP/1.1 ", await reader.ReadLineAsync(Cancelled), StringComparison.Ordinal);
            Assert.Equal(0, await ended);
        }

        Directory.Delete(folder, recursive: true);
    }
}
