using Microsoft.EntityFrameworkCore;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Patients;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Board;

/// <summary>All that the page of a task shows.</summary>
internal sealed class TaskView
{
    /// <summary>The task.</summary>
    public required CareTask Task { get; init; }

    /// <summary>The patient.</summary>
    public required Patient Patient { get; init; }

    /// <summary>The treatment's course; null where the task is about none.</summary>
    public required TreatmentCourse? Course { get; init; }

    /// <summary>The check-in that opened it; null where none did.</summary>
    public required StoredCheckIn? CheckIn { get; init; }

    /// <summary>Its answers; empty where there are none.</summary>
    public required AnswerSheet Answers { get; init; }

    /// <summary>Pictures of the course, the newest check-in's first.</summary>
    public required IReadOnlyList<CheckInPhoto> Photos { get; init; }

    /// <summary>What was done, in order.</summary>
    public required IReadOnlyList<CareTaskEvent> Events { get; init; }

    /// <summary>Names of accounts.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }

    /// <summary>The rules that held, the most severe first.</summary>
    public IReadOnlyList<TriageRule> Rules => CheckIn is null ? [] : [.. KeptReasons.Of(CheckIn, TriageFile.Shipped)];

    /// <summary>Cards of what to do about them, the most urgent first.</summary>
    public IReadOnlyList<ActionCard> Cards => [.. Rules.SelectMany(rule => rule.Cards).Distinct(StringComparer.Ordinal).Select(ActionCards.Shipped.Find).OfType<ActionCard>()];

    /// <summary>Reads it; null where there is no such task.</summary>
    public static async Task<TaskView?> FindAsync(ThreadwellContext database, ClinicTime time, Guid id, CancellationToken cancellation)
    {
        if (await database.CareTasks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } task)
        {
            return null;
        }

        TreatmentCourse? course = task.TreatmentId is { } treatment ? await TreatmentCourse.FindAsync(database, time, treatment, cancellation) : null;
        StoredCheckIn? checkIn = course?.CheckIns.FirstOrDefault(row => row.Id == task.CheckInId);
        Guid[] told = course is null ? [] : [.. course.CheckIns.Select(row => row.Id)];
        List<CheckInPhoto> photos = await database.CheckInPhotos.AsNoTracking().Where(row => told.Contains(row.CheckInId)).ToListAsync(cancellation);
        List<CareTaskEvent> events = await database.CareTaskEvents.AsNoTracking().Where(row => row.TaskId == id).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellation);
        Guid[] people = [.. events.Select(row => row.ByUserId).Append(task.OwnerId).OfType<Guid>().Distinct()];
        return new TaskView
        {
            Task = task,
            Patient = await database.Patients.AsNoTracking().SingleAsync(row => row.Id == task.PatientId, cancellation),
            Course = course,
            CheckIn = checkIn,
            Answers = checkIn is null ? AnswerSheet.Empty : KeptAnswers.Of(checkIn, TriageFile.Shipped),
            Photos = [.. photos.OrderByDescending(photo => photo.CheckInId == task.CheckInId).ThenByDescending(photo => photo.ArrivedAt)],
            Events = events,
            Names = await database.Users.Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.FullName, cancellation),
        };
    }
}
