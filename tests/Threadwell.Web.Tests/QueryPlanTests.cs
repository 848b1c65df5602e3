using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Bench;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;
using Threadwell.Web.Appointments;
using Threadwell.Web.Patients;
using Threadwell.Web.Recalls;
using Threadwell.Web.Registry;
using Threadwell.Web.Text;

namespace Threadwell.Web.Tests;

public sealed class SqliteQueryPlanTests(SqliteQueryPlanTests.Seeded clinic) : QueryPlanTests(clinic), IClassFixture<SqliteQueryPlanTests.Seeded>
{
    public sealed class Seeded : SeededDatabase
    {
        private protected override Task<TestDatabase> MakeAsync(string folder) => TestDatabase.PreparedSqliteAsync(folder);
    }
}

public sealed class PostgreSqlQueryPlanTests(PostgreSqlQueryPlanTests.Seeded clinic) : QueryPlanTests(clinic), IClassFixture<PostgreSqlQueryPlanTests.Seeded>
{
    public sealed class Seeded : SeededDatabase
    {
        private protected override Task<TestDatabase> MakeAsync(string folder) => TestDatabase.PreparedPostgreSqlAsync();
    }
}

/// <summary>List, search, record and recall read no table of the record as a whole: their time does not grow with the clinic.</summary>
public abstract partial class QueryPlanTests : IAsyncDisposable
{
    // Two rows or so, however large the clinic.
    private static readonly string[] Small = ["clinic_settings", "facilities"];

    private readonly CapturedQueries queries = new();
    private readonly ThreadwellContext context;

    private readonly SeededDatabase shared;

    private protected QueryPlanTests(SeededDatabase shared)
    {
        this.shared = shared;
        context = shared.Open(queries);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await context.DisposeAsync();
    }

    [Fact]
    public async Task The_list_reads_a_page()
    {
        PatientPage first = await PatientSearch.FindAsync(context, null, null, Cancelled);
        PatientPage second = await PatientSearch.FindAsync(context, null, first.After, Cancelled);
        Assert.Equal(PatientSearch.PageSize, second.Rows.Count);
        await AssertIndexedAsync();
    }

    [Theory]
    [InlineData("nguyen")]
    [InlineData("hoa ng")]
    [InlineData("17")]
    [InlineData("01/02/1980")]
    public async Task A_search_goes_by_an_index(string text)
    {
        await PatientSearch.FindAsync(context, text, null, Cancelled);
        await AssertIndexedAsync();
    }

    [Fact]
    public async Task A_record_reads_what_is_the_patients()
    {
        Patient patient = await context.Patients.AsNoTracking().FirstAsync(row => row.Id == SeededClinic.PatientKey(7), Cancelled);
        await RecordReader.FactsAsync(context, [patient.Id], DateTimeZone.Utc, Cancelled);
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var timeline = new Timeline(context, services.GetRequiredService<IStringLocalizer<PatientText>>(), services.GetRequiredService<IStringLocalizer<OutcomeText>>());
        Assert.NotEmpty(await timeline.ReadAsync(patient, DateTimeZone.Utc, Cancelled));
        await AssertIndexedAsync();
    }

    [Fact]
    public async Task The_calendar_reads_its_days_and_what_is_due_about_now()
    {
        var choices = new AppointmentChoices { Zone = DateTimeZone.Utc, Doctors = [], Places = [], Openings = new Dictionary<Guid, ClinicOpening>() };
        await CalendarContent.EntriesAsync(context, choices, new LocalDate(2026, 11, 23), new LocalDate(2026, 11, 29), Cancelled);
        await Taken.WithinAsync(context, Instant.FromUtc(2026, 11, 27, 0, 0), Instant.FromUtc(2026, 11, 28, 0, 0), Cancelled);
        await CalendarContent.UnscheduledAsync(context, new LocalDate(2026, 11, 27), Cancelled);
        await DueVisits.OfClinicAsync(context, choices, Instant.FromUtc(2026, 11, 27, 0, 0), Cancelled);
        await DueVisits.OfPatientAsync(context, choices, SeededClinic.PatientKey(7), Instant.FromUtc(2026, 11, 27, 0, 0), Cancelled);
        await FeedEndpoints.FindAsync(context, "secret", Cancelled);
        await AssertIndexedAsync();
    }

    [Fact]
    public async Task A_recall_reads_the_threads_of_the_lot()
    {
        Assert.NotEmpty(await LotRecall.FindAsync(context, SeededClinic.Lot(0), Cancelled));
        Assert.Equal(1, queries.Count);
        await AssertIndexedAsync();
    }

