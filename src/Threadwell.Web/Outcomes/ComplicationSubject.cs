using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Patients;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Outcomes;

/// <summary>Whom a complication or a removal is about: patient, treatment and its threads.</summary>
public sealed class ComplicationSubject
{
    /// <summary>Word for "placed by another clinic" in an address.</summary>
    public const string Elsewhere = "elsewhere";

    private ComplicationSubject(Patient patient, TreatmentCase? treatment, IReadOnlyList<(Guid Id, LocalDate Day)> others, LocalDate today)
    {
        Patient = patient;
        Treatment = treatment;
        Others = others;
        Today = today;
        Threads = [.. treatment?.Standing ?? []];
        Earliest = treatment?.Treatment.Day ?? patient.BirthDate;
        Beside = treatment is null ? null : BesideFacts.Of(treatment);
    }

    /// <summary>The patient.</summary>
    public Patient Patient { get; }

    /// <summary>The treatment; null where the threads were placed elsewhere.</summary>
    internal TreatmentCase? Treatment { get; }

    /// <summary>Its key.</summary>
    public Guid? TreatmentId => Treatment?.Treatment.Id;

    /// <summary>The patient's other treatments, the newest first.</summary>
    public IReadOnlyList<(Guid Id, LocalDate Day)> Others { get; }

    /// <summary>Today in the clinic.</summary>
    public LocalDate Today { get; }

    /// <summary>The treatment's threads that stand.</summary>
    public IReadOnlyList<ImplantedThread> Threads { get; }

    /// <summary>The first day on which something can have gone wrong.</summary>
    public LocalDate Earliest { get; }

    /// <summary>Where, by whom and how sterile the treatment was; null where the threads were placed elsewhere.</summary>
    public BesideFacts? Beside { get; }

    /// <summary>Reads it.</summary>
    /// <param name="database">The record.</param>
    /// <param name="time">The clinic's day.</param>
    /// <param name="patient">Key of the patient.</param>
    /// <param name="treatment">Key of the treatment as an address holds it; empty for the newest one, "elsewhere" for none.</param>
    /// <returns>Null where there is no such patient, or no such treatment of hers.</returns>
    internal static async Task<ComplicationSubject?> FindAsync(ThreadwellContext database, ClinicTime time, Guid patient, string? treatment)
    {
        if (await database.Patients.AsNoTracking().FirstOrDefaultAsync(row => row.Id == patient) is not { } person)
        {
            return null;
        }

        var treated = await database.Treatments.AsNoTracking().Where(row => row.PatientId == patient && (row.State == TreatmentState.Ended || row.State == TreatmentState.Started))
            .OrderByDescending(row => row.Day).Select(row => new { row.Id, row.Day, row.Kind }).ToListAsync();
        Guid? chosen = null;
        if (string.IsNullOrEmpty(treatment))
        {
            chosen = treated.FirstOrDefault(row => row.Kind == TreatmentKind.Planned)?.Id;
        }
        else if (treatment != Elsewhere)
        {
            chosen = treated.FirstOrDefault(row => row.Id.ToString() == treatment)?.Id;
            if (chosen is null)
            {
                return null;
            }
        }

        return new ComplicationSubject(
            person,
            chosen is { } key ? await TreatmentCase.FindAsync(database, time, key) : null,
            [.. treated.Where(row => row.Id != chosen && row.Kind == TreatmentKind.Planned).Select(row => (row.Id, row.Day))],
            await time.TodayAsync());
    }
}

/// <summary>Where, by whom and how sterile a treatment was.</summary>
/// <param name="Treatment">Its key.</param>
/// <param name="Day">Its day.</param>
/// <param name="Operator">The doctor who treated; empty where the account is gone.</param>
/// <param name="Facility">Where.</param>
/// <param name="Room">Room; may be empty.</param>
/// <param name="Lots">Lots of its threads.</param>
/// <param name="Sterile">Steps of the sterility checklist that were ticked.</param>
public sealed record BesideFacts(Guid Treatment, LocalDate Day, string Operator, string Facility, string Room, IReadOnlyList<string> Lots, IReadOnlyList<string> Sterile)
{
    internal static BesideFacts Of(TreatmentCase found) => new(
        found.Treatment.Id, found.Treatment.Day, found.Operator?.FullName ?? "", found.Facility.Name, found.Treatment.Room, [.. found.Standing.Select(thread => thread.Lot).Distinct(StringComparer.Ordinal)], found.Preparation.Sterile);
}
