using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.Access;
using Threadwell.Web.CheckIns;

namespace Threadwell.Web.Board;

/// <summary>What is done about a task. Each change notes who did it and when; a page that read an older state is refused.</summary>
/// <param name="database">The record.</param>
/// <param name="clock">Dates what is done.</param>
/// <param name="user">Who does it.</param>
internal sealed class TaskDesk(ThreadwellContext database, IClock clock, CurrentUser user)
{
    private const int LongestNote = 2000;

    /// <summary>Now, to the millisecond that is kept.</summary>
    private Instant Now { get; } = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    private bool IsDoctor => user.Role == Role.Doctor;

    /// <summary>Takes the task: whoever acknowledges it has it, and it escalates no further. While nobody has, a page that shows an older owner is as good: the task may have been handed on at this very moment.</summary>
    public async Task<string?> AcknowledgeAsync(Guid id, long revision, CancellationToken cancellation)
    {
        string? problem = await TakeAsync();
        return problem == "changed" ? await TakeAsync() : problem;

        Task<string?> TakeAsync() => ChangeAsync(id, revision, Clinical, task =>
        {
            Take(task);
            task.OwnerId = user.UserId;
            Note(task, "Acknowledged", "");
            return null;
        }, cancellation, olderMay: task => task.AcknowledgedAt is null);
    }

    /// <summary>Notes that she could not be reached; the clock goes on.</summary>
    public Task<string?> NotReachedAsync(Guid id, long revision, string note, CancellationToken cancellation) => ChangeAsync(id, revision, Anybody, task => Noted(task, "NotReached", note), cancellation);

    /// <summary>Notes what was said with her.</summary>
    public Task<string?> ContactedAsync(Guid id, long revision, string note, CancellationToken cancellation) => ChangeAsync(id, revision, Clinical, task =>
    {
        if (note.Trim().Length == 0)
        {
            return "note";
        }

        Take(task);
        task.ContactedAt ??= Now;
        task.State = CareTaskState.Contacted;
        return Noted(task, "Contacted", note);
    }, cancellation);

    /// <summary>Notes that she was seen.</summary>
    public Task<string?> SeenAsync(Guid id, long revision, string note, CancellationToken cancellation) => ChangeAsync(id, revision, Clinical, task =>
    {
        Take(task);
        task.ContactedAt ??= Now;
        task.SeenAt ??= Now;
        task.State = CareTaskState.Contacted;
        return Noted(task, "Seen", note);
    }, cancellation);

    /// <summary>Adds words; also to a task that is closed.</summary>
    public Task<string?> NoteAsync(Guid id, long revision, string note, CancellationToken cancellation) =>
        ChangeAsync(id, revision, task => null, task => note.Trim().Length == 0 ? "note" : Noted(task, "Note", note), cancellation);

    /// <summary>Lowers the level that stands after the treatment; a doctor's alone, by name and with a reason, and never below what he has not seen or what another open task of its answers holds.</summary>
    /// <param name="id">The task.</param>
    /// <param name="revision">Revision that the page read.</param>
    /// <param name="to">To which level.</param>
    /// <param name="newest">The newest check-in that the page showed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<string?> LowerAsync(Guid id, long revision, TriageLevel? to, Guid? newest, string reason, CancellationToken cancellation) =>
        ChangeStandAsync(
            id,
            revision,
            _ => IsDoctor ? null : "doctor",
            (task, stand) => reason.Trim().Length == 0 ? "reason" : to is not { } level || !(stand.Level > level) ? "level" : stand.Keeps(level, newest) ?? Lower(task, stand, level, reason),
            cancellation);

    /// <summary>Closes it with a reason. A red or emergency is closed by a doctor, and before she was spoken with and seen only where he says that his reason stands for it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="revision">Revision that the page read.</param>
    /// <param name="reason">Why.</param>
    /// <param name="unseen">Whether the doctor closes a grave one although she was not spoken with or seen.</param>
    /// <param name="to">To which level what stands is lowered with it; null to leave it.</param>
    /// <param name="newest">The newest check-in that the page showed.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<string?> CloseAsync(Guid id, long revision, string reason, bool unseen, TriageLevel? to, Guid? newest, CancellationToken cancellation) =>
        ChangeStandAsync(id, revision, Clinical, (task, stand) =>
        {
            string? problem = reason.Trim().Length == 0 ? "reason"
                : task.Level >= TriageLevel.Red && (task.ContactedAt is null || task.SeenAt is null) && !unseen ? "unseen"
                : IsDoctor && to is { } asked ? stand.Keeps(asked, newest)
                : null;
            if (problem is not null)
            {
                return problem;
            }

            if (IsDoctor && to is { } level && stand.Level > level)
            {
                Lower(task, stand, level, reason);
            }

            Take(task);
            task.State = CareTaskState.Closed;
            task.ClosedAt = Now;
            task.CloseReason = reason.Trim();
            return Noted(task, "Closed", reason);
        }, cancellation);

