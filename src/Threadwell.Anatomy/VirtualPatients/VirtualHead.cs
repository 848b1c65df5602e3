using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Makes a head and neck: template, then the person's proportions, then triangles.</summary>
internal static class VirtualHead
{
    /// <summary>Lowest plane of the template: the cut through the neck, mm.</summary>
    private const double NeckCut = -150;

    /// <summary>Edge length on the face and the ears, mm.</summary>
    private const double FineEdge = 1.9;

    /// <summary>Edge length on the back of the head and the lower neck, mm.</summary>
    private const double CoarseEdge = 4.5;

    // Bands of x (ears) and of y (mouth, eyes) in which the grid is finer, because the forms there are narrow, mm.
    private static readonly (double Low, double High) EarLeft = (64, 90);
    private static readonly (double Low, double High) EarRight = (-90, -64);
    private static readonly (double Low, double High) Mouth = (-57, -40);
    private static readonly (double Low, double High) Eyes = (3, 24);

    // Typical deviations that make two people of the same distances differ, mm (share of the length for the last two).
    private const double AsymmetryShift = 0.6;
    private const double ProfileVariation = 1.2;
    private const double DepthPerSize = 0.015;
    private const double MaleScale = 0.05;

    /// <summary>Makes the surface and its points by name.</summary>
    public static (TriangleMesh Scan, IReadOnlyDictionary<string, Vector3D> Points) Make(VirtualPatientTraits traits)
    {
        HeadForm form = HeadForm.Of(traits);
        ImplicitSurface surface = HeadTemplate.Build(form);
        HeadForm youthful = form with { Sag = 0 };
        IReadOnlyDictionary<string, Vector3D> reference = HeadTemplate.Points(HeadTemplate.Build(youthful));
        LandmarkWarp warp = Personalise(reference, traits, form);
        TriangleMesh template = SurfacePolygoniser.Run(
            surface,
            GridSpacing.Refine(GridSpacing.Uniform(-98, 98, FineEdge), EarLeft, EarRight),
            GridSpacing.Refine(GridSpacing.Graded(NeckCut, 140, -105, 50, FineEdge, CoarseEdge), Mouth, Eyes),
            GridSpacing.Graded(-118, 130, -42, 130, FineEdge, CoarseEdge));
        var scan = new TriangleMesh([.. template.Positions.Select(warp.Apply)], template.Triangles);
        var points = new SortedDictionary<string, Vector3D>(StringComparer.Ordinal);
        foreach ((string name, Vector3D left) in HeadTemplate.Points(surface))
        {
            if (Math.Abs(left.X) < 1e-6)
            {
                points[name] = warp.Apply(left);
                continue;
            }

            points[LandmarkNames.OnSide(name, left: true)] = warp.Apply(left);
            points[LandmarkNames.OnSide(name, left: false)] = warp.Apply(Mirror(left));
        }

        var constructed = new ConstructedLandmarks(new SkinRays(new TriangleBvh(scan)));
        foreach (bool isLeft in new[] { true, false })
        {
            string tragus = LandmarkNames.OnSide("tragus", isLeft);
            points[tragus] = constructed.Tragus(points[LandmarkNames.OnSide("ear-lobe", isLeft)], points[LandmarkNames.OnSide("ear-top", isLeft)]);
            string gonion = LandmarkNames.OnSide("gonion", isLeft);
            points[gonion] = constructed.Gonion(points[tragus], points["menton"]);
            points[LandmarkNames.OnSide("jowl", isLeft)] = constructed.Jowl(points[gonion], points["menton"]);
            points[LandmarkNames.OnSide("brow-peak", isLeft)] = constructed.BrowPeak(points[LandmarkNames.OnSide("lateral-canthus", isLeft)]);
        }

        return (scan, points);
    }

    /// <summary>Takes the template's points to the person's distances, with a slight asymmetry.</summary>
    private static LandmarkWarp Personalise(IReadOnlyDictionary<string, Vector3D> reference, VirtualPatientTraits traits, HeadForm form)
    {
        var random = new SeededNormal((traits.Seed * 2) + (ulong)traits.Sex);
        FacialProportions wanted = FacialProportions.Draw(traits.Sex, random);
        double scale = 1 + (DepthPerSize * wanted.Size) + (MaleScale * form.Masculinity);

        // Heights: nasion keeps its own scaled height; nose and lower face take the drawn lengths, with their slant kept.
        (Vector3D n, Vector3D sn, Vector3D gn) = (reference["nasion"], reference["subnasale"], reference["menton"]);
        double noseDrop = Drop(wanted.NoseHeight, scale * (n.Z - sn.Z));
        double lowerDrop = Drop(wanted.LowerFaceHeight, scale * (sn.Z - gn.Z));
        double Height(double y)
        {
            double above = scale * n.Y;
            return y >= n.Y ? above + (scale * (y - n.Y))
                : y >= sn.Y ? above - (noseDrop * (n.Y - y) / (n.Y - sn.Y))
                : y >= gn.Y ? above - noseDrop - (lowerDrop * (sn.Y - y) / (sn.Y - gn.Y))
                : above - noseDrop - lowerDrop + (scale * (y - gn.Y));
        }

        var halfWidths = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["tragus"] = wanted.Bitragal / 2,
            ["lateral-canthus"] = wanted.Biocular / 2,
            ["alare"] = wanted.Nasal / 2,
            ["cheilion"] = wanted.Mouth / 2,
            ["zygion"] = wanted.Bizygomatic / 2,
            ["gonion"] = wanted.Bigonial / 2,
        };
        List<Vector3D> from = [];
        List<Vector3D> to = [];
        foreach ((string name, Vector3D point) in reference)
        {
            bool paired = Math.Abs(point.X) >= 1e-6;
            bool profile = name is "pronasale" or "pogonion" or "brow-peak";
            double forward = profile ? ProfileVariation * random.Next(1) : 0;
            double half = halfWidths.TryGetValue(name, out double width) ? width : scale * point.X;
            var target = new Vector3D(half, Height(point.Y), (scale * point.Z) + forward);
            var shift = new Vector3D(AsymmetryShift * random.Next(1), 0, 0);
            for (int side = 0; side < (paired ? 2 : 1); side++)
            {
                var drift = new Vector3D(0, AsymmetryShift * (paired ? random.Next(1) : 0), AsymmetryShift * (paired ? random.Next(1) : 0));
                from.Add(side == 0 ? point : Mirror(point));
                to.Add((side == 0 ? target : Mirror(target)) + shift + drift);
            }
        }

        // The neck scales as a whole, so that the cut stays level.
        foreach (Vector3D anchor in new[] { new Vector3D(60, NeckCut, 20), new Vector3D(-60, NeckCut, 20), new Vector3D(60, NeckCut, -100), new Vector3D(-60, NeckCut, -100) })
        {
            from.Add(anchor);
            to.Add(new Vector3D(scale * anchor.X, Height(anchor.Y), scale * anchor.Z));
        }

        return new LandmarkWarp([.. from], [.. to]);
    }

    private static double Drop(double length, double depth) => Math.Sqrt((length * length) - (depth * depth));

    private static Vector3D Mirror(Vector3D point) => new(-point.X, point.Y, point.Z);
}
