using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NodaTime;
using Threadwell.Care.Questions;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Questions;
using Threadwell.Tests.Shared;
using Threadwell.Web.Reminders;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Questions;

/// <summary>The demonstration clinic with a mail server that takes everything, two doctors, and visitors from as many network addresses as a test wants.</summary>
public sealed partial class QuestionClinic : IAsyncLifetime
{
    private const string Second = "second@demo";

    private int visitors;

    internal InProcessApp App { get; private set; } = null!;

    internal SmtpSink Sink { get; private set; } = null!;

    internal HttpClient Doctor { get; private set; } = null!;

    internal HttpClient SecondDoctor { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Sink = await SmtpSink.StartAsync();
        App = await InProcessApp.StartAsync(services => services.AddSingleton(new MailServer(new MailSettings("127.0.0.1", Sink.Port, null, null))));
        await App.StoreAsync(async context =>
        {
            (await context.ClinicSettings.SingleAsync(Cancelled)).MailFrom = "hello@clinic.example";
            var second = new UserAccount
            {
                Id = Guid.CreateVersion7(), UserName = Second, NormalizedUserName = Second.ToUpperInvariant(), FullName = "BS. Lê Văn Hai", Role = Role.Doctor, IsDemonstration = true, CreatedAt = App.Clock.GetCurrentInstant(), SecurityStamp = "1",
            };
            context.AddRange(second, new StaffLicence { Id = Guid.CreateVersion7(), UserId = second.Id, Number = "DEMO-BS-02", Specialty = "dermatology", From = new LocalDate(2020, 1, 1) });
        });
        Doctor = await App.SignInAsync("doctor@demo");
        SecondDoctor = await App.SignInAsync(Second);
    }

    public async ValueTask DisposeAsync()
    {
        Doctor.Dispose();
        SecondDoctor.Dispose();
        await App.DisposeAsync();
        await Sink.DisposeAsync();
    }

    /// <summary>A browser of somebody new, from a network address of her own.</summary>
    internal HttpClient Visitor(string language = "en")
    {
        int number = Interlocked.Increment(ref visitors);
        var from = new IPAddress([127, 1, (byte)(number >> 8), (byte)number]);
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    /// <summary>Fields of a question that is in order.</summary>
    internal static Dictionary<string, string> Fields(string text, string email = "asker@mail.example", bool mayPublish = true) => new(StringComparer.Ordinal)
    {
        ["_handler"] = "ask", ["Form.Topic"] = "results", ["Form.AgeBand"] = "40-49", ["Form.Text"] = text, ["Form.Email"] = email, ["Form.MayPublish"] = mayPublish ? "true" : "false",
    };

    /// <summary>Fills in the form and sends it, with the work done where it is wanted.</summary>
    internal static async Task<HttpResponseMessage> AskAsync(HttpClient visitor, Dictionary<string, string> fields, bool works = true, params IReadOnlyList<(string Name, byte[] Content)> photos)
    {
        string page = await visitor.GetStringAsync("/ask", Cancelled);
        string ticket = Ticket().Match(page).Groups["value"].Value;
        Assert.NotEmpty(ticket);
        using var form = new MultipartFormDataContent();
        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new StringContent(Token().Match(page).Groups["value"].Value), "__RequestVerificationToken");
        if (!fields.ContainsKey("Form.Ticket"))
        {
            form.Add(new StringContent(ticket), "Form.Ticket");
            form.Add(new StringContent(works ? ProofOfWork.Do(ticket) : ""), "Form.Proof");
        }

        foreach ((string name, byte[] content) in photos)
        {
            form.Add(new ByteArrayContent(content), "photos", name);
        }

        return await visitor.PostAsync("/ask", form, Cancelled);
    }

    /// <summary>Where an answer leads, without the name of the site; null where it leads nowhere.</summary>
    internal static string? Led(HttpResponseMessage answer) => answer.Headers.Location is { } led ? led.IsAbsoluteUri ? led.PathAndQuery : led.OriginalString : null;

    /// <summary>Asks, and follows the link of the message that confirms the address.</summary>
    /// <returns>The question's private link.</returns>
    internal async Task<string> AskAndConfirmAsync(HttpClient visitor, string text, bool mayPublish = true, params IReadOnlyList<(string Name, byte[] Content)> photos)
    {
        string email = $"asker{Guid.NewGuid():n}@mail.example";
        Dictionary<string, string> fields = new(Fields(text, email, mayPublish), StringComparer.Ordinal) { ["Form.KeepsIdentity"] = "true", ["Form.NoEmergency"] = "true" };
        using (HttpResponseMessage sent = await AskAsync(visitor, fields, works: true, photos))
        {
            Assert.Equal("/ask/sent?by=mail", Led(sent));
        }

        string link = LinkOf(await MailAsync(email));
        using HttpResponseMessage confirmed = await visitor.PostFormAsync(link, link + "/confirm", []);
        Assert.Equal(link + "?done=confirmed", confirmed.Headers.Location?.OriginalString);
        return link;
    }

    /// <summary>Waits for a message to an address.</summary>
    internal async Task<MimeMessage> MailAsync(string email, int number = 1)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        late.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            MimeMessage[] there = [.. Sink.Accepted.Where(message => message.To.Mailboxes.Single().Address == email)];
            if (there.Length >= number)
            {
                return there[number - 1];
            }

            try
            {
                await Task.Delay(50, late.Token);
            }
            catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
            {
                Assert.Fail($"No message {number} to {email}.");
            }
        }
    }

    /// <summary>The private link of a message.</summary>
    internal static string LinkOf(MimeMessage message) => Link().Match(message.TextBody ?? "").Groups["value"].Value;

    /// <summary>The newest question as it is kept.</summary>
    internal async Task<PublicQuestion> KeptAsync(string link)
    {
        string hash = Threadwell.Web.Accounts.LinkSecrets.Hash(link["/ask/".Length..]);
        PublicQuestion? found = null;
        await App.StoreAsync(async context => found = await context.Questions.AsNoTracking().SingleAsync(row => row.LinkSha256 == hash, Cancelled));
        return found!;
    }

    /// <summary>Does a step with a question as a doctor does: from its page, with the revision that stands there.</summary>
    /// <returns>Where it leads, without the address of the question.</returns>
    internal async Task<string> StepAsync(HttpClient doctor, Guid question, string step, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        await App.StoreAsync(async context =>
        {
            form.TryAdd("revision", (await context.Questions.AsNoTracking().SingleAsync(row => row.Id == question, Cancelled)).Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
            PublishedAnswer? published = await context.PublishedAnswers.AsNoTracking().SingleOrDefaultAsync(row => row.QuestionId == question, Cancelled);
            form.TryAdd("published", published?.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        });
        using HttpResponseMessage answer = await doctor.PostFormAsync($"/inbox/{question}", $"/inbox/{question}/{step}", form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Replace($"/inbox/{question}", "", StringComparison.Ordinal);
    }

    [GeneratedRegex("Form.Ticket\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ticket();

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("https?://[^/]+(?<value>/ask/\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
