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

    private static async Task<IResult> SubscribeAsync(BrowserAgreement agreed, CurrentUser user, PushServices services, ThreadwellContext database, IClock clock)
    {
        if (!services.Knows(agreed.Address))
        {
            throw new InvalidInputException("address", null, "the push service of this browser is not known; e-mail reaches you all the same.");
        }

        if (!PushServices.AreKeys(agreed.PublicKey, agreed.Secret))
        {
            throw new InvalidInputException("publicKey", null, "the browser's keys cannot be read; turn notifications off and on again.");
        }

        string hash = LinkSecrets.Hash(agreed.Address);
        Instant now = clock.GetCurrentInstant();
        PushSubscription? known = await database.PushSubscriptions.SingleOrDefaultAsync(row => row.AddressSha256 == hash);
        if (known is not null && known.UserId == user.UserId && known.PublicKey == agreed.PublicKey && known.Secret == agreed.Secret)
        {
            known.EndedAt = null;
            await database.SaveChangesAsync();
            return Results.NoContent();
        }

        // Another person signed in on the same browser, or it made new keys.
        if (known is not null)
        {
            database.PushSubscriptions.Remove(known);
            await database.SaveChangesAsync();
        }

        List<PushSubscription> open = await database.PushSubscriptions.Where(row => row.UserId == user.UserId && row.EndedAt == null).OrderByDescending(row => row.CreatedAt).ToListAsync();
        foreach (PushSubscription oldest in open.Skip(MostBrowsers - 1))
        {
            oldest.EndedAt = now;
        }

        database.PushSubscriptions.Add(new PushSubscription
        {
            Id = Guid.CreateVersion7(),
            PatientId = user.PatientId,
            UserId = user.UserId,
            AddressSha256 = hash,
            Address = agreed.Address,
            PublicKey = agreed.PublicKey,
            Secret = agreed.Secret,
            CreatedAt = now,
        });
        await database.SaveChangesAsync();
        return Results.NoContent();
    }

    private static async Task<IResult> EndAsync(BrowserEnd ended, CurrentUser user, ThreadwellContext database, IClock clock)
    {
        string hash = LinkSecrets.Hash(ended.Address);
        if (await database.PushSubscriptions.SingleOrDefaultAsync(row => row.AddressSha256 == hash && row.UserId == user.UserId && row.EndedAt == null) is { } known)
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
