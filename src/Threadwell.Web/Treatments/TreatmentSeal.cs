using System.Text;
using System.Text.Json;
using NodaTime;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Treatments;

/// <summary>What the signature of a treatment covers: who, when, where, how it was prepared, every thread, and what happened.</summary>
internal static class TreatmentSeal
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = false };

    /// <summary>The signed content as bytes; the same record gives the same bytes.</summary>
    public static byte[] Bytes(StoredTreatment treatment)
    {
        object content = new
        {
            treatment.Id,
            treatment.PatientId,
            Kind = treatment.Kind.ToString(),
            treatment.PlanVersionId,
            treatment.OutlineId,
            Day = treatment.Day.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            treatment.OperatorId,
            treatment.FacilityId,
            treatment.Room,
            treatment.PreparationJson,
            treatment.EventsJson,
            treatment.NotPlacedJson,
            treatment.GateJson,
            treatment.OverrideReason,
            treatment.OverrideBy,
            OverrideAt = At(treatment.OverrideAt),
            StartedAt = At(treatment.StartedAt),
            EndedAt = At(treatment.EndedAt),
            treatment.SignedBy,
            Threads = treatment.Threads.OrderBy(thread => thread.Number).Select(thread => new
            {
                thread.Id,
                thread.Number,
                thread.ProductId,
                thread.ProductName,
                thread.Maker,
                thread.Material,
                thread.DeviceIdentifier,
                thread.Lot,
                thread.Serial,
                Expiry = thread.Expiry.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                thread.UdiText,
                thread.PlannedThreadId,
                thread.UnplannedReason,
                Area = thread.Area.ToString(),
                Side = thread.Side.ToString(),
                thread.DepthMm,
                thread.TensionN,
                thread.Note,
                PlacedAt = At(thread.PlacedAt),
                StruckAt = At(thread.StruckAt),
                thread.StruckReason,
            }),
        };
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content, Options));
    }

    private static long? At(Instant? instant) => instant?.ToUnixTimeMilliseconds();
}
