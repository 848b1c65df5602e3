using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Reminders.Push;

/// <summary>Sends to the push services of browsers that agreed (RFC 8030). What goes over says of which kind a message is and its key, encrypted for that browser; its words are the browser's own.</summary>
/// <param name="services">Which push services are spoken to.</param>
/// <param name="key">Proves who sends.</param>
/// <param name="origin">The program's own address.</param>
/// <param name="clock">The clock.</param>
internal sealed class PushSender(PushServices services, VapidKey key, LinkOrigin origin, IClock clock) : IDisposable
{
    private const int TopicLength = 32;

    private static readonly Duration LongestKept = Duration.FromDays(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        // Its own limit and that of the connection would end alike: ours is told apart from it.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Writes a message, before it is committed that it is handed over.</summary>
    /// <param name="row">The message.</param>
    /// <param name="subscription">The browser.</param>
    /// <param name="mailFrom">Address that the clinic sends from; may be empty.</param>
    /// <param name="quietFrom">When it may not be shown any more; null where it always may.</param>
    /// <returns>The request; null where the push service is not a known one.</returns>
    public HttpRequestMessage? Write(OutboxMessage row, PushSubscription subscription, string mailFrom, Instant? quietFrom) => services.Knows(subscription.Address) ? Request(row, subscription, mailFrom, quietFrom) : null;

    /// <summary>Hands a message over.</summary>
    /// <param name="request">The message.</param>
    public async Task<Delivery> SendAsync(HttpRequestMessage request)
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            using HttpResponseMessage answer = await client.SendAsync(request, late.Token);
            string said = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
            return answer.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent => Delivery.Accepted,
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new Delivery(DeliveryOutcome.Gone),
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => new Delivery(DeliveryOutcome.Refused, said),

                // 401 and 403 are about our key or clock, and so about every message: they can be put right.
                _ => new Delivery(DeliveryOutcome.Later, said),
            };
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new Delivery(DeliveryOutcome.Unreachable, error.Message);
        }
        catch (OperationCanceledException error) when (!late.IsCancellationRequested)
        {
            // The connection did not come about in its time.
            return new Delivery(DeliveryOutcome.Unreachable, error.Message);
        }
        catch (Exception error)
        {
            // Whatever it is, the message may have been accepted.
            return new Delivery(DeliveryOutcome.Unknown, error.Message);
        }
    }

    public void Dispose() => client.Dispose();

    private HttpRequestMessage Request(OutboxMessage row, PushSubscription subscription, string mailFrom, Instant? quietFrom)
    {
        Instant now = clock.GetCurrentInstant();
        var address = new Uri(subscription.Address);
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(new { kind = row.Template, key = row.Id });
        var content = new ByteArrayContent(PushEncryption.Encrypt(payload, Base64Url.DecodeFromChars(subscription.PublicKey), Base64Url.DecodeFromChars(subscription.Secret)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add("aes128gcm");

        // A device that is off now gets it once it is on: not in quiet hours, and not when it has no use any more.
        Instant last = Instant.Min(now + LongestKept, Instant.Min(row.UselessAfter ?? Instant.MaxValue, quietFrom ?? Instant.MaxValue));
        Duration use = Duration.Max(Duration.Zero, last - now);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorization(address.GetLeftPart(UriPartial.Authority), mailFrom.Length > 0 ? $"mailto:{mailFrom}" : origin.Value, now));
        request.Headers.TryAddWithoutValidation("TTL", ((long)use.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", row.Urgent ? "high" : "normal");

        // A message that is sent again takes the place of the first where that was not shown yet (RFC 8030, section 5.4).
        request.Headers.TryAddWithoutValidation("Topic", Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(row.IdempotencyKey)))[..TopicLength]);
        return request;
    }
}
