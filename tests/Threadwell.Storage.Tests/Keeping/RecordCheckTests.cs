using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Patients;

namespace Threadwell.Storage.Tests.Keeping;

public sealed class SqliteRecordCheckTests() : RecordCheckTests(Sqlite);

public sealed class PostgreSqlRecordCheckTests() : RecordCheckTests(PostgreSql);

/// <summary>What a check of the record finds, and what it removes.</summary>
public abstract class RecordCheckTests(string kind) : KeepingClinic(kind)
{
    [Fact]
    public async Task Without_a_record_or_its_keys_a_check_is_refused_before_it_begins()
    {
        bool begun = false;
        var telling = new Meanwhile("Checking the database", () => Task.FromResult(begun = true));
        Clinic empty = await NewAsync("empty"), clinic = await MakeClinicAsync("clinic");
        Directory.Delete(clinic.Data.Keys, recursive: true);
        foreach ((Clinic refused, string reason) in ((Clinic, string)[])[(empty, "there is no record in"), (clinic, "key")])
        {
            InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => RecordCheck.RunAsync(refused.Data, refused.Database, removeOrphans: false, Clock, telling, Cancelled));
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }

        Assert.False(begun);
    }

    [Fact]
    public async Task A_check_names_a_missing_file_a_changed_file_and_a_changed_text()
    {
        Clinic clinic = await MakeClinicAsync("clinic", patients: 3);
        FileStore files = clinic.Files();
        string missing = files.Add("surface 1"u8);
        string changed = files.Add("surface 2"u8);
        File.Delete(files.PathOf(missing));
        byte[] content = await File.ReadAllBytesAsync(files.PathOf(changed), Cancelled);
        content[^20] ^= 1;
        await File.WriteAllBytesAsync(files.PathOf(changed), content, Cancelled);
        await using (ThreadwellContext context = clinic.Open())
        {
            await context.Database.ExecuteSqlRawAsync("UPDATE patients SET \"Phone\" = (SELECT \"Notes\" FROM patients WHERE \"Number\" = 2) WHERE \"Number\" = 1", Cancelled);
        }

        RecordCheckReport report = await CheckAsync(clinic);
        Assert.Equal(3, report.Problems.Count);
        Assert.Contains(report.Problems, problem => problem.Contains("scans.SurfaceSha256", StringComparison.Ordinal) && problem.Contains(missing, StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains(changed, StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.StartsWith("patients.Phone cannot be opened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_nothing_refers_to_are_listed_and_removed_when_they_are_old()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        FileStore files = clinic.Files();
        string old = files.Add("old"u8);
        string young = files.Add("young"u8);
        File.SetLastWriteTimeUtc(files.PathOf(old), Now.Minus(Duration.FromHours(25)).ToDateTimeUtc());
        File.SetLastWriteTimeUtc(files.PathOf(young), Now.Minus(Duration.FromHours(23)).ToDateTimeUtc());
        RecordCheckReport report = await CheckAsync(clinic);
        Assert.Empty(report.Problems);
        Assert.Equal(new[] { files.PathOf(old), files.PathOf(young) }.Order(StringComparer.Ordinal), report.Orphans.Order(StringComparer.Ordinal));
        Assert.Equal((1, 0), (report.OldOrphans, report.Removed));

        Assert.Equal(1, (await CheckAsync(clinic, remove: true)).Removed);
        Assert.False(files.Has(old));
        Assert.True(files.Has(young));
        Assert.Empty((await CheckAsync(clinic)).Problems);
    }

    [Fact]
    public async Task A_file_that_a_sealed_document_names_is_no_orphan()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string picture = clinic.Files().Add("picture"u8);
        await using (ThreadwellContext context = clinic.Open())
        {
            Patient patient = await context.Patients.SingleAsync(Cancelled);
            patient.Notes = $"{{\"picture\":\"{picture}\"}}";
            await context.SaveChangesAsync(Cancelled);
        }

        Assert.Empty((await CheckAsync(clinic)).Orphans);
    }

    [Fact]
    public async Task A_row_that_refers_to_nothing_is_found()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string guard = clinic.Database.Kind == "sqlite" ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica";
        await using (ThreadwellContext context = clinic.Open())
        {
            await context.Database.OpenConnectionAsync(Cancelled);
            await context.Database.ExecuteSqlRawAsync(guard, Cancelled);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO patient_words (\"PatientId\", \"Word\") VALUES ('0193a000-0000-7000-8000-00000000dead', 'nobody')", Cancelled);
        }

        string problem = Assert.Single((await CheckAsync(clinic)).Problems);
        Assert.Contains("patient_words", problem, StringComparison.Ordinal);
        Assert.Contains("patients", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_went_with_its_row_while_the_rows_were_read_is_not_missing()
    {
        Clinic clinic = await MakeClinicAsync("clinic", patients: 3);
        FileStore files = clinic.Files();
        string missing = files.Add("surface 1"u8);
        File.Delete(files.PathOf(missing));

        // All scans have been read by then.
        var meanwhile = new Meanwhile("Reading the rows", () => RemoveScanAsync(clinic, 2), from: 0.45);
        RecordCheckReport report = await RecordCheck.RunAsync(clinic.Data, clinic.Database, removeOrphans: false, Clock, meanwhile, Cancelled);
        Assert.Equal(2 * 2, files.Names().Count());
        Assert.Contains(missing, Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Empty(report.Orphans);
    }

    [Fact]
    public async Task A_file_that_a_row_names_by_the_time_it_would_be_removed_stays()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        FileStore files = clinic.Files();
        string file = files.Add("file 2"u8), surface = files.Add("surface 2"u8), old = files.Add("old"u8);
        foreach (string orphan in (string[])[file, surface, old])
        {
            File.SetLastWriteTimeUtc(files.PathOf(orphan), SystemClock.Instance.GetCurrentInstant().Minus(Duration.FromHours(25)).ToDateTimeUtc());
        }

        // The rows have been read by then.
        var meanwhile = new Meanwhile("Reading the files", () => AddPatientAsync(clinic, 2));
        RecordCheckReport report = await RecordCheck.RunAsync(clinic.Data, clinic.Database, removeOrphans: true, SystemClock.Instance, meanwhile, Cancelled);
        Assert.Equal(1, report.Removed);
        Assert.Equal((true, true, false), (files.Has(file), files.Has(surface), files.Has(old)));
        Assert.Empty((await CheckAsync(clinic)).Problems);
    }

    [Fact]
    public async Task What_a_write_that_was_cut_off_left_goes_when_it_is_old_and_what_lies_aside_only_with_the_next_backup()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        string picture = clinic.Files().PathOf(clinic.Files().Add("picture"u8));
        string aside = Path.Combine(clinic.Data.Files, "removed", new string('a', 64));
        string[] left = [picture + ".1.part", picture + ".2.part", aside];
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        foreach (string file in left)
        {
            await File.WriteAllTextAsync(file, "", Cancelled);
            File.SetLastWriteTimeUtc(file, Now.Minus(Duration.FromHours(file == left[1] ? 23 : 25)).ToDateTimeUtc());
        }

        RecordCheckReport report = await CheckAsync(clinic, remove: true);
        Assert.Empty(report.Problems);
        Assert.Equal(left.Order(StringComparer.Ordinal), report.Orphans.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1), (report.OldOrphans, report.Removed));
        Assert.Equal([false, true, true], left.Select(File.Exists));
        await BackUpAsync(clinic);
        Assert.False(File.Exists(aside));
    }
}
