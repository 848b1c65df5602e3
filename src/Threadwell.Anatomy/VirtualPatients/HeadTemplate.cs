using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// The average head and neck as an implicit surface, in the patient frame with the origin midway between the tragi: built up as an
/// anatomist would, skull, jaw and neck first, then the soft tissue of each region. Coordinates describe the patient's left half, mm.
/// </summary>
internal static partial class HeadTemplate
{
    /// <summary>Builds the head.</summary>
    /// <param name="form">What sex and ageing change.</param>
    public static ImplicitSurface Build(HeadForm form)
    {
        List<FieldOperation> steps = [];
        AddSkull(steps, form);
        AddNeck(steps, form);
        AddJawAndCheek(steps, form);
        AddEyes(steps, form);
        AddNose(steps);
        AddMouth(steps, form);
        AddAgeing(steps, form);
        AddEar(steps);
        return new ImplicitSurface(steps);
    }

    private static Vector3D At(double x, double y, double z) => new(x, y, z);

    private static EllipsoidOperation Ellipsoid(Vector3D centre, Vector3D radii, double blend) => new(centre, radii, Rotation.None, blend);

    private static void AddSkull(List<FieldOperation> steps, HeadForm form)
    {
        double m = form.Masculinity;

        // Braincase: parietal and occipital part, forehead, base of the skull.
        steps.Add(Ellipsoid(At(0, 50, -22), At(73, 80, 76), 1));
        steps.Add(Ellipsoid(At(0, 52, 20), At(67, 62, 67), 45));
        steps.Add(Ellipsoid(At(0, 2, -8), At(61, 36, 56), 25));

        // Midface and muzzle.
        steps.Add(Ellipsoid(At(0, 4, 30), At(57, 60, 55), 24));
        steps.Add(Ellipsoid(At(0, -42, 44), At(40, 36, 46), 20));

        // Brow ridge, heavier in men; hollow of the temple.
        double ridge = 6 + (2 * m);
        steps.Add(new TubeOperation(16, (At(6, 29, 78), ridge), (At(26, 33 - form.BrowDescent, 75.5), ridge), (At(43, 27 - (1.3 * form.BrowDescent), 61), 0.8 * ridge)));
        steps.Add(new RidgeOperation(8, (At(9, 29 - (0.3 * form.BrowDescent), 86), 0.3), (At(24, 33.5 - form.BrowDescent, 82.5), 1.2), (At(38, 33 - (1.3 * form.BrowDescent), 74.5), 1.9), (At(48, 26 - (1.4 * form.BrowDescent), 64), 0.3)));
        steps.Add(new BumpOperation(At(70, 32, 38), At(28, 36, 38), -6));
    }

    private static void AddNeck(List<FieldOperation> steps, HeadForm form)
    {
        double m = form.Masculinity;
        double girth = 1 + (0.12 * m);
        steps.Add(new TubeOperation(24, (At(0, -10, -22), 40), (At(0, -90, -19), 46 * girth), (At(0, -230, -38), 52 * girth)));
        steps.Add(new TubeOperation(26, (At(16, 0, -52), 14), (At(22, -80, -52), 15 * girth), (At(52, -200, -62), 30)));
        steps.Add(new TubeOperation(16, (At(50, -30, -22), 6), (At(42, -90, -2), 7.5 * girth), (At(15, -200, 10), 9)));
        steps.Add(new TubeOperation(16, (At(0, -104, 14), 8 + (2 * m)), (At(0, -126, 13), 9 + (4 * m)), (At(0, -200, 0), 9)));
    }

    private static void AddJawAndCheek(List<FieldOperation> steps, HeadForm form)
    {
        double m = form.Masculinity;

        // Mandible: ramus, body, chin; the floor of the mouth closes it below.
        double square = 2.5 * m;
        steps.Add(new TubeOperation(16, (At(53, -2, 6), 10), (At(45 + square, -48, 8), 9), (At(36 + square, -66, 40), 11), (At(14, -75, 64), 13.5)));
        steps.Add(Ellipsoid(At(0, -78, 68), At(15.5 + (4 * m), 14.5, 15), 12));
        steps.Add(Ellipsoid(At(0, -56, 30), At(42, 27, 44), 18));

        // Parotid and masseter, buccal fat, cheekbone and zygomatic arch.
        steps.Add(Ellipsoid(At(45, -24, 20), At(18, 38, 32), 20));
        steps.Add(Ellipsoid(At(35, -34, 45), At(21.5, 30, 29), 20));
        steps.Add(new TubeOperation(20, (At(30, -12, 65), 10), (At(45, -8, 55), 10), (At(55, -3, 34), 8), (At(57, -1, 8), 6)));
        steps.Add(new BumpOperation(At(46, -6, 62), At(26, 20, 26), 1.5));
    }

