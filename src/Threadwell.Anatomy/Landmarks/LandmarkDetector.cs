using System.Diagnostics.CodeAnalysis;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>
/// Finds the landmarks of a head from the shape of its skin alone, by the definitions of <c>docs/landmarks.md</c>: the nose, the plane of symmetry,
/// the midline profile, then each side. Head or front of a head, upright within about 15 degrees and facing +z; mm.
/// </summary>
public static class LandmarkDetector
{
    /// <summary>Below this confidence a landmark is refused rather than guessed.</summary>
    public const double LeastConfidence = 0.3;

    // Sizes between which a face is a person's, mm: a millimetre scan of a child of six to a very large adult.
    private const double SmallestNoseHeight = 32;
    private const double LargestNoseHeight = 75;

    /// <summary>Finds all landmarks of the head.</summary>
    /// <param name="scan">The scan, cleaned, mm, patient frame.</param>
    /// <param name="fileName">Name of the scan's file for the error's text.</param>
    /// <exception cref="InvalidInputException">The mesh shows no upright head, or a landmark was not clear enough.</exception>
    public static LandmarkSet Detect(TriangleMesh scan, string fileName)
    {
        ArgumentNullException.ThrowIfNull(scan);
        (LandmarkSet? landmarks, string? place, string problem) = Find(scan);
        return landmarks ?? throw new InvalidInputException(fileName, place, problem);
    }

    /// <summary>Finds all landmarks of the head without throwing.</summary>
    /// <param name="scan">The scan, cleaned, mm, patient frame.</param>
    /// <param name="landmarks">The landmarks when all are clear.</param>
    public static bool TryDetect(TriangleMesh scan, [NotNullWhen(true)] out LandmarkSet? landmarks)
    {
        ArgumentNullException.ThrowIfNull(scan);
        landmarks = Find(scan).Landmarks;
        return landmarks is not null;
    }

    private static (LandmarkSet? Landmarks, string? Place, string Problem) Find(TriangleMesh scan)
    {
        const string NoHead = "no upright head that faces +z is seen ({0}); check unit and axes (--unit, --up, --front), or mark the landmarks on the scan's page or in a file (--landmarks); those of a torso are always marked by hand.";
        if (NoseFinder.Find(scan) is not { } tip)
        {
            return (null, null, NoHead.Replace("{0}", "nothing stands out like a nose", StringComparison.Ordinal));
        }

        (Frame symmetric, double misfit) = SymmetryPlane.Find(scan, tip);
        if (misfit > 3)
        {
            return (null, null, NoHead.Replace("{0}", "the two sides of what looks like a face do not match", StringComparison.Ordinal));
        }

        if (MidlineProfile.Find(scan, symmetric) is not { } profile
            || profile.NoseHeight is < SmallestNoseHeight or > LargestNoseHeight
            || profile.Frame.Y.Y < 0.88)
        {
            return (null, null, NoHead.Replace("{0}", "the midline shows no nose, lips and chin of a person's size", StringComparison.Ordinal));
        }

        var found = new List<Landmark>();
        Frame head = profile.Frame;
        double chin = profile.Subnasale.Y - profile.Pogonion.Y;
        double chinConfidence = Math.Min(1, 0.6 + (profile.ChinProminenceMm / 5)) * (chin > 0.6 * profile.NoseHeight && chin < 1.6 * profile.NoseHeight ? 1 : 0.2);
        FaceSide.Found menton = ChinUnderside.Find(scan, profile);
        found.Add(new Landmark("pogonion", head.ToPatient(profile.Pogonion), chinConfidence));
        found.Add(new Landmark("menton", head.ToPatient(menton.Point), menton.Confidence * chinConfidence));
        AddSides(found, scan, profile, menton.Point);
        Landmark? unclear = found.Where(landmark => !(landmark.Confidence >= LeastConfidence) || !landmark.Position.IsFinite).MinBy(landmark => landmark.Confidence);
        return unclear is null
            ? (new LandmarkSet(found), null, "")
            : (null, $"landmark {unclear.Name}", $"it cannot be made out on this scan (confidence {Math.Max(0, unclear.Confidence):0.00}, {LeastConfidence:0.00} is needed); mark it on the scan's page, or give it in a landmarks file (--landmarks).");
    }

