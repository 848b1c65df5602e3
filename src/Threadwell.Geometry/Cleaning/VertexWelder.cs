namespace Threadwell.Geometry;

/// <summary>Joins vertices at the same place, such as those of separate STL triangles or along texture seams.</summary>
internal static class VertexWelder
{
    // Relative to the bounding box's diagonal: 0.0005 mm on a head, above the rounding of single precision and of six printed digits.
    private const double RelativeTolerance = 1e-6;

    /// <summary>Joins each vertex with the first one within the tolerance, in file order.</summary>
    public static void Weld(SurfaceDraft draft)
    {
        double tolerance = RelativeTolerance * BoundingBox.Of(draft.Positions).Diagonal;
        if (!(tolerance > 0))
        {
            throw new InvalidInputException(draft.Source, place: null, "all vertices lie at one point; this is no surface");
        }

        // Cells are wide against the tolerance, so that few vertices need a look into a neighbouring cell.
        double cell = 16 * tolerance;
        var cells = new Dictionary<(long, long, long), int>(draft.Positions.Length);
        int[] nextInCell = new int[draft.Positions.Length];
        int[] joined = new int[draft.Positions.Length];
        int welded = 0;
        for (int vertex = 0; vertex < joined.Length; vertex++)
        {
            Vector3D p = draft.Positions[vertex];
            int found = Find(draft.Positions, cells, nextInCell, p, cell, tolerance);
            if (found >= 0)
            {
                joined[vertex] = found;
                welded++;
                continue;
            }

            joined[vertex] = vertex;
            (long, long, long) home = (Cell(p.X, cell), Cell(p.Y, cell), Cell(p.Z, cell));
            nextInCell[vertex] = cells.TryGetValue(home, out int head) ? head : -1;
            cells[home] = vertex;
        }

        if (welded > 0)
        {
            draft.Triangles = Array.ConvertAll(draft.Triangles, vertex => joined[vertex]);
            draft.Remarks.Add($"Vertices joined that lay at the same place as another: {welded}.");
        }
    }

    private static long Cell(double coordinate, double cell) => (long)Math.Floor(coordinate / cell);

    private static int Find(
        Vector3D[] positions, Dictionary<(long, long, long), int> cells, int[] nextInCell, Vector3D p, double cell, double tolerance)
    {
        int best = -1;
        for (long x = Cell(p.X - tolerance, cell); x <= Cell(p.X + tolerance, cell); x++)
        {
            for (long y = Cell(p.Y - tolerance, cell); y <= Cell(p.Y + tolerance, cell); y++)
            {
                for (long z = Cell(p.Z - tolerance, cell); z <= Cell(p.Z + tolerance, cell); z++)
                {
                    for (int other = cells.TryGetValue((x, y, z), out int head) ? head : -1; other >= 0; other = nextInCell[other])
                    {
                        if ((best < 0 || other < best) && Vector3D.Distance(positions[other], p) <= tolerance)
                        {
                            best = other;
                        }
                    }
                }
            }
        }

        return best;
    }
}
