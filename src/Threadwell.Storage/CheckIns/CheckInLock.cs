using Microsoft.EntityFrameworkCore.Storage;

namespace Threadwell.Storage.CheckIns;

/// <summary>
/// Makes whatever raises a level and whatever lowers one wait for each other: a check-in arrives before a lowering, which then has to have seen it, or after it, and then stands. Nothing that nobody has seen is lowered.
/// </summary>
public static class CheckInLock
{
    // "TWCI".
    private const long LockKey = 0x54574349;

    /// <summary>Begins the transaction in which a check-in is taken in, or a level is lowered; it ends with the lock.</summary>
    /// <param name="context">The record.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The transaction; null where the record is in one already, which whoever began it ends, and with it the lock.</returns>
    public static Task<IDbContextTransaction?> BeginAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WriterLock.BeginAsync(context, LockKey, cancellation);
    }
}
