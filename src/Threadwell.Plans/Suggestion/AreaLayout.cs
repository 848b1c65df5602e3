using Threadwell.Anatomy;
using Threadwell.Evidence;

namespace Threadwell.Plans.Suggestion;

/// <summary>The standard layout of an area as data.</summary>
/// <param name="Area">The area.</param>
/// <param name="Threads">Number of threads on each side: low at mild, middle at moderate, high at marked laxity.</param>
/// <param name="EntryFirst">Entry of the first thread.</param>
/// <param name="EntryLast">Entry of the last thread; those between are spread evenly.</param>
/// <param name="Exits">Exits of the first and the last thread, and of those between where they are no even spread.</param>
/// <param name="Depth">Depth below the skin, mm, with the range that may be chosen from.</param>
/// <param name="Gather">Gather along the thread, mm, with the range that may be chosen from.</param>
/// <param name="Targets">Landmarks whose lift is counted, paired ones without a side.</param>
/// <param name="Reason">Why the threads are there.</param>
/// <param name="Remarks">What a reader of the plan must know of the layout.</param>
internal sealed record AreaLayout(
    TreatmentArea Area,
    Fact Threads,
    LandmarkPoint EntryFirst,
    LandmarkPoint EntryLast,
    IReadOnlyList<LandmarkPoint> Exits,
    Fact Depth,
    Fact Gather,
    IReadOnlyList<string> Targets,
    string Reason,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Entries beside those of the standard layout at which a thread of this area may begin.</summary>
    public IReadOnlyList<LandmarkPoint> OtherEntries { get; init; } = [];
}
