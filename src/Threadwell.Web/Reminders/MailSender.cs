using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Reminders;

/// <summary>The mail server of this installation, if it has one.</summary>
/// <param name="settings">The server; null where none is named.</param>
/// <param name="texts">What e-mails say.</param>
/// <param name="clock">The clock.</param>
internal sealed class MailSender(MailServer settings, MailTexts texts, IClock clock)
{
    /// <summary>Whether there is one; without it messages wait.</summary>
    public bool IsSetUp => settings.Settings is not null;

    /// <summary>Begins a session; it connects with the first message.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public MailSession Open() => new(settings.Settings ?? throw new InvalidOperationException("No mail server is named."), texts, clock);
}

/// <summary>The server that takes e-mail.</summary>
/// <param name="Settings">The server; null where none is named.</param>
internal sealed record MailServer(MailSettings? Settings);

/// <summary>One connection, over which messages go one after the other.</summary>
/// <param name="settings">The server.</param>
/// <param name="texts">What e-mails say.</param>
/// <param name="clock">The clock.</param>
internal sealed class MailSession(MailSettings settings, MailTexts texts, IClock clock) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Whether a certificate was revoked would be asked at its authority's own server at each connection: a third party that would learn of it, and one that a firewall keeps out. Name, chain and
    // dates are checked.
    private readonly SmtpClient client = new() { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };

    /// <summary>Connects where that is not done yet: nothing is handed over before.</summary>
    /// <returns><see cref="DeliveryOutcome.Accepted"/>, or <see cref="DeliveryOutcome.Unreachable"/> with the reason.</returns>
    public async Task<Delivery> ConnectAsync()
    {
        if (client.IsConnected)
        {
            return Delivery.Accepted;
        }

        using var late = new CancellationTokenSource(Patience);
        try
        {
            // A server that offers no encryption gets nothing, unless it is this machine.
            SecureSocketOptions security = settings.IsTlsFromTheStart ? SecureSocketOptions.SslOnConnect : settings.IsLoopback ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
            await client.ConnectAsync(settings.Host, settings.Port, security, late.Token);
            if (settings.User is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", late.Token);
            }

            return Delivery.Accepted;
        }
        catch (Exception error)
        {
            // Whatever it is, nothing was handed over.
            await LeaveAsync();
            return new Delivery(DeliveryOutcome.Unreachable, error.Message);
        }
    }

    /// <summary>Writes a message, before it is committed that it is handed over.</summary>
    /// <param name="row">The message.</param>
    /// <param name="to">To whom.</param>
    /// <param name="clinic">From whom.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <returns>The message; null where the address cannot be read.</returns>
    public MimeMessage? Write(OutboxMessage row, Addressee to, ClinicSettings clinic, DateTimeZone zone) =>
        MailboxAddress.TryParse(to.Email, out MailboxAddress? address) ? Write(row, to, address, clinic, zone) : null;

    /// <summary>Hands a message over.</summary>
    /// <param name="message">The message.</param>
    public async Task<Delivery> SendAsync(MimeMessage message)
    {
        try
        {
            using var late = new CancellationTokenSource(Patience);
            await client.SendAsync(message, late.Token);
            return Delivery.Accepted;
        }
        catch (SmtpCommandException error) when (error.StatusCode == SmtpStatusCode.ServiceNotAvailable)
        {
            // 421: it closes, took nothing, and takes nothing of anybody else either.
            await LeaveAsync();
            return new Delivery(DeliveryOutcome.Unreachable, string.Create(CultureInfo.InvariantCulture, $"421 {error.Message}"));
        }
        catch (SmtpCommandException error)
        {
            // The server said no: to this address or this message for good, or to us, which the clinic can put right.
            bool forGood = (int)error.StatusCode >= 500 && error.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);
            string said = string.Create(CultureInfo.InvariantCulture, $"{(int)error.StatusCode} {error.Message}");
            return new Delivery(forGood ? DeliveryOutcome.Refused : DeliveryOutcome.Later, said);
        }
        catch (ServiceNotAuthenticatedException error)
        {
            // The server wants a name and a password first (530): it took nothing, and takes nothing of anybody else either.
            await LeaveAsync();
            return new Delivery(DeliveryOutcome.Unreachable, error.Message);
        }
        catch (Exception error)
        {
            // Whatever it is, the message may have been accepted.
            await LeaveAsync();
            return new Delivery(DeliveryOutcome.Unknown, error.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        client.Dispose();
    }

    private MimeMessage Write(OutboxMessage row, Addressee to, MailboxAddress address, ClinicSettings clinic, DateTimeZone zone)
    {
        MailText text = to.Patient is { } patient ? texts.Of(row, patient, clinic, zone) : texts.Of(row, to.Question!, clinic);
        var message = new MimeMessage
        {
            Subject = text.Subject,
            MessageId = MessageKinds.MessageId(row.Id, clinic.MailFrom),
            Date = clock.GetCurrentInstant().InZone(zone).ToDateTimeOffset(),
            Body = new BodyBuilder { TextBody = text.Plain, HtmlBody = text.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(clinic.Name, clinic.MailFrom));
        message.To.Add(address);

        // Nobody's absence note answers it (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, to.Language);
        if (text.StopAddress is { } stop)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
        }

        return message;
    }

    private async Task LeaveAsync()
    {
        if (!client.IsConnected)
        {
            return;
        }

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.DisconnectAsync(quit: true, late.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or SmtpCommandException or SmtpProtocolException or OperationCanceledException)
        {
            // It has gone already.
        }
    }
}
