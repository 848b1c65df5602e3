namespace Threadwell.Geometry;

/// <summary>
/// Turns a scan file into a surface to plan on: reads it, settles its unit and axes, and repairs it. Rules, limits and messages are in
/// <c>docs/formats/scan.md</c>.
/// </summary>
public static class ScanReader
{
    /// <summary>Reads and cleans a scan.</summary>
    /// <param name="path">An OBJ, PLY, STL, GLB or glTF file.</param>
    /// <param name="options">Declared unit and axes; null for an inferred unit, +y up and +z front.</param>
    /// <exception cref="InvalidInputException">The file or an option cannot be used; the message says why and where.</exception>
    public static Scan Read(string path, ScanOptions? options = null) => FromRaw(MeshReader.ReadRaw(path), options);

    /// <summary>Cleans a scan that has been read already.</summary>
    /// <param name="raw">The surface as the file holds it.</param>
    /// <param name="options">Declared unit and axes; null for an inferred unit, +y up and +z front.</param>
    /// <exception cref="InvalidInputException">The surface or an option cannot be used; the message says why and where.</exception>
    public static Scan FromRaw(RawMesh raw, ScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(raw);
        options ??= new ScanOptions();
        var axes = new PatientAxes(options.Up, options.Front);
        var draft = new SurfaceDraft(raw.Source, raw.Positions, raw.Triangles, raw.FaceNumbers);

        // Welding comes first because a soup of triangles has no parts to measure; it needs no unit.
        VertexWelder.Weld(draft);
        (string unit, bool inferred) = UnitInference.Choose(
            raw.Source, options.Unit, raw.FormatUnit, LongestSideOfLargestPart(draft), draft.Remarks);
        double scale = LengthUnit.Millimetres(unit);
        draft.Positions = Array.ConvertAll(draft.Positions, position => axes.ToPatient(scale * position));
        MeshCleaner.Clean(draft, options.SmoothsNoise);
        return new Scan
        {
            Mesh = draft.ToMesh(),
            Unit = unit,
            UnitInferred = inferred,
            Up = options.Up,
            Front = options.Front,
            Remarks = draft.Remarks,
        };
    }

    // Stray parts may lie metres away; the unit is told from the part with the largest area.
    private static double LongestSideOfLargestPart(SurfaceDraft draft)
    {
        int[] part = PartSelector.PartsByVertex(draft);
        double[] areas = PartSelector.Areas(draft, part);
        return PartSelector.Box(draft, part, Array.IndexOf(areas, areas.Max())).LongestSide;
    }
}
