using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Appointments;
using Threadwell.Web.Hosting;
using Threadwell.Web.Outcomes;
using Threadwell.Web.Patients;
using Threadwell.Web.Scans;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>Complications, removals, events of a life and visits, as the pages take and keep them.</summary>
public sealed partial class OutcomeTests : IAsyncLifetime
{
    private InProcessApp app = null!;
    private HttpClient doctor = null!;
    private StoredTreatment treatment = null!;
    private LocalDate today;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Record => $"/patients/{treatment.PatientId}";

    public async ValueTask InitializeAsync()
    {
        app = await InProcessApp.StartAsync();
        doctor = await app.SignInAsync("doctor@demo");
        today = app.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"]).Date;

        // The one treated a few days ago: nothing followed it yet.
        treatment = await ReadAsync(database => database.Treatments.Include(row => row.Threads).Where(row => row.State == TreatmentState.Ended).OrderByDescending(row => row.Day).FirstAsync(Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        doctor.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_complication_is_kept_with_thread_lot_and_technique_and_stands_on_the_record()
    {
        ImplantedThread thread = treatment.Threads[0];
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={treatment.Id}", Exposure(thread.Id));
        Assert.StartsWith("/complications/", address, StringComparison.Ordinal);
        string page = await PageAsync(address);
        Assert.Contains("Thread shows or comes out", page, StringComparison.Ordinal);
        Assert.Contains("Thread too close under the skin", page, StringComparison.Ordinal);
        Assert.Contains($"/recall?lot={Uri.EscapeDataString(thread.Lot)}", page, StringComparison.Ordinal);

        // Room, operator and the checklist of that day stand beside it.
        Assert.Contains(treatment.Room, page, StringComparison.Ordinal);
        Assert.Contains("Sterile drapes", page, StringComparison.Ordinal);
        Complication kept = await ReadAsync(database => database.Complications.SingleAsync(row => row.PatientId == treatment.PatientId, Cancelled));
        Assert.Equal((thread.Id, thread.Area, thread.Side, "tooSuperficial overTension"), (kept.ThreadId, kept.Area, kept.Side, kept.Technique));
        Assert.Contains("Complication: Thread shows or comes out", await PageAsync(Record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_beside_its_field_and_nothing_is_kept()
    {
        string form = $"{Record}/complications/new?treatment={treatment.Id}";
        (string Field, string Value, string Problem)[] cases =
        [
            ("Form.Onset", Typed(treatment.Day.PlusDays(-1)), "It cannot lie before the treatment"),
            ("Form.Onset", Typed(today.PlusDays(1)), "The day lies in the future."),
            ("Form.Onset", "soon", "Type the date as day/month/year."),
            ("Form.EndedOn", Typed(treatment.Day), "It cannot have passed before it began."),
            ("Form.EndedOn", "", "Say when it had passed."),
            ("Form.Outcome", "Ongoing", "Only what has passed has such a day"),
            ("Form.Kind", "", "Choose what happened."),
            ("Form.Kind", "99", "Choose what happened."),
            ("Form.Severity", "99", "Choose how severe it was."),
            ("Form.Outcome", "99", "Choose how it ended, or that it lasts."),
            ("Form.Area", "99", "Choose one of the places listed."),
            ("Form.Side", "99", "Choose one of the places listed."),
            ("Form.Thread", Guid.NewGuid().ToString(), "Choose one of the threads listed."),
        ];
        foreach ((string field, string value, string problem) in cases)
        {
            Dictionary<string, string> fields = Exposure(treatment.Threads[0].Id);
            fields[field] = value;
            Assert.Contains(problem, await RefusedAsync(form, fields), StringComparison.Ordinal);
        }

        Assert.Contains("goes with no other", await RefusedAsync(form, Exposure(treatment.Threads[0].Id), ("technique", "noneKnown")), StringComparison.Ordinal);
        Dictionary<string, string> other = Exposure(treatment.Threads[0].Id);
        (other["Form.Kind"], other["Form.Finding"]) = ("Other", " ");
        Assert.Contains("Say in words what it is.", await RefusedAsync(form, other), StringComparison.Ordinal);
        Assert.False(await ReadAsync(database => database.Complications.AnyAsync(row => row.PatientId == treatment.PatientId, Cancelled)));

        // A crafted value of the other forms neither; the registry, which counts by these values, still answers.
        Assert.Contains("Choose how much came out.", await RefusedAsync($"{Record}/removals/new", Removal(treatment.Threads[0].Id, "99")), StringComparison.Ordinal);
        Assert.Contains("Choose what happened.", await RefusedAsync($"{Record}/events", new() { ["_handler"] = "event", ["Form.Kind"] = "99", ["Form.Day"] = Typed(today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }), StringComparison.Ordinal);
        Assert.False(await ReadAsync(database => database.ThreadRemovals.AnyAsync(row => row.PatientId == treatment.PatientId, Cancelled)));
        Assert.Equal(HttpStatusCode.OK, (await doctor.GetAsync(new Uri("/registry", UriKind.Relative), Cancelled)).StatusCode);

        // Another patient's treatment is none of hers.
        Guid foreign = await ReadAsync(database => database.Treatments.Where(row => row.PatientId != treatment.PatientId).Select(row => row.Id).FirstAsync(Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await doctor.GetAsync(new Uri($"{Record}/complications/new?treatment={foreign}", UriKind.Relative), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_change_from_an_old_page_is_told_and_a_mistake_is_struck_out_with_its_reason_and_history()
    {
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={treatment.Id}", Exposure(treatment.Threads[0].Id));
        Dictionary<string, string> fields = Exposure(treatment.Threads[0].Id);
        (fields["Form.Revision"], fields["Form.Severity"]) = ("1", "Severe");
        Assert.Equal(address, await AcceptedAsync(address + "/edit", fields));
        Assert.Contains("Somebody changed this since you opened it.", await RefusedAsync(address + "/edit", fields), StringComparison.Ordinal);

        // No reason, no striking out; an older revision neither.
        Assert.EndsWith("?refused=reason", await PostAsync(address, address + "/strike", ("reason", " "), ("revision", "2")), StringComparison.Ordinal);
        Assert.EndsWith("?refused=changed", await PostAsync(address, address + "/strike", ("reason", "Typed twice"), ("revision", "1")), StringComparison.Ordinal);
        Assert.Equal(address, await PostAsync(address, address + "/strike", ("reason", "Typed twice"), ("revision", "2")));
        Assert.Contains("Struck out as entered by mistake: Typed twice", await PageAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain(address + "/edit", await PageAsync(address), StringComparison.Ordinal);

        // It is there, and so is everything that was done to it.
        Complication kept = await ReadAsync(database => database.Complications.SingleAsync(row => row.PatientId == treatment.PatientId, Cancelled));
        Assert.Equal((3, ComplicationSeverity.Severe), (kept.Revision, kept.Severity));
        string key = kept.Id.ToString();
        List<AuditEntry> history = await ReadAsync(database => database.AuditEntries.Where(entry => entry.RecordKind == nameof(Complication) && entry.RecordKey == key).ToListAsync(Cancelled));
        Assert.Equal(["Added", "Changed", "Changed"], history.Where(entry => entry.PatientId == treatment.PatientId.ToString() && entry.Action != "Read").OrderBy(entry => entry.Sequence).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_coordinator_reads_a_complication_and_writes_none()
    {
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={treatment.Id}", Exposure(treatment.Threads[0].Id));
        using HttpClient coordinator = await app.SignInAsync("coordinator@demo");
        string page = WebUtility.HtmlDecode(await coordinator.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));
        Assert.DoesNotContain("/strike", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(new Uri(address + "/edit", UriKind.Relative), Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(new Uri($"{Record}/complications/new", UriKind.Relative), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_removed_thread_shows_as_removed_on_the_treatment_and_on_the_card()
    {
        ImplantedThread thread = treatment.Threads[1];
        string form = $"{Record}/removals/new";
        Dictionary<string, string> fields = Removal(thread.Id, "Whole");
        fields["Form.Remains"] = "A piece";
        Assert.Contains("A whole thread leaves nothing", await RefusedAsync(form, fields), StringComparison.Ordinal);
        Assert.Contains("Say what remains", await RefusedAsync(form, Removal(thread.Id, "Part")), StringComparison.Ordinal);
        fields = Removal(thread.Id, "Nothing");
        fields["Form.RemovedMm"] = "12";
        Assert.Contains("Nothing came", await RefusedAsync(form, fields), StringComparison.Ordinal);
        fields = Removal(thread.Id, "Whole");
        fields["Form.Day"] = Typed(treatment.Day.PlusDays(-1));
        Assert.Contains("it cannot have been taken out before", await RefusedAsync(form, fields), StringComparison.Ordinal);
        string address = await AcceptedAsync(form, Removal(thread.Id, "Whole"));
        Assert.Contains("This thread has been taken out whole already.", await RefusedAsync(form, Removal(thread.Id, "Whole")), StringComparison.Ordinal);

        // Entered by mistake: it stays, struck out with its reason, and the thread stands again.
        Assert.EndsWith("?refused=reason", await PostAsync(address, address + "/strike", ("reason", " "), ("revision", "1")), StringComparison.Ordinal);
        Assert.Equal(address, await PostAsync(address, address + "/strike", ("reason", "The wrong side"), ("revision", "1")));
        string struck = await PageAsync(address);
        Assert.Contains("Struck out as entered by mistake: The wrong side", struck, StringComparison.Ordinal);
        Assert.DoesNotContain("/culture", struck, StringComparison.Ordinal);
        Assert.EndsWith("?refused=changed", await PostAsync($"{Record}/events", address + "/culture", ("culture", "none"), ("revision", "2")), StringComparison.Ordinal);
        Assert.DoesNotContain("Taken out whole on", await doctor.GetStringAsync(new Uri($"/api/treatments/{treatment.Id}", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        string record = await PageAsync(Record);
        Assert.DoesNotContain("1 taken out", record, StringComparison.Ordinal);
        Assert.Contains("data-kind=\"struck\"", record, StringComparison.Ordinal);
        address = await AcceptedAsync(form, Removal(thread.Id, "Whole"));

        // The culture's result comes later, from a page that is not older than the record.
        Assert.Equal(address, await PostAsync(address, address + "/culture", ("culture", "S. aureus"), ("revision", "1")));
        Assert.EndsWith("?refused=changed", await PostAsync(address, address + "/culture", ("culture", "none"), ("revision", "1")), StringComparison.Ordinal);
        Assert.Contains("S. aureus", await PageAsync(address), StringComparison.Ordinal);

        string told = await doctor.GetStringAsync(new Uri($"/api/treatments/{treatment.Id}", UriKind.Relative), Cancelled);
        Assert.Contains("Taken out whole on", told, StringComparison.Ordinal);
        Assert.Contains("1 taken out", await PageAsync(Record), StringComparison.Ordinal);

        // One of another clinic has no thread here.
        Assert.StartsWith("/removals/", await AcceptedAsync(form, Removal(null, "Trimmed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_a_life_are_dated_and_a_lost_patient_is_asked_to_no_visit()
    {
        string form = $"{Record}/events";
        Dictionary<string, string> weight = new() { ["_handler"] = "event", ["Form.Kind"] = "WeightChange", ["Form.Day"] = Typed(today), ["Form.WeightKg"] = "", ["Form.Note"] = "" };
        Assert.Contains("Say by how many kg.", await RefusedAsync(form, weight), StringComparison.Ordinal);
        weight["Form.WeightKg"] = "-4,5";
        Assert.Equal(form, await AcceptedAsync(form, weight));
        Assert.Contains("Weight −4.5 kg", await PageAsync(Record), StringComparison.Ordinal);
        Assert.Contains("Choose what happened.", await RefusedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "", ["Form.Day"] = Typed(today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }), StringComparison.Ordinal);

        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "LostToFollowUp", ["Form.Day"] = Typed(today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }));
        RecordFacts facts = await FactsAsync();
        Assert.True(facts.IsLost);
        Assert.Contains("no visit is due", await PageAsync($"/treatments/{treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.DoesNotContain(", due ", await PageAsync($"/treatments/{treatment.Id}/visits/new"), StringComparison.Ordinal);
        Assert.Equal(StepState.Left, RecordPath.Of(facts, today).Single(item => item.Step == PathStep.FollowUp).State);
        LifeEvent lost = await ReadAsync(database => database.LifeEvents.SingleAsync(row => row.PatientId == treatment.PatientId && row.Kind == LifeEventKind.LostToFollowUp, Cancelled));
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = $"strike-{lost.Id}" }));
        Assert.False((await FactsAsync()).IsLost);

        // Lost yesterday, and here today: one who comes back is asked again, until it turns out that she did not come.
        await app.StoreAsync(async database => (await database.Appointments.Where(row => row.TreatmentId == treatment.Id).ToListAsync(Cancelled)).ForEach(row => row.State = AppointmentState.Cancelled));
        app.Clock.Ahead = Duration.FromDays(10);
        doctor.Dispose();
        doctor = await app.SignInAsync("doctor@demo");
        LocalDate later = today.PlusDays(10);
        Assert.Contains("week2", await DueAsync());
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "LostToFollowUp", ["Form.Day"] = Typed(later.PlusDays(-1)), ["Form.WeightKg"] = "", ["Form.Note"] = "" }));
        Assert.True((await FactsAsync()).IsLost);
        Assert.Empty(await DueAsync());
        string visit = await AcceptedAsync($"/treatments/{treatment.Id}/visits/new", Visit(later));
        Assert.False((await FactsAsync()).IsLost);
        Assert.DoesNotContain("no visit is due", await PageAsync($"/treatments/{treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.Equal("month1", (await DueAsync())[0]);
        Assert.Equal(visit, await PostAsync(visit, visit + "/strike", ("reason", "Another patient"), ("revision", "1")));
        Assert.True((await FactsAsync()).IsLost);
        lost = await ReadAsync(database => database.LifeEvents.SingleAsync(row => row.PatientId == treatment.PatientId && row.Kind == LifeEventKind.LostToFollowUp && row.StruckAt == null, Cancelled));
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = $"strike-{lost.Id}" }));
        Assert.Equal("week2", (await DueAsync())[0]);

        async Task<string[]> DueAsync() => await ReadAsync(async database =>
        {
            AppointmentChoices choices = await AppointmentChoices.ReadAsync(database, DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], Cancelled);
            return (string[])[.. (await DueVisits.OfPatientAsync(database, choices, treatment.PatientId, app.Clock.GetCurrentInstant(), Cancelled)).Select(due => due.Visit.Id)];
        });
    }

    [Fact]
    public async Task A_visit_entered_by_mistake_is_struck_out_and_counts_nowhere()
    {
        LocalDate day = treatment.Day.PlusDays(3);
        string form = $"/treatments/{treatment.Id}/visits/new";
        string address = await AcceptedAsync(form, Visit(day));
        Assert.EndsWith("?refused=changed", await PostAsync(address, address + "/strike", ("reason", "The wrong patient"), ("revision", "7")), StringComparison.Ordinal);
        Assert.Equal(address, await PostAsync(address, address + "/strike", ("reason", "The wrong patient"), ("revision", "1")));
        string page = await PageAsync(address);
        Assert.Contains("Struck out as entered by mistake: The wrong patient", page, StringComparison.Ordinal);
        string key = address.Split('/')[^1];
        string[] told = await ReadAsync(database => database.AuditEntries.Where(row => row.RecordKind == nameof(FollowUpVisit) && row.RecordKey == key).OrderBy(row => row.Sequence).Select(row => row.Detail).ToArrayAsync(Cancelled));
        Assert.Equal(2, told.Length);
        Assert.Contains(nameof(FollowUpVisit.StruckReason), told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(address + "/edit", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Much better", await PageAsync($"/treatments/{treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.Contains("data-kind=\"struck\"", await PageAsync(Record), StringComparison.Ordinal);
        foreach (string elsewhere in (string[])["edit", "marks"])
        {
            using HttpResponseMessage left = await doctor.GetAsync(new Uri($"{address}/{elsewhere}", UriKind.Relative), Cancelled);
            Assert.Equal((HttpStatusCode.Found, address), (left.StatusCode, Path(left)));
        }

        Assert.EndsWith("?refused=changed", await PostAsync($"{Record}/events", address + "/measure"), StringComparison.Ordinal);
        using HttpResponseMessage scan = await doctor.PostAsync(new Uri($"/api{address}/scans?name=a.ply", UriKind.Relative), new ByteArrayContent([1]), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, scan.StatusCode);

        // Its day is free again.
        Assert.StartsWith("/visits/", await AcceptedAsync(form, Visit(day)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_keeps_scales_and_readings_and_refuses_what_cannot_be()
    {
        app.Clock.Ahead = Duration.FromDays(90);
        today = today.PlusDays(90);
        using HttpClient later = await app.SignInAsync("doctor@demo");
        doctor.Dispose();
        doctor = later;
        string form = $"/treatments/{treatment.Id}/visits/new";
        foreach ((string field, string value, string problem) in ((string, string, string)[])[
            ("Form.Day", Typed(treatment.Day.PlusDays(-1)), "It cannot lie before the treatment"),
            ("Form.Day", Typed(today.PlusDays(1)), "The day lies in the future."),
            ("Form.Doctor", "6", "Choose one of the steps listed."),
            ("Form.Laxity[0].Grade", "5", "Choose one of the steps listed."),
            ("Form.Readings[0].Site", "", "Say where it was measured."),
            ("Form.Readings[0].R0", "2,4", "R0 lies above 0 and below the probe"),
            ("Form.Readings[0].R2", "72", "R2 is a share"),
            ("Form.Readings[0].R7", "0.9", "R7 lies between 0 and 1"),
            ("Form.Scan", Guid.NewGuid().ToString(), "Choose one of the patient"),
        ])
        {
            Dictionary<string, string> wrong = Visit(treatment.Day.PlusDays(92));
            wrong[field] = value;
            Assert.Contains(problem, await RefusedAsync(form, wrong), StringComparison.Ordinal);
        }

        LocalDate day = today.PlusDays(-1);
        string address = await AcceptedAsync(form, Visit(day));
        string page = await PageAsync(address);
        Assert.Contains("Visit at 3 months", page, StringComparison.Ordinal);
        Assert.Contains("Much better", page, StringComparison.Ordinal);
        Assert.Contains("0.34", page, StringComparison.Ordinal);
        Assert.Contains("There is a visit of that day already", await RefusedAsync(form, Visit(day)), StringComparison.Ordinal);

        // The path goes on: what is done is done, and the next visit is named with its day.
        RecordFacts facts = await FactsAsync();
        Assert.Equal(["month3"], facts.Visits);
        Assert.Equal(("month6", PathStep.FollowUp), (RecordPath.NextVisit(facts, today)!.Id, RecordPath.Next(RecordPath.Of(facts, today))!.Step));
        Assert.Contains("visit at 6 months", await PageAsync(Record), StringComparison.Ordinal);
        string outcome = await PageAsync($"/treatments/{treatment.Id}/outcome");
        Assert.Contains("Much better", outcome, StringComparison.Ordinal);
        Assert.Contains("The plan has no prediction", outcome, StringComparison.Ordinal);

        // A change from an old page keeps what was typed and says so.
        Dictionary<string, string> change = Visit(day);
        (change["Form.Revision"], change["Form.Doctor"]) = ("1", "1");
        Assert.Equal(address, await AcceptedAsync(address + "/edit", change));
        Assert.Contains("Somebody changed this since you opened it.", await RefusedAsync(address + "/edit", change), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_reads_plain_words_of_her_visits_unless_the_clinic_keeps_records_alone()
    {
        await app.StoreAsync(async database =>
        {
            database.Add(new FollowUpVisit { Id = Guid.CreateVersion7(), PatientId = treatment.PatientId, TreatmentId = treatment.Id, Day = today, DoctorImprovement = 2, LiftMm = 1.4, LiftErrorMm = 0.2, DoctorId = Guid.NewGuid(), CreatedAt = app.Clock.GetCurrentInstant() });
            database.Add(new Complication { Id = Guid.CreateVersion7(), PatientId = treatment.PatientId, TreatmentId = treatment.Id, Kind = ComplicationKind.Infection, Onset = today, Severity = default, Outcome = default, RecordedBy = Guid.NewGuid(), CreatedAt = app.Clock.GetCurrentInstant() });
            (await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = treatment.PatientId;
        });
        using HttpClient patient = await app.SignInAsync("patient@demo");
        var outcome = new Uri($"/treatments/{treatment.Id}/outcome", UriKind.Relative);
        string page = WebUtility.HtmlDecode(await patient.GetStringAsync(outcome, Cancelled));
        Assert.Contains("Your doctor found: Much better", page, StringComparison.Ordinal);
        Assert.DoesNotContain("mm", page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("nfection", page, StringComparison.Ordinal);
        Assert.Contains(outcome.OriginalString, await patient.GetStringAsync(new Uri("/my", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        await app.StoreAsync(async database => (await database.ClinicSettings.SingleAsync(Cancelled)).RecordOnly = true);
        Assert.Equal(HttpStatusCode.NotFound, (await patient.GetAsync(outcome, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task The_path_goes_on_after_the_treatment_to_the_end_of_the_fifth_year()
    {
        RecordFacts facts = await FactsAsync();
        LocalDate treated = facts.Treatment!.Day;
        Assert.Equal(PathStep.Card, NextOn(treated));
        Assert.Equal(PathStep.Aftercare, NextOn(treated.PlusDays(1)));
        Assert.Equal(PathStep.FollowUp, NextOn(treated.PlusDays(14)));
        Assert.Equal(PathStep.FollowUp, NextOn(treated.PlusMonths(59)));
        Assert.Null(NextOn(treated.PlusMonths(66)));
        Assert.All(RecordPath.Of(facts, treated.PlusMonths(66)), item => Assert.Contains(item.State, (StepState[])[StepState.Done, StepState.Left]));

        PathStep? NextOn(LocalDate day) => RecordPath.Next(RecordPath.Of(facts, day))?.Step;
    }

    [Fact]
    public async Task A_scan_is_taken_for_a_visit_that_somebody_saves_meanwhile_and_not_for_one_that_was_struck_out()
    {
        IServiceProvider services = app.App.Services;
        Lanes lanes = services.GetRequiredService<Lanes>();
        Guid visit = Guid.Parse((await AcceptedAsync($"/treatments/{treatment.Id}/visits/new", Visit(today))).Split('/')[^1]);
        Guid scan = await ReadAsync(database => database.Scans.Where(row => row.Name == "Sample C").Select(row => row.Id).SingleAsync(Cancelled));

        // It is measured behind another job, which is not over yet.
        using var over = new ManualResetEventSlim();
        lanes.Measurements.Add(Guid.NewGuid(), (_, cancellation) =>
        {
            over.Wait(cancellation);
            return Guid.Empty;
        });
        Measuring(3, row => row.Note = "Meanwhile").Take(visit, scan);
        lanes.Measurements.Find(visit)!.Cancel();
        FollowUpVisit kept = await ReadAsync(database => database.FollowUpVisits.AsNoTracking().SingleAsync(row => row.Id == visit, Cancelled));
        Assert.Equal((scan, "Meanwhile", 5), (kept.ScanId, kept.Note, kept.Revision));

        Guid other = await ReadAsync(database => database.Scans.Where(row => row.Name == "Sample A").Select(row => row.Id).SingleAsync(Cancelled));
        Measuring(1, row => row.StruckAt = app.Clock.GetCurrentInstant()).Take(visit, other);
        kept = await ReadAsync(database => database.FollowUpVisits.AsNoTracking().SingleAsync(row => row.Id == visit, Cancelled));
        Assert.Equal((scan, 6), (kept.ScanId, kept.Revision));
        over.Set();

        VisitMeasuring Measuring(int times, Action<FollowUpVisit> write) =>
            new(lanes, new Overtaken(services.GetRequiredService<IDbContextFactory<ThreadwellContext>>(), visit, times, write), services.GetRequiredService<FileStore>(), services.GetRequiredService<ScanLibrary>());
    }

    // Before a save, somebody else saves the same visit, so many times.
    private sealed class Overtaken(IDbContextFactory<ThreadwellContext> databases, Guid visit, int times, Action<FollowUpVisit> write) : IDbContextFactory<ThreadwellContext>
    {
        private int left = times;

        public ThreadwellContext CreateDbContext()
        {
            ThreadwellContext made = databases.CreateDbContext();
            made.SavingChanges += (_, _) =>
            {
                if (left-- > 0)
                {
                    using ThreadwellContext first = databases.CreateDbContext();
                    FollowUpVisit row = first.FollowUpVisits.Single(candidate => candidate.Id == visit);
                    write(row);
                    row.Revision++;
                    first.SaveChanges();
                }
            };
            return made;
        }
    }

    [Fact]
    public async Task Visits_are_held_against_the_longest_prediction_and_of_equal_ones_the_newest()
    {
        Guid version = treatment.PlanVersionId!.Value;
        Instant now = app.Clock.GetCurrentInstant();
        var chosen = Guid.CreateVersion7();
        (Guid Id, double Months, int Days, PredictionState State)[] made =
            [(Guid.CreateVersion7(), 24, 3, PredictionState.Done), (chosen, 24, 2, PredictionState.Done), (Guid.CreateVersion7(), 12, 1, PredictionState.Done), (Guid.CreateVersion7(), 60, 0, PredictionState.Failed)];
        await app.StoreAsync(async database =>
        {
            database.AddRange(made.Select(row => new StoredPrediction
            {
                Id = row.Id, PlanVersionId = version, Months = row.Months, State = row.State, DocumentSha256 = row.State == PredictionState.Done ? new string('0', 64) : null, CreatedAt = now - Duration.FromDays(row.Days),
            }));
            await Task.CompletedTask;
        });
        Assert.Equal(chosen, await ReadAsync(database => TreatmentOutcome.PredictionsOf(database, version).Select(row => row.Id).FirstAsync(Cancelled)));
    }

    private static string Typed(LocalDate day) => TreatmentClinic.Typed(day);

    private Dictionary<string, string> Exposure(Guid thread) => new()
    {
        ["_handler"] = "complication",
        ["Form.Kind"] = "ThreadExposure",
        ["Form.Onset"] = Typed(treatment.Day.PlusDays(1)),
        ["Form.Severity"] = "Moderate",
        ["Form.Thread"] = thread.ToString(),
        ["Form.Area"] = "",
        ["Form.Side"] = "",
        ["Form.Finding"] = "The end shows by 2 mm",
        ["Form.Action"] = "Trimmed",
        ["Form.Outcome"] = "Resolved",
        ["Form.EndedOn"] = Typed(treatment.Day.PlusDays(3)),
    };

    private Dictionary<string, string> Removal(Guid? thread, string extent) => new()
    {
        ["_handler"] = "removal",
        ["Form.Thread"] = thread?.ToString() ?? "",
        ["Form.Day"] = Typed(today),
        ["Form.Extent"] = extent,
        ["Form.RemovedMm"] = "",
        ["Form.Remains"] = "",
        ["Form.Culture"] = "",
        ["Form.Note"] = "",
    };

    private static Dictionary<string, string> Visit(LocalDate day) => new()
    {
        ["_handler"] = "visit",
        ["Form.Day"] = Typed(day),
        ["Form.Scan"] = "",
        ["Form.Doctor"] = "2",
        ["Form.Patient"] = "3",
        ["Form.Laxity[0].Grade"] = "2",
        ["Form.Readings[0].Site"] = "Left cheek",
        ["Form.Readings[0].Probe"] = "2",
        ["Form.Readings[0].R0"] = "0,34",
        ["Form.Readings[0].R2"] = "0.72",
        ["Form.Readings[0].R5"] = "0.55",
        ["Form.Readings[0].R7"] = "0.41",
        ["Form.Note"] = "",
    };

    private async Task<RecordFacts> FactsAsync() => await ReadAsync(async database =>
        (await RecordReader.FactsAsync(database, [treatment.PatientId], DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], Cancelled))[treatment.PatientId]);

    private async Task<T> ReadAsync<T>(Func<ThreadwellContext, Task<T>> read)
    {
        T result = default!;
        await app.StoreAsync(async database => result = await read(database));
        return result;
    }

    private async Task<string> PageAsync(string address) => WebUtility.HtmlDecode(await doctor.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));

    private async Task<HttpResponseMessage> SendAsync(string form, Dictionary<string, string> fields, params (string, string)[] further)
    {
        string token = await doctor.TokenAsync(form);
        IEnumerable<KeyValuePair<string, string>> technique = fields.GetValueOrDefault("_handler") == "complication" ? [new("technique", "tooSuperficial"), new("technique", "overTension")] : [];
        using var content = new FormUrlEncodedContent(fields.Concat(technique).Concat(further.Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2))).Append(new("__RequestVerificationToken", token)));
        return await doctor.PostAsync(new Uri(form, UriKind.Relative), content, Cancelled);
    }

    // Gives where it led to.
    private async Task<string> AcceptedAsync(string form, Dictionary<string, string> fields)
    {
        using HttpResponseMessage response = await SendAsync(form, fields);
        string page = response.StatusCode == HttpStatusCode.OK ? WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled)) : "";
        Assert.True(response.StatusCode == HttpStatusCode.Found, $"{response.StatusCode}: {string.Join(" | ", Problems().Matches(page).Select(match => match.Groups["problem"].Value))}");
        return Path(response);
    }

    private async Task<string> RefusedAsync(string form, Dictionary<string, string> fields, params (string, string)[] further)
    {
        using HttpResponseMessage response = await SendAsync(form, fields, further);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task<string> PostAsync(string page, string action, params (string, string)[] fields)
    {
        using HttpResponseMessage response = await doctor.PostFormAsync(page, action, fields.ToDictionary(field => field.Item1, field => field.Item2));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return Path(response);
    }

    private static string Path(HttpResponseMessage response) => response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.OriginalString;

    [GeneratedRegex("class=\"problem[^>]*>(?<problem>[^<]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Problems();
}
