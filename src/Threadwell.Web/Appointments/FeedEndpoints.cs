using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Audit;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Hosting;
using Threadwell.Web.Text;

namespace Threadwell.Web.Appointments;

/// <summary>The address at which a calendar program reads the appointments of a member of staff: its secret decides, and what it gives names no patient and no reason.</summary>
internal static class FeedEndpoints
{
    // What lies further back has no use in a calendar, and would make each answer longer for ever.
    private static readonly Duration Past = Duration.FromDays(60);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/feeds/{secret}.ics", ReadAsync).Needs(Permission.Anyone).RequireRateLimiting(AccountLimits.Feeds);

    /// <summary>The feed that is open for a secret; null where none is, or its owner no longer works here.</summary>
    public static async Task<(CalendarFeed Feed, UserAccount User)?> FindAsync(ThreadwellContext database, string secret, CancellationToken cancellation)
    {
        string hash = LinkSecrets.Hash(secret);
        CalendarFeed? feed = await database.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(row => row.SecretSha256 == hash && row.EndedAt == null, cancellation);
        UserAccount? user = feed is null ? null : await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == feed.UserId && row.DisabledAt == null, cancellation);
        return feed is not null && user is { Role: Role.Doctor or Role.Coordinator } ? (feed, user) : null;
    }

    private static async Task<IResult> ReadAsync(
        string secret, HttpContext context, IDbContextFactory<ThreadwellContext> records, AuditTrail trail, PublicAddress address, IClock clock, IStringLocalizer<AppointmentText> text)
    {
        CancellationToken cancellation = context.RequestAborted;
        await using ThreadwellContext database = await records.CreateDbContextAsync(cancellation);
        if (await FindAsync(database, secret, cancellation) is not var (feed, user))
        {
            return Results.NotFound();
        }

        Instant from = clock.GetCurrentInstant() - Past;
        IQueryable<Appointment> query = database.Appointments.AsNoTracking().Where(row => row.StartsAt > from);
        if (user.Role == Role.Doctor)
        {
            query = query.Where(row => row.DoctorId == user.Id);
        }

        var rows = await query.OrderBy(row => row.StartsAt).ThenBy(row => row.Id).Join(database.Patients, row => row.PatientId, patient => patient.Id, (row, patient) => new { Row = row, patient.Number }).ToListAsync(cancellation);
        Dictionary<Guid, int> numbers = rows.ToDictionary(row => row.Row.Id, row => row.Number);
        string origin = address.OriginOr(context.Request);
        byte[] calendar = AppointmentCalendar.Write(
            rows.Select(row => row.Row), row => new EventWords(text["feed.event", numbers[row.Id]], "", "", new Uri($"{origin}/calendar/{row.Id}")), remindHoursBefore: null);
        string mark = $"\"{Convert.ToHexStringLower(SHA256.HashData(calendar).AsSpan(0, 16))}\"";
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',').Any(known => known.Trim() is var one && (one == mark || one == "*" || one == $"W/{mark}")))
        {
            // Whoever has it already is shown nothing.
            context.Response.Headers.ETag = mark;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        await trail.NoteAsync(database, new AuditEvent("Read", nameof(CalendarFeed), feed.Id.ToString(), null, "GET /feeds/{secret}.ics"), cancellation);
        return Results.Bytes(calendar, "text/calendar; charset=utf-8", entityTag: EntityTagHeaderValue.Parse(mark));
    }
}
