using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Plans;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Consents;

/// <summary>Signs consents and takes them back.</summary>
internal sealed class ConsentDesk(ThreadwellContext database, FileStore files, ClinicTime time, IClock clock)
{
    private const int LongestReason = 2000;

    /// <summary>
    /// Signs what was shown: a row for each decision that was answered with yes, all with the same document, signature and PDF. The plan is frozen in the same transaction.
    /// </summary>
    /// <param name="file">What was shown, with every decision answered and at least one with yes.</param>
    /// <param name="patientId">The patient.</param>
    /// <param name="kind">How it is signed.</param>
    /// <param name="content">The signature's file.</param>
    /// <param name="user">On whose account.</param>
    /// <returns>Key of the first consent.</returns>
    public async Task<Guid> SignAsync(ConsentFile file, Guid patientId, SignatureKind kind, byte[] content, CurrentUser user)
    {
        Instant now = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());
        string pdf = files.Add(ConsentPdf.Write(file, new GivenSignature(kind, content, now, user.Role == Role.Doctor ? user.Name : ""), await time.ZoneAsync(), files));
        string signature = files.Add(content);
        string json = file.ToJson();
        string sha256 = file.Sha256();
        StoredConsent[] consents = [.. file.Choices.Where(choice => choice.Given == true).Select(choice => new StoredConsent
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            Kind = choice.Kind,
            PlanVersionId = choice.Kind == ConsentKind.Treatment ? file.Plan?.VersionId : null,
            OutlineId = choice.Kind == ConsentKind.Treatment ? file.Plan?.OutlineId : null,
            Language = file.Language,
            DocumentJson = json,
            DocumentSha256 = sha256,
            Signature = kind,
            SignatureSha256 = signature,
            PdfSha256 = pdf,
            SignedAt = now,
            SignedOn = user.UserId!.Value,
        })];
        database.Consents.AddRange(consents);
        if (consents.Any(consent => consent.Kind == ConsentKind.Treatment))
        {
            await FreezeAsync(file.Plan!, now);
        }

        await database.SaveChangesAsync();
        return consents[0].Id;
    }

    /// <summary>Takes a consent back; one that was taken back before stays as it is.</summary>
    /// <param name="consent">The consent, tracked.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="user">Who records it.</param>
    public async Task WithdrawAsync(StoredConsent consent, string reason, CurrentUser user)
    {
        if (consent.WithdrawnAt is not null)
        {
            return;
        }

        string trimmed = reason.Trim();
        consent.WithdrawnAt = clock.GetCurrentInstant();
        consent.WithdrawnReason = trimmed.Length > LongestReason ? trimmed[..LongestReason] : trimmed;
        consent.WithdrawnBy = user.UserId;
        if (consent.Kind == ConsentKind.Messages)
        {
            await PhonePush.EndAsync(database, consent.PatientId, consent.WithdrawnAt.Value);
        }

        await database.SaveChangesAsync();
    }

    // The first signature freezes; a later one to the same plan changes nothing.
    private async Task FreezeAsync(ShownPlan plan, Instant now)
    {
        if (plan.VersionId is { } version)
        {
            PlanVersion stored = await database.PlanVersions.SingleAsync(row => row.Id == version);
            stored.SignedAt ??= now;
        }
        else
        {
            PlanOutline stored = await database.PlanOutlines.SingleAsync(row => row.Id == plan.OutlineId);
            stored.SignedAt ??= now;
        }
    }
}
