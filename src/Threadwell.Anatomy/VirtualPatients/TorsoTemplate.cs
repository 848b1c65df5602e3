using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// The average torso as an implicit surface, from the base of the neck to the hips, arms cut at the shoulder; patient frame with the
/// origin at the sternal notch. Coordinates describe the patient's left half, mm.
/// </summary>
internal static class TorsoTemplate
{
    /// <summary>Height of the navel below the sternal notch, mm.</summary>
    private const double Navel = -345;

    /// <summary>Builds the torso.</summary>
    /// <param name="form">What sex and ageing change.</param>
    public static ImplicitSurface Build(TorsoForm form)
    {
        List<FieldOperation> steps = [];
        AddTrunk(steps, form);
        AddShoulder(steps, form);
        AddChest(steps, form);
        AddBellyAndBack(steps, form);
        return new ImplicitSurface(steps);
    }

    /// <summary>Where the points lie that the warp takes to their place: name and left one of each pair.</summary>
    public static IReadOnlyDictionary<string, Vector3D> Points(ImplicitSurface surface, TorsoForm form)
    {
        Vector3D Hit(Vector3D origin, Vector3D direction) =>
            surface.Hit(origin, direction, 400) ?? throw new InvalidOperationException("The template has no surface there.");
        return new SortedDictionary<string, Vector3D>(StringComparer.Ordinal)
        {
            ["sternal-notch"] = Hit(At(0, 0, 150), -Vector3D.UnitZ),
            ["umbilicus"] = Hit(At(0, Navel, 150), -Vector3D.UnitZ),
            ["back"] = Hit(At(0, -180, -300), Vector3D.UnitZ),
            ["sacrum"] = Hit(At(0, -450, -350), Vector3D.UnitZ),
            ["nipple"] = surface.Extreme(Nipple(form), new Vector3D(0.25, 0, 0.97).Normalized(), 8),
            ["clavicle"] = Hit(At(84, 11, -34) + (100 * ClavicleRidge), -ClavicleRidge),
            ["hip"] = Hit(At(300, -440, -80), -Vector3D.UnitX),
            ["waist"] = Hit(At(300, -310, -70), -Vector3D.UnitX),
        };
    }

    private static Vector3D ClavicleRidge => new Vector3D(0, 0.6, 0.8).Normalized();

    private static Vector3D At(double x, double y, double z) => new(x, y, z);

    private static EllipsoidOperation Ellipsoid(Vector3D centre, Vector3D radii, double blend) => new(centre, radii, Rotation.None, blend);

    /// <summary>Centre of the nipple's base.</summary>
    private static Vector3D Nipple(TorsoForm form) =>
        form.Female ? At(103, -166 - (1.15 * form.Ptosis), 41 - (0.15 * form.Ptosis)) : At(110, -164, 2);

    private static void AddTrunk(List<FieldOperation> steps, TorsoForm form)
    {
        double m = form.Female ? 0 : 1;
        steps.Add(Ellipsoid(At(0, -165, -82), At(137 + (16 * m), 205, 99), 1));
        steps.Add(Ellipsoid(At(0, -330, -68), At(106 + (24 * m), 140, 86), 60));
        steps.Add(Ellipsoid(At(0, -510, -84), At(168 - (8 * m), 175, 106), 70));
        steps.Add(Ellipsoid(At(72, -530, -140), At(84, 84, 74), 40));
        steps.Add(new TubeOperation(40, (At(0, 120, -55), 48 + (6 * m)), (At(0, -20, -75), 56 + (6 * m))));
    }