    // What a patient told at red or above is for a doctor; the rest for whoever is at the desk.
    private string? Clinical(CareTask task) => task.State == CareTaskState.Closed ? "closed" : task.Level >= TriageLevel.Red && !IsDoctor ? "doctor" : null;

    private static string? Anybody(CareTask task) => task.State == CareTaskState.Closed ? "closed" : null;

    private void Take(CareTask task)
    {
        if (task.AcknowledgedAt is null)
        {
            task.AcknowledgedAt = Now;
            task.OwnerId = user.UserId;
        }

        task.OwnerId ??= user.UserId;
        task.State = task.State == CareTaskState.New ? CareTaskState.Acknowledged : task.State;
    }

    private string? Noted(CareTask task, string what, string note)
    {
        if (note.Length > LongestNote)
        {
            return "long";
        }

        Note(task, what, note.Trim());
        return null;
    }

    private string? Lower(CareTask task, Stand stand, TriageLevel to, string reason)
    {
        database.LoweredStandings.Add(new LoweredStanding { Id = Guid.CreateVersion7(), PatientId = task.PatientId, TreatmentId = task.TreatmentId!.Value, At = stand.Next, To = to, ByUserId = user.UserId!.Value, ByName = user.Name, Reason = reason.Trim() });
        return Noted(task, "Lowered", reason);
    }

    private void Note(CareTask task, string what, string note) =>
        database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = Now, ByUserId = user.UserId, What = what, Note = note });

    private async Task<Stand> StandAsync(Guid id, CancellationToken cancellation)
    {
        if (await database.CareTasks.Where(task => task.Id == id).Select(task => task.TreatmentId).SingleOrDefaultAsync(cancellation) is not { } treatment)
        {
            return new Stand(null, null, null, Now);
        }

        List<StoredCheckIn> told = await database.CheckIns.AsNoTracking().Where(row => row.TreatmentId == treatment).ToListAsync(cancellation);
        List<LoweredStanding> lowered = await database.LoweredStandings.AsNoTracking().Where(row => row.TreatmentId == treatment).ToListAsync(cancellation);
        TriageLevel? elsewhere = await HoldingTasks.Of(database, treatment).Where(task => task.Id != id)
            .OrderByDescending(task => task.Level).Select(task => (TriageLevel?)task.Level).FirstOrDefaultAsync(cancellation);
        return new Stand(TreatmentCourse.StandingOf(told, lowered), TreatmentCourse.NewestOf(told)?.Id, elsewhere, TreatmentCourse.NextOf(Now, told, lowered));
    }

    // How it stands is read in the transaction that changes it: no check-in comes between what was seen and what is lowered.
    private async Task<string?> ChangeStandAsync(Guid id, long revision, Func<CareTask, string?> may, Func<CareTask, Stand, string?> change, CancellationToken cancellation)
    {
        await using IDbContextTransaction? transaction = await CheckInLock.BeginAsync(database, cancellation);
        Stand stand = await StandAsync(id, cancellation);
        string? problem = await ChangeAsync(id, revision, may, task => change(task, stand), cancellation);
        if (problem is null && transaction is not null)
        {
            await transaction.CommitAsync(cancellation);
        }

        return problem;
    }

    // Null where it was kept, else the key of what is wrong.
    private async Task<string?> ChangeAsync(Guid id, long revision, Func<CareTask, string?> may, Func<CareTask, string?> change, CancellationToken cancellation, Func<CareTask, bool>? olderMay = null)
    {
        CareTask task = await database.CareTasks.SingleAsync(row => row.Id == id, cancellation);
        string? problem = may(task) ?? (task.Revision != revision && olderMay?.Invoke(task) != true ? "changed" : change(task));
        if (problem is not null)
        {
            database.ChangeTracker.Clear();
            return problem;
        }

        task.NextDueAt = TaskDeadlines.Next(task, Now);
        task.Revision++;
        try
        {
            await database.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            return "changed";
        }
    }

    // How the treatment stands: the level, the check-in that came last, the gravest level that its other open tasks hold, and when what is lowered now comes in its order.
    private sealed record Stand(TriageLevel? Level, Guid? Newest, TriageLevel? Elsewhere, Instant Next)
    {
        // What keeps the level from being lowered: a check-in that the page did not show, or another open task above it. Null where nothing does.
        public string? Keeps(TriageLevel to, Guid? newest) => Newest != newest ? "changed" : Elsewhere > to ? "elsewhere" : null;
    }
}
