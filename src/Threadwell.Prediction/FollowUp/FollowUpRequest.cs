using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>What is measured.</summary>
public sealed record FollowUpRequest
{
    /// <summary>The scan before the treatment, mm, patient frame.</summary>
    public required TriangleMesh Before { get; init; }

    /// <summary>The scan at the visit, mm, in any frame near the patient's.</summary>
    public required TriangleMesh After { get; init; }

    /// <summary>The landmarks of <see cref="Before"/>.</summary>
    public required LandmarkSet Landmarks { get; init; }

    /// <summary>The landmarks of <see cref="After"/> in its frame, from which the registration starts; null to start from where it lies.</summary>
    public LandmarkSet? LandmarksAfter { get; init; }

    /// <summary>The plan that was carried out; null where only the change of shape is asked for.</summary>
    public ThreadPlan? Plan { get; init; }

    /// <summary>Marked points of the skin, by name, on <see cref="Before"/>, mm.</summary>
    public IReadOnlyDictionary<string, Vector3D> MarksBefore { get; init; } = new Dictionary<string, Vector3D>(StringComparer.Ordinal);

    /// <summary>The same points on <see cref="After"/>, in its frame, mm.</summary>
    public IReadOnlyDictionary<string, Vector3D> MarksAfter { get; init; } = new Dictionary<string, Vector3D>(StringComparer.Ordinal);
}
