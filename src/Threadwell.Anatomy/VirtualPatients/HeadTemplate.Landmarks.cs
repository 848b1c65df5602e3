using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Where the landmarks lie on the template head.</summary>
internal static partial class HeadTemplate
{
    /// <summary>
    /// Points of the template's surface by name, the left of each pair: the landmarks that are not constructed from others, and the points that
    /// the warp and the anthropometric table need (nasion, subnasale, pronasale, zygion, vertex, opisthocranion, euryon, gonion).
    /// </summary>
    public static IReadOnlyDictionary<string, Vector3D> Points(ImplicitSurface surface)
    {
        Vector3D Front(double x, double y) => surface.Hit(At(x, y, 140), -Vector3D.UnitZ, 260) ?? throw new InvalidOperationException("The template has no surface there.");
        Vector3D Side(double y, double z) => surface.Hit(At(110, y, z), -Vector3D.UnitX, 110) ?? throw new InvalidOperationException("The template has no surface there.");
        Vector3D Far(Vector3D seed, Vector3D direction, double reach, bool midline = false) => surface.Extreme(seed, direction.Normalized(), reach, midline);
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(EvidenceCatalogue.Value("landmark.menton-normal", "deg")));
        return new SortedDictionary<string, Vector3D>(StringComparer.Ordinal)
        {
            ["tragus"] = Side(-3, -4),
            ["ear-lobe"] = Far(Ear(-1, -32, -2), -Vector3D.UnitY, 6),
            ["ear-top"] = Far(Ear(-3, 33, 2), Vector3D.UnitY, 6),
            ["lateral-canthus"] = Front(44.5, 13.2),
            ["alare"] = Far(At(16, -21, 93), Vector3D.UnitX, 6),
            ["cheilion"] = Front(25.5, -49.4),
            ["gonion"] = Side(-55, 6),
            ["brow-peak"] = Front(37, 31),
            ["pogonion"] = Far(At(0, -78, 84), Vector3D.UnitZ, 12, true),
            ["menton"] = Far(At(0, -90, 72), At(0, -sine, cosine), 14, true),
            ["nasion"] = Front(0, 20),
            ["pronasale"] = Far(At(0, -16, 110), Vector3D.UnitZ, 10, true),
            ["subnasale"] = Front(0, -30.5),
            ["zygion"] = Far(At(66, -1, 26), Vector3D.UnitX, 10),
            ["vertex"] = Far(At(0, 130, -15), Vector3D.UnitY, 20, true),
            ["opisthocranion"] = Far(At(0, 45, -98), -Vector3D.UnitZ, 20, true),
            ["euryon"] = Far(At(73, 55, -20), Vector3D.UnitX, 20),
        };
    }
}
