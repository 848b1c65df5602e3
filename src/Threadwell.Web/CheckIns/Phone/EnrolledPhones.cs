using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>
/// Knows an enrolled phone by the secret in its cookie, of which the record holds the hash. It is read from the database at every request, so that a phone that was shut is shut from the next request
/// on. An account that is signed in goes before it.
/// </summary>
internal sealed class EnrolledPhones(RequestDelegate next, IDbContextFactory<ThreadwellContext> databases, PublicAddress publicAddress)
{
    private const string Name = "threadwell-phone";

    // No browser keeps a cookie longer; each opening of the check-in page sets it anew.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<CurrentUser>() is null && Secret(context, publicAddress) is { } secret && context.GetEndpoint() is not null)
        {
            context.Features.Set(await FindAsync(secret, context.RequestAborted));
        }

        await next(context);
    }

    /// <summary>The secret that the phone of a request holds; null for none.</summary>
    public static string? Secret(HttpContext context, PublicAddress publicAddress) => context.Request.Cookies[publicAddress.CookieName(Name)] is { Length: > 0 } secret ? secret : null;

    /// <summary>Gives a phone its secret, or sets the cookie anew for another year.</summary>
    public static void Give(HttpContext context, PublicAddress publicAddress, string secret) => context.Response.Cookies.Append(publicAddress.CookieName(Name), secret, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = publicAddress.IsSet,
        Path = "/",
        MaxAge = Kept,
        IsEssential = true,
    });

    /// <summary>The enrolment of the phone of a request, whoever is signed in on it; null for none.</summary>
    public static async Task<EnrolledDevice?> OfAsync(HttpContext context, PublicAddress publicAddress, ThreadwellContext database)
    {
        if (Secret(context, publicAddress) is not { } secret)
        {
            return null;
        }

        string hash = LinkSecrets.Hash(secret);
        return await database.EnrolledDevices.AsNoTracking().SingleOrDefaultAsync(device => device.SecretSha256 == hash && device.RevokedAt == null, context.RequestAborted);
    }

    private async Task<CurrentUser> FindAsync(string secret, CancellationToken cancellation)
    {
        string hash = LinkSecrets.Hash(secret);
        await using ThreadwellContext database = await databases.CreateDbContextAsync(cancellation);
        var found = await database.EnrolledDevices.AsNoTracking().Where(device => device.SecretSha256 == hash)
            .Join(database.Patients, device => device.PatientId, patient => patient.Id, (device, patient) => new { Device = device, patient.IsDemonstration })
            .SingleOrDefaultAsync(cancellation);

        // A phone of the demonstration was enrolled at this machine alone, and must not go on under a public address.
        if (found is null || (found.IsDemonstration && publicAddress.IsSet))
        {
            return CurrentUser.Nobody;
        }

        EnrolledDevice device = found.Device;
        return device.RevokedAt is not null
            ? new CurrentUser { IsShutPhone = true }
            : new CurrentUser
            {
                DeviceId = device.Id,
                Name = device.FamilyAccessId is null ? "phone of the patient" : "phone of the family",
                PatientId = device.PatientId,
                TreatmentId = device.TreatmentId,
                FamilyAccessId = device.FamilyAccessId,
                IsDemonstration = found.IsDemonstration,
            };
    }
}
