using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>The demonstration goes as a whole and for good, on each kind of database.</summary>
public abstract class DemonstrationRemovalTests : IAsyncLifetime
{
    private const string Remove = "/clinic/demonstration/remove";

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
    public async Task The_button_asks_for_an_administrator_and_a_tick_then_removes_all_of_it_for_good()
    {
        HttpClient made = await app.SignInAsync("administrator@demo");
        int samples = await CountAsync(context => context.Scans.Where(scan => scan.Origin == ScanOrigin.Sample));
        int patients = await CountAsync(context => context.Patients);
        Assert.NotEqual(0, patients);
        using (HttpResponseMessage lonely = await made.PostFormAsync("/clinic", Remove, new() { ["confirm"] = "yes" }))
        {
            Assert.Contains("demonstration=administrator", lonely.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        HttpClient own = await AdministratorAsync();
        using (HttpResponseMessage doubtful = await own.PostFormAsync("/clinic", Remove, []))
        {
            Assert.Contains("demonstration=confirm", doubtful.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(patients, await CountAsync(context => context.Patients));
        using (HttpResponseMessage removed = await own.PostFormAsync("/clinic", Remove, new() { ["confirm"] = "yes" }))
        {
            Assert.Equal("/clinic?demonstration=gone", removed.Headers.Location!.OriginalString);
        }

        await AssertGoneAsync(samples);
        Assert.Equal(patients, await CountAsync(context => context.AuditEntries.Where(entry => entry.Action == "Removed" && entry.RecordKind == nameof(Patient))));
        Assert.Equal(1, await CountAsync(context => context.AuditEntries.Where(entry => entry.Action == "Removed" && entry.RecordKind == "Demonstration" && entry.UserName == "Chủ Phòng Khám")));
        string page = await own.GetStringAsync("/clinic?demonstration=gone", Cancelled);
        Assert.DoesNotContain("class=\"demonstration\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Remove, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await made.GetAsync("/clinic", Cancelled)).StatusCode);
        Assert.DoesNotContain("@demo", await app.Browser().GetStringAsync("/sign-in", Cancelled), StringComparison.Ordinal);

        await app.RestartAsync(() => Task.CompletedTask);
        await AssertGoneAsync(samples);
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
        await app.RestartAsync(async () =>
        {
            Assert.NotEqual(0, await DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled));
            Assert.Equal(0, await DemonstrationRemoval.RunAsync(app.DataFolder, server?.Connection, Cancelled));
        });
        await AssertGoneAsync(samples, settings: 1, facilities: 1);
        await using ThreadwellContext context = await OpenAsync();
        Threadwell.Storage.Clinic.ClinicSettings settings = await context.ClinicSettings.SingleAsync(Cancelled);
        Assert.Equal(("Phòng khám Thật", "", (Guid?)null), (settings.Name, settings.Phone, settings.ResponsibleDoctorId));
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
        using (HttpResponseMessage held = await administrator.PostFormAsync("/clinic", Remove, new() { ["confirm"] = "yes" }))
        {
            Assert.Contains("demonstration=held", held.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Assert.Contains("1 ", await administrator.GetStringAsync("/clinic?demonstration=held", Cancelled), StringComparison.Ordinal);
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

    // An administrator of the clinic's own, in a browser whose session is hers.
    private async Task<HttpClient> AdministratorAsync()
    {
        HttpClient browser = await app.SignInAsync("coordinator@demo");
        var account = new UserAccount
        {
            Id = Guid.CreateVersion7(),
            UserName = "owner",
            NormalizedUserName = "OWNER",
            FullName = "Chủ Phòng Khám",
            Role = Role.Administrator,
            PasswordHash = "-",
            SecurityStamp = "own",
            CreatedAt = app.Clock.GetCurrentInstant(),
        };
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
