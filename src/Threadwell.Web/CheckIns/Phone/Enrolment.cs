using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.CheckIns.Phone;

/// <summary>Links that enrol one phone each, once; the phones that were enrolled; and the relatives whom a patient allowed to follow her days.</summary>
/// <param name="database">The record.</param>
/// <param name="clock">Dates what is done.</param>
/// <param name="user">Who asks.</param>
internal sealed class Enrolment(ThreadwellContext database, IClock clock, CurrentUser user)
{
    /// <summary>How long a link works at the desk, where the phone is at hand.</summary>
    public static readonly Duration AtTheDesk = Duration.FromMinutes(30);

    /// <summary>How long a link for a relative works.</summary>
    public static readonly Duration ForFamily = Duration.FromHours(24);

    /// <summary>Longest name of a relative, and of what the relative is to the patient.</summary>
    public const int LongestName = 100;

    private Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>The open phones and relatives of a patient.</summary>
    public async Task<(IReadOnlyList<EnrolledDevice> Phones, IReadOnlyList<FamilyAccess> Family)> ReadAsync(Guid patient) => (
        await database.EnrolledDevices.AsNoTracking().Where(row => row.PatientId == patient && row.RevokedAt == null).OrderBy(row => row.EnrolledAt).ToListAsync(),
        await database.FamilyAccess.AsNoTracking().Where(row => row.PatientId == patient && row.RevokedAt == null).OrderBy(row => row.ConsentedAt).ToListAsync());

    /// <summary>The newest treatment of a patient that was signed, or else the newest that is not called off; null without one.</summary>
    public async Task<StoredTreatment?> NewestAsync(Guid patient)
    {
        List<StoredTreatment> rows = await database.Treatments.AsNoTracking().Where(row => row.PatientId == patient && row.Kind == TreatmentKind.Planned && row.State != TreatmentState.Cancelled).ToListAsync();
        return rows.OrderByDescending(row => row.State == TreatmentState.Ended).ThenByDescending(row => row.Day).FirstOrDefault();
    }

    /// <summary>Makes a link; one for the same person that nobody has used yet is taken back.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="treatment">The treatment whose days it opens.</param>
    /// <param name="family">The relative for whom it is; null for the patient herself.</param>
    /// <returns>Its secret, which is kept nowhere.</returns>
    public async Task<string> MakeLinkAsync(Guid patient, Guid treatment, Guid? family)
    {
        database.EnrolmentLinks.RemoveRange(await database.EnrolmentLinks.Where(row => row.TreatmentId == treatment && row.FamilyAccessId == family && row.UsedAt == null).ToListAsync());
        string secret = LinkSecrets.Make();
        database.EnrolmentLinks.Add(new EnrolmentLink
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            TreatmentId = treatment,
            FamilyAccessId = family,
            SecretSha256 = LinkSecrets.Hash(secret),
            MadeBy = user.UserId,
            MadeAt = Now,
            ExpiresAt = Now + (family is null ? AtTheDesk : ForFamily),
        });
        await database.SaveChangesAsync();
        return secret;
    }

    /// <summary>Writes down that the patient allows a relative to follow her days, on whose account she said so.</summary>
    public async Task<FamilyAccess> AllowAsync(Guid patient, string name, string relation)
    {
        var allowed = new FamilyAccess { Id = Guid.CreateVersion7(), PatientId = patient, Name = name, Relation = relation, ConsentedAt = Now, ConsentedOn = user.UserId!.Value };
        database.FamilyAccess.Add(allowed);
        await database.SaveChangesAsync();
        return allowed;
    }

    /// <summary>The link of a secret while it works; null otherwise.</summary>
    public async Task<EnrolmentLink?> FindAsync(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return null;
        }

        string hash = LinkSecrets.Hash(secret);
        EnrolmentLink? link = await database.EnrolmentLinks.SingleOrDefaultAsync(row => row.SecretSha256 == hash);
        return link is { UsedAt: null } && link.ExpiresAt > Now && !await IsTakenBackAsync(link.FamilyAccessId) ? link : null;
    }

    /// <summary>Uses a link, once: of two who use it at the same time one is refused.</summary>
    /// <param name="linkSecret">The link's secret.</param>
    /// <param name="before">What the phone was enrolled as until now; null where it was not. It gets no reminders as that any more.</param>
    /// <returns>The phone and its secret; null where the link does not work any more.</returns>
    public async Task<(EnrolledDevice Phone, string Secret)?> UseAsync(string? linkSecret, EnrolledDevice? before)
    {
        if (await FindAsync(linkSecret) is not { } link)
        {
            return null;
        }

        string secret = LinkSecrets.Make();
        var phone = new EnrolledDevice
        {
            Id = Guid.CreateVersion7(),
            PatientId = link.PatientId,
            TreatmentId = link.TreatmentId,
            FamilyAccessId = link.FamilyAccessId,
            SecretSha256 = LinkSecrets.Hash(secret),
            LinkId = link.Id,
            EnrolledAt = Now,
        };
        link.UsedAt = Now;
        link.Revision++;
        database.EnrolledDevices.Add(phone);
        if (before is not null)
        {
            await PhonePush.EndAsync(database, before.PatientId, Now, before.Id);
        }

        try
        {
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        return (phone, secret);
    }

    /// <summary>Shuts a phone of a patient; nothing where it is none of hers.</summary>
    public async Task ShutAsync(Guid patient, Guid phone)
    {
        if (await database.EnrolledDevices.SingleOrDefaultAsync(row => row.Id == phone && row.PatientId == patient && row.RevokedAt == null) is { } open)
        {
            open.RevokedAt = Now;
            await PhonePush.EndAsync(database, patient, Now, phone);
            await database.SaveChangesAsync();
        }
    }

    /// <summary>Takes back what a relative was allowed: the phones are shut and links that were not used work no more.</summary>
    public async Task TakeBackAsync(Guid patient, Guid family)
    {
        if (await database.FamilyAccess.SingleOrDefaultAsync(row => row.Id == family && row.PatientId == patient && row.RevokedAt == null) is not { } allowed)
        {
            return;
        }

        allowed.RevokedAt = Now;
        foreach (EnrolledDevice phone in await database.EnrolledDevices.Where(row => row.FamilyAccessId == family && row.RevokedAt == null).ToListAsync())
        {
            phone.RevokedAt = Now;
        }

        database.EnrolmentLinks.RemoveRange(await database.EnrolmentLinks.Where(row => row.FamilyAccessId == family && row.UsedAt == null).ToListAsync());
        await database.SaveChangesAsync();
    }

    private async Task<bool> IsTakenBackAsync(Guid? family) => family is not null && await database.FamilyAccess.AnyAsync(row => row.Id == family && row.RevokedAt != null);
}
