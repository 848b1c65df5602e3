using Threadwell.Storage;
using Threadwell.Storage.CheckIns;

namespace Threadwell.Web.CheckIns;

/// <summary>
/// The tasks that hold a level which stands after a treatment: the open ones of its answers. Whatever else is open (a check-in that has not come, the call of the morning after, an appointment to which she
/// did not come) is about something that was not told: it neither keeps the promise of a level nor keeps a level from being lowered.
/// </summary>
internal static class HoldingTasks
{
    /// <summary>Those of a treatment.</summary>
    public static IQueryable<CareTask> Of(ThreadwellContext database, Guid treatment) =>
        database.CareTasks.Where(task => task.TreatmentId == treatment && task.Kind == CareTaskKind.CheckIn && task.State != CareTaskState.Closed);
}
