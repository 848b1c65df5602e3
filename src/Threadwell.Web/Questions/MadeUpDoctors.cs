using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;

namespace Threadwell.Web.Questions;

/// <summary>The doctors of the demonstration: wherever everybody reads an answer of theirs, it says that they are made up.</summary>
internal static class MadeUpDoctors
{
    /// <summary>Keys of their accounts.</summary>
    /// <param name="database">The record.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlySet<Guid>> ReadAsync(ThreadwellContext database, CancellationToken cancellation) =>
        (await database.Users.Where(user => user.IsDemonstration).Select(user => user.Id).ToListAsync(cancellation)).ToHashSet();
}
