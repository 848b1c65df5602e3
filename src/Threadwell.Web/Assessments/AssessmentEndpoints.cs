using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Suitability;
using Threadwell.Storage;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Web.Access;
using Threadwell.Web.Patients;
using Threadwell.Web.Rulebooks;

namespace Threadwell.Web.Assessments;

/// <summary>What is done with an assessment: a doctor accepts it, and its letter of referral is printed.</summary>
internal static class AssessmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/assessments/{id:guid}/accept", AcceptAsync).Needs(Permission.WriteRecord, RecordKind.Assessment);
        routes.MapGet("/assessments/{id:guid}/letter.pdf", LetterAsync).Needs(Permission.ReadOwnDocuments, RecordKind.Assessment);
    }

    // The antiforgery check reads the form's token, so the form itself is taken although it holds nothing else.
    private static async Task<IResult> AcceptAsync(Guid id, IFormCollection form, ThreadwellContext database, CurrentUser user, IClock clock, CancellationToken cancellation)
    {
        _ = form;
        StoredAssessment? row = await database.Assessments.FirstOrDefaultAsync(candidate => candidate.Id == id, cancellation);
        if (row is null)
        {
            return Results.NotFound();
        }

        // What cannot be settled cannot be accepted; what is accepted stays with its first doctor.
        if (row.AcceptedAt is null && row.Outcome != nameof(Outcome.NotSettled))
        {
            row.AcceptedBy = user.UserId;
            row.AcceptedAt = clock.GetCurrentInstant();
            await database.SaveChangesAsync(cancellation);
        }

        return Results.LocalRedirect(row.AcceptedAt is not null && AssessmentOutcomes.MayProceed(row.Outcome) ? $"/patients/{row.PatientId}" : $"/assessments/{id}");
    }

    private static async Task<IResult> LetterAsync(Guid id, ThreadwellContext database, RulebookKeeper rulebooks, ClinicTime time, HttpContext context, CancellationToken cancellation)
    {
        StoredAssessment row = await database.Assessments.AsNoTracking().FirstAsync(candidate => candidate.Id == id, cancellation);
        SuitabilityResult result = SuitabilityResult.Parse(Encoding.UTF8.GetBytes(row.ResultJson), "assessment");
        if (!result.Reasons.Any(reason => reason.Letter is not null))
        {
            return Results.NotFound();
        }

        Patient patient = await database.Patients.AsNoTracking().FirstAsync(candidate => candidate.Id == row.PatientId, cancellation);
        ClinicSettings? clinic = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation);
        Facility? facility = await database.Facilities.AsNoTracking().OrderBy(place => place.Name).FirstOrDefaultAsync(cancellation);
        Guid doctor = row.AcceptedBy ?? row.ByUserId;
        string name = await database.Users.Where(user => user.Id == doctor).Select(user => user.FullName).FirstOrDefaultAsync(cancellation) ?? "";
        string licence = await database.StaffLicences.Where(held => held.UserId == doctor).OrderByDescending(held => held.From).Select(held => held.Number).FirstOrDefaultAsync(cancellation) ?? "";
        KeptRulebook rulebook = (await rulebooks.FindAsync(row.RulebookVersion, cancellation))!;
        byte[] letter = AssessmentLetter.Write(new AssessmentLetterFacts(row, result, rulebook.Rules, patient, clinic, facility, name, licence, await time.ZoneAsync(cancellation)));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "inline; filename=letter.pdf";
        return Results.Bytes(letter, "application/pdf");
    }
}
