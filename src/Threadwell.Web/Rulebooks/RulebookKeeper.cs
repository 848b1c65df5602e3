using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Assessments;

namespace Threadwell.Web.Rulebooks;

/// <summary>A stored version with its rules read.</summary>
/// <param name="Row">The stored version.</param>
/// <param name="Rules">Its questions and rules.</param>
public sealed record KeptRulebook(StoredRulebook Row, Rulebook Rules);

/// <summary>How many stored assessments a change of rules would judge otherwise.</summary>
/// <param name="Judged">Assessments that were judged again.</param>
/// <param name="Changed">How many of them came out otherwise, by outcome before and after, the most first.</param>
internal sealed record RulePreview(int Judged, IReadOnlyList<(Outcome Before, Outcome After, int Count)> Changed);

/// <summary>The clinic's rulebook and its versions.</summary>
/// <param name="database">The record.</param>
/// <param name="clock">The clock.</param>
internal sealed class RulebookKeeper(ThreadwellContext database, IClock clock)
{
    // A preview judges so many of the newest assessments: enough to see what a change does, in a second.
    private const int MostPreviewed = 2000;

    /// <summary>Keeps the shipped rulebook as the first version where there is none yet.</summary>
    public async Task EnsureAsync(CancellationToken cancellation = default)
    {
        if (await database.Rulebooks.AnyAsync(cancellation))
        {
            return;
        }

        database.Rulebooks.Add(new StoredRulebook
        {
            Version = RulebookFile.Shipped.Version,
            Json = Encoding.UTF8.GetString(RulebookFile.ToBytes(RulebookFile.Shipped)),
            Note = "",
            CreatedAt = clock.GetCurrentInstant(),
        });
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>The version that judges now: the newest.</summary>
    public async Task<KeptRulebook> CurrentAsync(CancellationToken cancellation = default) =>
        Read(await database.Rulebooks.AsNoTracking().OrderByDescending(row => row.Version).FirstAsync(cancellation));

    /// <summary>A version; null where there is none.</summary>
    public async Task<KeptRulebook?> FindAsync(int version, CancellationToken cancellation = default) =>
        await database.Rulebooks.AsNoTracking().FirstOrDefaultAsync(row => row.Version == version, cancellation) is { } row ? Read(row) : null;

    /// <summary>All versions, the newest first.</summary>
    public async Task<IReadOnlyList<StoredRulebook>> HistoryAsync(CancellationToken cancellation = default) =>
        await database.Rulebooks.AsNoTracking().OrderByDescending(row => row.Version).ToListAsync(cancellation);

    /// <summary>Keeps the next version.</summary>
    /// <param name="next">The rules; their version is one above the newest.</param>
    /// <param name="note">What was changed and why.</param>
    /// <param name="by">Who saves it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it was kept; not where somebody else has saved that version meanwhile.</returns>
    public async Task<bool> SaveAsync(Rulebook next, string note, Guid by, CancellationToken cancellation = default)
    {
        database.Rulebooks.Add(new StoredRulebook
        {
            Version = next.Version,
            Json = Encoding.UTF8.GetString(RulebookFile.ToBytes(next)),
            Note = note,
            ByUserId = by,
            CreatedAt = clock.GetCurrentInstant(),
        });
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException) when (database.Rulebooks.Any(row => row.Version == next.Version))
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Judges stored assessments by two rulebooks, each on its own day. Only numbers come out: who edits rules sees no record.</summary>
    public async Task<RulePreview> PreviewAsync(Rulebook before, Rulebook after, DateTimeZone zone, CancellationToken cancellation = default)
    {
        var rows = await database.Assessments.AsNoTracking().OrderByDescending(row => row.CreatedAt).Take(MostPreviewed)
            .Select(row => new { row.AnswersJson, row.CreatedAt }).ToListAsync(cancellation);
        int judged = 0;
        var changes = new Dictionary<(Outcome, Outcome), int>();
        foreach (var row in rows)
        {
            AnswerSheet answers;
            try
            {
                answers = AnswerReader.Parse(Encoding.UTF8.GetBytes(row.AnswersJson), "assessment", before.Questionnaire);
            }
            catch (InvalidInputException)
            {
                // Answered to questions of another version.
                continue;
            }

            judged++;
            LocalDate day = row.CreatedAt.InZone(zone).Date;
            (Outcome, Outcome) change = (SuitabilityEngine.Assess(before, answers, day).Outcome, SuitabilityEngine.Assess(after, answers, day).Outcome);
            if (change.Item1 != change.Item2)
            {
                changes[change] = changes.GetValueOrDefault(change) + 1;
            }
        }

        return new RulePreview(judged, [.. changes.OrderByDescending(change => change.Value).Select(change => (change.Key.Item1, change.Key.Item2, change.Value))]);
    }

    /// <summary>A stored version with its rules read.</summary>
    public static KeptRulebook Read(StoredRulebook row) => new(row, RulebookFile.Parse(Encoding.UTF8.GetBytes(row.Json), $"rulebook {row.Version}"));
}
