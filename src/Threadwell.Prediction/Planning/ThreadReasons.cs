using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Tells why a thread is there: what it serves, what limits it, why it lies as deep as it does.</summary>
/// <param name="limits">The limits.</param>
/// <param name="wish">The wish.</param>
/// <param name="depthsMm">Depths that were tried, mm, ascending.</param>
internal sealed class ThreadReasons(PlanLimits limits, IReadOnlyList<LiftWish> wish, IReadOnlyList<double> depthsMm)
{
    /// <summary>The reason of a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="lossMm">What each wished landmark loses without it and its like on the other side, mm.</param>
    /// <param name="pair">It and its like on the other side, where it has one: both are laid alike.</param>
    /// <param name="barbLoad">The largest share of its holding force that one of its barbs carries.</param>
    public ThreadReason Of(PlannedThread thread, double[] lossMm, IReadOnlyList<PlannedThread> pair, double barbLoad)
    {
        bool left = thread.Path.Average(point => point.X) > 0;
        string otherSide = left ? ".right" : ".left";
        int serves = Enumerable.Range(0, wish.Count).OrderBy(target => wish[target].Landmark.EndsWith(otherSide, StringComparison.Ordinal)).ThenByDescending(target => lossMm[target]).First();
        ZoneClearance? zone = Nearest(thread);
        return new ThreadReason
        {
            ThreadId = thread.Id,
            Serves = wish[serves].Landmark,
            LossMm = lossMm,
            Zone = zone?.Structure,
            ZoneSource = zone?.Source,
            ZoneDepthKnown = zone is { DepthKnown: true },
            ZoneLimitMm = zone?.LimitMm,
            ZoneMarginMm = zone?.MarginMm,
            BarbLoad = barbLoad,
            Sentences = [Served(wish[serves].Landmark, lossMm[serves], pair.Count > 1), Limited(zone), Depth(thread, pair), Held(barbLoad)],
        };
    }

    /// <summary>The first sentence, which a plan carries with the thread.</summary>
    public static string Served(string landmark, double lossMm, bool paired) => paired
        ? Say($"Serves {landmark}: without this pair {lossMm:0.0} mm of its lift are lost.")
        : Say($"Serves {landmark}: without this thread {lossMm:0.0} mm of its lift are lost.");

    private static string Limited(ZoneClearance? zone) => zone switch
    {
        null => "No danger zone lies on its way.",
        { DepthKnown: true } => Say($"Passes {zone.Structure} ({zone.Source}), which in one of twenty people lies {zone.LimitMm:0.0} mm deep or less there: {zone.MarginMm:0.0} mm are left."),
        _ => Say($"Passes {zone.Structure} ({zone.Source}), whose depth is unknown: it stays superficial to the SMAS, which in one of twenty people lies {zone.LimitMm:0.0} mm deep or less there; {zone.MarginMm:0.0} mm are left."),
    };

    private string Depth(PlannedThread thread, IReadOnlyList<PlannedThread> pair)
    {
        double next = depthsMm.FirstOrDefault(depth => depth > thread.DepthMm, double.NaN);
        if (double.IsNaN(next))
        {
            return Say($"Lies {thread.DepthMm:0.0} mm deep, the deepest that is planned in this area.");
        }

        ZoneClearance? broken = pair.SelectMany(one => limits.Clearances(one with { DepthMm = next })).FirstOrDefault(clearance => !clearance.Holds);
        return broken is null
            ? Say($"Lies {thread.DepthMm:0.0} mm deep: at {next:0.0} mm it would keep every danger zone's limit too; the search did not choose that.")
            : Say($"Lies {thread.DepthMm:0.0} mm deep: at {next:0.0} mm it would pass {broken.Structure} too deep.");
    }

    private static string Held(double barbLoad) => Say($"Its most loaded barb carries {100 * barbLoad:0} % of what it holds.");

    private ZoneClearance? Nearest(PlannedThread thread) => limits.Clearances(thread).Where(clearance => clearance.Crosses).MinBy(clearance => clearance.MarginMm);

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
