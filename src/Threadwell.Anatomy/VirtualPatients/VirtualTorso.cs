using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Makes a torso: template, then the person's proportions, then triangles.</summary>
internal static class VirtualTorso
{
    private const double HipCut = -500;
    private const double NeckCut = 55;

    /// <summary>Edge length, mm.</summary>
    private const double Edge = 4.5;

    // Typical deviations that make two people differ: mm, and shares of the length.
    private const double AsymmetryShift = 2;
    private const double SizeShare = 0.035;
    private const double MaleScale = 0.06;

    /// <summary>Makes the surface and its points by name.</summary>
    public static (TriangleMesh Scan, IReadOnlyDictionary<string, Vector3D> Points) Make(VirtualPatientTraits traits)
    {
        TorsoForm form = TorsoForm.Of(traits);
        ImplicitSurface surface = TorsoTemplate.Build(form);
        TorsoForm youthful = form with { Sag = 0 };
        LandmarkWarp warp = Personalise(TorsoTemplate.Points(TorsoTemplate.Build(youthful), youthful), traits, form);
        TriangleMesh template = SurfacePolygoniser.Run(
            surface,
            GridSpacing.Uniform(-234, 234, Edge),
            GridSpacing.Refine(GridSpacing.Uniform(HipCut, NeckCut, Edge), (-362, -328), (-200, -145)),
            GridSpacing.Uniform(-242.5, 135, Edge));
        var scan = new TriangleMesh([.. template.Positions.Select(warp.Apply)], template.Triangles);
        var points = new SortedDictionary<string, Vector3D>(StringComparer.Ordinal);
        foreach ((string name, Vector3D left) in TorsoTemplate.Points(surface, form))
        {
            if (LandmarkNames.MidlineTorso.Contains(name))
            {
                points[name] = warp.Apply(left);
            }
            else if (LandmarkNames.PairedTorso.Contains(name))
            {
                points[LandmarkNames.OnSide(name, left: true)] = warp.Apply(left);
                points[LandmarkNames.OnSide(name, left: false)] = warp.Apply(Mirror(left));
            }
        }

        AddConstructed(points, new SkinRays(new TriangleBvh(scan)));
        return (scan, points);
    }

    /// <summary>The landmarks that <c>docs/landmarks.md</c> defines by construction from others.</summary>
    private static void AddConstructed(SortedDictionary<string, Vector3D> points, SkinRays rays)
    {
        // Stretch below the nipple in which the fold is looked for, mm.
        const double foldFrom = 12;
        const double foldTo = 100;
        const double belowUmbilicus = 20;
        double height = 0;
        foreach (bool left in new[] { true, false })
        {
            Vector3D nipple = points[LandmarkNames.OnSide("nipple", left)];
            Vector3D fold = rays.Fold(nipple, foldFrom, foldTo);
            points[LandmarkNames.OnSide("inframammary", left)] = fold;
            height += 0.5 * fold.Y;

            double hipY = points["umbilicus"].Y - belowUmbilicus;
            Vector3D widest = Vector3D.Zero;
            for (double z = -140; z <= 0; z += 1)
            {
                Vector3D side = rays.Outermost(new Vector3D(0, hipY, z), (left ? 1 : -1) * Vector3D.UnitX);
                widest = Math.Abs(side.X) > Math.Abs(widest.X) ? side : widest;
            }

            points[LandmarkNames.OnSide("iliac-crest", left)] = widest;
        }

        points["xiphoid"] = rays.Outermost(new Vector3D(points["sternal-notch"].X, height, 0), Vector3D.UnitZ);
    }

    private static LandmarkWarp Personalise(IReadOnlyDictionary<string, Vector3D> reference, VirtualPatientTraits traits, TorsoForm form)
    {
        var random = new SeededNormal((traits.Seed * 2) + (ulong)traits.Sex);
        double size = 1 + (SizeShare * random.Next(1)) + (form.Female ? 0 : MaleScale);
        double width = size * (1 + (SizeShare * random.Next(1)));
        double depth = size * (1 + (SizeShare * random.Next(1)));
        double between = width * (form.Female
            ? EvidenceCatalogue.Value("anthropometry.internipple-distance.female", "mm")
            : 2 * reference["nipple"].X);
        List<Vector3D> from = [];
        List<Vector3D> to = [];
        foreach ((string name, Vector3D point) in reference)
        {
            bool paired = Math.Abs(point.X) > 1;
            for (int side = 1; side >= (paired ? -1 : 1); side -= 2)
            {
                Vector3D target = new(width * point.X, size * point.Y, depth * point.Z);
                if (name == "nipple" && form.Female)
                {
                    // Straight line from the notch, as tape over the breast is drawn: the height follows from width and depth.
                    double notch = size * EvidenceCatalogue.Value("anthropometry.sternal-notch-to-nipple.female", "mm");
                    double x = between / 2;
                    target = new Vector3D(x, -Math.Sqrt((notch * notch) - (x * x) - (target.Z * target.Z)), target.Z);
                }

                var asymmetry = new Vector3D(0, AsymmetryShift * random.Next(1), AsymmetryShift * random.Next(1));
                from.Add(new Vector3D(side * point.X, point.Y, point.Z));
                to.Add(new Vector3D(side * target.X, target.Y, target.Z) + (paired ? asymmetry : Vector3D.Zero));
            }
        }

        // Both cuts scale as a whole, so that they stay level.
        foreach (double y in new[] { NeckCut, HipCut })
        {
            foreach ((double x, double z) in new[] { (110, -10), (-110, -10), (110, -150), (-110, -150) })
            {
                from.Add(new Vector3D(x, y, z));
                to.Add(new Vector3D(width * x, size * y, depth * z));
            }
        }

        return new LandmarkWarp([.. from], [.. to]);
    }

    private static Vector3D Mirror(Vector3D point) => new(-point.X, point.Y, point.Z);
}
