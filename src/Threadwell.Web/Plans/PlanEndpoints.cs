using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Storage;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Web.Access;
using Threadwell.Web.Consents;
using Threadwell.Web.Predictions;
using Threadwell.Web.Proposals;
using Threadwell.Web.Scans;
using Threadwell.Web.Text;

namespace Threadwell.Web.Plans;

/// <summary>Plans: the draft that a page works on, its kept versions, and what a standard plan looks like.</summary>
internal static class PlanEndpoints
{
    private const int LongestName = 120;
    private const int LongestNote = 300;
    private static readonly TreatmentArea[] TorsoAreas = [TreatmentArea.Abdomen, TreatmentArea.Breast];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/scans/{id:guid}/zones", async (Guid id, ThreadwellContext database, ScanLibrary library) =>
            await database.Scans.FindAsync(id) is { } scan ? Results.Ok(library.Zones(library.Skin(scan)).Select(ZoneAnswer.Of)) : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Scan);
        api.MapGet("/scans/{id:guid}/areas", async (Guid id, ThreadwellContext database) =>
            await database.Scans.FindAsync(id) is { } scan ? Results.Ok(AreasOf(scan)) : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Scan);
        api.MapPost("/scans/{id:guid}/suggest", SuggestAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
        api.MapGet("/plans", async (Guid? scan, ThreadwellContext database, PredictionRuns runs) => Results.Ok(await ListAsync(scan, database, runs))).Needs(Permission.WriteRecord);
        api.MapPost("/plans", AddAsync).Needs(Permission.WriteRecord);
        api.MapGet("/plans/{id:guid}", async (Guid id, ThreadwellContext database, PredictionRuns runs) =>
            await FindAsync(id, database) is { } plan ? Results.Ok(await AnswerAsync(plan, withDraft: true, database, runs)) : Results.NotFound()).Needs(Permission.ReadRecord, RecordKind.Plan);
        api.MapPut("/plans/{id:guid}", ChangeAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapDelete("/plans/{id:guid}", DeleteAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapPost("/plans/{id:guid}/versions", KeepAsync).Needs(Permission.WriteRecord, RecordKind.Plan);
        api.MapGet("/plans/{id:guid}/versions/{number:int}", VersionAsync).Needs(Permission.ReadRecord, RecordKind.Plan);
        api.MapPost("/scans/{id:guid}/check", CheckAsync).Needs(Permission.WriteRecord, RecordKind.Scan);
    }

    /// <summary>The plan with its versions; null where there is none.</summary>
    public static Task<StoredPlan?> FindAsync(Guid id, ThreadwellContext database) =>
        database.Plans.Include(plan => plan.Versions.OrderBy(version => version.Number)).SingleOrDefaultAsync(plan => plan.Id == id);

    /// <summary>Keeps the draft as a version, or finds the newest one where that is the same plan.</summary>
    /// <exception cref="InvalidInputException">The draft is unfinished.</exception>
    public static PlanVersion Keep(StoredPlan plan, string note, Instant now)
    {
        PlanFile.Check(PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(plan.DraftJson), plan.Name), plan.Name);
        PlanVersion? newest = plan.Versions.MaxBy(version => version.Number);
        if (newest is not null && newest.PlanJson == plan.DraftJson && note.Length == 0)
        {
            return newest;
        }

        var version = new PlanVersion
        {
            Id = Guid.CreateVersion7(),
            PlanId = plan.Id,
            Number = (newest?.Number ?? 0) + 1,
            Note = note,
            PlanJson = plan.DraftJson,
            CreatedAt = now,
        };
        plan.Versions.Add(version);
        return version;
    }

    private static AreasAnswer AreasOf(StoredScan scan)
    {
        bool torso = scan.Body == ScannedBody.Torso;
        return new(
            [.. Enum.GetValues<TreatmentArea>().Where(area => TorsoAreas.Contains(area) == torso)],
            [.. AreaIndication.RefusedNames.Where(name => torso == (name == "buttock")).Select(name => new RefusedArea(name, Spoken.Say(AreaIndication.Refusal(name))))]);
    }

    private static async Task<IResult> SuggestAsync(Guid id, SuggestionRequest request, ThreadwellContext database, ScanLibrary library)
    {
        if (await database.Scans.FindAsync(id) is not { } scan)
        {
            return Results.NotFound();
        }

        TreatmentArea area = AreaIndication.Check(request.Area, request.Patient.Laxity);
        LandmarkSkin skin = library.Skin(scan);
        return Results.Json(
            StandardPlan.Suggest(new StandardPlanRequest
            {
                Mesh = skin.Mesh,
                Landmarks = skin.Landmarks,
                Scan = ScanLibrary.Reference(scan),
                Patient = request.Patient,
                Area = area,
                Material = request.Material,
            }),
            PlanJson.Options);
    }

    private static async Task<IResult> CheckAsync(Guid id, ThreadPlan plan, ThreadwellContext database, ScanLibrary library) =>
        await database.Scans.FindAsync(id) is { } scan
            ? Results.Ok(new { warnings = Warnings(plan, library.Zones(library.Skin(scan))).Select(ZoneWarningAnswer.Of) })
            : Results.NotFound();

    /// <summary>Danger zones that the threads of a plan meet.</summary>
    public static IReadOnlyList<DangerZoneWarning> Warnings(ThreadPlan plan, IReadOnlyList<DangerZone> zones) => DangerZoneCheck.Check(
        plan.Threads.Where(thread => thread.Path.Count > 1).Select(thread => new ThreadBelowSkin(thread.Id, thread.Path, thread.DepthMm, thread.DiameterMm)),
        zones);

    private static async Task<List<PlanAnswer>> ListAsync(Guid? scan, ThreadwellContext database, PredictionRuns runs)
    {
        List<StoredPlan> plans = await database.Plans.Include(plan => plan.Versions.OrderBy(version => version.Number))
            .Where(plan => scan == null ? database.Scans.Any(practice => practice.Id == plan.ScanId && practice.PatientId == null) : plan.ScanId == scan).OrderByDescending(plan => plan.ChangedAt).ToListAsync();
        var answers = new List<PlanAnswer>();
        foreach (StoredPlan plan in plans)
        {
            answers.Add(await AnswerAsync(plan, withDraft: false, database, runs));
        }

        return answers;
    }

    private static async Task<PlanAnswer> AnswerAsync(StoredPlan plan, bool withDraft, ThreadwellContext database, PredictionRuns runs)
    {
        Guid[] versions = [.. plan.Versions.Select(version => version.Id)];
        List<StoredPrediction> predictions = await database.Predictions.Where(prediction => versions.Contains(prediction.PlanVersionId)).OrderByDescending(prediction => prediction.CreatedAt).ToListAsync();
        return new PlanAnswer(
            plan.Id,
            plan.ScanId,
            plan.Name,
            plan.Revision,
            plan.CreatedAt.ToDateTimeOffset(),
            plan.ChangedAt.ToDateTimeOffset(),
            withDraft ? PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(plan.DraftJson), plan.Name) : null,
            [.. plan.Versions.Select(VersionAnswer.Of)],
            [.. predictions.Select(prediction => runs.Answer(prediction, plan.Versions.First(version => version.Id == prediction.PlanVersionId)))]);
    }

    private static async Task<IResult> AddAsync(NewPlan plan, ThreadwellContext database, IClock clock, PredictionRuns runs)
    {
        if (await database.Scans.FindAsync(plan.ScanId) is not { } scan)
        {
            throw new InvalidInputException("plan", "scanId", "there is no such scan.");
        }

        Instant now = clock.GetCurrentInstant();
        var stored = new StoredPlan
        {
            Id = Guid.CreateVersion7(),
            ScanId = scan.Id,
            Name = CheckedName(plan.Name),
            DraftJson = DraftOn(scan, plan.Plan),
            CreatedAt = now,
            ChangedAt = now,
        };
        database.Plans.Add(stored);
        await database.SaveChangesAsync();
        return Results.Created($"/api/plans/{stored.Id}", await AnswerAsync(stored, withDraft: true, database, runs));
    }

    private static async Task<IResult> ChangeAsync(Guid id, PlanChange change, ThreadwellContext database, IClock clock, PredictionRuns runs)
    {
        if (await FindAsync(id, database) is not { } plan || await database.Scans.FindAsync(plan.ScanId) is not { } scan)
        {
            return Results.NotFound();
        }

        if (plan.Revision != change.Revision)
        {
            return ScanEndpoints.Changed(plan.Revision);
        }

        plan.Name = CheckedName(change.Name);
        plan.DraftJson = DraftOn(scan, change.Draft);
        plan.Revision++;
        plan.ChangedAt = clock.GetCurrentInstant();
        try
        {
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScanEndpoints.Changed(plan.Revision);
        }

        return Results.Ok(await AnswerAsync(plan, withDraft: true, database, runs));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ThreadwellContext database, PredictionRuns runs, CourseFiles kept, ProposalRuns proposals, HttpContext context)
    {
        if (await FindAsync(id, database) is not { } plan)
        {
            return Results.NotFound();
        }

        SignedPlans.Check(plan);
        Guid[] versions = [.. plan.Versions.Select(version => version.Id)];
        List<Guid> predictions = await database.Predictions.Where(prediction => versions.Contains(prediction.PlanVersionId)).Select(prediction => prediction.Id).ToListAsync();
        List<Guid> searches = await database.Proposals.Where(row => row.PlanId == id).Select(row => row.Id).ToListAsync();
        await kept.RemoveAsync(database, predictions, searches, () => database.Plans.Remove(plan), context.RequestAborted);

        // What is computed for it now has nowhere to go.
        predictions.ForEach(runs.Cancel);
        searches.ForEach(proposals.Cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> KeepAsync(Guid id, NewVersion request, ThreadwellContext database, IClock clock)
    {
        if (await FindAsync(id, database) is not { } plan)
        {
            return Results.NotFound();
        }

        if (request.Note.Length > LongestNote)
        {
            throw new InvalidInputException(plan.Name, "note", $"at most {LongestNote} characters are kept.");
        }

        PlanVersion version = Keep(plan, request.Note.Trim(), clock.GetCurrentInstant());
        await database.SaveChangesAsync();
        return Results.Created($"/api/plans/{id}/versions/{version.Number}", VersionAnswer.Of(version));
    }

    private static async Task<IResult> VersionAsync(Guid id, int number, HttpContext context, ThreadwellContext database)
    {
        PlanVersion? version = await database.PlanVersions.SingleOrDefaultAsync(candidate => candidate.PlanId == id && candidate.Number == number);
        return version is null
            ? Results.NotFound()
            : Results.File(Encoding.UTF8.GetBytes(version.PlanJson), "application/json", context.Request.Query.ContainsKey("download") ? $"plan-v{number}.json" : null);
    }

    /// <summary>A draft as it is stored: on this scan, whatever the page said of it.</summary>
    private static string DraftOn(StoredScan scan, ThreadPlan plan) =>
        Encoding.UTF8.GetString(PlanJson.ToBytes(plan with { Scan = ScanLibrary.Reference(scan) }));

    private static string CheckedName(string name) =>
        name.Trim() is { Length: > 0 and <= LongestName } trimmed
            ? trimmed
            : throw new InvalidInputException("plan", "name", $"a name of 1 to {LongestName} characters is needed.");
}
