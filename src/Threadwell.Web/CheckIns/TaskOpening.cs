using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>Opens a task: gives it to whom it belongs, notes that it was opened, and tells him.</summary>
internal static class TaskOpening
{
    /// <summary>Adds a task to what is saved next.</summary>
    /// <param name="database">The record.</param>
    /// <param name="course">The treatment that it is about.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddAsync(ThreadwellContext database, TreatmentCourse course, CareTask task, CancellationToken cancellation)
    {
        task.NextDueAt = TaskDeadlines.Next(task, task.OpenedAt);
        if (task.Owner != ActionOwner.Clinic)
        {
            OnCallRota rota = await OnCallRota.AtAsync(database, course.Settings, task.OpenedAt.InZone(course.Zone).Date, cancellation);
            task.OwnerId = rota.Find(task.Owner, besides: null);
        }

        database.CareTasks.Add(task);
        database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = task.OpenedAt, What = "Opened" });
        if (task.Level >= TriageLevel.Red && !await StaffMessages.AddAsync(database, task, "acknowledged", task.OpenedAt, cancellation))
        {
            await StaffMessages.AddNotToldAsync(database, task, task.OpenedAt, cancellation);
        }
    }
}
