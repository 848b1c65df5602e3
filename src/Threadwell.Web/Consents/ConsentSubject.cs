using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;

namespace Threadwell.Web.Consents;

/// <summary>What a consent or a consultation is about: a patient, and the plan where there is one.</summary>
public sealed record ConsentSubject
{
    /// <summary>The patient; null for a sample or practice scan in a consultation.</summary>
    public Patient? Patient { get; init; }

    /// <summary>The clinic.</summary>
    public required ClinicSettings Clinic { get; init; }

    /// <summary>The plan on a scan; null for an outline or no plan.</summary>
    public StoredPlan? Plan { get; init; }

    /// <summary>The version of that plan.</summary>
    public PlanVersion? Version { get; init; }

    /// <summary>What that version holds.</summary>
    public ThreadPlan? Threads { get; init; }

    /// <summary>The scan of that plan.</summary>
    public StoredScan? Scan { get; init; }

    /// <summary>The plan without a scan; null for one on a scan or no plan.</summary>
    public PlanOutline? Outline { get; init; }

    /// <summary>The newest finished prediction of the version; null without one, and where the clinic shows none to patients.</summary>
    public StoredPrediction? Prediction { get; init; }

    /// <summary>What that prediction says.</summary>
    public PredictionDocument? Course { get; init; }

    /// <summary>The threads as a patient counts them; none without a plan.</summary>
    public IReadOnlyList<ThreadGroup> Groups { get; init; } = [];

    /// <summary>Whether there is a plan to consent to.</summary>
    public bool HasPlan => Version is not null || Outline is not null;

    /// <summary>SHA-256 of the plan's or outline's bytes; empty without a plan.</summary>
    public string PlanSha256 => (Version?.PlanJson ?? Outline?.Json) is { } json ? Sha256(json) : "";

    /// <summary>SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Reads what consents and consultations are about.</summary>
internal sealed class ConsentSubjects(ThreadwellContext database, FileStore files)
{
    /// <summary>A patient with a version of one of her plans, one of her outlines, or neither.</summary>
    /// <returns>The subject; null where there is no such patient, or the plan is not hers.</returns>
    public async Task<ConsentSubject?> FindAsync(Guid patientId, Guid? versionId, Guid? outlineId)
    {
        if (await database.Patients.AsNoTracking().SingleOrDefaultAsync(row => row.Id == patientId) is not { } patient)
        {
            return null;
        }

        var subject = new ConsentSubject { Patient = patient, Clinic = await ClinicAsync() };
        if (versionId is { } version)
        {
            return await OnScanAsync(subject, version, null) is { } found && found.Scan!.PatientId == patientId ? found : null;
        }

        if (outlineId is not { } outline)
        {
            return subject;
        }

        return await database.PlanOutlines.AsNoTracking().SingleOrDefaultAsync(row => row.Id == outline && row.PatientId == patientId) is { } stored
            ? subject with { Outline = stored, Groups = ThreadGroup.Of(stored) }
            : null;
    }

    /// <summary>A patient with what was asked for by name.</summary>
    /// <param name="patientId">The patient.</param>
    /// <param name="about">Key of a version or outline, or "none"; the newest plan where left out.</param>
    /// <returns>The subject; null where there is no such patient, or the plan is not hers.</returns>
    public async Task<ConsentSubject?> AskedAsync(Guid patientId, string? about)
    {
        if (about == "none")
        {
            return await FindAsync(patientId, null, null);
        }

        IReadOnlyList<PlanOutline> outlines = await OutlinesAsync(patientId);
        if (Guid.TryParse(about, out Guid key))
        {
            return outlines.Any(outline => outline.Id == key) ? await FindAsync(patientId, null, key) : await FindAsync(patientId, key, null);
        }

        IReadOnlyList<(StoredPlan Plan, PlanVersion Version)> versions = await VersionsAsync(patientId);
        bool outlined = outlines.Count > 0 && (versions.Count == 0 || outlines[0].CreatedAt > versions[0].Version.CreatedAt);
        return outlined ? await FindAsync(patientId, null, outlines[0].Id)
            : await FindAsync(patientId, versions.Count > 0 ? versions[0].Version.Id : null, null);
    }

    /// <summary>The subject of a prediction; its patient is null for a sample or practice scan.</summary>
    public async Task<ConsentSubject?> OfPredictionAsync(Guid predictionId)
    {
        if (await database.Predictions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == predictionId) is not { } prediction)
        {
            return null;
        }

