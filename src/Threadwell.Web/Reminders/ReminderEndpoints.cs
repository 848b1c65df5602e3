using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Reminders;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.CheckIns.Phone;
using Threadwell.Web.Hosting;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Reminders;

/// <summary>What messages link to, and what a browser says that agrees to be pushed to.</summary>
internal static class ReminderEndpoints
{
    /// <summary>Where the link of a message leads, before its key.</summary>
    public const string Open = "/go";

    /// <summary>The page that ends messages without signing in.</summary>
    public const string Stop = "/reminders/stop";

    /// <summary>What somebody reads who is not signed in and follows the link of an appointment.</summary>
    public const string Expected = "/reminders/appointment";

    /// <summary>What somebody reads who is not signed in, on a phone that was not enrolled, and follows the link of a check-in.</summary>
    public const string Question = "/reminders/question";

    private const int MostBrowsers = 10;

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        // It shows nothing by itself: the page to which it leads asks who comes.
        routes.MapGet($"{Open}/{{message:guid}}", OpenAsync).Needs(Permission.Anyone);
        routes.MapPost($"{Stop}/now", StopAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Attempts);
        api.MapPost("/my/push", SubscribeAsync).Needs(Permission.SignedIn);
        api.MapPost("/my/push/end", EndAsync).Needs(Permission.SignedIn);
        api.MapPost("/treatments/{id:guid}/push", SubscribePhoneAsync).Needs(Permission.RemindPhone, RecordKind.Treatment);
        api.MapPost("/treatments/{id:guid}/push/end", EndAsync).Needs(Permission.RemindPhone, RecordKind.Treatment);
    }

    private static async Task<IResult> OpenAsync(Guid message, CurrentUser user, ThreadwellContext database)
    {
        OutboxMessage? row = await database.Outbox.AsNoTracking().SingleOrDefaultAsync(found => found.Id == message);

        // Many a patient has no account, and a page to sign in on tells her nothing.
        return Results.LocalRedirect(row?.Template switch
        {
            MessageKinds.CheckIn when user is { UserId: null, DeviceId: null, IsShutPhone: false } => $"{Question}?message={message}",
            MessageKinds.CheckIn => $"/treatments/{Field(row, "treatment")}/check-in",
            MessageKinds.Escalation => $"/tasks/{MessageKinds.TaskOf(row)}",
            MessageKinds.Appointment when user.UserId is null => $"{Expected}?message={message}",
            MessageKinds.Appointment => "/my",
            _ => "/",
        });
    }

    private static async Task<IResult> StopAsync([FromForm] string? token, StopLinks links, ThreadwellContext database)
    {
        if (links.Read(token) is not { } patient || !await database.Patients.AnyAsync(row => row.Id == patient))
        {
            return Results.LocalRedirect(Stop);
        }

        ReminderChoice? choice = await database.ReminderChoices.SingleOrDefaultAsync(row => row.PatientId == patient);
        if (choice is null)
        {
            choice = new ReminderChoice { PatientId = patient };
            database.ReminderChoices.Add(choice);
        }

        (choice.Email, choice.Push) = (false, false);
        choice.Revision++;
        await database.SaveChangesAsync();
        return Results.LocalRedirect($"{Stop}?done=yes");
    }

    private static async Task<IResult> SubscribeAsync(BrowserAgreement agreed, HttpContext context, CurrentUser user, PushServices services, PublicAddress publicAddress, ThreadwellContext database, IClock clock)
    {
        Check(agreed, services, "the push service of this browser is not known; e-mail reaches you all the same.");
        await KeepAsync(agreed, user, database, clock);

        // The same browser may have agreed as her phone that is enrolled: she is not told everything twice.
        if (user.PatientId is { } patient && await EnrolledPhones.OfAsync(context, publicAddress, database) is { } phone && phone.PatientId == patient)
        {
            await PhonePush.EndAsync(database, patient, clock.GetCurrentInstant(), phone.Id);
        }

        await database.SaveChangesAsync();
        return Results.NoContent();
    }

    // On an enrolled phone there is no page on which she chooses: pressing the button there is her choice of notifications, also after she had ended all messages.
    private static async Task<IResult> SubscribePhoneAsync(BrowserAgreement agreed, CurrentUser user, PushServices services, ThreadwellContext database, IClock clock)
    {
        Guid patient = user.PatientId!.Value;
        if (!await MessageConsent.StandsAsync(database, patient))
        {
            throw new InvalidInputException("consent", null, "there is no consent to messages; it is given at the clinic, or on the patient's own page.");
        }

        Check(agreed, services, "the push service of this browser is not known; no reminder can be sent to this phone.");
        await KeepAsync(agreed, user, database, clock);
        if (await database.ReminderChoices.SingleOrDefaultAsync(row => row.PatientId == patient) is { Push: false } choice)
        {
            choice.Push = true;
            choice.Revision++;
        }

        await database.SaveChangesAsync();
        return Results.NoContent();
    }

    private static void Check(BrowserAgreement agreed, PushServices services, string unknown)
    {
        if (!services.Knows(agreed.Address))
        {
            throw new InvalidInputException("address", null, unknown);
        }

        if (!PushServices.AreKeys(agreed.PublicKey, agreed.Secret))
        {
            throw new InvalidInputException("publicKey", null, "the browser's keys cannot be read; turn notifications off and on again.");
        }
    }

    // Adds what a browser agreed to, for the account or the phone that asks.
    private static async Task KeepAsync(BrowserAgreement agreed, CurrentUser user, ThreadwellContext database, IClock clock)
    {
        string hash = LinkSecrets.Hash(agreed.Address);
        Instant now = clock.GetCurrentInstant();
        PushSubscription? known = await database.PushSubscriptions.SingleOrDefaultAsync(row => row.AddressSha256 == hash);
        if (known is not null && known.UserId == user.UserId && known.DeviceId == user.DeviceId && known.PublicKey == agreed.PublicKey && known.Secret == agreed.Secret)
        {
            known.EndedAt = null;
            return;
        }

        // Another person agreed on the same browser, or it made new keys.
        if (known is not null)
        {
            database.PushSubscriptions.Remove(known);
            await database.SaveChangesAsync();
        }

        // A phone is one browser: a new address is in the place of the old one.
        List<PushSubscription> open = await database.PushSubscriptions.Where(row => row.UserId == user.UserId && row.DeviceId == user.DeviceId && row.EndedAt == null).OrderByDescending(row => row.CreatedAt).ToListAsync();
        foreach (PushSubscription oldest in open.Skip(user.DeviceId is null ? MostBrowsers - 1 : 0))
        {
            oldest.EndedAt = now;
        }

        database.PushSubscriptions.Add(new PushSubscription
        {
            Id = Guid.CreateVersion7(),
            PatientId = user.PatientId,
            UserId = user.UserId,
            DeviceId = user.DeviceId,
            AddressSha256 = hash,
            Address = agreed.Address,
            PublicKey = agreed.PublicKey,
            Secret = agreed.Secret,
            CreatedAt = now,
        });
    }

    private static async Task<IResult> EndAsync(BrowserEnd ended, CurrentUser user, ThreadwellContext database, IClock clock)
    {
        string hash = LinkSecrets.Hash(ended.Address);
        if (await database.PushSubscriptions.SingleOrDefaultAsync(row => row.AddressSha256 == hash && row.UserId == user.UserId && row.DeviceId == user.DeviceId && row.EndedAt == null) is { } known)
        {
            known.EndedAt = clock.GetCurrentInstant();
            await database.SaveChangesAsync();
        }

        return Results.NoContent();
    }

    private static string Field(OutboxMessage row, string name)
    {
        using JsonDocument fields = JsonDocument.Parse(row.FieldsJson);
        return fields.RootElement.GetProperty(name).GetGuid().ToString();
    }
}

/// <summary>What a browser says that agrees.</summary>
/// <param name="Address">Address of its push service.</param>
/// <param name="PublicKey">Its public key, base64url.</param>
/// <param name="Secret">Its secret, base64url.</param>
internal sealed record BrowserAgreement(string Address, string PublicKey, string Secret);

/// <summary>What a browser says that ends it.</summary>
/// <param name="Address">Address of its push service.</param>
internal sealed record BrowserEnd(string Address);
