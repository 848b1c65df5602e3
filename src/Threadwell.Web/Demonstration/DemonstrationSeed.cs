using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Products;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.Plans;
using Threadwell.Web.Rulebooks;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Demonstration;

/// <summary>
/// Fills a new record with the demonstration clinic: made-up patients at every stage of the path, dated from today. What a doctor would do is done with the
/// program's own parts, so that nothing in it is a picture of what is not there; the course of one plan is computed after the start (<see cref="DemonstrationCourse"/>).
/// </summary>
/// <param name="database">The record.</param>
/// <param name="library">The sample patients.</param>
/// <param name="faces">Their faces.</param>
/// <param name="consents">Signs for them.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemonstrationSeed(IDbContextFactory<ThreadwellContext> database, ScanLibrary library, DemonstrationFaces faces, DemonstrationConsent consents, IClock clock)
{
    private const int DaysToSigning = 14;
    private const int DaysToTreatment = 30;

    /// <summary>Adds clinic and patients where the demonstration's accounts are there and nothing else is; all of it, or nothing.</summary>
    public async Task AddWhereMissingAsync(Action<string> tell, CancellationToken cancellation)
    {
        await using ThreadwellContext context = await database.CreateDbContextAsync(cancellation);
        bool missing = await context.Users.AnyAsync(user => user.IsDemonstration, cancellation) && !await context.ClinicSettings.AnyAsync(cancellation) && !await context.Patients.AnyAsync(cancellation);
        if (missing)
        {
            tell("First start: filling the demonstration clinic…");
            await AddAsync(context, cancellation);
        }
    }

    private async Task AddAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];
        Instant now = clock.GetCurrentInstant();
        LocalDate today = now.InZone(zone).Date;
        DemonstrationClinic.Add(context, today);
        UserAccount doctor = await context.Users.SingleAsync(user => user.Id == DemonstrationAccounts.IdOf(Role.Doctor), cancellation);
        DemonstrationQuestions.Add(context, zone, doctor, DemonstrationClinic.DoctorLicence, now);
        KeptRulebook rulebook = await SignedRulebookAsync(context, now, cancellation);
        List<StoredScan> samples = await context.Scans.Where(scan => scan.Origin == ScanOrigin.Sample && scan.Body == ScannedBody.Head).OrderBy(scan => scan.Name).ToListAsync(cancellation);
        var signing = new List<(DemonstrationPerson Person, Patient Patient, Guid Version)>();
        var photos = samples.ToDictionary(sample => sample.Sex!.Value, faces.Photos);
        int number = 0;
        foreach (DemonstrationPerson person in DemonstrationPeople.All)
        {
            Instant opened = now - Duration.FromDays(person.DaysAgo) - Duration.FromHours(2);
            Patient patient = PatientOf(person, ++number, today, opened);
            context.Patients.Add(patient);
            StoredScan sample = samples.First(candidate => candidate.Sex == person.Sex);
            if (person.Stage != DemonstrationStage.Opened)
            {
                context.Assessments.Add(DemonstrationAnswers.Assess(person, patient, rulebook, today.PlusDays(-person.DaysAgo), opened + Duration.FromMinutes(20), DemonstrationAccounts.IdOf(Role.Doctor)));
            }

            if (AddRecord(context, person, patient, sample, photos[person.Sex], today, opened) is { } version && person.Stage >= DemonstrationStage.Booked)
            {
                signing.Add((person, patient, version));
            }

            if (person.Name == DemonstrationPeople.WithAccount)
            {
                UserAccount account = await context.Users.SingleAsync(user => user.Id == DemonstrationAccounts.IdOf(Role.Patient), cancellation);
                account.PatientId = patient.Id;
            }
        }

        // Consents and treatments read what is kept: all steps or none. Check-ins are among them, and their lock comes before that of the audit trail.
        await using IDbContextTransaction transaction = (await CheckInLock.BeginAsync(context, cancellation))!;
        await context.SaveChangesAsync(cancellation);
        foreach ((DemonstrationPerson person, Patient patient, Guid version) in signing)
        {
            await consents.SignAsync(context, patient, version, now - Duration.FromDays(person.DaysAgo - DaysToSigning));
            await AddTreatmentAsync(context, person, patient.Id, version, today, now, cancellation);
        }

        await context.SaveChangesAsync(cancellation);
        await DemonstrationCheckIns.AddAsync(context, [.. context.Treatments.Local.Where(treatment => treatment.EndedAt is not null)], now, cancellation);
        await DemonstrationAppointments.AddAsync(context, zone, now, cancellation);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task AddTreatmentAsync(ThreadwellContext context, DemonstrationPerson person, Guid patient, Guid version, LocalDate today, Instant now, CancellationToken cancellation)
    {
        if (person.Stage == DemonstrationStage.Booked)
        {
            context.Treatments.Add(DemonstrationTreatment.Booked(patient, version, today.PlusDays(1), now - Duration.FromDays(1)));
            return;
        }

        int days = person.DaysAgo - DaysToTreatment;
        LocalDate day = today.PlusDays(-days);
        PlanVersion plan = await context.PlanVersions.SingleAsync(row => row.Id == version, cancellation);
        Product product = await context.Products.FirstAsync(row => row.IsExample && row.Material == "PDO", cancellation);
        StoredTreatment treatment = DemonstrationTreatment.Ended(
            patient, version, PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(plan.PlanJson), person.Name), product, day, now - Duration.FromDays(days));
        context.Treatments.Add(treatment);
        DemonstrationReminders.Add(context, treatment, DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], now);
        if (person.Stage == DemonstrationStage.TreatedLongAgo)
        {
            DemonstrationOutcome.Add(context, treatment, now - Duration.FromDays(days));
        }

        if (person.Stage == DemonstrationStage.TreatedLately)
        {
            context.AftercareOrders.Add(DemonstrationOrders.For(treatment, now - Duration.FromDays(days)));
        }
    }

    // The demonstration's responsible doctor has signed the shipped rules off.
    private static async Task<KeptRulebook> SignedRulebookAsync(ThreadwellContext context, Instant now, CancellationToken cancellation)
    {
        StoredRulebook row = await context.Rulebooks.OrderByDescending(kept => kept.Version).FirstAsync(cancellation);
        (row.SignedOffBy, row.SignedOffAt) = (DemonstrationAccounts.IdOf(Role.Doctor), now);
        return RulebookKeeper.Read(row);
    }

    // Gives the version of the plan; null where there is none yet.
    private Guid? AddRecord(ThreadwellContext context, DemonstrationPerson person, Patient patient, StoredScan sample, IReadOnlyList<(PhotoView View, string Picture, string Thumbnail)> photos, LocalDate today, Instant opened)
    {
        if (person.Stage < DemonstrationStage.Scanned)
        {
            return null;
        }

        DemonstrationFaces.AddPhotos(context, patient.Id, photos, today.PlusDays(-person.DaysAgo), opened + Duration.FromMinutes(30), DemonstrationAccounts.IdOf(Role.Doctor));
        if (person.Stage >= DemonstrationStage.TreatedLately)
        {
            int days = person.DaysAgo - DaysToTreatment;
            DemonstrationFaces.AddPhotos(context, patient.Id, photos, today.PlusDays(-days), opened + Duration.FromDays(DaysToTreatment), DemonstrationAccounts.IdOf(Role.Doctor));
        }

        StoredScan scan = DemonstrationFaces.ScanOf(sample, patient.Id, person.Age, person.Sex, opened + Duration.FromMinutes(40));
        context.Scans.Add(scan);
        return person.Stage == DemonstrationStage.Scanned ? null : AddPlan(context, scan, sample, person, opened + Duration.FromMinutes(50)).Id;
    }

    private PlanVersion AddPlan(ThreadwellContext context, StoredScan scan, StoredScan sample, DemonstrationPerson person, Instant at)
    {
        // The patient's scan is the sample's, whose surface is at hand.
        LandmarkSkin skin = library.Skin(sample);
        ThreadPlan draft = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = skin.Mesh,
            Landmarks = skin.Landmarks,
            Scan = ScanLibrary.Reference(scan),
            Patient = new PatientDescription { AgeYears = person.Age, Sex = person.Sex, Laxity = scan.Laxity ?? Laxity.Moderate },
            Area = TreatmentArea.Jawline,
            Material = ThreadMaterial.Pdo,
        });
        var plan = new StoredPlan
        {
            Id = Guid.CreateVersion7(),
            ScanId = scan.Id,
            Name = "Jawline, PDO",
            DraftJson = Encoding.UTF8.GetString(PlanJson.ToBytes(draft)),
            CreatedAt = at,
            ChangedAt = at,
        };
        context.Plans.Add(plan);
        return PlanEndpoints.Keep(plan, "", at);
    }

    private static Patient PatientOf(DemonstrationPerson person, int number, LocalDate today, Instant opened)
    {
        var patient = new Patient
        {
            Id = Guid.CreateVersion7(),
            Number = number,
            FullName = person.Name,
            SortKey = PatientNames.SortKey(person.Name),
            BirthDate = today.PlusYears(-person.Age).PlusDays(-(17 * number)),
            Sex = person.Sex,
            Phone = person.Phone,
            PhoneCheckedAt = person.Stage >= DemonstrationStage.Booked ? opened : null,
            Language = "vi",
            IsDemonstration = true,
            CreatedAt = opened,
        };
        patient.Words.AddRange(PatientNames.Words(person.Name).Select(word => new PatientWord { PatientId = patient.Id, Word = word }));
        return patient;
    }
}
