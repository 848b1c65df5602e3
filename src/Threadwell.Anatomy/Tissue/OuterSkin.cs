using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>The part of a scan that threads and targets can lie on, with its search structures.</summary>
/// <param name="Mesh">Its triangles; it shares the scan's vertex numbers.</param>
/// <param name="Tree">Search tree of <paramref name="Mesh"/>.</param>
/// <param name="Topology">Neighbourhood in <paramref name="Mesh"/>.</param>
/// <param name="Tragi">Tragi of a head; none for a torso.</param>
internal sealed record OuterSkin(TriangleMesh Mesh, TriangleBvh Tree, SurfaceTopology Topology, IReadOnlyList<Vector3D> Tragi)
{
    /// <summary>Skin that is looked at beyond the margin, mm: as far as <see cref="TissueRegion.ClosingMm"/> needs.</summary>
    private const double SlackMm = TissueRegion.ClosingMm + 8;

    /// <summary>
    /// Takes the pieces of open skin under threads and targets. On a torso all of the scan is taken. Points between those of a course
    /// lie on a chord inside the head; projected on this part, they come to lie on the cheek and not inside the mouth.
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="landmarks">Its landmarks.</param>
    /// <param name="request">Area and margin.</param>
    /// <param name="curves">Threads, then targets.</param>
    /// <exception cref="InvalidInputException">No open skin lies near threads and targets.</exception>
    public static OuterSkin Find(TriangleMesh scan, LandmarkSet landmarks, TissueRequest request, IReadOnlyList<IReadOnlyList<Vector3D>> curves)
    {
        if (request.Area is TreatmentArea.Abdomen or TreatmentArea.Breast)
        {
            return Of(scan, []);
        }

        Vector3D[] samples = [.. curves.SelectMany(curve => Polyline.Resample(curve, 4))];
        double reach = request.MarginMm + SlackMm;
        bool[] near = new bool[scan.VertexCount];
        for (int vertex = 0; vertex < near.Length; vertex++)
        {
            foreach (Vector3D sample in samples)
            {
                if ((scan.Positions[vertex] - sample).LengthSquared < reach * reach)
                {
                    near[vertex] = true;
                    break;
                }
            }
        }

        Vector3D[] tragi = [.. landmarks.All.Where(l => l.Name.StartsWith("tragus.", StringComparison.Ordinal)).Select(l => l.Position)];
        bool[] usable = OpenSkin.Find(scan, new TriangleBvh(scan), near, tragi);
        TriangleMesh open = Select(scan, triangle =>
            usable[scan.Triangles[3 * triangle]] && usable[scan.Triangles[(3 * triangle) + 1]] && usable[scan.Triangles[(3 * triangle) + 2]]);
        if (open.TriangleCount == 0)
        {
            throw new InvalidInputException(request.PlanName, null, "threads and targets do not lie on skin that tissue can be built under; check the scan's unit and axes");
        }

        int[] part = new SurfaceTopology(open).Parts(out int parts);
        bool[] wanted = new bool[parts];
        var tree = new TriangleBvh(open);
        foreach (Vector3D point in (request.ThreadPaths.Count > 0 ? request.ThreadPaths : curves).SelectMany(curve => curve))
        {
            wanted[part[tree.ClosestPoint(point).Triangle]] = true;
        }

        return Of(Select(open, triangle => wanted[part[triangle]]), tragi);
    }

    private static OuterSkin Of(TriangleMesh mesh, IReadOnlyList<Vector3D> tragi) => new(mesh, new TriangleBvh(mesh), new SurfaceTopology(mesh), tragi);

    private static TriangleMesh Select(TriangleMesh mesh, Func<int, bool> chosen)
    {
        var triangles = new List<int>();
        for (int triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            if (chosen(triangle))
            {
                triangles.AddRange(mesh.Triangles.AsSpan(3 * triangle, 3));
            }
        }

        return new TriangleMesh(mesh.Positions, [.. triangles]);
    }
}
