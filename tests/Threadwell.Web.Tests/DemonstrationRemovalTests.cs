using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Hosting;
using Threadwell.Web.Tests.Access;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Tests;

/// <summary>The demonstration goes as a whole and for good, on each kind of database.</summary>
public abstract class DemonstrationRemovalTests : IAsyncLifetime
{
    private const string Remove = "/clinic/demonstration/remove";
    private const string Page = "/clinic/demonstration";

    private TestDatabase? server;
    private InProcessApp app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await ServerAsync();
        app = await InProcessApp.StartAsync(database: server?.Connection);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_asks_for_an_administrator_and_shows_what_goes_then_removes_all_of_it_for_good()
    {
        HttpClient made = await app.SignInAsync("administrator@demo");
        int samples = await CountAsync(context => context.Scans.Where(scan => scan.Origin == ScanOrigin.Sample));
        int patients = await CountAsync(context => context.Patients);
        Assert.NotEqual(0, patients);

        // A question that somebody asked, and that was linked to one of its patients, with a photo.
        Threadwell.Storage.Files.FileStore files = app.App.Services.GetRequiredService<Threadwell.Storage.Files.FileStore>();
        string photo = files.Add("a photo"u8);
        await app.StoreAsync(async context =>
        {
            var asked = new PublicQuestion
            {
                Id = Guid.CreateVersion7(), LinkSha256 = new string('0', 64), Link = "x", Language = "en", Topic = "results", AgeBand = "40-49", Text = "How long?", State = QuestionState.Open, CreatedAt = app.Clock.GetCurrentInstant(),
                PatientId = (await context.Patients.FirstAsync(patient => patient.IsDemonstration, Cancelled)).Id,
            };
            context.AddRange(asked, new QuestionPhoto { Id = Guid.CreateVersion7(), QuestionId = asked.Id, FileSha256 = photo, ThumbnailSha256 = photo, Width = 1, Height = 1 });
        });

        // Plans were searched for at a plan of one of its patients, and are again; another search comes first, until it is over.
        string found = files.Add("plans that were found"u8);
        var search = Guid.CreateVersion7();
        await app.StoreAsync(async context => context.Add(new StoredProposals
        {
            Id = search, AskedJson = "{}", DocumentSha256 = found, AskedAt = app.Clock.GetCurrentInstant(),
            PlanId = (await context.Plans.FirstAsync(plan => context.Scans.Any(scan => scan.Id == plan.ScanId && scan.PatientId != null), Cancelled)).Id,
        }));
        Lanes lanes = app.App.Services.GetRequiredService<Lanes>();
        using var over = new ManualResetEventSlim();
        lanes.Proposals.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        Job waiting = lanes.Proposals.Add(search, (_, _) => search);
        string without = await made.GetStringAsync(Page, Cancelled);
        Assert.DoesNotContain("name=\"seen\"", without, StringComparison.Ordinal);
        Assert.Contains("/clinic/accounts", without, StringComparison.Ordinal);
        using (HttpResponseMessage lonely = await made.PostFormAsync("/clinic", Remove, new() { ["seen"] = "1" }))
        {
            Assert.Equal(Page, lonely.Headers.Location!.OriginalString);
        }

        HttpClient own = await AdministratorAsync();
        string shown = await own.GetStringAsync(Page, Cancelled);
        Assert.Matches($"<dt>Patients</dt><dd class=\"number\">{patients}</dd>", shown);
        Assert.Matches("<dt>Example products</dt><dd class=\"number\">4</dd>", shown);
        using (HttpResponseMessage unread = await own.PostFormAsync(Page, Remove, []))
        {
            Assert.Equal($"{Page}?outcome=changed", unread.Headers.Location!.OriginalString);
        }

        // An account that was made for a made-up patient is part of it; that of one's own patient is not.
        await app.StoreAsync(async context => context.Add(Account("patient.of.demo", Role.Patient, await context.Patients.OrderBy(patient => patient.Number).Select(patient => patient.Id).FirstAsync(Cancelled))));
        using (HttpResponseMessage older = await own.PostFormAsync(Page, Remove, new() { ["seen"] = Seen(shown) }))
        {
            Assert.Equal($"{Page}?outcome=changed", older.Headers.Location!.OriginalString);
        }

        Assert.Equal(patients, await CountAsync(context => context.Patients));
        using (HttpResponseMessage removed = await own.PostFormAsync(Page, Remove, new() { ["seen"] = Seen(await own.GetStringAsync(Page, Cancelled)) }))
        {
            Assert.Equal("/clinic?demonstration=gone", removed.Headers.Location!.OriginalString);
        }

        await AssertGoneAsync(samples);
        Assert.Equal(JobState.Cancelled, waiting.Status.State);
        over.Set();
        Assert.Equal(patients, await CountAsync(context => context.AuditEntries.Where(entry => entry.Action == "Removed" && entry.RecordKind == nameof(Patient))));
        Assert.Equal(1, await CountAsync(context => context.AuditEntries.Where(entry => entry.Action == "Removed" && entry.RecordKind == "Demonstration" && entry.UserName == "Chủ Phòng Khám")));
        Assert.Equal(0, await CountAsync(context => context.Users.Where(user => user.UserName == "patient.of.demo")));
        Assert.Equal(0, await CountAsync(context => context.Products));
        string page = await own.GetStringAsync("/clinic?demonstration=gone", Cancelled);
        Assert.DoesNotContain("class=\"demonstration\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Remove, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await made.GetAsync("/clinic", Cancelled)).StatusCode);
        Assert.DoesNotContain("@demo", await app.Browser().GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);

        await app.RestartAsync(() => Task.CompletedTask);
        await AssertGoneAsync(samples);
        Assert.Equal(0, await CountAsync(context => context.Products));
        Assert.False(files.Has(photo));
        Assert.False(files.Has(found));
    }

    [Fact]
    public async Task The_command_removes_it_once_and_a_start_does_not_bring_it_back()
    {
        int samples = await CountAsync(context => context.Scans.Where(scan => scan.Origin == ScanOrigin.Sample));
        await app.StoreAsync(async context =>
        {
            Threadwell.Storage.Clinic.ClinicSettings settings = await context.ClinicSettings.SingleAsync(Cancelled);
            (settings.Name, settings.Revision) = ("Phòng khám Thật", settings.Revision + 1);
            Threadwell.Storage.Clinic.Facility facility = await context.Facilities.SingleAsync(Cancelled);
            (facility.Name, facility.LicenceNumber) = ("Phòng khám Thật", "01234/HNO-GPHĐ");
        });

        // A course of one of its patients, of which a prediction at a sample says the same in part.
        Threadwell.Storage.Files.FileStore files = app.App.Services.GetRequiredService<Threadwell.Storage.Files.FileStore>();
        string alone = files.Add("a course"u8), shared = files.Add("the same fields"u8);
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            PlanVersion shown = await context.PlanVersions.OrderBy(version => version.Id).FirstAsync(Cancelled);
            var sample = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = (await context.Scans.FirstAsync(scan => scan.Origin == ScanOrigin.Sample, Cancelled)).Id, Name = "Own", DraftJson = "{}", CreatedAt = now, ChangedAt = now };
            sample.Versions.Add(new PlanVersion { Id = Guid.CreateVersion7(), PlanId = sample.Id, Number = 1, Note = "", PlanJson = "{}", CreatedAt = now });
            context.Add(sample);
            context.AddRange(Course(shown, alone), Course(sample.Versions[0], null));

            StoredPrediction Course(PlanVersion version, string? document) =>
                new() { Id = Guid.CreateVersion7(), PlanVersionId = version.Id, Months = 12, State = PredictionState.Done, DocumentSha256 = document, FieldsSha256 = shared, CreatedAt = now };
        });
        await app.RestartAsync(async () =>
        {
            Assert.NotEqual(0, await DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled));
            Assert.Equal(0, await DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled));
        });
        Assert.Equal((false, true), (files.Has(alone), files.Has(shared)));
        await app.StoreAsync(async context => context.RemoveRange(await context.Plans.ToListAsync(Cancelled)));
        await AssertGoneAsync(samples, settings: 1, facilities: 1);
        await using ThreadwellContext context = await OpenAsync();
        Threadwell.Storage.Clinic.ClinicSettings settings = await context.ClinicSettings.SingleAsync(Cancelled);
        Assert.Equal(("Phòng khám Thật", "", (Guid?)null), (settings.Name, settings.Phone, settings.ResponsibleDoctorId));
    }

    [Fact]
    public async Task An_example_stays_where_a_thread_of_the_clinics_own_was_recorded_under_it()
    {
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            Guid patient = Guid.CreateVersion7();
            var facility = new Threadwell.Storage.Clinic.Facility { Id = Guid.CreateVersion7(), Name = "Own", Kind = default };
            var treatment = new StoredTreatment { Id = Guid.CreateVersion7(), PatientId = patient, Kind = default, State = default, Day = new LocalDate(2026, 1, 1), OperatorId = Guid.NewGuid(), FacilityId = facility.Id, CreatedAt = now };
            context.AddRange(new Patient { Id = patient, Number = 9001, FullName = "Own", SortKey = "own", BirthDate = new LocalDate(1970, 1, 1), Sex = Sex.Female, Language = "vi", CreatedAt = now }, facility, treatment);
            Threadwell.Storage.Products.Product used = await context.Products.SingleAsync(product => product.Material == "PCL", Cancelled);
            context.Add(new ImplantedThread
            {
                Id = Guid.CreateVersion7(), TreatmentId = treatment.Id, PatientId = patient, Number = 1, ProductId = used.Id, ProductName = used.Name, Maker = used.Maker, Material = used.Material,
                DeviceIdentifier = used.DeviceIdentifier, Lot = "1", LotKey = "1", Expiry = new LocalDate(2030, 1, 1), UdiText = "", Area = TreatmentArea.Jawline, Side = BodySide.Left, PlacedAt = now,
            });
        });
        await app.RestartAsync(async () => Assert.NotEqual(0, await DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled)));
        await using ThreadwellContext context = await OpenAsync();
        Assert.Equal(["PCL"], await context.Products.Select(product => product.Material).ToListAsync(Cancelled));
        await AssertWholeAsync();
    }

    [Fact]
    public async Task It_stays_whole_while_a_treatment_of_the_clinics_own_depends_on_it()
    {
        Guid own = Guid.CreateVersion7();
        await app.StoreAsync(async context =>
        {
            Instant now = app.Clock.GetCurrentInstant();
            context.Add(new Patient { Id = own, Number = 9001, FullName = "Own", SortKey = "own", BirthDate = new LocalDate(1970, 1, 1), Sex = Sex.Female, Language = "vi", CreatedAt = now });
            context.Add(new StoredTreatment
            {
                Id = Guid.CreateVersion7(), PatientId = own, Kind = default, State = default, Day = new LocalDate(2026, 1, 1), OperatorId = Guid.NewGuid(),
                FacilityId = await context.Facilities.Select(facility => facility.Id).SingleAsync(Cancelled), CreatedAt = now,
            });
        });
        int patients = await CountAsync(context => context.Patients);
        HttpClient administrator = await AdministratorAsync();
        string shown = await administrator.GetStringAsync(Page, Cancelled);
        Assert.Contains("1 treatments", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"seen\"", shown, StringComparison.Ordinal);
        using (HttpResponseMessage held = await administrator.PostFormAsync(Page, Remove, new() { ["seen"] = (await TotalAsync()).ToString(CultureInfo.InvariantCulture) }))
        {
            Assert.Equal(Page, held.Headers.Location!.OriginalString);
        }

        await app.RestartAsync(async () =>
        {
            InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled));
            Assert.Contains("1 treatments", refused.Problem, StringComparison.Ordinal);
        });
        Assert.Equal(patients, await CountAsync(context => context.Patients));
        Assert.Equal(0, await CountAsync(context => context.AuditEntries.Where(entry => entry.RecordKind == "Demonstration")));
        await AssertWholeAsync();
    }

    private protected abstract Task<TestDatabase?> ServerAsync();

    private async Task<ThreadwellContext> OpenAsync() => await app.App.Services.GetRequiredService<IDbContextFactory<ThreadwellContext>>().CreateDbContextAsync(Cancelled);

    private async Task<int> CountAsync<T>(Func<ThreadwellContext, IQueryable<T>> rows)
    {
        await using ThreadwellContext context = await OpenAsync();
        return await rows(context).CountAsync(Cancelled);
    }

    // Nothing but the samples, the shipped rules and what the clinic itself has written.
    private async Task AssertGoneAsync(int samples, int settings = 0, int facilities = 0)
    {
        await using ThreadwellContext context = await OpenAsync();
        int[] left =
        [
            await context.Patients.CountAsync(Cancelled), await context.PatientWords.CountAsync(Cancelled), await context.Photos.CountAsync(Cancelled), await context.Assessments.CountAsync(Cancelled),
            await context.Consents.CountAsync(Cancelled), await context.Plans.CountAsync(Cancelled), await context.PlanVersions.CountAsync(Cancelled), await context.Predictions.CountAsync(Cancelled),
            await context.Treatments.CountAsync(Cancelled), await context.ImplantedThreads.CountAsync(Cancelled), await context.Facilities.CountAsync(facility => facility.IsDemonstration, Cancelled), await context.StaffLicences.CountAsync(Cancelled),
            await context.OnCallTurns.CountAsync(Cancelled), await context.Users.CountAsync(user => user.IsDemonstration, Cancelled), await context.Rulebooks.CountAsync(rulebook => rulebook.SignedOffBy != null, Cancelled),
        ];
        Assert.All(left, count => Assert.Equal(0, count));
        Assert.Equal(settings, await context.ClinicSettings.CountAsync(Cancelled));
        Assert.Equal(facilities, await context.Facilities.CountAsync(Cancelled));
        Assert.Equal(samples, await context.Scans.CountAsync(Cancelled));
        await AssertWholeAsync();
    }

    private async Task AssertWholeAsync()
    {
        await using ThreadwellContext context = await OpenAsync();
        AuditReport report = await AuditChain.VerifyAsync(context, app.App.Services.GetRequiredService<AuditHeads>(), Cancelled);
        Assert.True(report.IsWhole, report.Problem);
    }

    private static string Seen(string page) => page.Split("name=\"seen\" value=\"")[1].Split('"')[0];

    private async Task<int> TotalAsync()
    {
        await using ThreadwellContext context = await OpenAsync();
        return DemonstrationCounts.Of(await new DemonstrationRows(context).AllAsync(Cancelled)).Total;
    }

    private UserAccount Account(string name, Role role, Guid? patient = null) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = name,
        NormalizedUserName = name.ToUpperInvariant(),
        FullName = "Chủ Phòng Khám",
        Role = role,
        PatientId = patient,
        PasswordHash = "-",
        SecurityStamp = "own",
        CreatedAt = app.Clock.GetCurrentInstant(),
    };

    // An administrator of the clinic's own, in a browser whose session is hers.
    private async Task<HttpClient> AdministratorAsync()
    {
        HttpClient browser = await app.SignInAsync("coordinator@demo");
        UserAccount account = Account("owner", Role.Administrator);
        await app.StoreAsync(context =>
        {
            context.Add(account);
            return Task.CompletedTask;
        });
        await using ThreadwellContext context = await OpenAsync();
        await context.Sessions.Where(session => context.Users.Any(user => user.Id == session.UserId && user.UserName == "coordinator@demo"))
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.UserId, account.Id).SetProperty(session => session.SecurityStamp, "own").SetProperty(session => session.HasSecondFactor, true), Cancelled);
        return browser;
    }
}

public sealed class DemonstrationRemovalOnSqliteTests : DemonstrationRemovalTests
{
    private protected override Task<TestDatabase?> ServerAsync() => Task.FromResult<TestDatabase?>(null);
}

public sealed class DemonstrationRemovalOnPostgreSqlTests : DemonstrationRemovalTests
{
    private protected override async Task<TestDatabase?> ServerAsync()
    {
        // Each start fills a whole demonstration anew.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        return await TestDatabase.PostgreSqlAsync();
    }
}
