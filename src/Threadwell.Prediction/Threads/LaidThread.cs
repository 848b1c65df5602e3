using Threadwell.Evidence;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A planned thread along its course in a tissue: all that is known of where it lies, and so where it lays down new tissue.</summary>
/// <param name="Planned">The thread.</param>
/// <param name="Course">Its course inside the tissue.</param>
/// <param name="Stations">Its barbs, and what carries it round a bend.</param>
internal sealed record LaidThread(PlannedThread Planned, EmbeddedThread Course, ThreadStation[] Stations)
{
    /// <summary>Share of its length that counts as tissue at barbs: the response at one is counted over the tuft that it grips on either side.</summary>
    /// <param name="facts">Values to go by.</param>
    public double BarbShare(FactValues facts) => BarbShare(BarbPositions().Length, Planned.Barbs, Course.LengthMm, facts);

    /// <summary>The same of a thread by its number of barbs and its length.</summary>
    public static double BarbShare(int barbs, BarbKind kind, double lengthMm, FactValues facts) => Math.Min(1, barbs * 2 * BarbGrasp.EffectiveRadiusMm(kind, facts) / lengthMm);

    /// <summary>The stretches of it that lay down new tissue: round the barbs, and between them.</summary>
    /// <param name="thread">Its index in the plan.</param>
    /// <param name="facts">Values to go by.</param>
    public IEnumerable<Deposit> Deposits(int thread, FactValues facts)
    {
        const double SampleMm = 1;

        double share = BarbShare(facts);
        double[] barbs = BarbPositions();
        if (barbs.Length > 0)
        {
            yield return Sample(thread, atBarb: true, barbs, [.. barbs.Select(_ => share * Course.LengthMm / barbs.Length)]);
        }

        int samples = Math.Max(1, (int)Math.Ceiling(Course.LengthMm / SampleMm));
        double[] at = [.. Enumerable.Range(0, samples).Select(index => Course.LengthMm * (index + 0.5) / samples)];
        yield return Sample(thread, atBarb: false, at, [.. at.Select(_ => (1 - share) * Course.LengthMm / samples)]);
    }

    private double[] BarbPositions() => Planned.Barbs == BarbKind.None ? [] : [.. Stations.Where(station => station.Grip != BarbGrip.None).Select(station => station.AxialMm)];

    private Deposit Sample(int thread, bool atBarb, double[] at, double[] lengths) => new(thread, atBarb, [.. at.Select(Course.PointAt)], [.. at.Select(Course.TangentAt)], lengths);
}