    private static void AddEyes(List<FieldOperation> steps, HeadForm form)
    {
        // Orbit, globe under closed lids.
        steps.Add(new EllipsoidOperation(At(31, 13.5, 89), At(18, 13.5, 13.5), Rotation.Degrees(0, 18, 0), 16, subtract: true));
        steps.Add(Ellipsoid(At(31, 12.5, 66), At(16, 13, 12.6), 8));

        // Lid line, the crease of the upper lid, its fullness under the brow, the lower lid, the furrow between lid and cheek.
        steps.Add(new RidgeOperation(3.8, (At(16, 10.3, 75), -1), (At(24, 8.7, 78.3), -2.6), (At(31, 8.4, 78.6), -2.8), (At(38, 10, 76), -2.8), (At(44.5, 13.2, 69.5), -2.2)));
        steps.Add(new RidgeOperation(4.5, (At(17, 15.5, 75), -0.2), (At(24, 20, 76), -0.7), (At(32, 21, 76), -0.8), (At(40, 19, 73), -0.7), (At(47, 15, 66), -0.1)));
        steps.Add(new BumpOperation(At(33, 26 - (0.8 * form.BrowDescent), 76), At(22, 11, 16), 3.2));
        steps.Add(new RidgeOperation(5, (At(18, 6, 75), 0.3), (At(25, 4, 77), 1.5), (At(32, 3.6, 77), 1.6), (At(39, 5.4, 75), 1.4), (At(46, 10, 68), 0.4)));
        steps.Add(new RidgeOperation(7, (At(14, 3, 76), -0.5 - (0.6 * form.FoldDepth)), (At(24, -4, 75), -0.6 - (0.7 * form.FoldDepth)), (At(37, -4, 70), -0.2)));
    }

    private static void AddNose(List<FieldOperation> steps)
    {
        steps.Add(new TubeOperation(13, (At(0, 24, 79), 6.5), (At(0, 6, 88.5), 6.2), (At(0, -12, 99), 7)));
        steps.Add(Ellipsoid(At(0, -8, 84), At(15, 20, 13), 11));
        steps.Add(Ellipsoid(At(0, -16.5, 101.5), At(9, 8, 8.5), 8));
        steps.Add(new EllipsoidOperation(At(9.6, -21.5, 86), At(6, 6.6, 15.5), Rotation.Degrees(-6, -8, 0), 8));
        steps.Add(new TubeOperation(5, (At(0, -20, 103.5), 4), (At(0, -26.5, 93), 4.2)));
        steps.Add(new EllipsoidOperation(At(6.2, -28, 96.5), At(3, 3.6, 5.5), Rotation.Degrees(10, -22, 0), 3.5, subtract: true));
        steps.Add(new RidgeOperation(4.5, (At(12, -10, 93), -0.2), (At(17, -13, 87), -0.9), (At(18.5, -21, 83), -1), (At(16, -28, 84), -0.6)));
    }

    private static void AddMouth(List<FieldOperation> steps, HeadForm form)
    {
        double full = 1.05 - (0.08 * form.Masculinity) - (0.05 * form.Sag);
        steps.Add(new TubeOperation(6, (At(0, -44, 88.6), 4.6 * full), (At(5.5, -43, 88.6), 5 * full), (At(14, -44.8, 85.5), 4.4 * full), (At(21, -46.6, 82), 3.4 * full), (At(25, -48.4, 79.2), 1.4)));
        steps.Add(new TubeOperation(6, (At(0, -53, 86.3), 4.5 * full), (At(8, -52.8, 85.6), 4.4 * full), (At(16, -52, 83), 3.9 * full), (At(21.5, -51.4, 80.5), 3 * full), (At(25, -50, 78.6), 1.4)));
        steps.Add(new RidgeOperation(3.8, (At(0, -48.9, 92), -2.6), (At(6, -48.3, 91), -2.6), (At(15, -49.2, 87.5), -2.6), (At(22, -49.4, 83.5), -2.8), (At(25.5, -49.4, 80.5), -2.6)));
        steps.Add(new BumpOperation(At(28.5, -49.5, 78), At(6, 7, 8), -0.7));
        steps.Add(new RidgeOperation(5.5, (At(0, -30, 93), -0.5), (At(0, -39.5, 92.5), -1.2)));
        steps.Add(new RidgeOperation(4, (At(4.6, -31, 93), 0.3), (At(5.2, -39, 92), 0.7)));
        steps.Add(new RidgeOperation(10, (At(0, -63.5, 86), -2.4), (At(11, -62.5, 84), -1.8), (At(22, -58, 77), -0.8)));
        steps.Add(new BumpOperation(At(0, -77, 83), At(17, 13, 14), 1.2));
    }

