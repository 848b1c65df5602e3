using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// A made-up person: skin surface and landmarks without a scan. The surface is an implicit one, shaped by sex, age and laxity, taken to
/// the person's anthropometric distances by a smooth warp, and cut into triangles; the landmarks lie on it by construction.
/// It serves as sample patient and as test anatomy; it is nobody's likeness.
/// </summary>
public sealed class VirtualPatient
{
    private VirtualPatient(TriangleMesh scan, LandmarkSet landmarks, IReadOnlyDictionary<string, Vector3D> anthropometricPoints, VirtualPatientTraits traits)
    {
        Scan = scan;
        Landmarks = landmarks;
        AnthropometricPoints = anthropometricPoints;
        Traits = traits;
    }

    /// <summary>
    /// The skin in mm, patient frame, the origin midway between the tragi for a head and at the sternal notch for a torso. One manifold piece, open only
    /// where the neck or torso is cut.
    /// </summary>
    public TriangleMesh Scan { get; }

    /// <summary>The landmarks of <see cref="LandmarkNames"/> for this part of the body, on <see cref="Scan"/>, with confidence 1.</summary>
    public LandmarkSet Landmarks { get; }

    /// <summary>Further points of the skin by name (nasion, subnasale, zygion.left ...), mm, from which published distances are measured.</summary>
    public IReadOnlyDictionary<string, Vector3D> AnthropometricPoints { get; }

    /// <summary>What the patient was made from.</summary>
    public VirtualPatientTraits Traits { get; }

    /// <summary>Makes the patient. The same traits give the same bits, on any number of cores.</summary>
    /// <exception cref="InvalidInputException">The age lies outside 18 to 90 years.</exception>
    public static VirtualPatient Create(VirtualPatientTraits traits)
    {
        ArgumentNullException.ThrowIfNull(traits);
        if (traits.AgeYears is not (>= 18 and <= 90))
        {
            throw new InvalidInputException("virtual patient", "age", $"{traits.AgeYears} years is outside 18 to 90; give an adult age.");
        }

        (TriangleMesh scan, IReadOnlyDictionary<string, Vector3D> points) =
            traits.Body == VirtualBody.Head ? VirtualHead.Make(traits) : VirtualTorso.Make(traits);
        (IReadOnlyList<string> paired, IReadOnlyList<string> midline) = traits.Body == VirtualBody.Head
            ? (LandmarkNames.PairedHead, LandmarkNames.MidlineHead)
            : (LandmarkNames.PairedTorso, LandmarkNames.MidlineTorso);

        // The points lie on the implicit surface; the triangles cut its curvature by a few hundredths of a millimetre.
        var skin = new TriangleBvh(scan);
        var named = points.ToDictionary(pair => pair.Key, pair => skin.ClosestPoint(pair.Value).Position, StringComparer.Ordinal);
        IEnumerable<string> names = paired.SelectMany(name => new[] { LandmarkNames.OnSide(name, true), LandmarkNames.OnSide(name, false) }).Concat(midline);
        return new VirtualPatient(scan, new LandmarkSet(names.Select(name => new Landmark(name, named[name], 1))), named, traits);
    }
}
