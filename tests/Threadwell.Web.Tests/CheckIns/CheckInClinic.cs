using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Threadwell.Anatomy;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Accounts;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.CheckIns;

/// <summary>An app with a doctor on call, and treatments that have ended at a time of the test's choice.</summary>
public abstract class CheckInClinic : IAsyncLifetime
{
    private TestDatabase? database;
    private int patients = 500;

    internal InProcessApp App { get; private set; } = null!;

    /// <summary>Somebody of the clinic, who tells what a patient said on the telephone.</summary>
    internal HttpClient Doctor { get; private set; } = null!;

    /// <summary>The doctor on call.</summary>
    internal static Guid OnCall => DemonstrationAccounts.IdOf(Role.Doctor);

    /// <summary>Another doctor, not on call: the responsible one.</summary>
    internal static readonly Guid Responsible = new("dd000000-0000-7000-8000-000000000001");

    /// <summary>The head of department.</summary>
    internal static readonly Guid Head = new("dd000000-0000-7000-8000-000000000002");

    /// <summary>Stops every row of a table by an error of the database itself, or lets them through again.</summary>
    internal abstract IReadOnlyList<string> Stop(string table, bool stopped);

    private protected abstract Task<TestDatabase?> MakeAsync();

    public async ValueTask InitializeAsync()
    {
        database = await MakeAsync();
        App = await InProcessApp.StartAsync(empty: true, database: database?.Connection);
        await App.StoreAsync(async context =>
        {
            Instant now = App.Clock.GetCurrentInstant();
            await DemonstrationAccounts.AddAsync(context, now, CancellationToken.None);
            DemonstrationClinic.Add(context, now.InUtc().Date);
            foreach (Guid doctor in (Guid[])[Responsible, Head])
            {
                context.Users.Add(new UserAccount { Id = doctor, UserName = $"{doctor:n}@test", NormalizedUserName = $"{doctor:N}@TEST", FullName = "BS. Test", Role = Role.Doctor, CreatedAt = now, SecurityStamp = "1" });
            }

            foreach (Guid doctor in (Guid[])[OnCall, Responsible, Head])
            {
                // To no push service that is known: nothing leaves the machine.
                context.PushSubscriptions.Add(new PushSubscription { Id = Guid.CreateVersion7(), UserId = doctor, AddressSha256 = doctor.ToString("n") + doctor.ToString("n"), Address = "https://push.invalid/test", PublicKey = "", Secret = "", CreatedAt = now });
            }

            context.ClinicSettings.Local.Single().ResponsibleDoctorId = Responsible;
            context.ClinicSettings.Local.Single().HeadOfDepartmentId = Head;
        });
        Doctor = await App.SignInAsync("doctor@demo");
    }

    public async ValueTask DisposeAsync()
    {
        Doctor?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A patient whose treatment ended some time ago: threads along the jaw on both sides.</summary>
    internal async Task<Guid> TreatmentAsync(Duration ago, TreatmentState state = TreatmentState.Ended)
    {
        Instant ended = Instant.FromUnixTimeMilliseconds((App.Clock.GetCurrentInstant() - ago).ToUnixTimeMilliseconds());
        var patient = new Patient { Id = Guid.CreateVersion7(), Number = Interlocked.Increment(ref patients), FullName = "Trần Thị Thử", SortKey = "thu tran thi", BirthDate = new LocalDate(1980, 1, 1), Sex = Sex.Female, Language = "vi", CreatedAt = ended };
        var treatment = new StoredTreatment
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient.Id,
            Kind = TreatmentKind.Planned,
            State = state,
            Day = ended.InUtc().Date,
            OperatorId = OnCall,
            FacilityId = DemonstrationClinic.FacilityId,
            StartedAt = ended - Duration.FromMinutes(50),
            EndedAt = state == TreatmentState.Ended ? ended : null,
            CreatedAt = ended,
        };
        treatment.Threads.AddRange(((BodySide[])[BodySide.Left, BodySide.Right]).Select((side, index) => new ImplantedThread
        {
            Id = Guid.CreateVersion7(), TreatmentId = treatment.Id, PatientId = patient.Id, Number = index + 1, ProductName = "Thread", Maker = "Maker", Material = "PDO", DeviceIdentifier = "0", Lot = "L1", LotKey = "L1",
            Expiry = new LocalDate(2030, 1, 1), Area = TreatmentArea.Jawline, Side = side, PlacedAt = ended,
        }));
        await App.StoreAsync(context =>
        {
            context.AddRange(patient, treatment);
            return Task.CompletedTask;
        });
        return treatment.Id;
    }

