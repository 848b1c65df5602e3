using System.Net;
using System.Net.Sockets;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>A push service of the test's own, which takes what is sent to it.</summary>
internal sealed class PushService : IDisposable
{
    private readonly HttpListener listener = new();

    public PushService()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Origin = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Origin + "/");
        listener.Start();
    }

    public string Origin { get; }

    public string Address => $"{Origin}/push/{Guid.NewGuid():n}";

    public async Task<Received> TakeAsync(HttpStatusCode answer)
    {
        HttpListenerContext context = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.StatusCode = (int)answer;
        context.Response.Close();
        return new Received(context.Request.Headers, body.ToArray());
    }

    public void Dispose() => listener.Close();

    public sealed record Received(System.Collections.Specialized.NameValueCollection Headers, byte[] Body);
}
