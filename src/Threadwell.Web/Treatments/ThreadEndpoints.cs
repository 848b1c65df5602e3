using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Threadwell.Anatomy;
using Threadwell.Storage.Products;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Products;
using Threadwell.Web.Text;

namespace Threadwell.Web.Treatments;

/// <summary>Threads of one package to place: those that they realise, or one that was not planned.</summary>
/// <param name="Package">The package.</param>
/// <param name="Planned">Identifiers of the planned threads that they realise, one a thread.</param>
/// <param name="Unplanned">A thread that realises none; null for none.</param>
/// <param name="DepthMm">Depth as typed; empty for the planned one.</param>
/// <param name="TensionN">Pull as typed; empty where it was not measured.</param>
/// <param name="Note">What happened; may be empty.</param>
internal sealed record ThreadsChange(PackageInput Package, IReadOnlyList<string> Planned, UnplannedThread? Unplanned, string DepthMm, string TensionN, string Note);

/// <summary>A thread that realises no planned one.</summary>
/// <param name="Area">Where.</param>
/// <param name="Side">Which side.</param>
/// <param name="Reason">Why.</param>
internal sealed record UnplannedThread(TreatmentArea Area, BodySide Side, string Reason);

/// <summary>Striking out a thread that was entered by mistake.</summary>
internal sealed record StrikeChange(long Revision, string Reason);

/// <summary>A product that the catalogue lacks, from its package.</summary>
internal sealed record ProductChange(PackageInput Package, string Name, string Maker, string Material, string Absorbable, string Barbs, string DiameterMm);

