using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Tests.Access;

/// <summary>Every route of the running app, asked by everybody for everybody's record, against the table. The routes come from the app itself.</summary>
public sealed partial class AccessMatrixTests(AccessMatrixTests.Clinic clinic) : IClassFixture<AccessMatrixTests.Clinic>
{
    private static readonly string[] Recorded = ["patients", "scans", "plans", "outlines", "predictions", "jobs", "photos", "assessments", "consents", "treatments", "appointments", "calendar", "tasks", "check-ins", "complications", "removals", "visits", "inbox"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_answers_everybody_as_the_table_says()
    {
        (InProcessApp app, Dictionary<Asker, HttpClient> askers) = (clinic.App, clinic.Askers);
        var wrong = new List<string>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        int asked = 0;
        foreach (Route route in RoutesOf(app))
        {
            if (route.IsFramework)
            {
                continue;
            }

            met.Add(route.Name);
            if (!PolicyTable.Routes.TryGetValue(route.Name, out PolicyTable.Group group))
            {
                wrong.Add($"{route.Name} has no row in the table.");
                continue;
            }

            foreach ((Whose? whose, string address) in clinic.Records.Addresses(route, group, wrong))
            {
                foreach ((Asker asker, HttpClient client) in askers)
                {
                    Answer expected = PolicyTable.Expected(group, asker, whose);
                    Answer found = await AskAsync(app, client, route, address);
                    asked++;
                    if (found != expected)
                    {
                        wrong.Add($"{route.Name} for {asker}, {whose?.ToString() ?? "no"} record: {found}, the table says {expected}.");
                    }
                }
            }
        }

        wrong.AddRange(PolicyTable.Routes.Keys.Where(name => !met.Contains(name)).Select(name => $"{name} is in the table and nowhere else."));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Console.WriteLine($"Access: {met.Count} routes, {asked} requests.");
    }

    [Fact]
    public async Task A_route_that_names_nothing_lets_nobody_in()
    {
        (InProcessApp app, Dictionary<Asker, HttpClient> askers) = (clinic.App, clinic.Askers);
        Route[] bare = [.. RoutesOf(app).Where(route => route.IsFramework)];
        Assert.NotEmpty(bare);
        foreach (Route route in bare)
        {
            foreach ((Asker asker, HttpClient client) in askers)
            {
                Assert.Equal(asker is Asker.Nobody or Asker.Phone or Asker.OtherPhone or Asker.RelativesPhone ? Answer.SignIn : Answer.Refused, await AskAsync(app, client, route, route.Pattern));
            }
        }
    }

    // The first endpoint that runs is the one that was asked for, or the gate did not let it.
    private static async Task<Answer> AskAsync(InProcessApp app, HttpClient client, Route route, string address)
    {
        app.Executed.Take();
        app.Executed.Stopped = route.DisplayName;
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), address) { Content = route.Method is "GET" or "DELETE" ? null : route.Pattern.StartsWith("/api/", StringComparison.Ordinal) ? new StringContent("{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]) };
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            bool ran = app.Executed.Take().Contains(route.DisplayName);
            return ran ? Answer.Through : response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => Answer.SignIn,
                HttpStatusCode.Found when response.Headers.Location!.OriginalString.StartsWith("/sign-in?", StringComparison.Ordinal) => Answer.SignIn,
                HttpStatusCode.Forbidden => Answer.Refused,
                HttpStatusCode.NotFound => Answer.Hidden,

                // A form's token is asked for behind the gate.
                HttpStatusCode.BadRequest when route.Method == "POST" => Answer.Through,
                var status => throw new InvalidOperationException($"{route.Name} at {address}: {(int)status}"),
            };
        }
        finally
        {
            app.Executed.Stopped = null;
        }
    }

    private static IEnumerable<Route> RoutesOf(InProcessApp app)
    {
        foreach (RouteEndpoint endpoint in app.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Concat(((IEndpointRouteBuilder)app.App).DataSources.SelectMany(source => source.Endpoints)).OfType<RouteEndpoint>().Distinct())
        {
            bool isPage = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
            string pattern = Constraint().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "").ToLowerInvariant();
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                yield return new Route(isPage ? $"PAGE {pattern}" : $"{method} {pattern}", method, pattern, endpoint.DisplayName!);
            }
        }
    }

    [GeneratedRegex(@"(?<=\{[a-zA-Z]+):[a-z]+(?=\})", RegexOptions.None, 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{\*{0,2}(?<name>[a-zA-Z]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    internal sealed record Route(string Name, string Method, string Pattern, string DisplayName)
    {
        // What the framework adds by itself and this app does not use.
        public bool IsFramework => Pattern.StartsWith("/_", StringComparison.Ordinal);
    }

    /// <summary>The app with its records and a browser for each asker.</summary>
    public sealed class Clinic : IAsyncLifetime
    {
        internal InProcessApp App { get; private set; } = null!;

        internal Records Records { get; private set; } = null!;

        internal Dictionary<Asker, HttpClient> Askers { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await InProcessApp.StartAsync();
            Records = await Records.AddAsync(App);
            Askers = await Records.AskersAsync(App);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    /// <summary>Two patients with one record of each kind, and a sample with one of each.</summary>
    internal sealed class Records
    {
        private const string Other = "other@demo";

        private readonly Dictionary<(string Segment, Whose Whose), Guid> keys = [];

        public static async Task<Records> AddAsync(InProcessApp app)
        {
            var records = new Records();
            await app.StoreAsync(async context =>
            {
                Instant now = app.Clock.GetCurrentInstant();
                foreach ((Whose whose, int number) in ((Whose, int)[])[(Whose.Own, 9001), (Whose.Anothers, 9002)])
                {
                    var patient = new Patient { Id = Guid.CreateVersion7(), Number = number, FullName = "Test", SortKey = "test", BirthDate = new LocalDate(1970, 1, 1), Sex = Sex.Female, Language = "vi", CreatedAt = now };
                    context.Add(patient);
                    records.keys[("patients", whose)] = patient.Id;
                    var photo = new StoredPhoto
                    {
                        Id = Guid.CreateVersion7(), PatientId = patient.Id, FileSha256 = new('b', 64), ThumbnailSha256 = new('c', 64), View = PhotoView.Front,
                        TakenOn = new LocalDate(2026, 1, 1), Width = 1, Height = 1, AddedBy = Guid.NewGuid(), CreatedAt = now,
                    };
                    context.Add(photo);
                    records.keys[("photos", whose)] = photo.Id;
                    var assessment = new StoredAssessment { Id = Guid.CreateVersion7(), PatientId = patient.Id, AnswersJson = "{}", ResultJson = "{}", Outcome = "suitable", RulebookVersion = 1, ByUserId = Guid.NewGuid(), CreatedAt = now };
                    var outline = new PlanOutline { Id = Guid.CreateVersion7(), PatientId = patient.Id, Number = 1, Json = "[]", ByUserId = Guid.NewGuid(), CreatedAt = now };
                    var consent = new StoredConsent
                    {
                        Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = default, Language = "en", DocumentJson = "{}", DocumentSha256 = new('d', 64), Signature = default,
                        SignatureSha256 = new('e', 64), PdfSha256 = new('f', 64), SignedAt = now, SignedOn = Guid.NewGuid(),
                    };
                    StoredTreatment treatment = new()
                    {
                        Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = default, State = default, Day = new LocalDate(2026, 1, 1), OperatorId = Guid.NewGuid(),
                        FacilityId = await context.Facilities.Select(facility => facility.Id).SingleAsync(Cancelled), CreatedAt = now,
                    };
                    Appointment appointment = new()
                    {
                        Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = default, StartsAt = now, EndsAt = now, DoctorId = Guid.NewGuid(), FacilityId = treatment.FacilityId,
                        State = default, CreatedAt = now, ChangedAt = now,
                    };
                    context.AddRange(assessment, outline, consent, treatment, appointment);
                    records.keys[("appointments", whose)] = records.keys[("calendar", whose)] = appointment.Id;
                    (records.keys[("assessments", whose)], records.keys[("outlines", whose)], records.keys[("consents", whose)], records.keys[("treatments", whose)]) = (assessment.Id, outline.Id, consent.Id, treatment.Id);
                    var task = new CareTask { Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = CareTaskKind.Other, Level = default, OpenedAt = now, DeadlinesJson = "[]", State = default, Owner = default };
                    context.Add(task);
                    records.keys[("tasks", whose)] = task.Id;
                    var complication = new Complication { Id = Guid.CreateVersion7(), PatientId = patient.Id, TreatmentId = treatment.Id, Kind = default, Onset = treatment.Day, Severity = default, Outcome = default, RecordedBy = Guid.NewGuid(), CreatedAt = now };
                    var removal = new ThreadRemoval { Id = Guid.CreateVersion7(), PatientId = patient.Id, Day = treatment.Day, DoctorId = Guid.NewGuid(), Extent = default, CreatedAt = now };
                    var visit = new FollowUpVisit { Id = Guid.CreateVersion7(), PatientId = patient.Id, TreatmentId = treatment.Id, Day = treatment.Day, DoctorId = Guid.NewGuid(), CreatedAt = now };
                    context.AddRange(complication, removal, visit);
                    (records.keys[("complications", whose)], records.keys[("removals", whose)], records.keys[("visits", whose)]) = (complication.Id, removal.Id, visit.Id);
                    var question = new PublicQuestion { Id = Guid.CreateVersion7(), LinkSha256 = LinkSecrets.Hash($"question {whose}"), Link = "link", Language = "vi", Topic = "other", AgeBand = "40-49", Text = "Text", State = QuestionState.Open, PatientId = patient.Id, LinkedAt = now, CreatedAt = now };
                    context.Add(question);
                    records.keys[("inbox", whose)] = question.Id;
                    records.AddPlan(context, whose, patient.Id, now);
                    records.AddPhone(context, whose, patient.Id, treatment.Id, now);
                }

                records.AddPlan(context, Whose.Nobodys, null, now);
                UserAccount own = await context.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled);
                own.PatientId = records.keys[("patients", Whose.Own)];
                context.Add(new UserAccount
                {
                    Id = Guid.CreateVersion7(),
                    UserName = Other,
                    NormalizedUserName = Other.ToUpperInvariant(),
                    FullName = "Other",
                    Role = Role.Patient,
                    PatientId = records.keys[("patients", Whose.Anothers)],
                    IsDemonstration = true,
                    CreatedAt = now,
                    SecurityStamp = "1",
                });
            });
            return records;
        }

        // A check-in, and two phones that are enrolled for its treatment: the patient's own, and that of a relative.
        private void AddPhone(ThreadwellContext context, Whose whose, Guid patient, Guid treatment, Instant now)
        {
            var link = new EnrolmentLink { Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, SecretSha256 = LinkSecrets.Hash($"link {whose}"), MadeAt = now, ExpiresAt = now, UsedAt = now };
            var phone = new EnrolledDevice { Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, SecretSha256 = LinkSecrets.Hash(SecretOf(whose)), LinkId = link.Id, EnrolledAt = now };
            var checkIn = new StoredCheckIn
            {
                Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, AnsweredAt = "", ArrivedAt = now, Teller = CheckInTeller.Patient, DeviceId = phone.Id,
                AnswersJson = "{}", RulebookVersion = 1, Level = Care.Triage.TriageLevel.Amber, Reasons = "", Open = "",
            };
            var relative = new FamilyAccess { Id = Guid.CreateVersion7(), PatientId = patient, Name = "Relative", ConsentedAt = now, ConsentedOn = Guid.NewGuid() };
            var relatives = new EnrolledDevice { Id = Guid.CreateVersion7(), PatientId = patient, TreatmentId = treatment, FamilyAccessId = relative.Id, SecretSha256 = LinkSecrets.Hash(SecretOf(whose) + Relative), LinkId = link.Id, EnrolledAt = now };
            context.AddRange(link, phone, checkIn, relative, relatives);
            keys[("check-ins", whose)] = checkIn.Id;
        }

        private const string Relative = "-relative";

        private static string SecretOf(Whose whose) => $"phone-{whose}";

        private static HttpClient PhoneOf(InProcessApp app, string secret)
        {
            HttpClient phone = app.Browser(keepsCookies: false);
            phone.DefaultRequestHeaders.Add("Cookie", $"threadwell-phone={secret}");
            return phone;
        }

        public static async Task<Dictionary<Asker, HttpClient>> AskersAsync(InProcessApp app) => new()
        {
            [Asker.Nobody] = app.Browser(),
            [Asker.Patient] = await app.SignInAsync("patient@demo"),
            [Asker.OtherPatient] = await app.SignInAsync(Other),
            [Asker.Doctor] = await app.SignInAsync("doctor@demo"),
            [Asker.Coordinator] = await app.SignInAsync("coordinator@demo"),
            [Asker.Administrator] = await app.SignInAsync("administrator@demo"),
            [Asker.Phone] = PhoneOf(app, SecretOf(Whose.Own)),
            [Asker.OtherPhone] = PhoneOf(app, SecretOf(Whose.Anothers)),
            [Asker.RelativesPhone] = PhoneOf(app, SecretOf(Whose.Own) + Relative),
        };

        /// <summary>The addresses at which a route is asked: one a record, or one where it names none.</summary>
        public IEnumerable<(Whose? Whose, string Address)> Addresses(Route route, PolicyTable.Group group, List<string> wrong)
        {
            string[] segments = route.Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            int place = Array.FindIndex(segments, segment => segment.StartsWith('{'));
            string owner = place > 0 ? segments[place - 1] : "";
            if (place < 0 || owner is "rules" or "cards" || group is PolicyTable.Group.Open or PolicyTable.Group.Account or PolicyTable.Group.Recall or PolicyTable.Group.Clinic)
            {
                yield return (null, Filled(route.Pattern, Guid.NewGuid()));
            }
            else if (owner == "previews")
            {
                // Kept in memory while a doctor plans: there is none now.
                yield return (Whose.Missing, Filled(route.Pattern, Guid.NewGuid()));
            }
            else if (!Recorded.Contains(owner))
            {
                wrong.Add($"{route.Name}: the test does not know what a key after '{owner}' names.");
            }
            else
            {
                foreach (Whose whose in Enum.GetValues<Whose>())
                {
                    if (whose == Whose.Missing)
                    {
                        yield return (whose, Filled(route.Pattern, Guid.NewGuid()));
                    }
                    else if (keys.TryGetValue((owner, whose), out Guid key))
                    {
                        yield return (whose, Filled(route.Pattern, key));
                    }
                    else if (whose != Whose.Nobodys)
                    {
                        wrong.Add($"{route.Name}: the test keeps no record of the kind '{owner}'.");
                    }
                }
            }
        }

        private static string Filled(string pattern, Guid key)
        {
            bool first = true;
            return Place().Replace(pattern, match =>
            {
                bool wasFirst = first;
                first = false;
                return match.Groups["name"].Value switch { "version" when pattern.StartsWith("/patients/", StringComparison.Ordinal) => Guid.NewGuid().ToString(), "number" or "version" => "1", _ when wasFirst => key.ToString(), _ => Guid.NewGuid().ToString() };
            });
        }

        private void AddPlan(ThreadwellContext context, Whose whose, Guid? patient, Instant now)
        {
            string hash = new('a', 64);
            var scan = new StoredScan
            {
                Id = Guid.CreateVersion7(), PatientId = patient, Name = "Scan", Origin = ScanOrigin.Uploaded, Body = ScannedBody.Head, FileName = "scan.glb",
                FileSha256 = hash, SurfaceSha256 = hash, PictureSha256 = hash, Unit = "m", Up = "+y", Front = "+z", CreatedAt = now,
            };
            var plan = new StoredPlan { Id = Guid.CreateVersion7(), ScanId = scan.Id, Name = "Plan", DraftJson = "{}", CreatedAt = now, ChangedAt = now };
            var version = new PlanVersion { Id = Guid.CreateVersion7(), PlanId = plan.Id, Number = 1, Note = "", PlanJson = "{}", CreatedAt = now };
            var prediction = new StoredPrediction { Id = Guid.CreateVersion7(), PlanVersionId = version.Id, Months = 1, CreatedAt = now, State = PredictionState.Cancelled };
            context.AddRange(scan, plan, version, prediction);
            (keys[("scans", whose)], keys[("plans", whose)], keys[("predictions", whose)], keys[("jobs", whose)]) = (scan.Id, plan.Id, prediction.Id, prediction.Id);
        }
    }
}
