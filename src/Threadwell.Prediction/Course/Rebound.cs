using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Whether a lift leaves its place lower than no treatment would have (mission M6): along the planned vectors the treated course must not lie below the untreated one once the threads are gone. Where it
/// does, the technique was unsuitable, and the prediction says so.
/// </summary>
public static class Rebound
{
    /// <summary>How far below the untreated course counts, mm (design 3.8).</summary>
    public const double ToleranceMm = 0.02;

    // Share of the mass of day 0 at which a thread is gone.
    private const double GoneMass = 0.01;

    /// <summary>Largest distance below the untreated course after every thread is gone.</summary>
    /// <param name="landmark">The course of a landmark.</param>
    /// <param name="threads">All threads of the plan.</param>
    /// <returns>mm, at least 0; null where threads are left at the end.</returns>
    public static double? BelowUntreatedMm(LandmarkCourse landmark, IReadOnlyList<ThreadCourse> threads)
    {
        ArgumentNullException.ThrowIfNull(landmark);
        ArgumentNullException.ThrowIfNull(threads);
        int gone = GoneFrom(threads, landmark.LiftMm.Count);
        return gone == landmark.LiftMm.Count ? null : Math.Max(0, -landmark.LiftMm.Skip(gone).Min());
    }

    internal static IEnumerable<string> Warnings(IReadOnlyList<LandmarkCourse> landmarks, IReadOnlyList<ThreadCourse> threads)
    {
        int slipped = threads.Sum(thread => thread.SlippedBarbs[0]);
        foreach (LandmarkCourse landmark in landmarks)
        {
            if (BelowUntreatedMm(landmark, threads) is { } below && below > ToleranceMm)
            {
                yield return $"{landmark.Name} comes to lie up to {below:0.00} mm below the untreated course once the threads are gone ({slipped} barbs slipped on day 0); a smaller gather or another direction avoids that.";
            }
        }
    }

    /// <summary>The warnings of a prediction whose lifts were moved: those of the lifts before go, and those of the lifts after stand in their place.</summary>
    /// <param name="warnings">All warnings of the prediction.</param>
    /// <param name="before">Its landmarks before.</param>
    /// <param name="after">Its landmarks after.</param>
    /// <param name="threads">All threads of the plan.</param>
    internal static IReadOnlyList<string> Moved(IReadOnlyList<string> warnings, IReadOnlyList<LandmarkCourse> before, IReadOnlyList<LandmarkCourse> after, IReadOnlyList<ThreadCourse> threads)
    {
        string[] old = [.. Warnings(before, threads)];
        int place = warnings.TakeWhile(warning => !old.Contains(warning, StringComparer.Ordinal)).Count();
        return [.. warnings.Take(place), .. Warnings(after, threads), .. warnings.Skip(place).Except(old, StringComparer.Ordinal)];
    }

    /// <summary>Index of the first stored time at which every thread is gone; one past the last where one is left.</summary>
    /// <param name="threads">All threads of the plan; their masses only fall.</param>
    /// <param name="times">Number of stored times.</param>
    internal static int GoneFrom(IReadOnlyList<ThreadCourse> threads, int times)
    {
        int from = 0;
        foreach (ThreadCourse thread in threads)
        {
            while (from < times && thread.Mass[from] > GoneMass)
            {
                from++;
            }
        }

        return from;
    }
}
