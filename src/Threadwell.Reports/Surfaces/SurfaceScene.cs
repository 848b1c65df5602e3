using Threadwell.Geometry;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Surfaces;

/// <summary>What a picture of a surface shows. Lengths in mm, patient frame.</summary>
public sealed record SurfaceScene
{
    /// <summary>The surface.</summary>
    public required TriangleMesh Mesh { get; init; }

    /// <summary>
    /// A value a vertex, coloured by <see cref="Scale"/>; not-a-number keeps a vertex in the colour of skin. Null for a plain surface.
    /// </summary>
    public double[]? Values { get; init; }

    /// <summary>Colours of <see cref="Values"/>; its label and range make the legend. Required with values.</summary>
    public ColourScale? Scale { get; init; }

    /// <summary>Language of the numbers on the legend.</summary>
    public DocumentLanguage Language { get; init; } = DocumentLanguage.English;

    /// <summary>Distance between thin contour lines, in the unit of the values; 0 for none.</summary>
    public double ContourStep { get; init; }

    /// <summary>Lines on or under the surface: threads.</summary>
    public IReadOnlyList<SurfaceLine> Lines { get; init; } = [];

    /// <summary>Marked points: landmarks.</summary>
    public IReadOnlyList<SurfaceMark> Marks { get; init; } = [];
}

/// <summary>A line on or under the surface: a thread. Parts deeper under the surface are drawn more faintly, parts behind the head not at all.</summary>
public sealed record SurfaceLine
{
    /// <summary>Points from entry to exit, mm.</summary>
    public required IReadOnlyList<Vector3D> Points { get; init; }

    /// <summary>
    /// Barbs as a distance from the entry in mm and the side to which the barb's free end points: +1 towards the exit, −1 towards the entry.
    /// </summary>
    public IReadOnlyList<(double DistanceMm, int Towards)> Barbs { get; init; } = [];

    /// <summary>Identifier written beside the entry; null for none.</summary>
    public string? Label { get; init; }
}

/// <summary>A marked point.</summary>
/// <param name="Position">Position, mm.</param>
/// <param name="Label">Text beside it; null for none.</param>
public sealed record SurfaceMark(Vector3D Position, string? Label = null);

/// <summary>A side from which a surface is seen.</summary>
/// <param name="Title">Title under the picture; null for none.</param>
/// <param name="AzimuthDegrees">Degrees from the front towards the patient's left.</param>
/// <param name="ElevationDegrees">Degrees above the horizontal.</param>
/// <param name="Frame">Points that the picture must hold, mm; null for the whole surface.</param>
public sealed record SurfaceView(string? Title, double AzimuthDegrees, double ElevationDegrees = 0, IReadOnlyList<Vector3D>? Frame = null)
{
    /// <summary>From the front.</summary>
    public static SurfaceView Front => new("Front", 0);

    /// <summary>Three quarters, showing the patient's left.</summary>
    public static SurfaceView ThreeQuartersLeft => new("Three quarters, left", 42, 4);

    /// <summary>Three quarters, showing the patient's right.</summary>
    public static SurfaceView ThreeQuartersRight => new("Three quarters, right", -42, 4);

    /// <summary>The patient's left side.</summary>
    public static SurfaceView SideLeft => new("Left side", 90);

    /// <summary>The patient's right side.</summary>
    public static SurfaceView SideRight => new("Right side", -90);
}