    private static void AddShoulder(List<FieldOperation> steps, TorsoForm form)
    {
        double m = form.Female ? 0 : 1;
        steps.Add(new TubeOperation(45, (At(50, -35, -78), 46), (At(138 + (14 * m), -46, -80), 42 + (7 * m)), (At(156 + (16 * m), -112, -82), 35 + (7 * m))));
        steps.Add(new TubeOperation(40, (At(30, 40, -85), 24), (At(120, -5, -85), 26 + (4 * m))));

        steps.Add(Ellipsoid(At(58, -64, -76), At(96, 74, 62), 45));

        // Axillary folds in front and behind, latissimus.
        steps.Add(Ellipsoid(At(128 + (8 * m), -120, -80), At(34, 90, 62), 45));

        // Collar bone, and the notch between the two.
        steps.Add(TubeOperation.Smooth(20, (At(13, -5, -13), 5), (At(45, 4, -20), 4.5), (At(84, 11, -34), 4.5), (At(140, 8, -66), 5)));
        steps.Add(new BumpOperation(At(0, 2, 2), At(20, 20, 26), -7));
        steps.Add(new BumpOperation(At(85, 32, -30), At(50, 24, 36), -5));
    }

    private static void AddChest(List<FieldOperation> steps, TorsoForm form)
    {
        Vector3D nipple = Nipple(form);
        if (form.Female)
        {
            // Upper pole slopes, lower pole is round; ptosis moves both down over a fold that stays.
            double drop = form.Ptosis;
            steps.Add(new EllipsoidOperation(At(91, -172 - drop, -10), At(56, 55, 51), Rotation.Degrees(0, 12, 0), 24));
            steps.Add(new EllipsoidOperation(At(84, -124 - (0.6 * drop), -26), At(50, 74, 34), Rotation.Degrees(-16, 10, 0), 45));
            steps.Add(new RidgeOperation(16, (At(36, -206, 14), 0), (At(66, -224, 8), -3), (At(100, -228, -4), -3.5), (At(134, -212, -28), 0)));
            steps.Add(new BumpOperation(nipple, At(22, 22, 22), 1.6));
            steps.Add(new BumpOperation(nipple + At(1, 0, 3), At(8, 8, 10), 5));
        }
        else
        {
            steps.Add(new EllipsoidOperation(At(78, -122, -23), At(78, 62, 34), Rotation.Degrees(2, 18, 0), 40));
            steps.Add(new RidgeOperation(22, (At(24, -168, 22), 0), (At(70, -182, 14), -3), (At(118, -166, -12), -1)));
            steps.Add(new BumpOperation(nipple, At(14, 14, 20), 1));
            steps.Add(new BumpOperation(nipple, At(7, 7, 14), 3));
        }

        // The furrow over the sternum, and the costal arch.
        steps.Add(new RidgeOperation(26, (At(0, -40, 10), -2), (At(0, -190, 24), -6), (At(0, -230, 24), -2)));
        steps.Add(new RidgeOperation(28, (At(6, -225, 24), 0), (At(60, -275, 12), 3), (At(98, -310, -25), 0)));
    }

    private static void AddBellyAndBack(List<FieldOperation> steps, TorsoForm form)
    {
        // Loose skin and fat of the lower abdomen.
        double apron = form.AbdominalDescent;
        steps.Add(Ellipsoid(At(0, -408 - (0.8 * apron), -36), At(92 + (0.6 * apron), 70, 62 + apron), 60));
        steps.Add(new RidgeOperation(26, (At(0, -240, 22), -2), (At(0, Navel + 30, 22), -3), (At(0, Navel, 24), -2)));
        steps.Add(new RidgeOperation(13, (At(0, Navel + 5, 24), -9), (At(0, Navel - 4, 24), -9)));
        steps.Add(new RidgeOperation(24, (At(0, Navel, 24), -3), (At(0, Navel - 3, 24), -3)));

        // Hip bone, spine, shoulder blade.
        steps.Add(new BumpOperation(At(118, -400, 0), At(40, 50, 50), 4));
        steps.Add(new RidgeOperation(42, (At(0, -40, -165), -3), (At(0, -180, -185), -9), (At(0, -330, -160), -12), (At(0, -460, -185), -6)));
        steps.Add(new BumpOperation(At(80, -130, -165), At(60, 80, 60), 8));
    }
}