    private static void AddAgeing(List<FieldOperation> steps, HeadForm form)
    {
        double fold = form.FoldDepth;

        // Nasolabial fold: a groove from the ala past the corner of the mouth, with the malar fat pad standing over it.
        steps.Add(new RidgeOperation(7, (At(19, -21, 85), -0.6 - (0.9 * fold)), (At(26, -33, 82), -0.6 - fold), (At(33, -47, 75), -0.2 - (0.6 * fold)), (At(36, -57, 70), 0)));
        steps.Add(new BumpOperation(At(37, -24, 72), At(22, 22, 24), 0.8 + (1.2 * fold)));

        // Jowl, the hollow before it, and the line from the corner of the mouth down.
        double full = form.JowlFullness;
        steps.Add(Ellipsoid(At(31, -61 - form.JowlDescent, 48), At(12 + full, 14 + full, 19 + (0.5 * full)), 17));
        steps.Add(new RidgeOperation(13, (At(29, -51, 76), 0), (At(27.5, -60, 73), -0.7 * fold), (At(26, -72, 67), -fold), (At(24, -86, 58), -0.5 * fold)));

        // Fullness under the chin.
        double sub = form.SubmentalDescent;
        steps.Add(Ellipsoid(At(0, -70 - sub, 34), At(24 + (0.5 * sub), 15 + (0.5 * sub), 28), 18));
    }

    private static void AddEar(List<FieldOperation> steps)
    {
        Rotation frame = EarFrame;
        // Plate, helix, antihelix, lobule; then the concha is hollowed and the tragus set before it.
        steps.Add(new EllipsoidOperation(Ear(0, 3, -2.5), At(17, 28, 4.2), frame, 5));
        steps.Add(new EllipsoidOperation(Ear(6, -4, -6), At(12, 16, 9), frame, 5));
        steps.Add(TubeOperation.Smooth(2.5, (Ear(5, 1, 0), 2), (Ear(11, 6, -1), 2.4), (Ear(13.5, 17, 0), 2.8), (Ear(6, 28, 1), 3), (Ear(-6, 29.5, 2), 3.1), (Ear(-15, 20, 2.5), 3.1), (Ear(-17.5, 4, 2.5), 2.9), (Ear(-12.5, -14, 1), 2.6)));
        steps.Add(TubeOperation.Smooth(3, (Ear(3, 19, 0), 2), (Ear(-7, 10, 2), 2.8), (Ear(-8.5, -4, 2), 2.8), (Ear(-3, -14, 1.5), 2.6)));
        steps.Add(new EllipsoidOperation(Ear(-1, -22, -2), At(9, 9.5, 4), frame, 4));
        steps.Add(new EllipsoidOperation(Ear(2, -2, 5), At(7, 10, 9), frame, 3, subtract: true));
        steps.Add(new EllipsoidOperation(Ear(12.5, -4, 4.5), At(5.2, 8.5, 6.5), frame, 4));
    }

    /// <summary>Axes of the auricle: forwards, up, outwards. It stands off the head by about 25 degrees and leans back by about 10.</summary>
    private static Rotation EarFrame
    {
        get
        {
            Vector3D forward = new Vector3D(-0.42, 0.16, 0.893).Normalized();
            Vector3D outward = Vector3D.Cross(Vector3D.UnitY, forward).Normalized();
            return new Rotation(forward, Vector3D.Cross(forward, outward).Normalized(), outward);
        }
    }

    /// <summary>A place on the auricle, mm forwards, up and outwards from its middle.</summary>
    private static Vector3D Ear(double forward, double up, double outward) =>
        At(70, 1, -17) + (forward * EarFrame.X) + (up * EarFrame.Y) + (outward * EarFrame.Z);
}