    [Fact]
    public async Task The_registry_reads_again_what_is_of_those_who_changed()
    {
        // On a database of its own: with courses, and few of them, other queries are answered otherwise.
        await using SeededDatabase own = await shared.AnotherAsync();
        await using ThreadwellContext courses = own.Open(queries);
        await new SeededCourses(own.Clinic, Courses: 300, new LocalDate(2026, 11, 27)).WriteAsync(courses);
        await courses.Database.ExecuteSqlRawAsync("ANALYZE", Cancelled);
        queries.Clear();
        Dictionary<Guid, RegistryPatient> read = await RegistryReader.ReadAsync(courses, DateTimeZone.Utc, [SeededClinic.PatientKey(7), SeededClinic.PatientKey(49)], Cancelled);
        Assert.Equal([true, false], read.Values.Select(patient => patient.Consents).OrderDescending());
        await AssertIndexedAsync(courses);
    }

    private Task AssertIndexedAsync() => AssertIndexedAsync(context);

    private async Task AssertIndexedAsync(ThreadwellContext database)
    {
        Assert.True(queries.Count > 0);
        foreach ((string query, string plan) in await queries.ExplainAsync(database))
        {
            // What can hold for no row is not looked for.
            if (query.TrimEnd().EndsWith("WHERE 0", StringComparison.Ordinal))
            {
                continue;
            }

            // What a part of the query has found, and a limit has cut, is no table.
            string[] whole = [.. WholeTable().Matches(plan).Select(match => match.Groups["table"].Value).Where(table => !IsSmall(query, table) && !plan.Contains($"CO-ROUTINE {table}\n", StringComparison.Ordinal))];
            Assert.True(whole.Length == 0, $"A whole table is read ({string.Join(", ", whole)}):\n{query}\n{plan}");
        }
    }

    // SQLite names a table by its alias in the query.
    private static bool IsSmall(string query, string table) =>
        Small.Contains(table, StringComparer.Ordinal) || Small.Any(small => query.Contains($"\"{small}\" AS \"{table}\"", StringComparison.Ordinal));

    // "SCAN p" of SQLite reads all rows, "SCAN p USING INDEX" walks an index in order until the page is full; PostgreSQL says "Seq Scan on patients".
    [GeneratedRegex(@"^\s*(?:SCAN (?<table>(?!json_each|.*VIRTUAL TABLE)\w+)(?! USING)\s*$|.*Seq Scan on (?<table>\w+))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeTable();
}

/// <summary>A clinic of some hundred patients, from which the tests of a class read.</summary>
public abstract class SeededDatabase : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-plans-").FullName;
    private readonly RecordCipher cipher = RecordCipher.Passing();
    private TestDatabase test = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await MakeAsync(folder);
        await using ThreadwellContext context = test.Database.Open(cipher);
        var facility = new Facility { Id = Guid.CreateVersion7(), Name = "Clinic", Kind = FacilityKind.Hospital };
        if (!await context.Rulebooks.AnyAsync(Cancelled))
        {
            context.Add(new StoredRulebook { Version = 1, Json = "{}", Note = "", CreatedAt = Instant.FromUtc(2026, 1, 1, 0, 0) });
        }

        context.Add(facility);
        await context.SaveChangesAsync(Cancelled);
        Clinic = new SeededClinic(Seed: 1, Patients: 300, ThreadsEach: 10, FirstNumber: 1, facility.Id, await context.Rulebooks.MaxAsync(row => row.Version, Cancelled), new string('a', 64));
        await Clinic.WriteAsync(context);
        await context.Database.ExecuteSqlRawAsync("ANALYZE", Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (test is not null)
        {
            await test.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What was written.</summary>
    internal SeededClinic Clinic { get; private set; } = null!;

    /// <summary>Makes another one of the same kind.</summary>
    internal async Task<SeededDatabase> AnotherAsync()
    {
        var another = (SeededDatabase)Activator.CreateInstance(GetType())!;
        await another.InitializeAsync();
        return another;
    }

    /// <summary>Opens it, and hears what is asked of it.</summary>
    internal ThreadwellContext Open(CapturedQueries queries)
    {
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        test.Database.Use(options, cipher);
        options.AddInterceptors(queries);
        return new ThreadwellContext(options.Options);
    }

    private protected abstract Task<TestDatabase> MakeAsync(string folder);
}
