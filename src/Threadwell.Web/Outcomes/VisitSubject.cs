using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Outcomes;
using Threadwell.Care.Suitability;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Scans;
using Threadwell.Web.Pages;
using Threadwell.Web.Patients;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Outcomes;

/// <summary>The treatment after which a visit takes place.</summary>
public sealed class VisitSubject
{
    private VisitSubject(TreatmentCase found, IReadOnlyList<FollowUpVisit> visits, IReadOnlyList<StoredScan> scans, bool isLost)
    {
        Case = found;
        Visits = visits;
        Scans = scans;
        IsLost = isLost;
        Areas = [.. found.Standing.Select(thread => thread.Area).Distinct().Order()];
    }

    /// <summary>The treatment.</summary>
    internal TreatmentCase Case { get; }

    /// <summary>Its visits that stand, the first first.</summary>
    public IReadOnlyList<FollowUpVisit> Visits { get; }

    /// <summary>Scans of the patient that may be the visit's: all but the plan's, the newest first.</summary>
    public IReadOnlyList<StoredScan> Scans { get; }

    /// <summary>Day of the treatment.</summary>
    public LocalDate Treated => Case.Treatment.Day;

    /// <summary>Today in the clinic.</summary>
    public LocalDate Today => Case.Today;

    /// <summary>Treated areas, in their order.</summary>
    public IReadOnlyList<TreatmentArea> Areas { get; }

    /// <summary>Identifiers of visits of the schedule that took place.</summary>
    public IReadOnlyList<string> Done => [.. Visits.Select(visit => visit.ScheduledId).Where(id => id.Length > 0)];

    /// <summary>Whether the patient is not asked to come any more (<see cref="LostPatients"/>).</summary>
    public bool IsLost { get; }

    /// <summary>The visit that comes next; null where the five years are over and where nobody is asked any more.</summary>
    public ScheduledVisit? Next => IsLost ? null : FollowUpSchedule.Next(Treated, Done, Today);

    /// <summary>Reads it; null where there is no such treatment.</summary>
    internal static async Task<VisitSubject?> FindAsync(ThreadwellContext database, ClinicTime time, Guid treatment)
    {
        if (await TreatmentCase.FindAsync(database, time, treatment) is not { } found)
        {
            return null;
        }

        Guid patient = found.Patient.Id;
        return new VisitSubject(
            found,
            await database.FollowUpVisits.AsNoTracking().Where(row => row.TreatmentId == treatment && row.StruckAt == null).OrderBy(row => row.Day).ToListAsync(),
            await database.Scans.AsNoTracking().Where(row => row.PatientId == patient && row.Id != found.ScanId).OrderByDescending(row => row.CreatedAt).ToListAsync(),
            (await LostPatients.AmongAsync(database, [patient], found.Zone, default)).Count > 0);
    }

    /// <summary>Laxity of an area as it was assessed before the treatment, 0 to 4; null where it was not.</summary>
    public int? LaxityBefore(TreatmentArea area)
    {
        if (Case.Assessment is not { } assessment)
        {
            return null;
        }

        using var answers = JsonDocument.Parse(assessment.AnswersJson);
        if (!answers.RootElement.TryGetProperty("laxity", out JsonElement laxity) || laxity.ValueKind != JsonValueKind.Object
            || !laxity.TryGetProperty(PageWords.Of(area), out JsonElement answer) || answer.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        int grade = RulebookFile.Shipped.Questionnaire.Get("laxity").Choices.ToList().FindIndex(choice => choice.Id == answer.GetString());
        return grade < 0 ? null : grade;
    }
}
