using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Biology;
using Threadwell.Care.Aftercare;
using Threadwell.Care.Treatments;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Aftercare;
using Threadwell.Web.Hosting;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Treatments;

/// <summary>The papers of a treatment as PDF, in either language.</summary>
internal static class PaperEndpoints
{
    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapGet("/thread-card", (Guid id, string? language, TreatmentDesk desk) => PaperAsync(id, language, "thread-card", desk, (found, facts) => Task.FromResult(Card(found, facts))))
            .Needs(Permission.ReadOwnDocuments, RecordKind.Treatment);
        treatment.MapGet("/preparation-sheet", (Guid id, string? language, TreatmentDesk desk) => PaperAsync(id, language, "preparation", desk, (found, facts) => Task.FromResult<byte[]?>(PreparationSheet.Write(Preparing(found, facts)))))
            .Needs(Permission.ReadOwnDocuments, RecordKind.Treatment);
        treatment.MapGet("/aftercare-sheet", (Guid id, string? language, TreatmentDesk desk, PublicAddress address) => PaperAsync(id, language, "aftercare", desk, (found, facts) => Task.FromResult(
            TreatmentAftercare.Of(found) is { } plan ? AftercareSheet.Write(facts, Person(found), plan, TreatmentAftercare.CheckIn(found, address)) : null))).Needs(Permission.CheckIn, RecordKind.Treatment);
        treatment.MapGet("/aftercare-calendar", CalendarAsync).Needs(Permission.CheckIn, RecordKind.Treatment);
        treatment.MapGet("/marking-sheet", (Guid id, string? language, TreatmentDesk desk, ScanLibrary library) => PaperAsync(id, language, "marking", desk, (found, facts) => MarkingAsync(found, facts, desk, library)))
            .Needs(Permission.ReadRecord, RecordKind.Treatment);
        treatment.MapGet("/marking-picture", async (Guid id, TreatmentDesk desk, ScanLibrary library, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await desk.FindAsync(id) is { Plan: not null } found && await PictureAsync(found, desk, library) is { } picture ? Results.Bytes(picture, "image/png") : Results.NotFound();
        }).Needs(Permission.ReadRecord, RecordKind.Treatment);
    }

    private static async Task<IResult> PaperAsync(Guid id, string? language, string name, TreatmentDesk desk, Func<TreatmentCase, DocumentFacts, Task<byte[]?>> write)
    {
        if (await desk.FindAsync(id) is not { } found)
        {
            return Results.NotFound();
        }

        var facts = new DocumentFacts(
            DocumentLanguage.Of(language ?? found.Patient.Language),
            new ClinicDetails(found.Settings.Name, found.Facility.Address, found.Settings.Phone, found.Facility.LicenceNumber),
            desk.Now.InZone(found.Zone).ToOffsetDateTime(),
            found.Patient.IsDemonstration);
        return await write(found, facts) is { } pdf
            ? Results.File(pdf, "application/pdf", FileName(found, name, facts.Language, "pdf"))
            : Results.NotFound();
    }

    private static async Task<IResult> CalendarAsync(Guid id, string? language, TreatmentDesk desk, PublicAddress address)
    {
        if (await desk.FindAsync(id) is not { } found || TreatmentAftercare.Of(found) is not { } plan)
        {
            return Results.NotFound();
        }

        var chosen = DocumentLanguage.Of(language ?? found.Patient.Language);
        return Results.File(AftercareCalendar.Write(plan, chosen.Name, TreatmentAftercare.CheckIn(found, address), desk.Now), "text/calendar; charset=utf-8", FileName(found, "aftercare", chosen, "ics"));
    }

    private static string FileName(TreatmentCase found, string name, DocumentLanguage language, string ending) =>
        $"{name}-{found.Patient.Number}-{found.Treatment.Day.ToString("uuuuMMdd", System.Globalization.CultureInfo.InvariantCulture)}-{language.Name}.{ending}";

    private static PersonDetails Person(TreatmentCase found) => new(found.Patient.FullName, found.Patient.BirthDate, found.Patient.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // A card says what was put in: there is none before the record is signed.
    private static byte[]? Card(TreatmentCase found, DocumentFacts facts)
    {
        ImplantedThread[] threads = [.. found.Standing];
        return threads.Length == 0 || found.Treatment.State != TreatmentState.Ended
            ? null
            : ThreadCard.Write(new ThreadCardContent(facts, Person(found), found.Treatment.StartedAt!.Value.InZone(found.Zone).Date, found.Operator?.FullName ?? "",
                [.. threads.GroupBy(thread => (thread.ProductName, thread.Maker, thread.Material, thread.Lot, thread.Serial, thread.Expiry, thread.DeviceIdentifier)).Select(group => Product([.. group], found, facts.Language))]));
    }

    private static CardProduct Product(IReadOnlyList<ImplantedThread> threads, TreatmentCase found, DocumentLanguage language)
    {
        ImplantedThread first = threads[0];
        ThreadRemoval[] removed = [.. threads.Select(thread => found.RemovalOf(thread.Id)).OfType<ThreadRemoval>().Where(removal => removal.Extent == RemovalExtent.Whole)];
        return new CardProduct(
            first.ProductName,
            first.Maker,
            Enum.Parse<ThreadMaterial>(first.Material, ignoreCase: true),
            first.Lot,
            first.Serial,
            first.Expiry,
            CardIdentification.Of(first),
            [.. threads.GroupBy(thread => (thread.Area, thread.Side)).Select(place =>
                new CardPlace(AreaWords.Name(place.Key.Area, place.Key.Side switch { BodySide.Left => true, BodySide.Right => false, _ => null }, language), place.Count()))])
        {
            Removed = removed.Length,
            RemovedOn = removed.Length == 0 ? null : removed.Max(removal => removal.Day),
        };
    }

    private static PreparationContent Preparing(TreatmentCase found, DocumentFacts facts)
    {
        string language = facts.Language.Name;
        string where = string.Join(", ", ((string[])[found.Facility.Name, found.Treatment.Room]).Where(part => part.Length > 0));
        return new PreparationContent(
            facts,
            Person(found),
            found.Treatment.Day,
            where,
            [.. found.Areas.Select(area => AreaWords.Name(area, facts.Language))],
            [.. PreparationPlan.For(found.Treatment.Day, Answered(found, "bloodThinner"), Answered(found, "smoking")).Select(step =>
                new PreparationItem(step.From == step.Until ? null : step.From, step.Until, step.What.In(language), step.Why.In(language)))]);
    }

    // What is not answered is taken as yes here: a sheet that tells one thing too many harms nobody.
    private static bool Answered(TreatmentCase found, string question)
    {
        if (found.Assessment is null)
        {
            return true;
        }

        using var answers = JsonDocument.Parse(found.Assessment.AnswersJson);
        return !(answers.RootElement.TryGetProperty(question, out JsonElement answer) && answer.ValueKind == JsonValueKind.String && answer.GetString() == "no");
    }

    private static async Task<byte[]?> MarkingAsync(TreatmentCase found, DocumentFacts facts, TreatmentDesk desk, ScanLibrary library)
    {
        if (found.Plan is not { } plan || await PictureAsync(found, desk, library) is not { } picture)
        {
            return null;
        }

        string area = AreaWords.Name(plan.Area, facts.Language);
        return MarkingSheet.Write(new MarkingContent(
            facts,
            Person(found),
            $"{found.PlanName}, {found.PlanNumber}",
            [area],
            [new DocumentPicture(picture, area)],
            MarkingPoints.Landmarks(plan.Area, facts.Language),
            MarkingPoints.Threads(plan, facts.Language)));
    }

    /// <summary>The plan's threads on the scan; null where the scan is gone.</summary>
    internal static async Task<byte[]?> PictureAsync(TreatmentCase found, TreatmentDesk desk, ScanLibrary library) =>
        await desk.Database.Scans.AsNoTracking().SingleOrDefaultAsync(row => row.Id == found.ScanId) is { } scan
            ? MarkingPoints.Picture(library.Skin(scan).Mesh, found.Plan!)
            : null;
}