    /// <summary>A check-in as a phone sends it.</summary>
    internal static Dictionary<string, object?> Message(Guid id, OffsetDateTime? answeredAt, AnswerSheet answers, string? phoneLevel = null, string scheduled = "") => new(StringComparer.Ordinal)
    {
        ["id"] = id,
        ["scheduledId"] = scheduled,
        ["answeredAt"] = answeredAt is { } at ? OffsetDateTimePattern.Rfc3339.Format(at) : null,
        ["answers"] = JsonSerializer.Deserialize<JsonElement>(AnswerReader.ToJson(answers)),
        ["phoneLevel"] = phoneLevel,
        ["rulebookVersion"] = Care.Triage.TriageFile.Shipped.Version,
    };

    /// <summary>Sends it.</summary>
    internal async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(Guid treatment, object message, HttpClient? from = null)
    {
        using HttpResponseMessage response = await (from ?? Doctor).PostAsJsonAsync($"/api/treatments/{treatment}/check-ins", message, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>Answers that are kept; the test ends where they are not.</summary>
    internal async Task<JsonElement> KeptAsync(Guid treatment, object message)
    {
        (HttpStatusCode status, JsonElement body) = await SendAsync(treatment, message);
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        return body;
    }

    /// <summary>Adds an amber task of another kind to the treatment of one, with its deadlines.</summary>
    internal Task AddTaskAsync(CareTask beside, CareTaskKind kind) => App.StoreAsync(context =>
    {
        context.CareTasks.Add(new CareTask
        {
            Id = Guid.CreateVersion7(), PatientId = beside.PatientId, TreatmentId = beside.TreatmentId, Kind = kind, Occasion = $"test:{kind}", Level = TriageLevel.Amber, OpenedAt = beside.OpenedAt, DeadlinesJson = beside.DeadlinesJson,
            State = CareTaskState.New, Owner = ActionOwner.Clinic,
        });
        return Task.CompletedTask;
    });

    /// <summary>A doctor's browser agrees to messages, or ends them.</summary>
    internal Task ListensAsync(Guid doctor, bool listens) => App.StoreAsync(async context =>
        (await context.PushSubscriptions.SingleAsync(row => row.UserId == doctor, TestContext.Current.CancellationToken)).EndedAt = listens ? null : App.Clock.GetCurrentInstant());

    /// <summary>The time of the clinic's clock, some time ago.</summary>
    internal OffsetDateTime Ago(Duration ago) => (App.Clock.GetCurrentInstant() - ago).WithOffset(Offset.FromHours(7));

    /// <summary>Reads the record.</summary>
    internal async Task<T> ReadAsync<T>(Func<ThreadwellContext, Task<T>> read)
    {
        await using AsyncServiceScope scope = App.App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ThreadwellContext>());
    }

    /// <summary>Runs statements on the database itself.</summary>
    internal async Task RunAsync(IReadOnlyList<string> statements)
    {
        foreach (string statement in statements)
        {
            await ReadAsync(context => context.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken));
        }
    }
}

/// <summary>On the embedded database.</summary>
public sealed class SqliteCheckInClinic : CheckInClinic
{
    private protected override Task<TestDatabase?> MakeAsync() => Task.FromResult<TestDatabase?>(null);

    internal override IReadOnlyList<string> Stop(string table, bool stopped) =>
        [stopped ? $"CREATE TRIGGER stop_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'The test stops this row.'); END" : $"DROP TRIGGER stop_{table}"];
}

/// <summary>On a server.</summary>
public sealed class PostgreSqlCheckInClinic : CheckInClinic
{
    private protected override async Task<TestDatabase?> MakeAsync() => await TestDatabase.PreparedPostgreSqlAsync();

    internal override IReadOnlyList<string> Stop(string table, bool stopped) => stopped
        ? [$"CREATE OR REPLACE FUNCTION stop_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The test stops this row.'; END $$", $"CREATE TRIGGER stop_{table} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION stop_row()"]
        : [$"DROP TRIGGER stop_{table} ON {table}"];
}
