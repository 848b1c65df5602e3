using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Sealing;
using Threadwell.Tests.Shared;

namespace Threadwell.Durability.Tests;

/// <summary>
/// The real server is killed (SIGKILL) at seeded moments while it plans and sends reminders to a real mail server, and started again: every reminder arrives, at most one of them twice for a
/// kill, each time under the same Message-ID, and each repeat is counted. Five kills on the embedded database; with THREADWELL_LONG=1 a hundred on each.
/// </summary>
public class ReminderKillTests
{
    private const int Seed = 20261127;
    private const int PatientsPerKill = 6;
    private const string MailFrom = "hello@clinic.example";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static bool IsLong => Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";

    private static int Kills => IsLong ? 100 : 5;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_reminder_is_lost_and_at_most_one_repeated_a_kill_on_the_embedded_database()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-remind-kill-").FullName;
        await PreparedData.CopyToAsync(folder);
        await using (TestDatabase database = TestDatabase.Sqlite(folder))
        {
            await RunAsync(folder, database);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task No_reminder_is_lost_and_at_most_one_repeated_a_kill_on_PostgreSQL()
    {
        // In short KillTests kill on PostgreSQL, and the dispatcher is begun anew on it within the tests' process (DispatcherTests).
        Assert.SkipUnless(IsLong, "long");
        string folder = Directory.CreateTempSubdirectory("threadwell-remind-kill-").FullName;
        await using (TestDatabase database = await TestDatabase.PostgreSqlAsync())
        {
            await PreparedData.CopySamplesToAsync(folder, database.Database);
            await RunAsync(folder, database, "--empty", "--database", database.Connection!);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(string folder, TestDatabase database, params string[] further)
    {
        var random = new Random(Seed);
        await using SmtpSink sink = await SmtpSink.StartAsync();
        var expected = new HashSet<Guid>();
        using ServerProcess server = await ServerProcess.StartAsync(folder, [.. further, "--smtp", sink.Address]);
        await server.EndAsync();
        int withinMessage = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            await AddDueAsync(folder, database.Database, expected);

            // Killed just after a message lies at the mail server, mostly before its answer is out; or at any moment from the start on.
            int target = sink.Ids.Count + random.Next(0, PatientsPerKill + 1);
            int held = random.Next(0, 25);
            int later = random.Next(0, 30);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sink.Held = count =>
            {
                if (count >= target)
                {
                    reached.TrySetResult();
                }

                return Task.Delay(held, CancellationToken.None);
            };
            await server.StartAgainAsync();
            if (target > sink.Ids.Count)
            {
                await reached.Task.WaitAsync(Patience, Cancelled);
                await Task.Delay(later, Cancelled);
            }
            else
            {
                await Task.Delay(random.Next(0, 1500), Cancelled);
            }

            Assert.Equal(137, await server.EndAsync("KILL"));
            AssertNoFault(await server.Errors);
            withinMessage += await SendingAsync(folder, database.Database);
        }

        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sink.Held = _ =>
        {
            if (expected.All(id => sink.Ids.Contains(MessageId(id))))
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await server.StartAgainAsync();
        if (!expected.All(id => sink.Ids.Contains(MessageId(id))))
        {
            await all.Task.WaitAsync(Patience, Cancelled);
        }

        Assert.Equal(0, await server.EndAsync());
        AssertNoFault(await server.Errors);

        Dictionary<string, int> arrived = sink.Ids.GroupBy(id => id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        Assert.Equal(expected.Select(MessageId).Order(StringComparer.Ordinal), arrived.Keys.Order(StringComparer.Ordinal));
        int repeats = sink.Ids.Count - arrived.Count;
        Assert.InRange(repeats, 0, Kills);
        await using ThreadwellContext context = database.Database.Open(RecordKeys.Open(new DataFolder(folder).Keys));
        List<OutboxMessage> rows = await context.Outbox.AsNoTracking().Where(row => row.PatientId != null && row.State == MessageState.Sent && row.Channel == MessageChannel.Email).ToListAsync(Cancelled);
        Dictionary<string, OutboxMessage> sent = rows.Where(row => expected.Contains(row.Id)).ToDictionary(row => MessageId(row.Id), StringComparer.Ordinal);
        Assert.Equal(expected.Count, sent.Count);
        Assert.All(arrived, message => Assert.True(sent[message.Key].Repeats >= message.Value - 1, $"{message.Key} arrived {message.Value} times, and {sent[message.Key].Repeats} repeats are counted."));
        Assert.InRange(sent.Values.Sum(row => row.Repeats), repeats, Kills);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills, {withinMessage} of them while a message was handed over; {expected.Count} reminders, none lost, {repeats} repeated at the mail server, {sent.Values.Sum(row => row.Repeats)} counted in rows"));
    }

    // Patients with an appointment in just under two hours: the reminder of two hours before fell due a minute ago.
    private static async Task AddDueAsync(string folder, ClinicDatabase database, HashSet<Guid> expected)
    {
        await using ThreadwellContext context = database.Open(RecordKeys.Open(new DataFolder(folder).Keys));
        Instant now = Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());
        ClinicSettings? settings = await context.ClinicSettings.SingleOrDefaultAsync(Cancelled);
        if (settings is null)
        {
            settings = new ClinicSettings { Name = "Clinic", Phone = "0900 000 100" };
            context.ClinicSettings.Add(settings);
        }

        settings.MailFrom = MailFrom;
        Facility? facility = await context.Facilities.OrderBy(row => row.Name).FirstOrDefaultAsync(Cancelled);
        if (facility is null)
        {
            facility = new Facility { Id = Guid.NewGuid(), Name = "House", Kind = FacilityKind.SpecialistClinic };
            context.Facilities.Add(facility);
        }

        int number = await context.Patients.Select(patient => patient.Number).DefaultIfEmpty().MaxAsync(Cancelled);
        for (int index = 0; index < PatientsPerKill; index++)
        {
            var patient = new Patient
            {
                Id = Guid.NewGuid(), Number = ++number, FullName = $"Person {number}", SortKey = $"person {number}", BirthDate = new LocalDate(1980, 1, 1), Sex = Sex.Female, Language = "en",
                Email = $"person{number}@mail.example", CreatedAt = now,
            };
            context.Patients.Add(patient);
            context.ReminderChoices.Add(new ReminderChoice { PatientId = patient.Id, QuietFrom = LocalTime.Midnight, QuietUntil = LocalTime.Midnight });
            context.Consents.Add(new StoredConsent
            {
                Id = Guid.NewGuid(), PatientId = patient.Id, Kind = ConsentKind.Messages, Language = "en", DocumentJson = "{}", DocumentSha256 = new string('0', 64), Signature = SignatureKind.Typed,
                SignatureSha256 = new string('0', 64), PdfSha256 = new string('0', 64), SignedAt = now, SignedOn = Guid.NewGuid(),
            });
            var appointment = new Appointment
            {
                Id = Guid.NewGuid(), PatientId = patient.Id, Kind = AppointmentKind.FollowUp, StartsAt = now + Duration.FromMinutes(119), EndsAt = now + Duration.FromMinutes(149), DoctorId = Guid.NewGuid(),
                FacilityId = facility.Id, State = AppointmentState.Booked, CreatedAt = now - Duration.FromHours(3), ChangedAt = now - Duration.FromHours(3),
            };
            context.Appointments.Add(appointment);
            expected.Add(Web.Reminders.MessageKinds.IdOf($"{Web.Reminders.MessageKinds.AppointmentKey(appointment.Id, appointment.StartsAt, "hours2")}/email"));
        }

        await context.SaveChangesAsync(Cancelled);
    }

    private static async Task<int> SendingAsync(string folder, ClinicDatabase database)
    {
        await using ThreadwellContext context = database.Open(RecordKeys.Open(new DataFolder(folder).Keys));
        return await context.Outbox.CountAsync(row => row.State == MessageState.Sending, Cancelled);
    }

    private static string MessageId(Guid id) => Web.Reminders.MessageKinds.MessageId(id, MailFrom);

    private static void AssertNoFault(string errors) =>
        Assert.DoesNotContain(errors.Split('\n'), line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
}
