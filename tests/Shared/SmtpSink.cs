using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using MailServices = SmtpServer.ComponentModel.ServiceProvider;

namespace Threadwell.Tests.Shared;

/// <summary>A mail server that takes every message and delivers none. A message counts as accepted once it lies here; the answer that says so may be held back.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<MimeMessage> accepted = new();
    private readonly CancellationTokenSource ends = new();
    private readonly Task serving;

    private SmtpSink(int port)
    {
        Port = port;
        var services = new MailServices();
        services.Add(new Store(this));
        ISmtpServerOptions options = new SmtpServerOptionsBuilder().ServerName("sink").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        serving = new SmtpServer.SmtpServer(options, services).StartAsync(ends.Token);
    }

    /// <summary>Where it listens, on this machine.</summary>
    public int Port { get; }

    /// <summary>What <c>--smtp</c> takes for it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>What it accepted, in order.</summary>
    public IReadOnlyList<MimeMessage> Accepted => [.. accepted];

    /// <summary>Message-IDs of what it accepted, in order.</summary>
    public IReadOnlyList<string> Ids => [.. accepted.Select(message => message.MessageId ?? "")];

    /// <summary>What it answers to a message; it accepts all by default. A message that is refused does not lie here.</summary>
    public Func<MimeMessage, SmtpResponse> Answer { get; set; } = _ => SmtpResponse.Ok;

    /// <summary>Called once a message lies here; the answer is held back until it ends.</summary>
    public Func<int, Task> Held { get; set; } = _ => Task.CompletedTask;

    /// <summary>Starts one on a free port, or on a given one.</summary>
    public static async Task<SmtpSink> StartAsync(int port = 0)
    {
        if (port == 0)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var sink = new SmtpSink(port);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return sink;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ends.CancelAsync();
        await serving;
        ends.Dispose();
    }

    private sealed class Store(SmtpSink sink) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            MimeMessage message = await MimeMessage.LoadAsync(stream, cancellationToken);
            SmtpResponse answer = sink.Answer(message);
            if (answer.ReplyCode == SmtpReplyCode.Ok)
            {
                sink.accepted.Enqueue(message);
                await sink.Held(sink.accepted.Count);
            }

            return answer;
        }
    }
}
