using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
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

    private SmtpSink(int port, Func<string, string, bool>? signIn)
    {
        Port = port;
        var services = new MailServices();
        services.Add(new Store(this));
        if (signIn is not null)
        {
            services.Add((IUserAuthenticator)new DelegatingUserAuthenticator(signIn));
        }

        ISmtpServerOptions options = new SmtpServerOptionsBuilder().ServerName("sink")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).AuthenticationRequired(signIn is not null).AllowUnsecureAuthentication(signIn is not null)).Build();
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
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="signIn">Whether it lets a name and a password in, without which it takes nothing; null where it asks for none.</param>
    public static async Task<SmtpSink> StartAsync(int port = 0, Func<string, string, bool>? signIn = null)
    {
        if (port == 0)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var sink = new SmtpSink(port, signIn);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, late.Token);
                if (sink.serving.IsCompleted)
                {
                    // Somebody else took the port first, and answers there.
                    await sink.serving;
                }

                return sink;
            }
            catch (SocketException) when (!sink.serving.IsCompleted)
            {
                await Task.Delay(20, late.Token);
            }
            catch (SocketException refused)
            {
                // It has ended, and says why: the port was taken, as a rule.
                await sink.serving;
                throw new InvalidOperationException("The mail server ended before it listened.", refused);
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
