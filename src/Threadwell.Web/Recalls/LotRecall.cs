using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Recalls;

/// <summary>A thread of a recalled lot with its patient.</summary>
internal sealed record RecalledThread
{
    /// <summary>The patient's key.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The patient's record number.</summary>
    public required int Number { get; init; }

    /// <summary>The patient's name.</summary>
    public required string FullName { get; init; }

    /// <summary>What lists are ordered by.</summary>
    public required string SortKey { get; init; }

    /// <summary>Date of birth.</summary>
    public required LocalDate BirthDate { get; init; }

    /// <summary>Telephone number.</summary>
    public required string Phone { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Day of the treatment.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Name of the product.</summary>
    public required string ProductName { get; init; }

    /// <summary>Its maker.</summary>
    public required string Maker { get; init; }

    /// <summary>Device identifier.</summary>
    public required string DeviceIdentifier { get; init; }

    /// <summary>Lot as printed.</summary>
    public required string Lot { get; init; }

    /// <summary>Last day of use.</summary>
    public required LocalDate Expiry { get; init; }

    /// <summary>Whether it was struck out as entered by mistake.</summary>
    public required bool IsStruck { get; init; }

    /// <summary>Why it was struck out.</summary>
    public required string StruckReason { get; init; }
}

/// <summary>A patient's threads of a lot from one treatment and product.</summary>
/// <param name="First">One of them.</param>
/// <param name="Count">How many.</param>
internal sealed record RecallRow(RecalledThread First, int Count);

/// <summary>Every patient who received a lot.</summary>
internal static class LotRecall
{
    /// <summary>The threads of a lot, by one query over the index of lots, ordered by the patients' names.</summary>
    /// <param name="database">The record.</param>
    /// <param name="lot">The lot as printed or typed.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<RecallRow>> FindAsync(ThreadwellContext database, string lot, CancellationToken cancellation)
    {
        string key = LotKeys.Of(lot);
        if (key.Length == 0)
        {
            return [];
        }

        List<RecalledThread> threads = await (
            from thread in database.ImplantedThreads.AsNoTracking()
            where thread.LotKey == key
            join patient in database.Patients on thread.PatientId equals patient.Id
            join treatment in database.Treatments on thread.TreatmentId equals treatment.Id
            select new RecalledThread
            {
                PatientId = patient.Id,
                Number = patient.Number,
                FullName = patient.FullName,
                SortKey = patient.SortKey,
                BirthDate = patient.BirthDate,
                Phone = patient.Phone,
                Email = patient.Email,
                Day = treatment.Day,
                ProductName = thread.ProductName,
                Maker = thread.Maker,
                DeviceIdentifier = thread.DeviceIdentifier,
                Lot = thread.Lot,
                Expiry = thread.Expiry,
                IsStruck = thread.StruckAt != null,
                StruckReason = thread.StruckReason,
            }).ToListAsync(cancellation);
        return [.. threads
            .GroupBy(thread => (thread.PatientId, thread.Day, thread.ProductName, thread.Maker, thread.DeviceIdentifier, thread.Lot, thread.Expiry, thread.IsStruck, thread.StruckReason))
            .Select(group => new RecallRow(group.First(), group.Count()))
            .OrderBy(row => row.First.IsStruck).ThenBy(row => row.First.SortKey, StringComparer.Ordinal).ThenBy(row => row.First.Number).ThenBy(row => row.First.Day)];
    }
}