/// <summary>Threads: what a package is, placing, striking out.</summary>
internal static class ThreadEndpoints
{
    private const double ShallowestMm = 0.5;
    private const double DeepestMm = 40;
    private const double StrongestN = 50;
    private const int LongestLot = 60;
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder treatment)
    {
        treatment.MapPost("/package", ReadAsync);
        treatment.MapPost("/products", AddProductAsync);
        treatment.MapPost("/threads", (Guid id, ThreadsChange change, TreatmentDesk desk) => desk.ChangeAsync(id, null, (found, refusals) => PlaceAsync(found, change, refusals, desk), TreatmentState.Started));
        treatment.MapPost("/threads/{thread:guid}/strike", (Guid id, Guid thread, StrikeChange change, TreatmentDesk desk) =>
            desk.ChangeAsync(id, change.Revision, (found, refusals) => Strike(found, thread, change, refusals, desk), TreatmentState.Started));
    }

    /// <summary>A package in words, before anything is kept.</summary>
    private static async Task<IResult> ReadAsync(Guid id, PackageInput package, TreatmentDesk desk)
    {
        if (await desk.FindAsync(id) is not { } found)
        {
            return Results.NotFound();
        }

        var refusals = new Refusals();
        PackageReading reading = await PackageReading.ReadAsync(package, found, refusals, desk);
        return Results.Ok(new { package = PackageAnswer.Of(reading), problems = refusals.ByField, offer = reading.Offer });
    }

    private static async Task<IResult> AddProductAsync(Guid id, ProductChange change, TreatmentDesk desk, Microsoft.Extensions.Localization.IStringLocalizer<ProductText> text)
    {
        if (await desk.FindAsync(id) is not { } found)
        {
            return Results.NotFound();
        }

        var refusals = new Refusals();
        PackageReading reading = await PackageReading.ReadAsync(change.Package, found, new Refusals(), desk);
        if (reading.Device is null || reading.Product is not null)
        {
            refusals.Add("barcode", desk.Text["product.add.scan"]);
            return refusals.Result();
        }

        var problems = new FieldProblems();
        var form = new ProductForm
        {
            Name = change.Name,
            Maker = change.Maker,
            Material = change.Material,
            Absorbable = change.Absorbable,
            Barbs = change.Barbs,
            DiameterMm = change.DiameterMm,
            DeviceIdentifier = reading.DeviceIdentifier,
        };
        if (form.Fill(null, await desk.Database.Products.AsNoTracking().ToListAsync(), problems, text) is not { } product)
        {
            foreach (string field in (string[])["Name", "Maker", "Material", "Absorbable", "Barbs", "DiameterMm", "DeviceIdentifier"])
            {
                if (problems[$"Form.{field}"] is { } problem)
                {
                    refusals.Add("product-" + field.ToLowerInvariant(), problem);
                }
            }

            return refusals.Result();
        }

        desk.Database.Products.Add(product);
        await desk.Database.SaveChangesAsync();
        return await ReadAsync(id, change.Package, desk);
    }

    private static async Task<IResult?> PlaceAsync(TreatmentCase found, ThreadsChange change, Refusals refusals, TreatmentDesk desk)
    {
        PackageReading package = await PackageReading.ReadAsync(change.Package, found, refusals, desk);
        desk.CheckTreats(found, refusals);
        double? depth = Length(change.DepthMm, "depth", ShallowestMm, DeepestMm, "thread.depth.wrong");
        double? tension = Length(change.TensionN, "tension", 0, StrongestN, "thread.tension.wrong");
        if (package.Lot.Length > LongestLot)
        {
            refusals.Add("lot", desk.Text["package.lot.long", LongestLot]);
        }

        IReadOnlyList<PlannedPlace> left = found.Left;
        List<PlannedPlace> realised = [.. left.Where(place => change.Planned.Contains(place.Id))];
        if (realised.Count != change.Planned.Count)
        {
            refusals.Add("planned", desk.Text["thread.planned.taken", string.Join(", ", change.Planned.Except(realised.Select(place => place.Id), StringComparer.Ordinal))]);
        }

        if (package.Product is { } product && realised.FirstOrDefault(place => !place.Material.ToString().Equals(product.Material, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            refusals.Add("planned", desk.Text["thread.material", other.Id, other.Material.ToString().ToUpperInvariant(), product.Material]);
        }

        if (change.Unplanned is { } unplanned && unplanned.Reason.Trim().Length is 0 or > LongestReason)
        {
            refusals.Add("unplanned-reason", desk.Text["thread.reason.needed"]);
        }
        else if (change.Unplanned is null && change.Planned.Count == 0)
        {
            refusals.Add("planned", desk.Text["thread.none"]);
        }

        if (!refusals.None)
        {
            return refusals.Result(what: package.Offer);
        }

        foreach (PlannedPlace place in realised)
        {
            Add(found, change, package, desk, place.Area, place.Side, place.Id, "", depth ?? place.DepthMm, tension);
        }

        if (change.Unplanned is { } extra)
        {
            Add(found, change, package, desk, extra.Area, extra.Side, null, extra.Reason.Trim(), depth, tension);
        }

        return null;

        double? Length(string typed, string field, double least, double most, string problem)
        {
            double? value = TypedNumbers.Read(typed, out bool readable);
            if (!readable || value < least || value > most)
            {
                refusals.Add(field, desk.Text[problem, least, most]);
            }

            return value;
        }
    }

    private static void Add(TreatmentCase found, ThreadsChange change, PackageReading package, TreatmentDesk desk, TreatmentArea area, BodySide side, string? planned, string reason, double? depth, double? tension)
    {
        StoredTreatment treatment = found.Treatment;
        Product product = package.Product!;
        var thread = new ImplantedThread
        {
            Id = Guid.CreateVersion7(),
            TreatmentId = treatment.Id,
            PatientId = treatment.PatientId,
            Number = treatment.Threads.Select(row => row.Number).DefaultIfEmpty().Max() + 1,
            ProductId = product.Id,
            ProductName = product.Name,
            Maker = product.Maker,
            Material = product.Material,
            DeviceIdentifier = package.DeviceIdentifier,
            Lot = package.Lot,
            LotKey = LotKeys.Of(package.Lot),
            Serial = package.Serial,
            Expiry = package.Expiry!.Value,
            UdiText = package.Device?.Text ?? "",
            PlannedThreadId = planned,
            UnplannedReason = reason,
            Area = area,
            Side = side,
            DepthMm = depth,
            TensionN = tension,
            Note = change.Note.Trim(),
            PlacedAt = desk.Now,
        };
        treatment.Threads.Add(thread);

        // A key of its own would pass for a row that is there already.
        desk.Database.Entry(thread).State = EntityState.Added;
    }

    private static void Strike(TreatmentCase found, Guid key, StrikeChange change, Refusals refusals, TreatmentDesk desk)
    {
        ImplantedThread? thread = found.Standing.FirstOrDefault(row => row.Id == key);
        string reason = change.Reason.Trim();
        if (thread is null)
        {
            refusals.Add("", desk.Text["strike.gone"]);
        }
        else if (reason.Length is 0 or > LongestReason)
        {
            refusals.Add("reason", desk.Text["strike.reason"]);
        }
        else
        {
            thread.StruckAt = desk.Now;
            thread.StruckReason = string.Create(CultureInfo.InvariantCulture, $"{reason} ({desk.User.Name})");
        }
    }
}
