using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Reminders;
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

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, MessageState.Waiting, "later: 503")]
    [InlineData(HttpStatusCode.TooManyRequests, MessageState.Waiting, "later: 429")]
    [InlineData(HttpStatusCode.Unauthorized, MessageState.Waiting, "later: 401")]
    [InlineData(HttpStatusCode.Forbidden, MessageState.Waiting, "later: 403")]
    [InlineData(HttpStatusCode.Redirect, MessageState.Waiting, "later: 302")]
    [InlineData(HttpStatusCode.BadRequest, MessageState.GivenUp, "refused: 400")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, MessageState.GivenUp, "refused: 413")]
    public async Task What_a_push_service_says_decides_whether_it_is_asked_again(HttpStatusCode status, MessageState state, string problem)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var browser = new TestBrowser();
        await AddDueAsync(clinic, browser.Subscription(Guid.Empty, service.Address, clinic.Clock.Now));
        Task<PushService.Received> received = service.TakeAsync(status);
        await clinic.TickAsync();
        await received;
        await clinic.TickAsync();
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((state, 1, 0), (row.State, row.Tries, row.Repeats));
        Assert.StartsWith(problem, row.Problem, StringComparison.Ordinal);
        Assert.Equal(state == MessageState.Waiting, row.NextTryAt == clinic.Clock.Now + Duration.FromMinutes(1));
    }

    [Fact]
    public async Task What_a_service_took_without_a_word_may_have_arrived_and_what_it_never_took_has_not()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        using var browser = new TestBrowser();
        await AddDueAsync(clinic, browser.Subscription(Guid.Empty, $"http://{service.LocalEndpoint}/push", clinic.Clock.Now));
        Task received = TakeAsync(service, "");
        await clinic.TickAsync();
        await received;
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Waiting, "unknown"), (row.State, MessageProblems.Word(row.Problem)));

        received = TakeAsync(service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        await clinic.PassAsync(Duration.FromMinutes(1), Duration.FromMinutes(1));
        await received;
        row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Sent, 2, 1), (row.State, row.Tries, row.Repeats));

        // A service that is not there at all.
        using var gone = new PushService();
        using var other = new TestBrowser();
        PushSubscription cutOff = other.Subscription(Guid.Empty, gone.Address, clinic.Clock.Now);
        gone.Dispose();
        await AddDueAsync(clinic, cutOff);
        await clinic.TickAsync();
        row = Assert.Single(await clinic.OutboxAsync(), message => message.PushSubscriptionId == cutOff.Id);
        Assert.Equal((MessageState.Waiting, 1, "unreachable"), (row.State, row.Tries, MessageProblems.Word(row.Problem)));
    }

    // A port whose queue is full answers nothing, as a network does that drops packets.
    [Fact]
    public async Task A_connection_that_does_not_come_about_in_time_took_nothing()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var browser = new TestBrowser();
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        var filling = new List<Socket>();
        try
        {
            // Full is a queue that lets two in a row wait: one alone may be this machine taking its time.
            var hanging = new List<Task>();
            while (hanging.Count(connects => !connects.IsCompleted) < 2)
            {
                var one = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                filling.Add(one);
                Task connects = one.ConnectAsync(silent.LocalEndPoint!, TestContext.Current.CancellationToken).AsTask();
                hanging.Add(connects);
                await Task.WhenAny(connects, Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken));
                Assert.True(filling.Count < 100, "This machine's ports take any number of connections.");
            }

            await AddDueAsync(clinic, browser.Subscription(Guid.Empty, $"http://{silent.LocalEndPoint}/push", clinic.Clock.Now));
            await clinic.TickAsync();
            OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
            Assert.Equal((MessageState.Waiting, 1, 0, "unreachable"), (row.State, row.Tries, row.Repeats, MessageProblems.Word(row.Problem)));
        }
        finally
        {
            filling.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task A_browser_whose_keys_are_broken_holds_no_other_up()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var browser = new TestBrowser();
        PushSubscription whole = browser.Subscription(Guid.Empty, service.Address, clinic.Clock.Now);
        PushSubscription broken = browser.Subscription(Guid.Empty, service.Address, clinic.Clock.Now, publicKey: "BAAA");
        await AddDueAsync(clinic, broken, whole);
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Created);
        await clinic.TickAsync();
        await received;
        await clinic.TickAsync();
        IReadOnlyList<OutboxMessage> rows = await clinic.OutboxAsync();
        Assert.Equal(MessageState.Sent, rows.Single(row => row.PushSubscriptionId == whole.Id).State);
        OutboxMessage waits = rows.Single(row => row.PushSubscriptionId == broken.Id);
        Assert.Equal((MessageState.Waiting, 1, 0, "later"), (waits.State, waits.Tries, waits.Repeats, MessageProblems.Word(waits.Problem)));
    }

    [Fact]
    public async Task A_service_that_is_away_is_asked_once_for_all_and_holds_no_other_up()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var gone = new PushService();
        using var browser = new TestBrowser();
        string away = gone.Origin;
        gone.Dispose();
        PushSubscription[] cutOff = [.. Enumerable.Range(0, 3).Select(index => browser.Subscription(Guid.Empty, $"{away}/push/{index}", clinic.Clock.Now))];
        PushSubscription near = browser.Subscription(Guid.Empty, service.Address, clinic.Clock.Now);
        await AddDueAsync(clinic, [.. cutOff, near]);
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Created);
        await clinic.TickAsync();
        await received;
        IReadOnlyList<OutboxMessage> rows = await clinic.OutboxAsync();
        Assert.Equal(MessageState.Sent, rows.Single(row => row.PushSubscriptionId == near.Id).State);
        Assert.Equal([0, 0, 1], rows.Where(row => row.PushSubscriptionId != near.Id).Select(row => row.Tries).Order());

        // Asked again after one minute, and then after two more, each time for one message.
        await clinic.PassAsync(Duration.FromMinutes(4), Duration.FromSeconds(10));
        Assert.Equal(3, (await clinic.OutboxAsync()).Where(row => row.PushSubscriptionId != near.Id).Sum(row => row.Tries));
    }

    [Fact]
    public async Task A_push_is_kept_no_longer_than_until_quiet_hours_begin()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        using var service = new PushService();
        using var browser = new TestBrowser();
        Guid patient = await AddDueAsync(clinic, browser.Subscription(Guid.Empty, service.Address, clinic.Clock.Now));

        // It is 11; the appointment is at 13.
        await clinic.ChangeAsync(context => context.ReminderChoices.Add(new ReminderChoice { PatientId = patient, QuietFrom = new LocalTime(12, 15), QuietUntil = new LocalTime(14, 0) }));
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Created);
        await clinic.TickAsync();
        Assert.Equal("4500", (await received).Headers["TTL"]);
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/a", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/a", true)]
    [InlineData("https://web.push.apple.com/a", true)]
    [InlineData("https://db5p.notify.windows.com/w/?token=a", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/a", false)]
    [InlineData("https://fcm.googleapis.com:8443/fcm/send/a", false)]
    [InlineData("https://user@fcm.googleapis.com/fcm/send/a", false)]
    [InlineData("https://user:word@fcm.googleapis.com/fcm/send/a", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/a", false)]
    [InlineData("https://evilfcm.googleapis.com.example/a", false)]
    [InlineData("https://notfcm.googleapis.com/a", false)]
    [InlineData("https://evil.example/fcm.googleapis.com", false)]
    [InlineData("https://evil.example#@fcm.googleapis.com/", false)]
    [InlineData("https://127.0.0.1/a", false)]
    [InlineData("http://localhost/a", false)]
    [InlineData("ftp://fcm.googleapis.com/a", false)]
    [InlineData("fcm.googleapis.com/a", false)]
    [InlineData("", false)]
    public void Known_push_services_alone_are_spoken_to(string address, bool known) => Assert.Equal(known, new PushServices().Knows(address));

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

    // A patient whose appointment is in two hours, which is told now.
    private static async Task<Guid> AddDueAsync(ReminderClinic clinic, params PushSubscription[] browsers)
    {
        Patient patient = await clinic.AddPatientAsync(email: "");
        await clinic.ChangeAsync(context => context.PushSubscriptions.AddRange(browsers.Select(browser => new PushSubscription
        {
            Id = browser.Id, PatientId = patient.Id, AddressSha256 = browser.AddressSha256, Address = browser.Address, PublicKey = browser.PublicKey, Secret = browser.Secret, CreatedAt = browser.CreatedAt,
        })));
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(1);
        return patient.Id;
    }

    // Takes a whole request and answers as told, or not at all.
    private static async Task TakeAsync(TcpListener service, string answer)
    {
        using TcpClient client = await service.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        int length = 0;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
        {
            length = line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase) ? int.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture) : length;
        }

        await reader.ReadBlockAsync(new char[length], TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), TestContext.Current.CancellationToken);
    }

    // A browser: its keys, and the reading of what comes, written from RFC 8188 and 8291 alone.
}
