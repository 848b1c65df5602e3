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
        AddSkullAndNeck(steps, form);
        AddEyes(steps, form);
        AddNose(steps);
        AddMouth(steps, form);
        AddAgeing(steps, form);
        AddEar(steps);
        return new ImplicitSurface(steps);
    }

    private static Vector3D At(double x, double y, double z) => new(x, y, z);

    private static EllipsoidOperation Ellipsoid(Vector3D centre, Vector3D radii, double blend) => new(centre, radii, Rotation.None, blend);

    private static void AddSkullAndNeck(List<FieldOperation> steps, HeadForm form)
    {
        double m = form.Masculinity;

        // Braincase: parietal and occipital part, forehead, and the base that carries the face.
        steps.Add(Ellipsoid(At(0, 50, -20), At(73, 80, 78), 1));
        steps.Add(Ellipsoid(At(0, 50, 22), At(59, 58, 65), 30));
        steps.Add(Ellipsoid(At(0, 5, -10), At(62, 40, 60), 25));

        // Neck, leaning forward from its base; trapezius and sternocleidomastoid on it.
        double girth = 1 + (0.13 * m);
        steps.Add(new TubeOperation(22, (At(0, 0, -22), 46), (At(0, -95, -22), 47 * girth), (At(0, -230, -38), 52 * girth)));
        steps.Add(new TubeOperation(24, (At(24, 0, -58), 20), (At(34, -120, -60), 24), (At(62, -230, -62), 34)));
        steps.Add(new TubeOperation(12, (At(55, -20, -24), 8), (At(42, -100, 2), 9), (At(16, -215, 12), 9)));
        steps.Add(new TubeOperation(14, (At(0, -105, 16), 8 + (3 * m)), (At(0, -128, 15), 9 + (4 * m)), (At(0, -200, 2), 9)));

        // Midface and muzzle.
        steps.Add(Ellipsoid(At(0, 0, 30), At(58, 60, 57), 22));
        steps.Add(Ellipsoid(At(0, -42, 44), At(42, 34, 46), 18));

        // Mandible: ramus, body, chin; the floor of the mouth closes it below.
        double square = 2.5 * m;
        steps.Add(new TubeOperation(14, (At(54, -2, 6), 11), (At(44 + square, -50, 8), 10), (At(30 + square, -71, 46), 12), (At(9, -77, 67), 14)));
        steps.Add(Ellipsoid(At(0, -78, 68), At(17 + (2 * m), 14, 15), 10));
        steps.Add(Ellipsoid(At(0, -58, 32), At(40, 24, 42), 16));

        // Cheek: zygomatic arch and body, masseter, buccal fat.
        steps.Add(new TubeOperation(14, (At(32, -12, 66), 11), (At(47, -8, 54), 10), (At(58, -2, 28), 7), (At(62, 0, 2), 6)));
        steps.Add(Ellipsoid(At(46, -32, 26), At(13, 30, 20), 16));
        steps.Add(Ellipsoid(At(34, -36, 46), At(20, 26, 26), 18));

        // Brow ridge and temple.
        steps.Add(new TubeOperation(12, (At(8, 30, 76), 9 + m), (At(28, 33 - form.BrowDescent, 71), 9 + m), (At(46, 26 - (1.4 * form.BrowDescent), 55), 8 + m)));
        steps.Add(new BumpOperation(At(66, 30, 42), At(26, 34, 34), -4));
    }

    private static void AddEyes(List<FieldOperation> steps, HeadForm form)
    {
        steps.Add(new EllipsoidOperation(At(31, 9, 88), At(17, 12.5, 14), Rotation.Degrees(0, 18, 0), 10, subtract: true));
        steps.Add(Ellipsoid(At(30.5, 11, 65.5), At(14.5, 12.8, 13), 5));

        // Lid line and the crease of the upper lid.
        steps.Add(new RidgeOperation(2.6, (At(17, 8, 76), -0.6), (At(24, 7.2, 79), -1.4), (At(31, 7, 79.5), -1.4), (At(38, 8.5, 77), -1.4), (At(44, 12, 70), -0.8)));
        steps.Add(new RidgeOperation(3.6, (At(17, 13, 76), -0.5), (At(24, 18.5, 77), -1.5), (At(32, 20, 77), -1.6), (At(40, 18, 74), -1.4), (At(46, 14, 69), -0.4)));
        steps.Add(new RidgeOperation(7, (At(14, 4, 77), -0.6 - (0.35 * form.Sag)), (At(24, -4, 77), -0.6 - (0.4 * form.Sag)), (At(36, -5, 72), -0.2)));
    }

    private static void AddNose(List<FieldOperation> steps)
    {
        steps.Add(new TubeOperation(11, (At(0, 24, 78), 7), (At(0, 5, 89), 6.5), (At(0, -14, 100), 8)));
        steps.Add(Ellipsoid(At(0, -8, 84), At(14, 20, 14), 10));
        steps.Add(Ellipsoid(At(0, -17, 102), At(8.5, 7.5, 8.5), 6));
        steps.Add(Ellipsoid(At(10.5, -21, 93), At(5.5, 6.5, 9), 4));
        steps.Add(new TubeOperation(4, (At(0, -21, 104), 3.5), (At(0, -27, 93), 4)));
        steps.Add(new EllipsoidOperation(At(6.4, -27.5, 97), At(3, 4, 5.5), Rotation.Degrees(0, -20, 0), 2.5, subtract: true));
        steps.Add(new RidgeOperation(4, (At(13, -11, 92), -0.3), (At(17, -15, 89), -1.3), (At(18, -22, 87), -1.3), (At(15, -28, 88), -0.6)));
    }

    private static void AddMouth(List<FieldOperation> steps, HeadForm form)
    {
        double thin = 1 - (0.06 * form.Sag);
        steps.Add(new TubeOperation(5, (At(0, -44, 88.5), 4.2 * thin), (At(6, -43.2, 88.5), 4.4 * thin), (At(15, -45, 85), 3.6 * thin), (At(24.5, -48.3, 79), 1.6)));
        steps.Add(new TubeOperation(5, (At(0, -53.5, 86), 5.2 * thin), (At(10, -53, 85), 5 * thin), (At(24, -49, 79), 1.8)));
        steps.Add(new RidgeOperation(3, (At(0, -48.6, 92), -2.2), (At(7, -48, 91), -2.2), (At(16, -48.6, 87), -2), (At(25.5, -49, 80), -1.6)));
        steps.Add(new RidgeOperation(5, (At(0, -29, 94), -0.4), (At(0, -40, 93), -1.2)));
        steps.Add(new RidgeOperation(3.5, (At(4.2, -30, 94), 0.4), (At(5, -40, 92.5), 0.8)));
        steps.Add(new RidgeOperation(9, (At(0, -63, 86), -2.2), (At(12, -62, 84), -1.6), (At(22, -58, 77), -0.8)));
        steps.Add(new BumpOperation(At(0, -76, 83), At(16, 13, 14), 1.2));
    }

    private static void AddAgeing(List<FieldOperation> steps, HeadForm form)
    {
        double fold = form.FoldDepth;

        // Nasolabial fold: a groove from the ala past the corner of the mouth, with the malar fat pad standing over it.
        steps.Add(new RidgeOperation(6.5, (At(19, -22, 85), -0.7 - (0.9 * fold)), (At(26, -34, 81), -0.6 - fold), (At(32, -48, 74), -0.2 - (0.6 * fold))));
        steps.Add(new BumpOperation(At(36, -24, 72), At(20, 20, 22), 1.2 + (1.2 * fold)));

        // Jowl, the hollow before it, and the line from the corner of the mouth down.
        double full = form.JowlFullness;
        steps.Add(Ellipsoid(At(33, -63 - form.JowlDescent, 49), At(11 + (0.6 * full), 13 + full, 16 + (0.5 * full)), 12));
        steps.Add(new RidgeOperation(9, (At(27, -52, 77), -0.6 * fold), (At(25, -66, 72), -0.9 * fold), (At(22, -82, 60), -fold)));

        // Fullness under the chin.
        double sub = form.SubmentalDescent;
        steps.Add(Ellipsoid(At(0, -72 - sub, 36), At(22 + (0.5 * sub), 14 + (0.5 * sub), 26), 16));
    }

    private static void AddEar(List<FieldOperation> steps)
    {
        // The auricle stands off the head by about 25 degrees and leans back by about 12.
        Rotation lean = Rotation.Degrees(-12, -62, 0);
        Vector3D Ear(double forward, double up, double outward)
        {
            Vector3D local = (forward * lean.X) + (up * lean.Y) + (outward * lean.Z);
            return At(69, 2, -14) + local;
        }

        steps.Add(new EllipsoidOperation(Ear(-2, 0, 0), At(16, 29, 3.2), lean, 4));
        steps.Add(new TubeOperation(2, (Ear(12, 6, 0), 2.4), (Ear(14, 18, 1), 2.6), (Ear(6, 28, 2), 2.9), (Ear(-8, 28, 3), 3), (Ear(-17, 16, 3.5), 3), (Ear(-18, 0, 3.5), 2.8), (Ear(-12, -16, 2.5), 2.8)));
        steps.Add(new TubeOperation(3, (Ear(0, 18, 3), 2), (Ear(-9, 8, 4), 2.6), (Ear(-9, -6, 4), 2.6), (Ear(-2, -15, 3), 2.5)));
        steps.Add(new EllipsoidOperation(Ear(2, -4, 4), At(9, 11, 6), lean, 2, subtract: true));
        steps.Add(new EllipsoidOperation(Ear(0, -23, 1), At(9, 9, 3.6), lean, 3));
        steps.Add(new EllipsoidOperation(Ear(12, -3, 3), At(4, 6, 4), lean, 3));
    }
}
