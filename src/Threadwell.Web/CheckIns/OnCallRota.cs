using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.CheckIns;

/// <summary>Who of the clinic has what nobody else has taken, on one day.</summary>
/// <param name="doctors">Doctors whose account is open, those on call first, in the order of their turns.</param>
/// <param name="onCall">How many of them are on call.</param>
/// <param name="settings">The clinic's settings.</param>
internal sealed class OnCallRota(IReadOnlyList<Guid> doctors, int onCall, ClinicSettings settings)
{
    /// <summary>The rota of a day.</summary>
    /// <param name="database">The record.</param>
    /// <param name="settings">The clinic's settings.</param>
    /// <param name="day">The day in the clinic.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<OnCallRota> AtAsync(ThreadwellContext database, ClinicSettings settings, LocalDate day, CancellationToken cancellation)
    {
        List<Guid> doctors = await database.Users.Where(user => user.Role == Role.Doctor && user.DisabledAt == null).OrderBy(user => user.CreatedAt).ThenBy(user => user.Id).Select(user => user.Id).ToListAsync(cancellation);
        List<OnCallTurn> turns = await database.OnCallTurns.AsNoTracking().Where(turn => turn.Until >= day).ToListAsync(cancellation);
        Guid[] called = [.. turns.Where(turn => turn.From <= day).OrderBy(turn => turn.From).ThenBy(turn => turn.Until).ThenBy(turn => turn.Id).Select(turn => turn.UserId).Distinct().Where(doctors.Contains)];
        return new OnCallRota([.. called, .. doctors.Except(called)], called.Length, settings);
    }

    /// <summary>
    /// Whose something is: the doctor on call; for the second doctor another on call or else the responsible doctor; for the head of department whom the settings name.
    /// Where that is nobody, or the one who has it already, the next of these, and at last any doctor: a red without an owner must not be.
    /// </summary>
    /// <param name="owner">By the clinic's order.</param>
    /// <param name="besides">Who has it and did not answer; null where nobody has it.</param>
    /// <returns>The account; null where the clinic has no other doctor.</returns>
    public Guid? Find(ActionOwner owner, Guid? besides)
    {
        IEnumerable<Guid> called = doctors.Take(onCall);
        IEnumerable<Guid> named = ((Guid?[])(owner == ActionOwner.HeadOfDepartment ? [settings.HeadOfDepartmentId, settings.ResponsibleDoctorId] : [settings.ResponsibleDoctorId, settings.HeadOfDepartmentId])).OfType<Guid>().Where(doctors.Contains);
        IEnumerable<Guid> order = owner == ActionOwner.HeadOfDepartment ? named.Concat(called) : called.Concat(named);
        return order.Concat(doctors).Where(doctor => doctor != besides).Select(doctor => (Guid?)doctor).FirstOrDefault();
    }
}
