using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Access;

/// <summary>What becomes of a request.</summary>
public enum Decision
{
    /// <summary>It goes on.</summary>
    Allow,

    /// <summary>Nobody is signed in: sign in first.</summary>
    SignIn,

    /// <summary>The account needs a second factor before it may do this.</summary>
    AddSecondFactor,

    /// <summary>The role never does this.</summary>
    Refuse,

    /// <summary>There is nothing here for this account, whether or not there is for another.</summary>
    Hide,
}

/// <summary>A record that a request names: whether it exists, and whose it is.</summary>
/// <param name="Exists">Whether there is such a record.</param>
/// <param name="PatientId">Its patient; null for a sample or a practice scan, which is nobody's.</param>
/// <param name="TreatmentId">The treatment that it is, or to whose days it belongs; null for every other record.</param>
public readonly record struct RecordOwner(bool Exists, Guid? PatientId, Guid? TreatmentId = null)
{
    /// <summary>There is no such record.</summary>
    public static RecordOwner Missing => default;
}

/// <summary>The one place that decides who may do what to whose record: a pure function of role, permission and record.</summary>
public static class AccessPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="permission">What for.</param>
    /// <param name="record">The record that the request names; null where it names none.</param>
    public static Decision Decide(CurrentUser user, Permission permission, RecordOwner? record)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (permission == Permission.Anyone)
        {
            return Decision.Allow;
        }

        if (user.DeviceId is not null)
        {
            return OfPhone(user, permission, record);
        }

        if (user.Role is not { } role)
        {
            return Decision.SignIn;
        }

        if (!Holds(role, permission))
        {
            return Decision.Refuse;
        }

        // A password alone opens one's own account page, where the second factor is added, and nothing else.
        if (permission != Permission.SignedIn && role != Role.Patient && !user.HasSecondFactor && !user.IsDemonstration)
        {
            return Decision.AddSecondFactor;
        }

        return record is { } named ? OnRecord(user, role, named) : Decision.Allow;
    }

    /// <summary>Whether a role does such things at all.</summary>
    /// <param name="role">The role.</param>
    /// <param name="permission">What it would do.</param>
    public static bool Holds(Role role, Permission permission) => permission switch
    {
        Permission.Anyone or Permission.SignedIn => true,
        Permission.ReadOwnDocuments or Permission.CheckIn => role is Role.Patient or Role.Doctor or Role.Coordinator,
        Permission.AnswerForSelf => role is Role.Patient or Role.Doctor,
        Permission.ActOnTasks or Permission.SeePatients or Permission.EditPatients or Permission.ReadRecord or Permission.AddPhotos or Permission.Schedule => role is Role.Doctor or Role.Coordinator,
        Permission.LowerLevel or Permission.WriteRecord or Permission.Treat or Permission.AnswerQuestions => role is Role.Doctor,
        Permission.Recall => role is Role.Doctor or Role.Coordinator or Role.Administrator,
        Permission.ReadRegistry => role is Role.Doctor or Role.Administrator,
        Permission.ManageClinic or Permission.ReadAudit => role is Role.Administrator,
        _ => false,
    };

    // An enrolled phone follows the days of its one treatment; whoever holds it signs in for anything else. Reminders go to the patient, who consented to them for herself, and not to a relative.
    private static Decision OfPhone(CurrentUser user, Permission permission, RecordOwner? record) => permission is not (Permission.CheckIn or Permission.RemindPhone) ? Decision.SignIn
        : permission == Permission.RemindPhone && user.FamilyAccessId is not null ? Decision.Refuse
        : record is not { } named || (named.Exists && named.TreatmentId is { } treatment && treatment == user.TreatmentId && named.PatientId == user.PatientId) ? Decision.Allow
        : Decision.Hide;

    private static Decision OnRecord(CurrentUser user, Role role, RecordOwner record) => role switch
    {
        _ when !record.Exists => Decision.Hide,
        Role.Doctor => Decision.Allow,
        Role.Coordinator when record.PatientId is not null => Decision.Allow,
        Role.Patient when record.PatientId is { } owner && owner == user.PatientId => Decision.Allow,

        // Samples and practice scans are the doctors' own; of another patient's record a patient learns not even that it exists.
        _ => Decision.Hide,
    };
}
