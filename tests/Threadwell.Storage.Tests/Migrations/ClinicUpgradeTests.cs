using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Migrations;

/// <summary>A clinic's database of the version before check-ins and appointments is brought to the present one with everything in it, on each kind of database.</summary>
public abstract class ClinicUpgradeTests : IAsyncLifetime
{
    private static readonly Guid Patient = Guid.Parse("0193A000-0000-7000-8000-00000000000A");
    private static readonly Guid Facility = Guid.Parse("0193A000-0000-7000-8000-00000000000B");
    private static readonly Guid Doctor = Guid.Parse("0193A000-0000-7000-8000-00000000000C");
    private static readonly Guid Licence = Guid.Parse("0193A000-0000-7000-8000-00000000000D");
    private static readonly Guid Treatment = Guid.Parse("0193A000-0000-7000-8000-00000000000E");

    private readonly RecordCipher cipher = TestKeys.Cipher;
    private TestDatabase previous = null!;
    private TestDatabase made = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The last migration of the version before.</summary>
    private protected abstract string PreviousVersion { get; }

    public async ValueTask InitializeAsync()
    {
        previous = await MakeAsync("previous");
        made = await MakeAsync("made");
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (previous is not null)
        {
            await previous.DisposeAsync();
        }

        if (made is not null)
        {
            await made.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_row_is_kept_and_what_is_new_begins_as_it_should()
    {
        await FillAsync();
        await using ThreadwellContext upgraded = previous.Database.Open(cipher);
        await previous.Database.PrepareAsync(upgraded, Cancelled);
        Assert.Empty(await upgraded.Database.GetPendingMigrationsAsync(Cancelled));
        Patient patient = await upgraded.Patients.SingleAsync(Cancelled);
        Assert.Equal((Patient, 12, "Nguyễn Thị Ánh", new LocalDate(1970, 2, 28), "0912 345 678", "ghi chú", 5L), (patient.Id, patient.Number, patient.FullName, patient.BirthDate, patient.Phone, patient.Notes, patient.Revision));
        Facility facility = await upgraded.Facilities.SingleAsync(Cancelled);
        Assert.Equal((Facility, "Phòng khám", FacilityKind.SpecialistClinic, "00123/HNO", true, "1\n2", 1L), (facility.Id, facility.Name, facility.Kind, facility.LicenceNumber, facility.PermitsThreadLift, facility.Rooms, facility.Revision));
        StaffLicence licence = await upgraded.StaffLicences.SingleAsync(Cancelled);
        Assert.Equal((Licence, Doctor, "BS-7", new LocalDate(2020, 1, 1), (LocalDate?)null, 1L), (licence.Id, licence.UserId, licence.Number, licence.From, licence.Until, licence.Revision));
        ClinicSettings settings = await upgraded.ClinicSettings.SingleAsync(Cancelled);
        Assert.Equal(("An Bình", "028 3822 0000", "Chợ Rẫy", 1.5, (Guid?)Doctor, 8L), (settings.Name, settings.Phone, settings.EmergencyHospital, settings.VisibleLiftMm, settings.ResponsibleDoctorId, settings.Revision));
        Assert.Equal(("", "", (Guid?)null), (settings.AftercareJson, settings.MailFrom, settings.HeadOfDepartmentId));
        StoredTreatment treatment = await upgraded.Treatments.SingleAsync(Cancelled);
        Assert.Equal((Treatment, Patient, TreatmentState.Ended, new LocalDate(2026, 10, 9), "P1", "{\"weightKg\":55}", 3L), (treatment.Id, treatment.PatientId, treatment.State, treatment.Day, treatment.Room, treatment.PreparationJson, treatment.Revision));
        Assert.Equal(Instant.FromUnixTimeMilliseconds(1_760_000_000_456), treatment.EndedAt);
        Assert.Empty(await upgraded.CheckIns.ToListAsync(Cancelled));

        // A later writer is told of a change that it has not read.
        facility.Revision++;
        await upgraded.SaveChangesAsync(Cancelled);
        Assert.Equal(2L, await upgraded.Facilities.AsNoTracking().Select(row => row.Revision).SingleAsync(Cancelled));
    }

    [Fact]
    public async Task The_upgraded_database_has_the_form_of_a_new_one_and_of_the_model()
    {
        await FillAsync();
        await using ThreadwellContext upgraded = previous.Database.Open(cipher);
        await previous.Database.PrepareAsync(upgraded, Cancelled);
        await using ThreadwellContext fresh = made.Database.Open(cipher);
        await made.Database.PrepareAsync(fresh, Cancelled);
        string[] form = await FormAsync(fresh);
        Assert.Contains(form, row => row.Contains("aftercare_orders", StringComparison.Ordinal));
        Assert.Equal(form, await FormAsync(upgraded));
        Assert.False(fresh.Database.HasPendingModelChanges());
    }

    private protected abstract Task<TestDatabase> MakeAsync(string name);

    private protected abstract Task<string[]> FormAsync(ThreadwellContext context);

    // Rows as that version wrote them, in plain SQL: today's model knows more columns.
    private async Task FillAsync()
    {
        await using ThreadwellContext context = previous.Database.Open(cipher);
        await context.GetService<IMigrator>().MigrateAsync(PreviousVersion, Cancelled);
        string phone = cipher.SealText("0912 345 678", "patients.Phone");
        string notes = cipher.SealText("ghi chú", "patients.Notes");
        string preparation = cipher.SealText("{\"weightKg\":55}", "treatments.PreparationJson");
        foreach (string row in (string[])
        [
            $"INSERT INTO patients (\"Id\", \"Number\", \"FullName\", \"SortKey\", \"BirthDate\", \"Sex\", \"CitizenNumber\", \"Phone\", \"Email\", \"Address\", \"Notes\", \"PhoneCheckedAt\", \"Language\", \"IsDemonstration\", \"CreatedAt\", \"Revision\") "
                + $"VALUES ('{Key(Patient)}', 12, 'Nguyễn Thị Ánh', 'anh nguyen thi', '1970-02-28', 'Female', '', '{phone}', '', '', '{notes}', NULL, 'vi', FALSE, 1760000000123, 5)",
            $"INSERT INTO facilities (\"Id\", \"Name\", \"Address\", \"Kind\", \"LicenceNumber\", \"LicenceFrom\", \"LicenceUntil\", \"PermitsThreadLift\", \"Rooms\", \"IsDemonstration\") "
                + $"VALUES ('{Key(Facility)}', 'Phòng khám', '', 'SpecialistClinic', '00123/HNO', '2020-01-01', NULL, TRUE, '1\n2', FALSE)",
            $"INSERT INTO staff_licences (\"Id\", \"UserId\", \"Number\", \"Specialty\", \"From\", \"Until\") VALUES ('{Key(Licence)}', '{Key(Doctor)}', 'BS-7', 'dermatology', '2020-01-01', NULL)",
            $"INSERT INTO clinic_settings (\"Id\", \"Name\", \"Phone\", \"EmergencyHospital\", \"TimeZone\", \"Language\", \"RecordOnly\", \"VisibleLiftMm\", \"ResponsibleDoctorId\", \"Revision\") "
                + $"VALUES (1, 'An Bình', '028 3822 0000', 'Chợ Rẫy', 'Asia/Ho_Chi_Minh', 'vi', FALSE, 1.5, '{Key(Doctor)}', 8)",
            $"INSERT INTO treatments (\"Id\", \"PatientId\", \"Kind\", \"State\", \"Day\", \"OperatorId\", \"FacilityId\", \"Room\", \"PreparationJson\", \"EventsJson\", \"NotPlacedJson\", \"GateJson\", \"OverrideReason\", \"StartedAt\", \"EndedAt\", \"SignedBy\", \"SignedSha256\", \"NextMorningJson\", \"CreatedAt\", \"Revision\") "
                + $"VALUES ('{Key(Treatment)}', '{Key(Patient)}', 'Planned', 'Ended', '2026-10-09', '{Key(Doctor)}', '{Key(Facility)}', 'P1', '{preparation}', '', '', '', '', 1760000000000, 1760000000456, '{Key(Doctor)}', '{new string('a', 64)}', '', 1759990000000, 3)",
        ])
        {
            await context.Database.ExecuteSqlRawAsync(row.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Cancelled);
        }
    }

    // As the embedded database holds keys; the other one takes any case.
    private static string Key(Guid key) => key.ToString().ToUpperInvariant();
}

public sealed class ClinicUpgradeOnSqliteTests : ClinicUpgradeTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-upgrade-").FullName;

    private protected override string PreviousVersion => "20261127000000_Clinic";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private protected override Task<TestDatabase> MakeAsync(string name) => Task.FromResult(TestDatabase.Sqlite(Directory.CreateDirectory(Path.Combine(folder, name)).FullName));

    private protected override async Task<string[]> FormAsync(ThreadwellContext context) =>
        await context.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").ToArrayAsync(Cancelled);
}

public sealed class ClinicUpgradeOnPostgreSqlTests : ClinicUpgradeTests
{
    private protected override string PreviousVersion => "20261127000000_First";

    private protected override Task<TestDatabase> MakeAsync(string name) => TestDatabase.PostgreSqlAsync();

    // Columns, constraints, indexes and triggers, each as the server itself writes it.
    private protected override async Task<string[]> FormAsync(ThreadwellContext context) => await context.Database.SqlQueryRaw<string>("""
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || coalesce(collation_name, '') AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY 1
        """).ToArrayAsync(Cancelled);
}