        ConsentSubject? found = await OnScanAsync(new ConsentSubject { Clinic = await ClinicAsync() }, prediction.PlanVersionId, prediction);
        return found?.Scan!.PatientId is { } patient ? found with { Patient = await database.Patients.AsNoTracking().SingleAsync(row => row.Id == patient) } : found;
    }

    /// <summary>A patient with what was predicted for her last; without a prediction with her newest plan, or with none.</summary>
    /// <returns>The subject; null where there is no such patient.</returns>
    public async Task<ConsentSubject?> NewestAsync(Guid patientId)
    {
        if (await PredictionsAsync(patientId) is [var newest, ..])
        {
            return await OfPredictionAsync(newest.Id);
        }

        return await AskedAsync(patientId, null);
    }

    /// <summary>Finished predictions of a patient, the newest first; none where the clinic shows none.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Plan, int Version)>> PredictionsAsync(Guid patientId)
    {
        if ((await ClinicAsync()).RecordOnly)
        {
            return [];
        }

        var found = await database.Scans.AsNoTracking().Where(scan => scan.PatientId == patientId)
            .Join(database.Plans.AsNoTracking(), scan => scan.Id, plan => plan.ScanId, (_, plan) => plan)
            .Join(database.PlanVersions.AsNoTracking(), plan => plan.Id, version => version.PlanId, (plan, version) => new { plan.Name, version.Number, version.Id })
            .Join(database.Predictions.AsNoTracking().Where(prediction => prediction.State == PredictionState.Done), version => version.Id, prediction => prediction.PlanVersionId, (version, prediction) => new { prediction.Id, version.Name, version.Number, prediction.CreatedAt })
            .OrderByDescending(row => row.CreatedAt).ToListAsync();
        return [.. found.Select(row => (row.Id, row.Name, row.Number))];
    }

    /// <summary>Kept versions of the plans on a patient's scans, the newest first.</summary>
    public async Task<IReadOnlyList<(StoredPlan Plan, PlanVersion Version)>> VersionsAsync(Guid patientId)
    {
        var found = await database.Scans.AsNoTracking().Where(scan => scan.PatientId == patientId)
            .Join(database.Plans.AsNoTracking(), scan => scan.Id, plan => plan.ScanId, (_, plan) => plan)
            .Join(database.PlanVersions.AsNoTracking(), plan => plan.Id, version => version.PlanId, (plan, version) => new { plan, version })
            .OrderByDescending(row => row.version.CreatedAt).ThenByDescending(row => row.version.Number).ToListAsync();
        return [.. found.Select(row => (row.plan, row.version))];
    }

    /// <summary>A patient's outlines, the newest first.</summary>
    public async Task<IReadOnlyList<PlanOutline>> OutlinesAsync(Guid patientId) =>
        await database.PlanOutlines.AsNoTracking().Where(outline => outline.PatientId == patientId).OrderByDescending(outline => outline.Number).ToListAsync();

    /// <summary>A patient's signed consents, the newest first.</summary>
    public async Task<IReadOnlyList<StoredConsent>> SignedAsync(Guid patientId) =>
        await database.Consents.AsNoTracking().Where(consent => consent.PatientId == patientId).OrderByDescending(consent => consent.SignedAt).ThenBy(consent => consent.Kind).ToListAsync();

    /// <summary>How the clinic works; as delivered while nothing is set.</summary>
    public async Task<ClinicSettings> ClinicAsync() => await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync() ?? new ClinicSettings();

    private async Task<ConsentSubject?> OnScanAsync(ConsentSubject subject, Guid versionId, StoredPrediction? prediction)
    {
        if (await database.PlanVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == versionId) is not { } version)
        {
            return null;
        }

        StoredPlan plan = await database.Plans.AsNoTracking().SingleAsync(row => row.Id == version.PlanId);
        ThreadPlan threads = PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), plan.Name);
        StoredPrediction? shown = subject.Clinic.RecordOnly ? null : prediction
            ?? await database.Predictions.AsNoTracking().Where(row => row.PlanVersionId == versionId && row.State == PredictionState.Done).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync();
        return subject with
        {
            Plan = plan,
            Version = version,
            Threads = threads,
            Scan = await database.Scans.AsNoTracking().SingleAsync(row => row.Id == plan.ScanId),
            Groups = ThreadGroup.Of(threads),
            Prediction = shown?.DocumentSha256 is null ? null : shown,
            Course = shown?.DocumentSha256 is { } document ? PlanJson.Parse<PredictionDocument>(files.Read(document), "prediction") : null,
        };
    }
}