    private static void AddSides(List<Landmark> found, TriangleMesh scan, MidlineProfile profile, Vector3D menton)
    {
        Frame[] frames = [profile.Frame, profile.Frame.Mirrored()];
        FaceSide[] sides = [.. frames.Select(frame => new FaceSide(scan, frame, profile))];
        FaceSide.Found[] alare = Agreed([.. sides.Select(side => side.Alare())], 4);
        double noseWidth = 0.5 * (alare[0].Point.X + alare[1].Point.X);
        FaceSide.Found[] cheilion = MouthCorners.Find(sides, profile, noseWidth);
        FaceSide.Found[] canthus = EyeCorners.Find(sides, profile, noseWidth);
        FaceSide.Found[] tragus = Agreed([.. sides.Select(side => side.Tragus())], 12);
        for (int index = 0; index < 2; index++)
        {
            FaceSide side = sides[index];
            FaceSide.Found gonion = side.Gonion(tragus[index].Point, menton);
            gonion = gonion with { Confidence = gonion.Confidence * tragus[index].Confidence };
            Add("alare", alare[index]);
            Add("cheilion", cheilion[index]);
            Add("lateral-canthus", canthus[index]);
            Add("brow-peak", side.BrowPeak(canthus[index].Point));
            Add("tragus", tragus[index]);
            Add("gonion", gonion);
            Add("jowl", Jowl(scan, frames[index], menton, gonion));

            void Add(string name, FaceSide.Found landmark) =>
                found.Add(new Landmark(LandmarkNames.OnSide(name, index == 0), frames[index].ToPatient(landmark.Point), landmark.Confidence));
        }
    }

    /// <summary>Where the two sides contradict each other (a hole, hair, a stray fold), the clearer one holds for both, with less confidence in the other.</summary>
    private static FaceSide.Found[] Agreed(FaceSide.Found[] pair, double toleranceMm)
    {
        if (Vector3D.Distance(pair[0].Point, pair[1].Point) <= toleranceMm)
        {
            return pair;
        }

        int clear = pair[0].Confidence >= pair[1].Confidence ? 0 : 1;
        pair[1 - clear] = new(pair[clear].Point, 0.6 * pair[clear].Confidence);
        return pair;
    }

    /// <summary>The jowl point by its rule: outermost skin along the line midway between straight down and straight out from the jaw's border.</summary>
    private static FaceSide.Found Jowl(TriangleMesh scan, Frame frame, Vector3D menton, FaceSide.Found gonion)
    {
        Vector3D onBorder = Vector3D.Lerp(menton, gonion.Point, EvidenceCatalogue.Value("landmark.jowl-from-menton-to-gonion", "1"));
        Vector3D along = gonion.Point - menton;
        Vector3D outward = new Vector3D(-along.Z, 0, along.X).Normalized();
        Vector3D direction = (outward - Vector3D.UnitY).Normalized();
        Vector3D toPatient = frame.ToPatient(direction) - frame.Origin;
        Vector3D level = Vector3D.Cross(frame.Y, toPatient).Normalized();
        var view = new Frame(frame.ToPatient(onBorder), level, Vector3D.Cross(toPatient, level), toPatient);
        DepthImage image = DepthImage.Render(scan, view, new(-4, 4, -4, 4, -40, 40), 1).Blurred(1);
        double depth = image.Sample(0, 0);
        return double.IsNaN(depth)
            ? new(onBorder, 0)
            : new(frame.ToLocal(view.ToPatient(new(0, 0, depth))), gonion.Confidence);
    }
}
