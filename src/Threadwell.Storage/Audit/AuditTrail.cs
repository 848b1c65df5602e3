using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace Threadwell.Storage.Audit;

/// <summary>Who does something, as the trail keeps it.</summary>
/// <param name="UserId">Account; null for nobody and for the program itself.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">The person's role.</param>
public sealed record AuditActor(Guid? UserId, string Name, string Role)
{
    /// <summary>The program itself: courses, samples, the demonstration.</summary>
    public static AuditActor Program { get; } = new(null, "Threadwell", "");
}

/// <summary>Something that happened and changes no row: a record was read, or a request was refused.</summary>
/// <param name="Action">What.</param>
/// <param name="RecordKind">To what kind of record.</param>
/// <param name="RecordKey">Its key; empty for a list.</param>
/// <param name="PatientId">Its patient; null where it is nobody's.</param>
/// <param name="Address">The address, as the routes write it.</param>
public sealed record AuditEvent(string Action, string RecordKind, string RecordKey, Guid? PatientId, string Address);

/// <summary>
/// Writes the audit trail. Each saved change adds its entries in the same transaction, chained to the entry before by its hash; one writer at a time, so that the
/// chain has no forks (docs/decisions/0009-audit-chain.md). After the commit the new head goes to a file outside the database.
/// </summary>
/// <param name="clock">Tells the time of an entry.</param>
/// <param name="heads">The file of heads.</param>
/// <param name="actor">Who does what is being done now.</param>
public sealed class AuditTrail(IClock clock, AuditHeads heads, Func<AuditActor> actor) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    // Any number, the same for every process on the database: "TWAU".
    private const long LockKey = 0x54574155;

    private readonly ConditionalWeakTable<DbContext, Unit> units = [];

    /// <summary>Adds an entry for something that changes no row.</summary>
    /// <param name="context">A context without pending changes.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task NoteAsync(ThreadwellContext context, AuditEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        units.GetOrCreateValue(context).Events.Add(happened);
        await context.SaveChangesAsync(cancellation);
    }

    /// <summary>Writes to the file of heads what a kill between commit and file left out.</summary>
    /// <param name="context">The database.</param>
    /// <param name="heads">The file of heads.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task CatchUpAsync(ThreadwellContext context, AuditHeads heads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(heads);
        long known = heads.Read().Select(head => head.Sequence).DefaultIfEmpty().Max();
        if (await Last(context).FirstOrDefaultAsync(cancellation) is { } last && last.Sequence > known)
        {
            heads.Add(last.Sequence, last.Hash);
        }
    }

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        AddEntriesAsync((ThreadwellContext)eventData.Context!, sync: true, CancellationToken.None).GetAwaiter().GetResult();
        return result;
    }

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        await AddEntriesAsync((ThreadwellContext)eventData.Context!, sync: false, cancellationToken);
        return result;
    }

    /// <inheritdoc />
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (Own(eventData.Context!) is { } transaction)
        {
            transaction.Commit();
            transaction.Dispose();
        }

        return result;
    }

    /// <inheritdoc />
    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (Own(eventData.Context!) is { } transaction)
        {
            await transaction.CommitAsync(CancellationToken.None);
            await transaction.DisposeAsync();
        }

        return result;
    }

    /// <inheritdoc />
    public override void SaveChangesFailed(DbContextErrorEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context!);
        Own(eventData.Context!)?.Dispose();
    }

    /// <inheritdoc />
    public override async Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context!);
        if (Own(eventData.Context!) is { } transaction)
        {
            await transaction.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public override void SaveChangesCanceled(DbContextEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context!);
        Own(eventData.Context!)?.Dispose();
    }

    /// <inheritdoc />
    public override async Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context!);
        if (Own(eventData.Context!) is { } transaction)
        {
            await transaction.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is { } context && units.TryGetValue(context, out Unit? unit) && unit.Head is { } head)
        {
            unit.Head = null;
            heads.Add(head.Sequence, head.Hash);
        }
    }

    /// <inheritdoc />
    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is { } context && units.TryGetValue(context, out Unit? unit))
        {
            unit.Head = null;
        }
    }

    /// <inheritdoc />
    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionRolledBack(transaction, eventData);
        return Task.CompletedTask;
    }

    private static IQueryable<AuditEntry> Last(ThreadwellContext context) => context.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Sequence).Take(1);

    private async Task AddEntriesAsync(ThreadwellContext context, bool sync, CancellationToken cancellation)
    {
        context.ChangeTracker.DetectChanges();
        Unit unit = units.GetOrCreateValue(context);
        EntityEntry[] changed = [.. context.ChangeTracker.Entries().Where(IsAudited)];
        if (changed.Length == 0 && unit.Events.Count == 0)
        {
            return;
        }

        // The transaction must hold the writers' lock before the last entry is read.
        if (context.Database.CurrentTransaction is null)
        {
            unit.Own = sync ? context.Database.BeginTransaction() : await context.Database.BeginTransactionAsync(cancellation);
        }

        try
        {
            if (context.Database.ProviderName == PostgreSql)
            {
                _ = sync
                    ? context.Database.ExecuteSql($"SELECT pg_advisory_xact_lock({LockKey})")
                    : await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
            }

            AuditEntry? last = sync ? Last(context).FirstOrDefault() : await Last(context).FirstOrDefaultAsync(cancellation);
            (long sequence, string hash) = last is null ? (0, AuditEntry.Beginning) : (last.Sequence, last.Hash);
            AuditActor who = actor();
            foreach (AuditEvent happened in unit.Events)
            {
                Add(happened.Action, happened.RecordKind, happened.RecordKey, happened.PatientId, happened.Address.Length == 0 ? null : new { address = happened.Address });
            }

            foreach (EntityEntry entry in changed)
            {
                Guid? patient = await AuditSubjects.PatientAsync(context, entry, sync, cancellation);
                Add(ActionOf(entry.State), entry.Metadata.ClrType.Name, KeyOf(entry), patient, DetailOf(entry));
            }

            unit.Events.Clear();
            unit.Head = (sequence, hash);

            void Add(string action, string kind, string key, Guid? patient, object? detail)
            {
                var entry = new AuditEntry
                {
                    Sequence = sequence + 1,
                    At = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds()),
                    UserId = who.UserId?.ToString() ?? "",
                    UserName = who.Name,
                    Role = who.Role,
                    Action = action,
                    RecordKind = kind,
                    RecordKey = key,
                    PatientId = patient?.ToString() ?? "",
                    Detail = detail is null ? "" : JsonSerializer.Serialize(detail),
                    PreviousHash = hash,
                };
                entry.Hash = entry.ComputeHash();
                (sequence, hash) = (entry.Sequence, entry.Hash);
                context.Add(entry);
            }
        }
        catch
        {
            // What fails before the save itself is reported to no other callback.
            Forget(context);
            Own(context)?.Dispose();
            throw;
        }
    }

    private static bool IsAudited(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && !entry.Metadata.IsOwned() && entry.Entity is not AuditEntry && !entry.Metadata.ClrType.IsDefined(typeof(NotAuditedAttribute), inherit: false)
        && (entry.State != EntityState.Modified || Changed(entry).Any());

    // What was changed and is of the trail.
    private static IEnumerable<string> Changed(EntityEntry entry) => entry.Properties
        .Where(property => property.IsModified && property.Metadata.PropertyInfo?.IsDefined(typeof(NotAuditedAttribute), inherit: false) != true)
        .Select(property => property.Metadata.Name);

    private static string ActionOf(EntityState state) => state switch { EntityState.Added => "Added", EntityState.Deleted => "Removed", _ => "Changed" };

    private static string KeyOf(EntityEntry entry) => string.Join(' ', entry.Metadata.FindPrimaryKey()!.Properties.Select(key => entry.Property(key.Name).CurrentValue switch
    {
        byte[] bytes => Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 32))),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    }));

    // Names only: a value of the record has no place in a trail that is never erased.
    private static object? DetailOf(EntityEntry entry) => entry.State != EntityState.Modified
        ? null
        : new { columns = Changed(entry).Order(StringComparer.Ordinal).ToArray() };

    private IDbContextTransaction? Own(DbContext context)
    {
        if (!units.TryGetValue(context, out Unit? unit))
        {
            return null;
        }

        IDbContextTransaction? own = unit.Own;
        unit.Own = null;
        return own;
    }

    // A change that was not saved has no entry: the next attempt makes its own.
    private void Forget(DbContext context)
    {
        foreach (EntityEntry<AuditEntry> entry in context.ChangeTracker.Entries<AuditEntry>().ToList())
        {
            entry.State = EntityState.Detached;
        }

        if (units.TryGetValue(context, out Unit? unit))
        {
            unit.Events.Clear();
            unit.Head = null;
        }
    }

    // What a context is in the middle of.
    private sealed class Unit
    {
        public List<AuditEvent> Events { get; } = [];

        public IDbContextTransaction? Own { get; set; }

        public (long Sequence, string Hash)? Head { get; set; }
    }
}
