using Threadwell.Anatomy;
using Threadwell.Evidence;

namespace Threadwell.Plans.Suggestion;

/// <summary>The standard layout of an area as data.</summary>
/// <param name="Area">The area.</param>
/// <param name="Threads">Number of threads on each side: low at mild, middle at moderate, high at marked laxity.</param>
/// <param name="EntryFirst">Entry of the first thread.</param>
/// <param name="EntryLast">Entry of the last thread; those between are spread evenly.</param>
/// <param name="Exits">Exits of the first and the last thread, and of those between where they are no even spread.</param>
/// <param name="DepthMm">Depth below the skin, mm.</param>
/// <param name="GatherMm">Gather along the thread, mm.</param>
/// <param name="Targets">Landmarks whose lift is counted, paired ones without a side.</param>
/// <param name="Reason">Why the threads are there.</param>
/// <param name="Remarks">What a reader of the plan must know of the layout.</param>
internal sealed record AreaLayout(
    TreatmentArea Area,
    Fact Threads,
    LandmarkPoint EntryFirst,
    LandmarkPoint EntryLast,
    IReadOnlyList<LandmarkPoint> Exits,
    double DepthMm,
    double GatherMm,
    IReadOnlyList<string> Targets,
    string Reason,
    IReadOnlyList<string> Remarks);
