using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Accounts;

/// <summary>A person of the staff who is invited, as typed.</summary>
public sealed class InvitationForm
{
    /// <summary>Her name.</summary>
    public string? FullName { get; set; }

    /// <summary>Name for signing in.</summary>
    public string? Name { get; set; }

    /// <summary>What she is to be.</summary>
    public Role Role { get; set; } = Role.Doctor;
}
