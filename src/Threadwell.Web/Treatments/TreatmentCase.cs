using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Aftercare;
using Threadwell.Web.Clinic;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Treatments;

/// <summary>A thread that the plan or the outline wants.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Area">Area.</param>
/// <param name="Side">Side.</param>
/// <param name="Material">Polymer.</param>
/// <param name="Barbs">Kind of barbs.</param>
/// <param name="DepthMm">Planned depth, mm; null in an outline.</param>
internal sealed record PlannedPlace(string Id, TreatmentArea Area, BodySide Side, ThreadMaterial Material, BarbKind Barbs, double? DepthMm);

/// <summary>Everything that a treatment hangs on, as the record holds it now.</summary>
internal sealed class TreatmentCase
{
    // A thread whose entry lies this near to the midline belongs to neither side, mm.
    private const double MiddleMm = 2;

    /// <summary>The treatment with its threads.</summary>
    public required StoredTreatment Treatment { get; init; }

    /// <summary>How it was prepared.</summary>
    public required Preparation Preparation { get; set; }

    /// <summary>The patient.</summary>
    public required Patient Patient { get; init; }

    /// <summary>Where it is done.</summary>
    public required Facility Facility { get; init; }

    /// <summary>The doctor who treats; null where the account is gone.</summary>
    public required UserAccount? Operator { get; init; }

    /// <summary>The operator's licences.</summary>
    public required IReadOnlyList<StaffLicence> Licences { get; init; }

    /// <summary>The plan on a scan; null for an outline and for complication care.</summary>
    public required ThreadPlan? Plan { get; init; }

    /// <summary>The scan of that plan.</summary>
    public required Guid? ScanId { get; init; }

    /// <summary>The plan of which it is a version.</summary>
    public required Guid? PlanId { get; init; }

    /// <summary>Name of the plan; empty for an outline.</summary>
    public required string PlanName { get; init; }

    /// <summary>Number of the plan's version or of the outline; 0 for complication care.</summary>
    public required int PlanNumber { get; init; }

    /// <summary>The threads that are planned.</summary>
    public required IReadOnlyList<PlannedPlace> Planned { get; init; }

    /// <summary>Planned threads that are not placed, each with its reason.</summary>
    public required IReadOnlyDictionary<string, string> NotPlaced { get; init; }

    /// <summary>What happened.</summary>
    public required IReadOnlyList<TreatmentEvent> Events { get; init; }

    /// <summary>The newest whole assessment that a doctor accepted; null without one.</summary>
    public required StoredAssessment? Assessment { get; init; }

    /// <summary>Consents to this plan, withdrawn ones too, the newest first.</summary>
    public required IReadOnlyList<StoredConsent> Consents { get; init; }

    /// <summary>Standard views that were taken on the day of the treatment.</summary>
    public required IReadOnlyDictionary<PhotoView, Guid> Views { get; init; }

    /// <summary>Turns on call that have not ended.</summary>
    public required IReadOnlyList<OnCallTurn> Turns { get; init; }

    /// <summary>What was taken out of its threads since, the newest first.</summary>
    public required IReadOnlyList<ThreadRemoval> Removals { get; init; }

    /// <summary>The clinic's settings.</summary>
    public required ClinicSettings Settings { get; init; }

    /// <summary>Where the clinic's days begin.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Today in the clinic.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>The orders for the days after it as they are kept, tracked; null where nobody has written any.</summary>
    public required AftercareOrders? OrdersRow { get; init; }

    /// <summary>What the doctor says of its aftercare beside the rules.</summary>
    public KeptOrders Orders => orders ??= KeptOrders.Of(OrdersRow);

    private KeptOrders? orders;

    /// <summary>Allergies that were written down with the orders of the patient's other treatments: they are hers, not a treatment's.</summary>
    public required IReadOnlyList<string> AllergiesElsewhere { get; init; }

    /// <summary>The areas of the plan.</summary>
    public IReadOnlyList<TreatmentArea> Areas => [.. Planned.Select(place => place.Area).Distinct()];

    /// <summary>The threads that stand.</summary>
    public IEnumerable<ImplantedThread> Standing => Treatment.Threads.Where(thread => thread.StruckAt is null);

    /// <summary>Planned threads that are neither placed nor given up.</summary>
    public IReadOnlyList<PlannedPlace> Left
    {
        get
        {
            HashSet<string> realised = [.. Standing.Select(thread => thread.PlannedThreadId).OfType<string>()];
            return [.. Planned.Where(place => !realised.Contains(place.Id) && !NotPlaced.ContainsKey(place.Id))];
        }
    }

    /// <summary>What was found the morning after, each time that somebody looked.</summary>
    public IReadOnlyList<NerveFindings> Mornings => Treatment.NextMorningJson.Length == 0 ? [] : Preparation.Read<List<NerveFindings>>(Treatment.NextMorningJson);

    /// <summary>Notes something that happened.</summary>
    public void Note(TreatmentDesk desk, string kind, string text) =>
        Treatment.EventsJson = Preparation.Write<IReadOnlyList<TreatmentEvent>>([.. Events, new TreatmentEvent(desk.Now.ToDateTimeOffset(), desk.User.Name, kind, text)]);

    /// <summary>Keeps how it was prepared.</summary>
    public void Keep(Preparation preparation)
    {
        Preparation = preparation;
        Treatment.PreparationJson = preparation.ToJson();
    }

