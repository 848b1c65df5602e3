using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Consents;

/// <summary>Threads of a plan that a patient counts as one: of one material, in one area, on one side.</summary>
/// <param name="Area">The area.</param>
/// <param name="Left">True for the patient's left, false for the right, null for the middle.</param>
/// <param name="Material">What they are made of.</param>
/// <param name="Count">How many.</param>
public sealed record ThreadGroup(TreatmentArea Area, bool? Left, ThreadMaterial Material, int Count)
{
    // A thread whose entry lies this near to the midline belongs to neither side, mm.
    private const double MiddleMm = 2;

    /// <summary>The groups of a plan on a scan, left before right before the middle.</summary>
    public static IReadOnlyList<ThreadGroup> Of(ThreadPlan plan) =>
        [.. plan.Threads.GroupBy(thread => (Left: SideOf(thread), thread.Material)).OrderBy(group => group.Key.Left switch { true => 0, false => 1, null => 2 }).ThenBy(group => group.Key.Material)
            .Select(group => new ThreadGroup(plan.Area, group.Key.Left, group.Key.Material, group.Count()))];

    /// <summary>The groups of a plan without a scan, in its own order.</summary>
    public static IReadOnlyList<ThreadGroup> Of(PlanOutline outline) =>
        [.. Outline.Parse(outline.Json).Threads.GroupBy(thread => (thread.Area, thread.Side, thread.Material))
            .Select(group => new ThreadGroup(group.Key.Area, group.Key.Side switch { BodySide.Left => true, BodySide.Right => false, _ => null }, group.Key.Material, group.Count()))];

    private static bool? SideOf(PlannedThread thread) => Math.Abs(thread.Path[0].X) <= MiddleMm ? null : thread.Path[0].X > 0;
}
