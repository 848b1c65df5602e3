using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Appointments;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Tests;

/// <summary>Visits after a treatment, events of a life, and the path to the end of the fifth year, as the pages take and keep them.</summary>
public sealed class FollowUpTests : OutcomeClinic
{
    [Fact]
    public async Task Events_of_a_life_are_dated_and_a_lost_patient_is_asked_to_no_visit()
    {
        string form = $"{Record}/events";
        Dictionary<string, string> weight = new() { ["_handler"] = "event", ["Form.Kind"] = "WeightChange", ["Form.Day"] = Typed(Today), ["Form.WeightKg"] = "", ["Form.Note"] = "" };
        Assert.Contains("Say by how many kg.", await RefusedAsync(form, weight), StringComparison.Ordinal);
        weight["Form.WeightKg"] = "-4,5";
        Assert.Equal(form, await AcceptedAsync(form, weight));
        Assert.Contains("Weight −4.5 kg", await PageAsync(Record), StringComparison.Ordinal);
        Assert.Contains("Choose what happened.", await RefusedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "", ["Form.Day"] = Typed(Today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }), StringComparison.Ordinal);

        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "LostToFollowUp", ["Form.Day"] = Typed(Today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }));
        RecordFacts facts = await FactsAsync();
        Assert.True(facts.IsLost);
        Assert.Contains("no visit is due", await PageAsync($"/treatments/{Treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.DoesNotContain(", due ", await PageAsync($"/treatments/{Treatment.Id}/visits/new"), StringComparison.Ordinal);
        Assert.Equal(StepState.Left, RecordPath.Of(facts, Today).Single(item => item.Step == PathStep.FollowUp).State);
        LifeEvent lost = await ReadAsync(database => database.LifeEvents.SingleAsync(row => row.PatientId == Treatment.PatientId && row.Kind == LifeEventKind.LostToFollowUp, Cancelled));
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = $"strike-{lost.Id}" }));
        Assert.False((await FactsAsync()).IsLost);

        // Lost yesterday, and here today: one who comes back is asked again, until it turns out that she did not come.
        await App.StoreAsync(async database => (await database.Appointments.Where(row => row.TreatmentId == Treatment.Id).ToListAsync(Cancelled)).ForEach(row => row.State = AppointmentState.Cancelled));
        App.Clock.Ahead = Duration.FromDays(10);
        Doctor.Dispose();
        Doctor = await App.SignInAsync("doctor@demo");
        LocalDate later = Today.PlusDays(10);
        Assert.Contains("week2", await DueAsync());
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = "event", ["Form.Kind"] = "LostToFollowUp", ["Form.Day"] = Typed(later.PlusDays(-1)), ["Form.WeightKg"] = "", ["Form.Note"] = "" }));
        Assert.True((await FactsAsync()).IsLost);
        Assert.Empty(await DueAsync());
        string visit = await AcceptedAsync($"/treatments/{Treatment.Id}/visits/new", VisitOf(later));
        Assert.False((await FactsAsync()).IsLost);
        Assert.DoesNotContain("no visit is due", await PageAsync($"/treatments/{Treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.Equal("month1", (await DueAsync())[0]);
        Assert.Equal(visit, await PostAsync(visit, visit + "/strike", ("reason", "Another patient"), ("revision", "1")));
        Assert.True((await FactsAsync()).IsLost);
        lost = await ReadAsync(database => database.LifeEvents.SingleAsync(row => row.PatientId == Treatment.PatientId && row.Kind == LifeEventKind.LostToFollowUp && row.StruckAt == null, Cancelled));
        Assert.Equal(form, await AcceptedAsync(form, new() { ["_handler"] = $"strike-{lost.Id}" }));
        Assert.Equal("week2", (await DueAsync())[0]);

        async Task<string[]> DueAsync() => await ReadAsync(async database =>
        {
            AppointmentChoices choices = await AppointmentChoices.ReadAsync(database, DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], Cancelled);
            return (string[])[.. (await DueVisits.OfPatientAsync(database, choices, Treatment.PatientId, App.Clock.GetCurrentInstant(), Cancelled)).Select(due => due.Visit.Id)];
        });
    }

    [Fact]
    public async Task A_visit_entered_by_mistake_is_struck_out_and_counts_nowhere()
    {
        LocalDate day = Treatment.Day.PlusDays(3);
        string form = $"/treatments/{Treatment.Id}/visits/new";
        string address = await AcceptedAsync(form, VisitOf(day));
        Assert.EndsWith("?refused=changed", await PostAsync(address, address + "/strike", ("reason", "The wrong patient"), ("revision", "7")), StringComparison.Ordinal);
        Assert.Equal(address, await PostAsync(address, address + "/strike", ("reason", "The wrong patient"), ("revision", "1")));
        string page = await PageAsync(address);
        Assert.Contains("Struck out as entered by mistake: The wrong patient", page, StringComparison.Ordinal);
        string key = address.Split('/')[^1];
        string[] told = await ReadAsync(database => database.AuditEntries.Where(row => row.RecordKind == nameof(FollowUpVisit) && row.RecordKey == key).OrderBy(row => row.Sequence).Select(row => row.Detail).ToArrayAsync(Cancelled));
        Assert.Equal(2, told.Length);
        Assert.Contains(nameof(FollowUpVisit.StruckReason), told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(address + "/edit", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Much better", await PageAsync($"/treatments/{Treatment.Id}/outcome"), StringComparison.Ordinal);
        Assert.Contains("data-kind=\"struck\"", await PageAsync(Record), StringComparison.Ordinal);
        foreach (string elsewhere in (string[])["edit", "marks"])
        {
            using HttpResponseMessage left = await Doctor.GetAsync(new Uri($"{address}/{elsewhere}", UriKind.Relative), Cancelled);
            Assert.Equal((HttpStatusCode.Found, address), (left.StatusCode, LeadsTo(left)));
        }

        Assert.EndsWith("?refused=changed", await PostAsync($"{Record}/events", address + "/measure"), StringComparison.Ordinal);
        using HttpResponseMessage scan = await Doctor.PostAsync(new Uri($"/api{address}/scans?name=a.ply", UriKind.Relative), new ByteArrayContent([1]), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, scan.StatusCode);

        // Its day is free again.
        Assert.StartsWith("/visits/", await AcceptedAsync(form, VisitOf(day)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_keeps_scales_and_readings_and_refuses_what_cannot_be()
    {
        App.Clock.Ahead = Duration.FromDays(90);
        Today = Today.PlusDays(90);
        using HttpClient later = await App.SignInAsync("doctor@demo");
        Doctor.Dispose();
        Doctor = later;
        string form = $"/treatments/{Treatment.Id}/visits/new";
        foreach ((string field, string value, string problem) in ((string, string, string)[])[
            ("Form.Day", Typed(Treatment.Day.PlusDays(-1)), "It cannot lie before the treatment"),
            ("Form.Day", Typed(Today.PlusDays(1)), "The day lies in the future."),
            ("Form.Doctor", "6", "Choose one of the steps listed."),
            ("Form.Laxity[0].Grade", "5", "Choose one of the steps listed."),
            ("Form.Readings[0].Site", "", "Say where it was measured."),
            ("Form.Readings[0].R0", "2,4", "R0 lies above 0 and below the probe"),
            ("Form.Readings[0].R2", "72", "R2 is a share"),
            ("Form.Readings[0].R7", "0.9", "R7 lies between 0 and 1"),
            ("Form.Scan", Guid.NewGuid().ToString(), "Choose one of the patient"),
        ])
        {
            Dictionary<string, string> wrong = VisitOf(Treatment.Day.PlusDays(92));
            wrong[field] = value;
            Assert.Contains(problem, await RefusedAsync(form, wrong), StringComparison.Ordinal);
        }

        LocalDate day = Today.PlusDays(-1);
        string address = await AcceptedAsync(form, VisitOf(day));
        string page = await PageAsync(address);
        Assert.Contains("Visit at 3 months", page, StringComparison.Ordinal);
        Assert.Contains("Much better", page, StringComparison.Ordinal);
        Assert.Contains("0.34", page, StringComparison.Ordinal);
        Assert.Contains("There is a visit of that day already", await RefusedAsync(form, VisitOf(day)), StringComparison.Ordinal);

        // The path goes on: what is done is done, and the next visit is named with its day.
        RecordFacts facts = await FactsAsync();
        Assert.Equal(["month3"], facts.Visits);
        Assert.Equal(("month6", PathStep.FollowUp), (RecordPath.NextVisit(facts, Today)!.Id, RecordPath.Next(RecordPath.Of(facts, Today))!.Step));
        Assert.Contains("visit at 6 months", await PageAsync(Record), StringComparison.Ordinal);
        string outcome = await PageAsync($"/treatments/{Treatment.Id}/outcome");
        Assert.Contains("Much better", outcome, StringComparison.Ordinal);
        Assert.Contains("The plan has no prediction", outcome, StringComparison.Ordinal);

        // Where nothing is drawn, nothing is said of how to read it.
        Assert.Contains("Nothing to draw yet", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("The error bars are", outcome, StringComparison.Ordinal);

        // A change from an old page keeps what was typed and says so.
        Dictionary<string, string> change = VisitOf(day);
        (change["Form.Revision"], change["Form.Doctor"]) = ("1", "1");
        Assert.Equal(address, await AcceptedAsync(address + "/edit", change));
        Assert.Contains("Somebody changed this since you opened it.", await RefusedAsync(address + "/edit", change), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_reads_plain_words_of_her_visits_unless_the_clinic_keeps_records_alone()
    {
        await App.StoreAsync(async database =>
        {
            database.Add(new FollowUpVisit { Id = Guid.CreateVersion7(), PatientId = Treatment.PatientId, TreatmentId = Treatment.Id, Day = Today, DoctorImprovement = 2, LiftMm = 1.4, LiftErrorMm = 0.2, DoctorId = Guid.NewGuid(), CreatedAt = App.Clock.GetCurrentInstant() });
            database.Add(new Complication { Id = Guid.CreateVersion7(), PatientId = Treatment.PatientId, TreatmentId = Treatment.Id, Kind = ComplicationKind.Infection, Onset = Today, Severity = default, Outcome = default, RecordedBy = Guid.NewGuid(), CreatedAt = App.Clock.GetCurrentInstant() });
            (await database.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = Treatment.PatientId;
        });
        using HttpClient patient = await App.SignInAsync("patient@demo");
        var outcome = new Uri($"/treatments/{Treatment.Id}/outcome", UriKind.Relative);
        string page = WebUtility.HtmlDecode(await patient.GetStringAsync(outcome, Cancelled));
        Assert.Contains("Your doctor found: Much better", page, StringComparison.Ordinal);
        Assert.DoesNotContain("mm", page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("nfection", page, StringComparison.Ordinal);
        Assert.Contains(outcome.OriginalString, await patient.GetStringAsync(new Uri("/my", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        await App.StoreAsync(async database => (await database.ClinicSettings.SingleAsync(Cancelled)).RecordOnly = true);
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

    private async Task<RecordFacts> FactsAsync() => await ReadAsync(async database =>
        (await RecordReader.FactsAsync(database, [Treatment.PatientId], DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], Cancelled))[Treatment.PatientId]);
}
