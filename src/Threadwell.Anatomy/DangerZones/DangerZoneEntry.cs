namespace Threadwell.Anatomy;

/// <summary>A danger zone as data, relative to landmarks, one side of a pair or on the midline.</summary>
/// <param name="Structure">The structure.</param>
/// <param name="Course">Places along its course.</param>
/// <param name="DepthFacts">Names of the depth facts, one a place; null where no depth was measured.</param>
/// <param name="ReachMm">How far beside its course it may lie, mm.</param>
/// <param name="Source">Evidence rows.</param>
/// <param name="Paired">Whether it exists on both sides.</param>
internal sealed record DangerZoneEntry(string Structure, IReadOnlyList<LandmarkPoint> Course, IReadOnlyList<Evidence.Fact>? DepthFacts, double ReachMm, string Source, bool Paired = true);
