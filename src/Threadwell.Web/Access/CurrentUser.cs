using Microsoft.AspNetCore.Http;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Access;

/// <summary>Who asks, as the database says at this request.</summary>
public sealed class CurrentUser
{
    /// <summary>Nobody has signed in.</summary>
    public static CurrentUser Nobody { get; } = new();

    /// <summary>The account; null where nobody has signed in.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The person's name; empty for nobody.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the person is to the clinic; null where nobody has signed in.</summary>
    public Role? Role { get; init; }

    /// <summary>A patient's own record, or the one for which a phone was enrolled; null for staff.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Whether the account belongs to the demonstration clinic.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>Whether a second factor was proved in this session.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Whether the person proved who she is within the last minutes: signatures ask for it. Always so in the demonstration clinic, which has no proof to give.</summary>
    public bool IsFresh { get; init; }

    /// <summary>The session; null where nobody has signed in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The enrolled phone that asks without an account; null where an account asks, or nobody.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The one treatment whose days an enrolled phone follows; null otherwise.</summary>
    public Guid? TreatmentId { get; init; }

    /// <summary>The relative whose the enrolled phone is; null for the patient's own, and where no phone asks.</summary>
    public Guid? FamilyAccessId { get; init; }

    /// <summary>Whether it comes from a phone that was enrolled once and has been shut since: it is nobody, and is told so.</summary>
    public bool IsShutPhone { get; init; }

    /// <summary>Whether the person works at the clinic.</summary>
    public bool IsStaff => Role is Storage.Accounts.Role.Doctor or Storage.Accounts.Role.Coordinator or Storage.Accounts.Role.Administrator;

    /// <summary>Who asks in a request.</summary>
    /// <param name="context">The request; null outside of one.</param>
    public static CurrentUser Of(HttpContext? context) => context?.Features.Get<CurrentUser>() ?? Nobody;
}
