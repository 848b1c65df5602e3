using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Web.Access;

namespace Threadwell.Web.Audit;

/// <summary>
/// Writes down which record was opened and which request was refused. A page asks for many parts of one record at once: the same thing within one session is one
/// entry in <see cref="Together"/>.
/// </summary>
internal sealed class AccessLog(IDbContextFactory<ThreadwellContext> databases, AuditTrail trail, IClock clock)
{
    /// <summary>For so long the same thing counts as done once.</summary>
    public static readonly Duration Together = Duration.FromMinutes(5);

    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<(Guid? Session, AuditEvent What), Instant> noted = new();

    /// <summary>Writes an entry where one is due; when it returns, the entry is on the disk.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="access">What for; null where the endpoint does not say.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="record">The record that is asked for, if any.</param>
    public async Task NoteAsync(HttpContext context, CurrentUser user, AccessAttribute? access, Decision decision, RecordOwner? record)
    {
        if (EventOf(context, user, access, decision, record) is not { } happened)
        {
            return;
        }

        Instant now = clock.GetCurrentInstant();
        if (noted.TryGetValue((user.SessionId ?? user.DeviceId, happened), out Instant last) && now - last < Together)
        {
            return;
        }

        await using ThreadwellContext database = await databases.CreateDbContextAsync(context.RequestAborted);
        await trail.NoteAsync(database, happened, context.RequestAborted);
        if (noted.Count >= MostKept)
        {
            noted.Clear();
        }

        noted[(user.SessionId ?? user.DeviceId, happened)] = now;
    }

    private static AuditEvent? EventOf(HttpContext context, CurrentUser user, AccessAttribute? access, Decision decision, RecordOwner? record)
    {
        if (user.UserId is null && user.DeviceId is null)
        {
            return null;
        }

        string key = access is null || access.Kind == RecordKind.None ? "" : context.Request.RouteValues[access.Key]?.ToString()?.ToLowerInvariant() ?? "";
        string kind = access is null ? "" : access.Kind == RecordKind.None ? access.Permission.ToString() : access.Kind.ToString();
        string address = $"{(HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method)} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
        return decision switch
        {
            Decision.Allow when record is { } opened => new("Read", kind, key, opened.PatientId, ""),
            Decision.Allow when access is { } list && Lists(list.Permission) && HttpMethods.IsGet(context.Request.Method) => new("Read", kind, "", null, address),
            Decision.Refuse => new("Refused", kind, key, null, address),
            Decision.Hide when record is { Exists: true } other => new("Refused", kind, key, other.PatientId, address),
            _ => null,
        };
    }

    // What shows several patients at once.
    private static bool Lists(Permission permission) => permission
        is Permission.ActOnTasks or Permission.SeePatients or Permission.ReadRecord or Permission.ReadOwnDocuments or Permission.WriteRecord or Permission.Treat or Permission.Recall or Permission.ReadAudit or Permission.Schedule or Permission.ReadRegistry or Permission.AnswerQuestions;
}
