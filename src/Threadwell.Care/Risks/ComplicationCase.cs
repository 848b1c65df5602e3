using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;

namespace Threadwell.Care.Risks;

/// <summary>Whose complications are asked for. What is null is not known, and lowers no risk.</summary>
public sealed record ComplicationCase
{
    /// <summary>A case of which nothing is known.</summary>
    public static ComplicationCase Unknown { get; } = new();

    /// <summary>Treated area.</summary>
    public TreatmentArea? Area { get; init; }

    /// <summary>Polymer of the threads; null also where a plan mixes them.</summary>
    public ThreadMaterial? Material { get; init; }

    /// <summary>How the threads are held; null also where a plan mixes it.</summary>
    public AnchorKind? Anchor { get; init; }

    /// <summary>Age, years.</summary>
    public double? AgeYears { get; init; }

    /// <summary>The case of a plan.</summary>
    /// <param name="plan">The plan; what its threads do not have in common is left open.</param>
    public static ComplicationCase Of(ThreadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ThreadMaterial[] materials = [.. plan.Threads.Select(thread => thread.Material).Distinct()];
        AnchorKind[] anchors = [.. plan.Threads.Select(thread => thread.Anchor).Distinct()];
        return new ComplicationCase
        {
            Area = plan.Area,
            Material = materials.Length == 1 ? materials[0] : null,
            Anchor = anchors.Length == 1 ? anchors[0] : null,
            AgeYears = plan.Patient.AgeYears,
        };
    }
}
