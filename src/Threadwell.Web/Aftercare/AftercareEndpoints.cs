using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Care.Aftercare;
using Threadwell.Reports.Documents;
using Threadwell.Web.Access;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Aftercare;

/// <summary>The aftercare of a treatment to take along: a printed sheet and a calendar.</summary>
internal static class AftercareEndpoints
{
    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapGet("/aftercare-sheet", (Guid id, string? language, TreatmentDesk desk) => AnswerAsync(id, language, desk, "pdf", "application/pdf", (found, plan, chosen) => AftercareSheet.Write(
            new DocumentFacts(chosen, new ClinicDetails(found.Settings.Name, found.Facility.Address, found.Settings.Phone, found.Facility.LicenceNumber), desk.Now.InZone(found.Zone).ToOffsetDateTime(), found.Patient.IsDemonstration),
            new PersonDetails(found.Patient.FullName, found.Patient.BirthDate, found.Patient.Number.ToString(CultureInfo.InvariantCulture)),
            plan,
            checkIn: null))).Needs(Permission.ReadOwnDocuments, RecordKind.Treatment);
        treatment.MapGet("/aftercare-calendar", (Guid id, string? language, TreatmentDesk desk) =>
            AnswerAsync(id, language, desk, "ics", "text/calendar; charset=utf-8", (_, plan, chosen) => AftercareCalendar.Write(plan, chosen.Name, checkIn: null, desk.Now))).Needs(Permission.ReadOwnDocuments, RecordKind.Treatment);
    }

    private static async Task<IResult> AnswerAsync(Guid id, string? language, TreatmentDesk desk, string ending, string type, Func<TreatmentCase, AftercarePlan, DocumentLanguage, byte[]> write)
    {
        if (await desk.FindAsync(id) is not { } found || TreatmentAftercare.Of(found) is not { } plan)
        {
            return Results.NotFound();
        }

        var chosen = DocumentLanguage.Of(language ?? found.Patient.Language);
        return Results.File(write(found, plan, chosen), type, $"aftercare-{found.Patient.Number}-{found.Treatment.Day.ToString("uuuuMMdd", CultureInfo.InvariantCulture)}-{chosen.Name}.{ending}");
    }
}
