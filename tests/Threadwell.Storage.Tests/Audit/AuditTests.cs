using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Audit;

/// <summary>The audit trail on each kind of database.</summary>
public abstract class AuditTests : IAsyncLifetime
{
    private static readonly string[] Columns = ["At", "UserId", "UserName", "Role", "Action", "RecordKind", "RecordKey", "PatientId", "Detail", "PreviousHash", "Hash"];
    private static readonly Guid User = Guid.Parse("11111111-2222-3333-4444-55555555abcd");

    private readonly RecordCipher cipher = TestKeys.Cipher;
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-audit-").FullName;
    private TestDatabase test = null!;
    private AuditHeads heads = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await MakeAsync(folder);
        heads = new AuditHeads(AuditHeads.PathIn(folder));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (test is not null)
        {
            await test.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_change_and_its_entry_are_saved_together_without_a_value_of_the_record()
    {
        Patient patient = NewPatient(1);
        await using (ThreadwellContext context = Open())
        {
            context.Add(patient);
            await context.SaveChangesAsync(Cancelled);
            (patient.Phone, patient.Revision) = ("0901234567", 2);
            await context.SaveChangesAsync(Cancelled);
            context.Remove(patient);
            await context.SaveChangesAsync(Cancelled);
        }

        await using ThreadwellContext reader = Open();
        List<AuditEntry> entries = await reader.AuditEntries.OrderBy(entry => entry.Sequence).ToListAsync(Cancelled);
        Assert.Equal(["Added", "Changed", "Removed"], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal(
            (User.ToString(), "Dr Test", "Doctor", "Patient", patient.Id.ToString(), patient.Id.ToString()),
            (entry.UserId, entry.UserName, entry.Role, entry.RecordKind, entry.RecordKey, entry.PatientId)));
        Assert.Equal("""{"columns":["Phone","Revision"]}""", entries[1].Detail);
        Assert.Equal(entries.Select(entry => (entry.Sequence, entry.Hash)), heads.Read());
        Assert.True((await VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task A_change_that_fails_leaves_no_entry_and_the_chain_goes_on()
    {
        await using (ThreadwellContext context = Open())
        {
            context.Add(NewPatient(1));
            await context.SaveChangesAsync(Cancelled);
            context.Add(NewPatient(1));
            await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Cancelled));
            context.ChangeTracker.Clear();
            await using (var transaction = await context.Database.BeginTransactionAsync(Cancelled))
            {
                context.Add(NewPatient(2));
                await context.SaveChangesAsync(Cancelled);
                await transaction.RollbackAsync(Cancelled);
            }

            context.ChangeTracker.Clear();
            context.Add(NewPatient(3));
            context.SaveChanges();
        }

        AuditReport report = await VerifyAsync();
        Assert.Equal((2L, true), (report.Entries, report.IsWhole));
        Assert.Equal(2, heads.Read().Count());
    }

    [Fact]
    public async Task Writers_at_the_same_time_make_one_chain()
    {
        const int Writers = 8;
        const int Each = 10;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (int index = 0; index < Each; index++)
                {
                    await using ThreadwellContext context = Open();
                    context.Add(NewPatient((writer * Each) + index + 1));
                    await context.SaveChangesAsync(Cancelled);
                }
            },
            Cancelled)));
        AuditReport report = await VerifyAsync();
        Assert.Equal((Writers * Each, true), ((int)report.Entries, report.IsWhole));
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove_an_entry_also_after_it_was_prepared_again()
    {
        await AddAsync(2);
        await using ThreadwellContext context = test.Database.Open(cipher);
        await test.Database.PrepareAsync(context, Cancelled);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRawAsync("UPDATE audit_entries SET \"Role\" = 'Patient' WHERE \"Sequence\" = 1", Cancelled));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRawAsync("DELETE FROM audit_entries", Cancelled));
        Assert.Equal(2, await context.AuditEntries.CountAsync(Cancelled));
    }

    [Fact]
    public async Task One_changed_character_in_any_column_of_any_entry_is_found()
    {
        await AddAsync(5);
        await RemoveGuardsAsync();
        await using ThreadwellContext context = test.Database.Open(cipher);
        foreach (string column in Columns)
        {
            foreach (long sequence in (long[])[1, 3, 5])
            {
                // The last character of a text, also from a capital to a small letter; a millisecond of a time.
                string change = column == "At" ? "\"At\" + 1"
                    : $"CASE WHEN \"{column}\" = '' THEN 'x' ELSE substr(\"{column}\", 1, length(\"{column}\") - 1) || CASE substr(\"{column}\", length(\"{column}\"), 1) WHEN 'd' THEN 'D' WHEN 'a' THEN 'A' ELSE 'a' END END";
                await ReplaceAsync(context, $"UPDATE audit_entries SET \"{column}\" = {change} WHERE \"Sequence\" = {sequence}", sequence, column);
            }
        }

        Assert.True((await VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task A_missing_last_entry_and_a_missing_middle_one_are_found()
    {
        await AddAsync(5);
        await RemoveGuardsAsync();
        await using ThreadwellContext context = test.Database.Open(cipher);
        await context.Database.ExecuteSqlRawAsync("DELETE FROM audit_entries WHERE \"Sequence\" = 5", Cancelled);
        AuditReport last = await VerifyAsync();
        Assert.Equal((5L, false), (last.BadSequence!.Value, last.IsWhole));
        await context.Database.ExecuteSqlRawAsync("DELETE FROM audit_entries WHERE \"Sequence\" = 2", Cancelled);
        Assert.Equal(2, (await VerifyAsync()).BadSequence);
    }

    [Fact]
    public async Task A_trail_written_anew_from_an_entry_on_is_found_by_the_heads_outside()
    {
        await AddAsync(4);
        await RemoveGuardsAsync();
        await using ThreadwellContext context = test.Database.Open(cipher);
        AuditEntry third = await context.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Sequence == 3, Cancelled);
        string previous = third.PreviousHash;
        foreach (AuditEntry old in await context.AuditEntries.AsNoTracking().Where(entry => entry.Sequence >= 3).OrderBy(entry => entry.Sequence).ToListAsync(Cancelled))
        {
            var forged = new AuditEntry
            {
                Sequence = old.Sequence, At = old.At, UserId = old.UserId, UserName = "Somebody else", Role = old.Role, Action = old.Action,
                RecordKind = old.RecordKind, RecordKey = old.RecordKey, PatientId = old.PatientId, Detail = old.Detail, PreviousHash = previous,
            };
            forged.Hash = previous = forged.ComputeHash();
            await context.Database.ExecuteSqlAsync($"UPDATE audit_entries SET \"UserName\" = {forged.UserName}, \"PreviousHash\" = {forged.PreviousHash}, \"Hash\" = {forged.Hash} WHERE \"Sequence\" = {forged.Sequence}", Cancelled);
        }

        Assert.Equal(3, (await VerifyAsync()).BadSequence);
    }

    [Fact]
    public async Task A_head_that_a_kill_left_out_is_written_at_the_next_start_and_a_torn_line_is_no_harm()
    {
        await AddAsync(3);
        string path = AuditHeads.PathIn(folder);
        string[] lines = await File.ReadAllLinesAsync(path, Cancelled);
        await File.WriteAllTextAsync(path, $"{lines[0]}\n{lines[1]}\n{lines[2][..20]}", Cancelled);
        await using ThreadwellContext context = test.Database.Open(cipher);
        await AuditTrail.CatchUpAsync(context, heads, Cancelled);
        Assert.Equal(lines, await File.ReadAllLinesAsync(path, Cancelled));
        Assert.True((await VerifyAsync()).IsWhole);
    }

    private protected abstract Task<TestDatabase> MakeAsync(string place);

    private protected abstract Task RemoveGuardsAsync(ThreadwellContext context);

    private static Patient NewPatient(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = number,
        FullName = "Nguyễn Thị Đào",
        SortKey = "dao nguyen thi",
        BirthDate = new LocalDate(1975, 5, 17),
        Sex = Sex.Female,
        Language = "vi",
        CreatedAt = Instant.FromUtc(2026, 11, 27, 8, 0),
    };

    private ThreadwellContext Open()
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        test.Database.Use(options, cipher);
        options.AddInterceptors(new AuditTrail(SystemClock.Instance, heads, () => new AuditActor(User, "Dr Test", "Doctor")));
        return new ThreadwellContext(options.Options);
    }

    private async Task AddAsync(int count)
    {
        await using ThreadwellContext context = Open();
        for (int number = 1; number <= count; number++)
        {
            context.Add(NewPatient(number));
            await context.SaveChangesAsync(Cancelled);
        }
    }

    private async Task RemoveGuardsAsync()
    {
        await using ThreadwellContext context = test.Database.Open(cipher);
        await RemoveGuardsAsync(context);
    }

    private async Task<AuditReport> VerifyAsync()
    {
        await using ThreadwellContext context = test.Database.Open(cipher);
        return await AuditChain.VerifyAsync(context, heads, Cancelled);
    }

    // Changes, looks, and puts back.
    private async Task ReplaceAsync(ThreadwellContext context, string change, long sequence, string column)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(Cancelled);
        Assert.Equal(1, await context.Database.ExecuteSqlRawAsync(change, Cancelled));
        AuditReport report = await AuditChain.VerifyAsync(context, heads, Cancelled);
        Assert.True(report.BadSequence == sequence, $"{column} of entry {sequence}: found {report.BadSequence?.ToString() ?? "nothing"} ({report.Problem}).");
        await transaction.RollbackAsync(Cancelled);
    }
}

public sealed class SqliteAuditTests : AuditTests
{
    private protected override Task<TestDatabase> MakeAsync(string place) => TestDatabase.PreparedSqliteAsync(place);

    private protected override Task RemoveGuardsAsync(ThreadwellContext context) =>
        context.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_entries_keep_update; DROP TRIGGER audit_entries_keep_delete;", TestContext.Current.CancellationToken);
}

public sealed class PostgreSqlAuditTests : AuditTests
{
    private protected override Task<TestDatabase> MakeAsync(string place) => TestDatabase.PreparedPostgreSqlAsync();

    private protected override Task RemoveGuardsAsync(ThreadwellContext context) =>
        context.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_entries_keep_rows ON audit_entries; DROP TRIGGER audit_entries_keep_table ON audit_entries;", TestContext.Current.CancellationToken);
}
