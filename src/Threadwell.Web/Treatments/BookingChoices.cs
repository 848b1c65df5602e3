using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Plans;
using Threadwell.Web.Clinic;

namespace Threadwell.Web.Treatments;

/// <summary>A plan by which a patient may be treated.</summary>
/// <param name="Name">Its name; empty for an outline.</param>
/// <param name="Number">Number of the version or outline.</param>
/// <param name="VersionId">The version; null for an outline.</param>
/// <param name="OutlineId">The outline; null for a version.</param>
/// <param name="Areas">Treated areas.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="ConsentedAt">When a consent that stands was signed; null without one.</param>
internal sealed record BookablePlan(string Name, int Number, Guid? VersionId, Guid? OutlineId, IReadOnlyList<TreatmentArea> Areas, int Threads, Instant? ConsentedAt)
{
    /// <summary>Its value in a form.</summary>
    public string Value => VersionId is { } version ? $"version-{version}" : $"outline-{OutlineId}";
}

/// <summary>What may be chosen for a treatment of a patient.</summary>
internal sealed record BookingChoices
{
    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Today in the clinic.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>The clinic's doctors.</summary>
    public required IReadOnlyList<UserAccount> Doctors { get; init; }

    /// <summary>Its facilities.</summary>
    public required IReadOnlyList<Facility> Facilities { get; init; }

    /// <summary>Turns on call that have not ended.</summary>
    public required IReadOnlyList<OnCallTurn> Turns { get; init; }

    /// <summary>The patient's plans: those that she consented to first, then the newest.</summary>
    public required IReadOnlyList<BookablePlan> Plans { get; init; }

    /// <summary>Reads them.</summary>
    public static async Task<BookingChoices> ReadAsync(ThreadwellContext database, Guid patient, LocalDate today)
    {
        List<StoredConsent> consents = await database.Consents.AsNoTracking().Where(consent => consent.PatientId == patient && consent.Kind == ConsentKind.Treatment && consent.WithdrawnAt == null).ToListAsync();
        var versions = await (
            from scan in database.Scans
            where scan.PatientId == patient
            join plan in database.Plans on scan.Id equals plan.ScanId
            join version in database.PlanVersions on plan.Id equals version.PlanId
            select new { plan.Name, Version = version }).AsNoTracking().ToListAsync();
        List<PlanOutline> outlines = await database.PlanOutlines.AsNoTracking().Where(outline => outline.PatientId == patient).ToListAsync();
        IEnumerable<(Instant At, BookablePlan Plan)> plans =
        [
            .. versions.Select(row => (row.Version.CreatedAt, OfVersion(row.Name, row.Version, consents))),
            .. outlines.Select(outline => (outline.CreatedAt, OfOutline(outline, consents))),
        ];
        return new BookingChoices
        {
            PatientId = patient,
            Today = today,
            Doctors = await database.Users.AsNoTracking().Where(user => user.Role == Role.Doctor && user.DisabledAt == null).OrderBy(user => user.FullName).ToListAsync(),
            Facilities = await database.Facilities.AsNoTracking().OrderBy(facility => facility.Name).ToListAsync(),
            Turns = await OnCallCalendar.TurnsAsync(database, today),
            Plans = [.. plans.OrderByDescending(row => row.Plan.ConsentedAt is not null).ThenByDescending(row => row.At).Select(row => row.Plan)],
        };
    }

    private static BookablePlan OfVersion(string name, PlanVersion version, List<StoredConsent> consents)
    {
        ThreadPlan plan = PlanJson.Parse<ThreadPlan>(System.Text.Encoding.UTF8.GetBytes(version.PlanJson), name);
        return new(name, version.Number, version.Id, null, [plan.Area], plan.Threads.Count, consents.Where(consent => consent.PlanVersionId == version.Id).Max(consent => (Instant?)consent.SignedAt));
    }

    private static BookablePlan OfOutline(PlanOutline stored, List<StoredConsent> consents)
    {
        Outline outline = Outline.Parse(stored.Json);
        return new(
            "",
            stored.Number,
            null,
            stored.Id,
            [.. outline.Threads.Select(thread => thread.Area).Distinct()],
            outline.Threads.Count,
            consents.Where(consent => consent.OutlineId == stored.Id).Max(consent => (Instant?)consent.SignedAt));
    }
}
