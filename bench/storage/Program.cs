using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Bench;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Board;
using Threadwell.Web.Hosting;
using Threadwell.Web.Patients;
using Threadwell.Web.Recalls;

// dotnet run -c Release --project bench/storage -- [DATABASE|sqlite] [PATIENTS] [REQUESTS] [FOLDER]: a folder that is given is kept, to serve and look at
const int Seed = 20261127;
const int ThreadsEach = 10;
string? connection = args.ElementAtOrDefault(0) is { } given && given != "sqlite" ? given : null;
int patients = int.Parse(args.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture);
int requests = int.Parse(args.ElementAtOrDefault(2) ?? "100", CultureInfo.InvariantCulture);
string? kept = args.ElementAtOrDefault(3);
string folder = kept ?? Directory.CreateTempSubdirectory("threadwell-bench-").FullName;
var data = new DataFolder(folder);

// The first start makes the database, with the accounts that the bench signs in by.
using (await RunningServer.StartAsync(folder, connection))
{
}

RecordCipher cipher = RecordKeys.Open(data.Keys);
ClinicDatabase database = DatabaseChoice.Of(connection, folder);
SeededClinic clinic;
int courses = patients / 2;
long began = Stopwatch.GetTimestamp();
await using (ThreadwellContext context = database.Open(cipher))
{
    string photo = new FileStore(data.Files, cipher).Add("a photo"u8);
    clinic = new SeededClinic(
        Seed, patients, ThreadsEach, 1 + (await context.Patients.MaxAsync(row => (int?)row.Number) ?? 0), await context.Facilities.Select(row => row.Id).FirstAsync(), await context.Rulebooks.MaxAsync(row => row.Version), photo);
    await clinic.WriteAsync(context);
    await new SeededCourses(clinic, courses, SystemClock.Instance.GetCurrentInstant().InUtc().Date).WriteAsync(context);
    await context.Database.ExecuteSqlRawAsync("ANALYZE");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.Kind}: {patients} patients, {patients * ThreadsEach} threads of {clinic.Lots} lots, {courses * SeededCourses.CheckInsEach} check-ins, seeded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
using (RunningServer server = await RunningServer.StartAsync(folder, connection))
{
    await OnceAsync("registry, at once after a start", server);
}

using (RunningServer server = await RunningServer.StartAsync(folder, connection))
{
    await server.RestAsync();
    await OnceAsync("registry, first time, read ahead", server);
    var random = new Random(Seed);
    string next = "/patients";
    await MeasureAsync("list, first page", () => "/patients");
    await MeasureAsync("list, page after page", () => next, page => next = Between(page, "rel=\"next\" href=\"", "\"") is { } after ? System.Net.WebUtility.HtmlDecode(after) : "/patients");
    await MeasureAsync("search by a whole name without accents", () => "/patients?q=" + Uri.EscapeDataString(PatientNames.Fold(clinic.Name(random.Next(patients)))));
    await MeasureAsync("search by two beginnings", () => "/patients?q=" + Uri.EscapeDataString(string.Join(' ', PatientNames.Words(clinic.Name(random.Next(patients))).TakeLast(2).Select(word => word[..Math.Min(2, word.Length)]))));
    await MeasureAsync("search by the commonest word", () => "/patients?q=thi");
    await MeasureAsync("record page", () => "/patients/" + SeededClinic.PatientKey(random.Next(patients)));
    await MeasureAsync("recall by lot", () => "/recall?lot=" + SeededClinic.Lot(random.Next(clinic.Lots)));

    string task = "/board";
    await MeasureAsync("board", () => "/board", page => task = Between(page, "href=\"/tasks/", "\"") is { } id ? "/tasks/" + id : "/board");
    await MeasureAsync("a task of the board", () => task);

    // The registry: again and again, and each time after a patient whom it counts came for one more visit, so that everything is computed and judged anew.
    string[] registries = ["/registry", "/registry?material=PDO", "/registry?by=material", "/registry?area=Jawline&age=40-49", "/registry?from=2024-1&until=2025-4&by=area&severity=moderate"];

    // One patient in fifty withdrew her consent.
    int visits = 0;
    foreach (string address in registries)
    {
        await MeasureAsync(address, () => address);
        await MeasureAsync("  after a visit", () => address, before: () => VisitAsync(visits + (visits++ / 49)));
    }

    async Task MeasureAsync(string what, Func<string> address, Action<string>? seen = null, Func<Task>? before = null)
    {
        var times = new List<double>();
        for (int request = -10; request < requests; request++)
        {
            string target = address();
            await (before?.Invoke() ?? Task.CompletedTask);
            long start = Stopwatch.GetTimestamp();
            string page = await server.Http.GetStringAsync(target);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            seen?.Invoke(page);
            if (request >= 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40} median {times[times.Count / 2],7:0.0} ms   p95 {times[(int)(times.Count * 0.95)],7:0.0} ms"));
    }
}

var captured = new CapturedQueries();
var options = new DbContextOptionsBuilder<ThreadwellContext>();
database.Use(options, cipher);
options.AddInterceptors(captured).ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.FirstWithoutOrderByAndFilterWarning));
await using (var context = new ThreadwellContext(options.Options))
{
    await PatientSearch.FindAsync(context, null, null, CancellationToken.None);
    await PatientSearch.FindAsync(context, "nguyen hoa", null, CancellationToken.None);
    await RecordReader.FactsAsync(context, [SeededClinic.PatientKey(0)], DateTimeZone.Utc, CancellationToken.None);
    await LotRecall.FindAsync(context, SeededClinic.Lot(0), CancellationToken.None);
    await BoardReader.ReadAsync(context, DateTimeZone.Utc, SystemClock.Instance.GetCurrentInstant(), null, CancellationToken.None);
    foreach ((string query, string plan) in await captured.ExplainAsync(context))
    {
        Console.WriteLine();
        Console.WriteLine(query);
        Console.WriteLine("  " + plan.Replace("\n", "\n  ", StringComparison.Ordinal));
    }
}

if (kept is null)
{
    Directory.Delete(folder, recursive: true);
}

static async Task OnceAsync(string what, RunningServer server)
{
    long start = Stopwatch.GetTimestamp();
    await server.Http.GetStringAsync("/registry");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,14:0} ms"));
}

async Task VisitAsync(int number)
{
    var visit = new DbContextOptionsBuilder<ThreadwellContext>();
    database.Use(visit, cipher);
    visit.AddInterceptors(new AuditTrail(SystemClock.Instance, new AuditHeads(AuditHeads.PathIn(folder)), () => AuditActor.Program));
    await using var context = new ThreadwellContext(visit.Options);
    context.Add(new FollowUpVisit
    {
        Id = Guid.CreateVersion7(), PatientId = SeededClinic.PatientKey(number), TreatmentId = SeededClinic.TreatmentKey(number), Day = SeededClinic.TreatedOn(number).PlusDays(20), LiftMm = 4, LiftErrorMm = 0.2, DoctorId = SeededClinic.Key(9, 0),
        CreatedAt = SystemClock.Instance.GetCurrentInstant(),
    });
    await context.SaveChangesAsync();
}

static string? Between(string text, string before, string after)
{
    int start = text.IndexOf(before, StringComparison.Ordinal);
    return start < 0 ? null : text[(start + before.Length)..text.IndexOf(after, start + before.Length, StringComparison.Ordinal)];
}
