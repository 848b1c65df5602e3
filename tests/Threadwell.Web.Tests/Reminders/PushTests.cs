using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>Web push against a push service of the test's own, which checks who sends, and a browser that decrypts with its private key.</summary>
public sealed class PushTests
{
    [Fact]
    public async Task A_push_is_read_by_its_browser_alone_and_says_a_kind_and_a_key()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var browser = new TestBrowser();
        Patient patient = await clinic.AddPatientAsync(email: "");
        await clinic.ChangeAsync(context => context.PushSubscriptions.Add(browser.Subscription(patient.Id, service.Address, clinic.Clock.Now)));
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(1);
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Created);
        await clinic.TickAsync();
        PushService.Received push = await received;
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Sent, MessageChannel.Push), (row.State, row.Channel));
        using JsonDocument said = JsonDocument.Parse(browser.Decrypt(push.Body));
        Assert.Equal([("kind", "appointment"), ("key", row.Id.ToString())], said.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.GetString()!)));
        Assert.Equal(("aes128gcm", "normal", "7200"), (push.Headers["Content-Encoding"], push.Headers["Urgency"], push.Headers["TTL"]));
        Assert.InRange(push.Headers["Topic"]!.Length, 1, 32);

        // RFC 8292: a token for this service, signed by the key that browsers subscribe with, for at most a day.
        string[] authorization = push.Headers["Authorization"]!.Split("vapid t=")[1].Split(", k=");
        Assert.Equal(clinic.Vapid.PublicKey, authorization[1]);
        string[] token = authorization[0].Split('.');
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1]));
        Assert.Equal((service.Origin, "mailto:hello@clinic.example"), (claims.RootElement.GetProperty("aud").GetString(), claims.RootElement.GetProperty("sub").GetString()));
        Assert.InRange(claims.RootElement.GetProperty("exp").GetInt64() - clinic.Clock.Now.ToUnixTimeSeconds(), 1, 24 * 3600);
        ECParameters key = PushEncryption.Point(Base64Url.DecodeFromChars(authorization[1]));
        using ECDsa signer = ECDsa.Create(key);
        Assert.True(signer.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_browser_that_is_gone_is_not_spoken_to_again()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var browser = new TestBrowser();
        Patient patient = await clinic.AddPatientAsync(email: "");
        await clinic.ChangeAsync(context => context.PushSubscriptions.Add(browser.Subscription(patient.Id, service.Address, clinic.Clock.Now)));
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromHours(3));
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromHours(5));
        clinic.Clock.Now += Duration.FromHours(1);
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Gone);
        await clinic.TickAsync();
        await received;
        clinic.Clock.Now += Duration.FromHours(2);
        await clinic.TickAsync();
        IReadOnlyList<OutboxMessage> rows = await clinic.OutboxAsync();
        Assert.Equal([(MessageState.GivenUp, "gone"), (MessageState.Withdrawn, "")], rows.Select(row => (row.State, row.Problem)));
        await using var context = clinic.CreateDbContext();
        Assert.NotNull(context.PushSubscriptions.Single().EndedAt);
    }

    [Fact]
    public void The_key_stays_the_same_over_restarts_and_is_not_readable_in_its_file()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-vapid-").FullName;
        using (var first = new VapidKey(folder))
        using (var second = new VapidKey(folder))
        {
            Assert.Equal(first.PublicKey, second.PublicKey);
            Assert.Equal(PushEncryption.PublicKeyLength, Base64Url.DecodeFromChars(first.PublicKey).Length);
            using var key = ECDsa.Create();
            Assert.ThrowsAny<Exception>(() => key.ImportPkcs8PrivateKey(File.ReadAllBytes(Path.Combine(folder, "vapid.key")), out _));
        }

        Directory.Delete(folder, recursive: true);
    }

    // A browser: its keys, and the reading of what comes, written from RFC 8188 and 8291 alone.
    private sealed class TestBrowser : IDisposable
    {
        private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

        private byte[] PublicKey
        {
            get
            {
                ECPoint point = key.ExportParameters(false).Q;
                return [4, .. point.X!, .. point.Y!];
            }
        }

        public PushSubscription Subscription(Guid patient, string address, Instant now) => new()
        {
            Id = Guid.NewGuid(), PatientId = patient, AddressSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))), Address = address,
            PublicKey = Base64Url.EncodeToString(PublicKey), Secret = Base64Url.EncodeToString(secret), CreatedAt = now,
        };

        public byte[] Decrypt(byte[] body)
        {
            byte[] salt = body[..16];
            int idLength = body[20];
            byte[] sender = body[21..(21 + idLength)];
            byte[] sealedRecord = body[(21 + idLength)..];
            using ECDiffieHellman other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..65] } });
            byte[] agreed = key.DeriveRawSecretAgreement(other.PublicKey);
            byte[] extracted = HMACSHA256.HashData(secret, agreed);
            byte[] material = HMACSHA256.HashData(extracted, (byte[])[.. Encoding.ASCII.GetBytes("WebPush: info"), 0, .. PublicKey, .. sender, 1]);
            byte[] mixed = HMACSHA256.HashData(salt, material);
            byte[] contentKey = HMACSHA256.HashData(mixed, (byte[])[.. Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm"), 0, 1])[..16];
            byte[] nonce = HMACSHA256.HashData(mixed, (byte[])[.. Encoding.ASCII.GetBytes("Content-Encoding: nonce"), 0, 1])[..12];
            byte[] plain = new byte[sealedRecord.Length - 16];
            using var cipher = new AesGcm(contentKey, 16);
            cipher.Decrypt(nonce, sealedRecord[..^16], sealedRecord[^16..], plain);
            Assert.Equal(2, plain[^1]);
            return plain[..^1];
        }

        public void Dispose() => key.Dispose();
    }

    private sealed class PushService : IDisposable
    {
        private readonly HttpListener listener = new();

        public PushService()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
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
            HttpListenerContext context = await listener.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            context.Response.StatusCode = (int)answer;
            context.Response.Close();
            return new Received(context.Request.Headers, body.ToArray());
        }

        public void Dispose() => listener.Close();

        public sealed record Received(System.Collections.Specialized.NameValueCollection Headers, byte[] Body);
    }
}
