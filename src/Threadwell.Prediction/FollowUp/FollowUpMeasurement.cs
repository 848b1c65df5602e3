using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>What has changed between a scan before a treatment and one at a visit after it.</summary>
public sealed record FollowUpMeasurement
{
    /// <summary>How the later scan was laid on the first, in the first one's frame.</summary>
    public required RegistrationResult Registration { get; init; }

    /// <summary>
    /// What a place that has not changed is measured to have moved: root mean square over places of the skin that no thread reaches, mm. It is the error of every place's shift,
    /// and holds the registration's own error, the scanner's noise, and whatever the face did meanwhile.
    /// </summary>
    public required double RepeatabilityMm { get; init; }

    /// <summary>Distance of each vertex of the first scan to the later one along its outward normal, averaged over some millimetres, mm; not a number where the later scan has no skin.</summary>
    public required double[] NormalMap { get; init; }

    /// <summary>Shift at each landmark, in the order of the plan's targets, then of the other landmarks' names.</summary>
    public required IReadOnlyList<LandmarkShift> Landmarks { get; init; }

    /// <summary>The treated skin of the patient's left; null without a plan.</summary>
    public SideChange? Left { get; init; }

    /// <summary>The treated skin of the patient's right; null without a plan.</summary>
    public SideChange? Right { get; init; }

    /// <summary>Points of the skin that were marked on both scans.</summary>
    public IReadOnlyList<MarkShift> Marks { get; init; } = [];
}

/// <summary>How the skin's shape has shifted at a landmark.</summary>
public sealed record LandmarkShift
{
    /// <summary>Name of the landmark.</summary>
    public required string Name { get; init; }

    /// <summary>The planned direction of its lift, a unit vector; null where none was planned.</summary>
    public Vector3D? Vector { get; init; }

    /// <summary>Mean distance to the later skin along the outward normal, mm: positive where the skin has come outwards; null where the later scan has no skin there.</summary>
    public double? NormalMm { get; init; }

    /// <summary>
    /// How far the contour has shifted along the planned direction, mm: of the rigid shifts within the plane of direction and normal, the one that explains the distances round the landmark
    /// best. It is the skin's shape that is followed, not its material: a flat place tells nothing about a shift along itself. Null where nothing is planned or the shape tells too little.
    /// </summary>
    public double? ContourMm { get; init; }

    /// <summary>Standard error of the contour's shift, mm; null where it cannot be told.</summary>
    public double? ContourErrorMm { get; init; }
}

/// <summary>The treated skin of one side.</summary>
/// <param name="AreaMm2">Skin that both scans show, mm².</param>
/// <param name="MeanMm">Mean distance along the outward normal, mm.</param>
/// <param name="VolumeMl">Volume between the two skins, ml: positive where there is more.</param>
/// <param name="VolumeErrorMl">The volume that <see cref="FollowUpMeasurement.RepeatabilityMm"/> over the whole side would be, ml.</param>
public sealed record SideChange(double AreaMm2, double MeanMm, double VolumeMl, double VolumeErrorMl);

/// <summary>A point of the skin that was marked on both scans: the only way that the surface's shape alone does not give to a shift along the skin.</summary>
/// <param name="Name">What the mark is called.</param>
/// <param name="Shift">Its shift, mm, in the first scan's frame.</param>
/// <param name="LiftMm">The shift along the planned direction nearest to it, mm; null without a plan.</param>
public sealed record MarkShift(string Name, Vector3D Shift, double? LiftMm);
