using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Tests;

/// <summary>Complications and removals, as the pages take and keep them.</summary>
public sealed class ComplicationTests : OutcomeClinic
{
    [Fact]
    public async Task A_complication_is_kept_with_thread_lot_and_technique_and_stands_on_the_record()
    {
        ImplantedThread thread = Treatment.Threads[0];
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={Treatment.Id}", Exposure(thread.Id));
        Assert.StartsWith("/complications/", address, StringComparison.Ordinal);
        string page = await PageAsync(address);
        Assert.Contains("Thread shows or comes out", page, StringComparison.Ordinal);
        Assert.Contains("Thread too close under the skin", page, StringComparison.Ordinal);
        Assert.Contains($"/recall?lot={Uri.EscapeDataString(thread.Lot)}", page, StringComparison.Ordinal);

        // Room, operator and the checklist of that day stand beside it.
        Assert.Contains(Treatment.Room, page, StringComparison.Ordinal);
        Assert.Contains("Sterile drapes", page, StringComparison.Ordinal);
        Complication kept = await ReadAsync(database => database.Complications.SingleAsync(row => row.PatientId == Treatment.PatientId, Cancelled));
        Assert.Equal((thread.Id, thread.Area, thread.Side, "tooSuperficial overTension"), (kept.ThreadId, kept.Area, kept.Side, kept.Technique));
        Assert.Contains("Complication: Thread shows or comes out", await PageAsync(Record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_beside_its_field_and_nothing_is_kept()
    {
        string form = $"{Record}/complications/new?treatment={Treatment.Id}";
        (string Field, string Value, string Problem)[] cases =
        [
            ("Form.Onset", Typed(Treatment.Day.PlusDays(-1)), "It cannot lie before the treatment"),
            ("Form.Onset", Typed(Today.PlusDays(1)), "The day lies in the future."),
            ("Form.Onset", "soon", "Type the date as day/month/year."),
            ("Form.EndedOn", Typed(Treatment.Day), "It cannot have passed before it began."),
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
            Dictionary<string, string> fields = Exposure(Treatment.Threads[0].Id);
            fields[field] = value;
            Assert.Contains(problem, await RefusedAsync(form, fields), StringComparison.Ordinal);
        }

        Assert.Contains("goes with no other", await RefusedAsync(form, Exposure(Treatment.Threads[0].Id), ("technique", "noneKnown")), StringComparison.Ordinal);
        Dictionary<string, string> other = Exposure(Treatment.Threads[0].Id);
        (other["Form.Kind"], other["Form.Finding"]) = ("Other", " ");
        Assert.Contains("Say in words what it is.", await RefusedAsync(form, other), StringComparison.Ordinal);
        Assert.False(await ReadAsync(database => database.Complications.AnyAsync(row => row.PatientId == Treatment.PatientId, Cancelled)));

        // A crafted value of the other forms neither; the registry, which counts by these values, still answers.
        Assert.Contains("Choose how much came out.", await RefusedAsync($"{Record}/removals/new", Removal(Treatment.Threads[0].Id, "99")), StringComparison.Ordinal);
        Assert.Contains("Choose what happened.", await RefusedAsync($"{Record}/events", new() { ["_handler"] = "event", ["Form.Kind"] = "99", ["Form.Day"] = Typed(Today), ["Form.WeightKg"] = "", ["Form.Note"] = "" }), StringComparison.Ordinal);
        Assert.False(await ReadAsync(database => database.ThreadRemovals.AnyAsync(row => row.PatientId == Treatment.PatientId, Cancelled)));
        Assert.Equal(HttpStatusCode.OK, (await Doctor.GetAsync(new Uri("/registry", UriKind.Relative), Cancelled)).StatusCode);

        // Another patient's treatment is none of hers.
        Guid foreign = await ReadAsync(database => database.Treatments.Where(row => row.PatientId != Treatment.PatientId).Select(row => row.Id).FirstAsync(Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await Doctor.GetAsync(new Uri($"{Record}/complications/new?treatment={foreign}", UriKind.Relative), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_change_from_an_old_page_is_told_and_a_mistake_is_struck_out_with_its_reason_and_history()
    {
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={Treatment.Id}", Exposure(Treatment.Threads[0].Id));
        Dictionary<string, string> fields = Exposure(Treatment.Threads[0].Id);
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
        Complication kept = await ReadAsync(database => database.Complications.SingleAsync(row => row.PatientId == Treatment.PatientId, Cancelled));
        Assert.Equal((3, ComplicationSeverity.Severe), (kept.Revision, kept.Severity));
        string key = kept.Id.ToString();
        List<AuditEntry> history = await ReadAsync(database => database.AuditEntries.Where(entry => entry.RecordKind == nameof(Complication) && entry.RecordKey == key).ToListAsync(Cancelled));
        Assert.Equal(["Added", "Changed", "Changed"], history.Where(entry => entry.PatientId == Treatment.PatientId.ToString() && entry.Action != "Read").OrderBy(entry => entry.Sequence).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_coordinator_reads_a_complication_and_writes_none()
    {
        string address = await AcceptedAsync($"{Record}/complications/new?treatment={Treatment.Id}", Exposure(Treatment.Threads[0].Id));
        using HttpClient coordinator = await App.SignInAsync("coordinator@demo");
        string page = WebUtility.HtmlDecode(await coordinator.GetStringAsync(new Uri(address, UriKind.Relative), Cancelled));
        Assert.DoesNotContain("/strike", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(new Uri(address + "/edit", UriKind.Relative), Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(new Uri($"{Record}/complications/new", UriKind.Relative), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_removed_thread_shows_as_removed_on_the_treatment_and_on_the_card()
    {
        ImplantedThread thread = Treatment.Threads[1];
        string form = $"{Record}/removals/new";
        Dictionary<string, string> fields = Removal(thread.Id, "Whole");
        fields["Form.Remains"] = "A piece";
        Assert.Contains("A whole thread leaves nothing", await RefusedAsync(form, fields), StringComparison.Ordinal);
        Assert.Contains("Say what remains", await RefusedAsync(form, Removal(thread.Id, "Part")), StringComparison.Ordinal);
        fields = Removal(thread.Id, "Nothing");
        fields["Form.RemovedMm"] = "12";
        Assert.Contains("Nothing came", await RefusedAsync(form, fields), StringComparison.Ordinal);
        fields = Removal(thread.Id, "Whole");
        fields["Form.Day"] = Typed(Treatment.Day.PlusDays(-1));
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
        Assert.DoesNotContain("Taken out whole on", await Doctor.GetStringAsync(new Uri($"/api/treatments/{Treatment.Id}", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        string record = await PageAsync(Record);
        Assert.DoesNotContain("1 taken out", record, StringComparison.Ordinal);
        Assert.Contains("data-kind=\"struck\"", record, StringComparison.Ordinal);
        address = await AcceptedAsync(form, Removal(thread.Id, "Whole"));

        // The culture's result comes later, from a page that is not older than the record.
        Assert.Equal(address, await PostAsync(address, address + "/culture", ("culture", "S. aureus"), ("revision", "1")));
        Assert.EndsWith("?refused=changed", await PostAsync(address, address + "/culture", ("culture", "none"), ("revision", "1")), StringComparison.Ordinal);
        Assert.Contains("S. aureus", await PageAsync(address), StringComparison.Ordinal);

        string told = await Doctor.GetStringAsync(new Uri($"/api/treatments/{Treatment.Id}", UriKind.Relative), Cancelled);
        Assert.Contains("Taken out whole on", told, StringComparison.Ordinal);
        Assert.Contains("1 taken out", await PageAsync(Record), StringComparison.Ordinal);

        // One of another clinic has no thread here.
        Assert.StartsWith("/removals/", await AcceptedAsync(form, Removal(null, "Trimmed")), StringComparison.Ordinal);
    }

    private Dictionary<string, string> Exposure(Guid thread) => new()
    {
        ["_handler"] = "complication",
        ["Form.Kind"] = "ThreadExposure",
        ["Form.Onset"] = Typed(Treatment.Day.PlusDays(1)),
        ["Form.Severity"] = "Moderate",
        ["Form.Thread"] = thread.ToString(),
        ["Form.Area"] = "",
        ["Form.Side"] = "",
        ["Form.Finding"] = "The end shows by 2 mm",
        ["Form.Action"] = "Trimmed",
        ["Form.Outcome"] = "Resolved",
        ["Form.EndedOn"] = Typed(Treatment.Day.PlusDays(3)),
    };

    private Dictionary<string, string> Removal(Guid? thread, string extent) => new()
    {
        ["_handler"] = "removal",
        ["Form.Thread"] = thread?.ToString() ?? "",
        ["Form.Day"] = Typed(Today),
        ["Form.Extent"] = extent,
        ["Form.RemovedMm"] = "",
        ["Form.Remains"] = "",
        ["Form.Culture"] = "",
        ["Form.Note"] = "",
    };
}
