using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>The skin around threads and targets.</summary>
internal static class TissueRegion
{
    /// <summary>Cuts the triangles within the margin of threads and targets out of a scan.</summary>
    /// <exception cref="InvalidInputException">The request names no point, or none on the scan.</exception>
    public static TriangleMesh Cut(TriangleMesh scan, TissueRequest request)
    {
        Vector3D[] seeds = [.. request.ThreadPaths.SelectMany(path => path), .. request.TargetPoints];
        if (seeds.Length == 0)
        {
            throw new InvalidInputException("plan", null, "there is no thread and no target; give at least one");
        }

        bool[] near = [.. scan.Positions.Select(p => seeds.Any(seed => Vector3D.Distance(p, seed) <= request.MarginMm))];
        int[] number = new int[scan.VertexCount];
        Array.Fill(number, -1);
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        for (int slot = 0; slot < scan.Triangles.Length; slot += 3)
        {
            ReadOnlySpan<int> corners = scan.Triangles.AsSpan(slot, 3);
            if (!near[corners[0]] || !near[corners[1]] || !near[corners[2]])
            {
                continue;
            }

            foreach (int corner in corners)
            {
                if (number[corner] < 0)
                {
                    number[corner] = positions.Count;
                    positions.Add(scan.Positions[corner]);
                }

                triangles.Add(number[corner]);
            }
        }

        return triangles.Count > 0
            ? new TriangleMesh([.. positions], [.. triangles])
            : throw new InvalidInputException("plan", null, "no thread and no target lies on the scan; check the unit and the axes");
    }
}
