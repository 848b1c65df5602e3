using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Threadwell.Web.Reminders;

/// <summary>The links by which messages are ended without signing in: each holds, sealed by the key ring, whose messages, and opens nothing else.</summary>
/// <param name="ring">The key ring.</param>
internal sealed class StopLinks(IDataProtectionProvider ring)
{
    private readonly IDataProtector protector = ring.CreateProtector("Threadwell reminders stop");

    /// <summary>The secret of a patient's link.</summary>
    public string Make(Guid patient) => protector.Protect(patient.ToString("n"));

    /// <summary>Whose messages a link ends; null where it is none of ours.</summary>
    public Guid? Read(string? secret)
    {
        try
        {
            return !string.IsNullOrEmpty(secret) && Guid.TryParse(protector.Unprotect(secret), out Guid patient) ? patient : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