    /// <summary>Reads it; null where there is no such treatment.</summary>
    /// <param name="database">The record. The treatment and its threads are tracked, so that they may be changed and saved.</param>
    /// <param name="time">The clinic's day.</param>
    /// <param name="id">Key of the treatment.</param>
    public static async Task<TreatmentCase?> FindAsync(ThreadwellContext database, ClinicTime time, Guid id)
    {
        if (await database.Treatments.Include(row => row.Threads).SingleOrDefaultAsync(row => row.Id == id) is not { } treatment)
        {
            return null;
        }

        DateTimeZone zone = await time.ZoneAsync();
        LocalDate today = await time.TodayAsync();
        Guid patient = treatment.PatientId;
        PlanVersion? version = treatment.PlanVersionId is { } versionId ? await database.PlanVersions.AsNoTracking().SingleAsync(row => row.Id == versionId) : null;
        StoredPlan? plan = version is null ? null : await database.Plans.AsNoTracking().SingleAsync(row => row.Id == version.PlanId);
        PlanOutline? outline = treatment.OutlineId is { } outlineId ? await database.PlanOutlines.AsNoTracking().SingleAsync(row => row.Id == outlineId) : null;
        ThreadPlan? threads = version is null ? null : PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), plan!.Name);
        List<StoredPhoto> photos = await database.Photos.AsNoTracking().Where(row => row.PatientId == patient && row.TakenOn == treatment.Day && row.View != PhotoView.Other).ToListAsync();
        List<AftercareOrders> ordered = await database.AftercareOrders.Where(row => row.PatientId == patient).OrderBy(row => row.ChangedAt).ToListAsync();
        treatment.Threads.Sort((one, other) => one.Number.CompareTo(other.Number));
        return new TreatmentCase
        {
            Treatment = treatment,
            Preparation = Preparation.Of(treatment),
            Patient = await database.Patients.SingleAsync(row => row.Id == patient),
            Facility = await database.Facilities.AsNoTracking().SingleAsync(row => row.Id == treatment.FacilityId),
            Operator = await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == treatment.OperatorId),
            Licences = await database.StaffLicences.AsNoTracking().Where(row => row.UserId == treatment.OperatorId).ToListAsync(),
            Plan = threads,
            ScanId = plan?.ScanId,
            PlanId = plan?.Id,
            PlanName = plan?.Name ?? "",
            PlanNumber = version?.Number ?? outline?.Number ?? 0,
            Planned = Places(threads, outline),
            NotPlaced = treatment.NotPlacedJson.Length == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : Preparation.Read<Dictionary<string, string>>(treatment.NotPlacedJson),
            Events = treatment.EventsJson.Length == 0 ? [] : Preparation.Read<List<TreatmentEvent>>(treatment.EventsJson),
            Assessment = await database.Assessments.AsNoTracking().Where(row => row.PatientId == patient && row.AcceptedAt != null).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(),
            Consents = await database.Consents.AsNoTracking()
                .Where(row => row.PatientId == patient && row.Kind == ConsentKind.Treatment && ((treatment.PlanVersionId != null && row.PlanVersionId == treatment.PlanVersionId) || (treatment.OutlineId != null && row.OutlineId == treatment.OutlineId)))
                .OrderByDescending(row => row.SignedAt).ToListAsync(),
            Views = photos.GroupBy(photo => photo.View).ToDictionary(group => group.Key, group => group.MaxBy(photo => photo.CreatedAt)!.Id),
            Turns = await OnCallCalendar.TurnsAsync(database, LocalDate.Min(treatment.Day, today)),
            Removals = await RemovalsAsync(database, treatment),
            Settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync() ?? new ClinicSettings(),
            OrdersRow = ordered.SingleOrDefault(row => row.TreatmentId == id),
            AllergiesElsewhere = [.. ordered.Where(row => row.TreatmentId != id).SelectMany(row => KeptOrders.Of(row).Allergies ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
            Zone = zone,
            Today = today,
        };
    }

    /// <summary>The removal of a thread that tells most: of the whole thread where there is one, else the newest; null for none.</summary>
    public ThreadRemoval? RemovalOf(Guid thread)
    {
        IEnumerable<ThreadRemoval> own = Removals.Where(removal => removal.ThreadId == thread && removal.Extent != RemovalExtent.Nothing);
        return own.FirstOrDefault(removal => removal.Extent == RemovalExtent.Whole) ?? own.FirstOrDefault();
    }

    private static async Task<IReadOnlyList<ThreadRemoval>> RemovalsAsync(ThreadwellContext database, StoredTreatment treatment)
    {
        if (treatment.State != TreatmentState.Ended)
        {
            return [];
        }

        List<Guid?> threads = [.. treatment.Threads.Select(thread => (Guid?)thread.Id)];
        List<ThreadRemoval> removals = await database.ThreadRemovals.AsNoTracking().Where(row => row.PatientId == treatment.PatientId && row.StruckAt == null).ToListAsync();
        return [.. removals.Where(row => threads.Contains(row.ThreadId)).OrderByDescending(row => row.Day).ThenByDescending(row => row.CreatedAt)];
    }

    private static IReadOnlyList<PlannedPlace> Places(ThreadPlan? plan, PlanOutline? outline) =>
        plan is not null ? [.. plan.Threads.Select(thread => new PlannedPlace(thread.Id, plan.Area, SideOf(thread), thread.Material, thread.Barbs, thread.DepthMm))]
        : outline is not null ? [.. Outline.Parse(outline.Json).Threads.Select(thread => new PlannedPlace(thread.Id, thread.Area, thread.Side, thread.Material, thread.Barbs, null))]
        : [];

    // The patient's left lies at +x.
    private static BodySide SideOf(PlannedThread thread) => thread.Path[0].X switch
    {
        > MiddleMm => BodySide.Left,
        < -MiddleMm => BodySide.Right,
        _ => BodySide.Middle,
    };
}
