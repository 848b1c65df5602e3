using Microsoft.EntityFrameworkCore.Storage;

namespace Threadwell.Storage.Appointments;

/// <summary>Makes bookings wait for each other: what is free is read and taken in one transaction that no other booking runs beside, so that of two for the same hour the later one sees the first.</summary>
public static class BookingLock
{
    // "TWBK".
    private const long LockKey = 0x5457424B;

    /// <summary>Begins the transaction of a booking; it ends with the lock.</summary>
    /// <param name="context">The record, in no transaction yet.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">The record is in a transaction already; no lock is taken.</exception>
    public static async Task<IDbContextTransaction> BeginAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Before the lock is taken: whoever began the transaction would hold it to its end.
        return context.Database.CurrentTransaction is null ? (await WriterLock.BeginAsync(context, LockKey, cancellation))! : throw new InvalidOperationException("A booking begins its own transaction.");
    }
}
