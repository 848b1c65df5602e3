using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;
using Threadwell.Web.Text;

namespace Threadwell.Web.Treatments;

/// <summary>Changes a treatment: reads it whole, refuses what an older page or a signed record does not allow, and answers with what it is then.</summary>
/// <param name="database">The record.</param>
/// <param name="time">The clinic's day.</param>
/// <param name="clock">Dates what is noted.</param>
/// <param name="user">Who asks.</param>
/// <param name="text">Words.</param>
internal sealed class TreatmentDesk(ThreadwellContext database, ClinicTime time, IClock clock, CurrentUser user, IStringLocalizer<TreatmentText> text)
{
    /// <summary>The record.</summary>
    public ThreadwellContext Database => database;

    /// <summary>Who asks.</summary>
    public CurrentUser User => user;

    /// <summary>Words.</summary>
    public IStringLocalizer<TreatmentText> Text => text;

    /// <summary>Now, to the millisecond that is kept.</summary>
    public Instant Now { get; } = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>The mark of whoever asks, now.</summary>
    public Signed Sign() => new(user.UserId!.Value, user.Name, Now.ToDateTimeOffset());

    /// <summary>
    /// Notes where somebody else than the doctor who treats would record a treatment, or where that doctor's licence does not cover it today (M11). For complication
    /// care any doctor of the clinic stands in.
    /// </summary>
    public void CheckTreats(TreatmentCase found, Refusals refusals)
    {
        if (found.Treatment.Kind == TreatmentKind.ComplicationCare)
        {
            return;
        }

        if (found.Treatment.OperatorId != user.UserId)
        {
            refusals.Add("operator", text["treats.other", found.Operator?.FullName ?? ""]);
        }
        else if (!OperatorLicences.MayTreat(found.Licences, found.Today))
        {
            refusals.Add("operator", text["treats.licence"]);
        }
    }

    /// <summary>Reads a treatment; null where there is none.</summary>
    public Task<TreatmentCase?> FindAsync(Guid id) => TreatmentCase.FindAsync(database, time, id);

    /// <summary>The treatment as it is.</summary>
    public async Task<IResult> AnswerAsync(Guid id) => await FindAsync(id) is { } found ? Results.Ok(TreatmentAnswer.Of(found, this)) : Results.NotFound();

    /// <summary>Changes a treatment.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="revision">Revision that the page read; null where the change fits any.</param>
    /// <param name="change">Changes it, or says what keeps it from being changed.</param>
    /// <param name="states">States in which the change is allowed.</param>
    public Task<IResult> ChangeAsync(Guid id, long? revision, Action<TreatmentCase, Refusals> change, params IReadOnlyList<TreatmentState> states) => ChangeAsync(
        id,
        revision,
        (found, refusals) =>
        {
            change(found, refusals);
            return Task.FromResult<IResult?>(null);
        },
        states);

    /// <summary>Changes a treatment.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="revision">Revision that the page read; null where the change fits any.</param>
    /// <param name="change">Changes it, or says what keeps it from being changed; may answer otherwise.</param>
    /// <param name="states">States in which the change is allowed.</param>
    public async Task<IResult> ChangeAsync(Guid id, long? revision, Func<TreatmentCase, Refusals, Task<IResult?>> change, params IReadOnlyList<TreatmentState> states)
    {
        if (await FindAsync(id) is not { } found)
        {
            return Results.NotFound();
        }

        StoredTreatment treatment = found.Treatment;
        if (!states.Contains(treatment.State))
        {
            return Conflict(treatment.Revision, text["state.refused." + treatment.State]);
        }

        if (revision is { } read && read != treatment.Revision)
        {
            return Conflict(treatment.Revision, text["changed"]);
        }

        var refusals = new Refusals();
        if (await change(found, refusals) is { } other)
        {
            return other;
        }

        if (!refusals.None)
        {
            return refusals.Result();
        }

        treatment.Revision++;
        try
        {
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict(treatment.Revision, text["changed"]);
        }

        database.ChangeTracker.Clear();
        return await AnswerAsync(id);
    }

    private static IResult Conflict(long revision, string why) => Results.Problem(
        why,
        statusCode: StatusCodes.Status409Conflict,
        title: Spoken.Say("The treatment has changed."),
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["revision"] = revision });
}
