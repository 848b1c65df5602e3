using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Treatments;

/// <summary>Something that happened.</summary>
internal sealed record EventChange(string Kind, string Text);

/// <summary>Planned threads that are not placed, with one reason; an empty reason takes them up again.</summary>
internal sealed record NotPlacedChange(long Revision, IReadOnlyList<string> Planned, string Reason);

/// <summary>Discharge: what was gone through, and the nerves.</summary>
internal sealed record DischargeChange(long Revision, IReadOnlyList<string> Ticked, IReadOnlyDictionary<string, string> Findings, string Note);

/// <summary>From the first thread to the signature, and the morning after.</summary>
internal static class EndEndpoints
{
    private const int LongestText = 2000;

    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapPost("/events", (Guid id, EventChange change, TreatmentDesk desk) => desk.ChangeAsync(id, null, (found, refusals) => Happened(found, change, refusals, desk), TreatmentState.Started));
        treatment.MapPut("/not-placed", (Guid id, NotPlacedChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => NotPlaced(found, change, refusals, desk), TreatmentState.Started));
        treatment.MapPut("/discharge", (Guid id, DischargeChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Discharge(found, change, refusals, desk), TreatmentState.Started));
        treatment.MapPost("/end", (Guid id, PlainChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Task.FromResult(End(found, refusals, desk)), TreatmentState.Started));
        treatment.MapPost("/next-morning", (Guid id, NervesChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => NextMorning(found, change, refusals, desk), TreatmentState.Ended));
    }

    /// <summary>What is open before it can be signed: a sentence each, with the place on the page.</summary>
    public static IReadOnlyList<GateLine> Open(TreatmentCase found, TreatmentDesk desk)
    {
        string language = CultureInfo.CurrentUICulture.Name;
        var open = new List<GateLine>();
        if (found.Treatment.Kind == TreatmentKind.Planned)
        {
            open.AddRange(ThreadChecks.Realisation(
                [.. found.Planned.Select(place => place.Id)],
                [.. found.Standing.Select(thread => new PlacedThread(thread.PlannedThreadId, thread.UnplannedReason))],
                found.NotPlaced).Select(block => new GateLine(block.Code, block.Reason.In(language), block.Fix.In(language), "#threads")));
        }

        if (found.Preparation.NervesAtDischarge is null)
        {
            open.Add(new GateLine("discharge.nerves", desk.Text["end.nerves"], desk.Text["end.nerves.fix"], "#discharge"));
        }

        if (DayLists.Discharge.Except(found.Preparation.Discharge, StringComparer.Ordinal).Any())
        {
            open.Add(new GateLine("discharge.checks", desk.Text["end.checks"], desk.Text["end.checks.fix"], "#discharge"));
        }

        return open;
    }

    private static void Happened(TreatmentCase found, EventChange change, Refusals refusals, TreatmentDesk desk)
    {
        if (change.Text.Trim().Length is 0 or > LongestText || !DayLists.EventKinds.Contains(change.Kind))
        {
            refusals.Add("event", desk.Text["event.needed"]);
            return;
        }

        found.Note(desk, change.Kind, change.Text.Trim());
    }

    private static void NotPlaced(TreatmentCase found, NotPlacedChange change, Refusals refusals, TreatmentDesk desk)
    {
        string reason = change.Reason.Trim();
        HashSet<string> placed = [.. found.Standing.Select(thread => thread.PlannedThreadId).OfType<string>()];
        if (change.Planned.Count == 0)
        {
            refusals.Add("not-placed", desk.Text["notplaced.none"]);
        }
        else if (change.Planned.FirstOrDefault(id => placed.Contains(id) || found.Planned.All(place => place.Id != id)) is { } wrong)
        {
            refusals.Add("not-placed", desk.Text["notplaced.placed", wrong]);
        }
        else if (reason.Length > LongestText)
        {
            refusals.Add("not-placed-reason", desk.Text["notplaced.reason"]);
        }

        if (!refusals.None)
        {
            return;
        }

        var reasons = new SortedDictionary<string, string>(found.NotPlaced.ToDictionary(), StringComparer.Ordinal);
        foreach (string id in change.Planned)
        {
            if (reason.Length == 0)
            {
                reasons.Remove(id);
            }
            else
            {
                reasons[id] = reason;
            }
        }

        found.Treatment.NotPlacedJson = Preparation.Write(reasons);
    }

    private static void Discharge(TreatmentCase found, DischargeChange change, Refusals refusals, TreatmentDesk desk)
    {
        if (NerveTest.Read(found, change.Findings, change.Note, refusals, desk) is { } tested)
        {
            found.Keep(found.Preparation with { NervesAtDischarge = tested, Discharge = [.. DayLists.Discharge.Where(change.Ticked.Contains)] });
        }
    }

    private static IResult? End(TreatmentCase found, Refusals refusals, TreatmentDesk desk)
    {
        desk.CheckTreats(found, refusals);
        if (!refusals.None)
        {
            return refusals.Result(StatusCodes.Status403Forbidden);
        }

        if (!desk.User.IsFresh)
        {
            refusals.Add("end", desk.Text["fresh"]);
            return refusals.Result(StatusCodes.Status403Forbidden, "fresh");
        }

        foreach (GateLine line in Open(found, desk))
        {
            refusals.Add(line.Code + line.Reason, desk.Text["end.line", line.Reason, line.Fix]);
        }

        if (!refusals.None)
        {
            return refusals.Result(what: "end");
        }

        StoredTreatment treatment = found.Treatment;
        treatment.State = TreatmentState.Ended;
        treatment.EndedAt = desk.Now;
        treatment.SignedBy = desk.User.UserId;
        treatment.SignedSha256 = Convert.ToHexStringLower(SHA256.HashData(TreatmentSeal.Bytes(treatment)));
        return null;
    }

    private static void NextMorning(TreatmentCase found, NervesChange change, Refusals refusals, TreatmentDesk desk)
    {
        if (NerveTest.Read(found, change.Findings, change.Note, refusals, desk) is { } tested)
        {
            IReadOnlyList<NerveFindings> before = found.Mornings;
            found.Treatment.NextMorningJson = Preparation.Write<IReadOnlyList<NerveFindings>>([.. before, tested]);
        }
    }
}
