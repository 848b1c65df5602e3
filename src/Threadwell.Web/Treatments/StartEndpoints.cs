using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Clinic;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Treatments;

/// <summary>Another day, doctor or place.</summary>
internal sealed record BookingChange(long Revision, string Day, Guid OperatorId, Guid FacilityId, string Room);

/// <summary>A change with its reason.</summary>
internal sealed record ReasonChange(long Revision, string Reason);

/// <summary>From the booking to the first needle: the gate is asked by the server, whatever the page shows.</summary>
internal static class StartEndpoints
{
    private const int LongestReason = 2000;
    private const int ShortestReason = 10;

    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapPut("/booking", (Guid id, BookingChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => BookAsync(found, change, refusals, desk), TreatmentState.Preparing));
        treatment.MapPost("/cancel", (Guid id, ReasonChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Cancel(found, change, refusals, desk), TreatmentState.Preparing));
        treatment.MapPost("/start", (Guid id, PlainChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => Task.FromResult(Start(found, refusals, desk)), TreatmentState.Preparing));
        treatment.MapPost("/override", (Guid id, ReasonChange change, TreatmentDesk desk) => desk.ChangeAsync(id, change.Revision, (found, refusals) => OverrideAsync(found, change, refusals, desk), TreatmentState.Preparing));
    }

    private static async Task<IResult?> BookAsync(TreatmentCase found, BookingChange change, Refusals refusals, TreatmentDesk desk)
    {
        StoredTreatment treatment = found.Treatment;
        LocalDate? day = ClinicDates.Read(change.Day);
        if (day is null || day < found.Today)
        {
            refusals.Add("day", desk.Text[day is null ? "book.day.wrong" : "book.day.past"]);
        }
        else if (treatment.Kind == TreatmentKind.Planned && BookingForm.Uncovered(await OnCallCalendar.TurnsAsync(desk.Database, found.Today), day.Value) is { Count: > 0 } gaps)
        {
            refusals.Add("day", BookingForm.UncoveredWords(gaps, desk.Text));
        }

        if (!await desk.Database.Users.AnyAsync(user => user.Id == change.OperatorId && user.Role == Role.Doctor && user.DisabledAt == null))
        {
            refusals.Add("operator", desk.Text["book.operator.needed"]);
        }

        if (!await desk.Database.Facilities.AnyAsync(facility => facility.Id == change.FacilityId))
        {
            refusals.Add("facility", desk.Text["book.facility.needed"]);
        }

        if (refusals.None)
        {
            treatment.Day = day!.Value;
            treatment.OperatorId = change.OperatorId;
            treatment.FacilityId = change.FacilityId;
            treatment.Room = change.Room.Trim() is { Length: <= 60 } room ? room : change.Room.Trim()[..60];
        }

        return null;
    }

    private static void Cancel(TreatmentCase found, ReasonChange change, Refusals refusals, TreatmentDesk desk)
    {
        if (change.Reason.Trim().Length is 0 or > LongestReason)
        {
            refusals.Add("cancel-reason", desk.Text["cancel.reason"]);
            return;
        }

        found.Note(desk, "cancelled", change.Reason.Trim());
        found.Treatment.State = TreatmentState.Cancelled;
    }

    private static IResult? Start(TreatmentCase found, Refusals refusals, TreatmentDesk desk)
    {
        desk.CheckTreats(found, refusals);
        if (!refusals.None)
        {
            return refusals.Result(StatusCodes.Status403Forbidden);
        }

        IReadOnlyList<GateLine> open = StartGate.Check(found, desk);
        if (open.Count > 0)
        {
            foreach (GateLine line in open)
            {
                refusals.Add(line.Code, desk.Text["gate.line", line.Reason, line.Fix]);
            }

            return refusals.Result(what: "gate");
        }

        Begin(found, open, desk);
        return null;
    }

    private static async Task<IResult?> OverrideAsync(TreatmentCase found, ReasonChange change, Refusals refusals, TreatmentDesk desk)
    {
        string reason = change.Reason.Trim();
        IReadOnlyList<GateLine> open = StartGate.Check(found, desk);
        if (!desk.User.IsFresh)
        {
            refusals.Add("override-reason", desk.Text["fresh"]);
            return refusals.Result(StatusCodes.Status403Forbidden, "fresh");
        }

        // An emergency opens what is missing, not who may treat: a person without a licence is none in an emergency either.
        List<StaffLicence> own = await desk.Database.StaffLicences.AsNoTracking().Where(licence => licence.UserId == desk.User.UserId).ToListAsync();
        if (!OperatorLicences.MayTreat(own, found.Today))
        {
            refusals.Add("override-reason", desk.Text["override.licence"]);
            return refusals.Result(StatusCodes.Status403Forbidden);
        }

        if (open.Count == 0)
        {
            refusals.Add("override-reason", desk.Text["override.needless"]);
        }
        else if (reason.Length is < ShortestReason or > LongestReason)
        {
            refusals.Add("override-reason", desk.Text["override.reason", ShortestReason]);
        }

        if (refusals.None)
        {
            StoredTreatment treatment = found.Treatment;
            treatment.OverrideReason = reason;
            treatment.OverrideBy = desk.User.UserId;
            treatment.OverrideAt = desk.Now;

            // Whoever answers for the emergency is who treats.
            treatment.OperatorId = desk.User.UserId!.Value;
            found.Note(desk, "override", string.Create(CultureInfo.InvariantCulture, $"{reason} ({string.Join(", ", open.Select(line => line.Code))})"));
            Begin(found, open, desk);
        }

        return null;
    }

    private static void Begin(TreatmentCase found, IReadOnlyList<GateLine> open, TreatmentDesk desk)
    {
        StoredTreatment treatment = found.Treatment;
        treatment.State = TreatmentState.Started;
        treatment.StartedAt = desk.Now;
        treatment.GateJson = Preparation.Write(new StartRecord(desk.Sign(), open));
    }
}

/// <summary>What the gate said when a treatment started.</summary>
/// <param name="Started">Who started it.</param>
/// <param name="Open">What was open; nothing but under an override.</param>
internal sealed record StartRecord(Signed Started, IReadOnlyList<GateLine> Open);
