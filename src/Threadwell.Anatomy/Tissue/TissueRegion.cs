using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>The treated part of the skin, meshed, with what its border is.</summary>
/// <param name="Skin">Skin of equal triangles; pieces that do not touch lie one after the other.</param>
/// <param name="OnCutEdge">
/// True for vertices on a border at which the tissue goes on: where the region ends, at the ear, at the end of the scan. The borders
/// of mouth, nostrils and lids are free.
/// </param>
internal sealed record MeshedRegion(TriangleMesh Skin, bool[] OnCutEdge);

/// <summary>
/// Cuts the skin around threads and targets out of a scan and remeshes it. On a head it keeps out what has no tissue of its own:
/// the inside of mouth, nostrils and lids and the ear's shell, and bridges of skin too narrow to carry columns.
/// </summary>
internal sealed class TissueRegion
{
    /// <summary>Clefts of the region narrower than twice this are filled, mm: the two sides of a face nearly meet on nose and chin.</summary>
    internal const double ClosingMm = 8;

    /// <summary>Edge length where none is asked for, mm.</summary>
    private const double DefaultEdgeMm = 4.5;

    /// <summary>Nodes below which the default mesh becomes finer, and beyond which it becomes coarser.</summary>
    private const int LeastNodes = 9_000;
    private const int MostNodes = 38_000;

    /// <summary>A thread or target farther from usable skin than this, mm, lies on an ear or belongs to another scan.</summary>
    private const double FarthestFromScanMm = 15;

    /// <summary>Skin narrower than twice this between places without tissue is left out, mm.</summary>
    private const double NarrowMm = 4;

    /// <summary>Distance that the border keeps from places without tissue, mm.</summary>
    private const double ClearanceMm = 1;

    /// <summary>Pieces smaller than this share of the largest are shreds beside an ear or a mouth.</summary>
    private const double SmallPieceShare = 0.12;

    /// <summary>Gaps smaller than this stay in, mm².</summary>
    private const double SmallGapMm2 = 40;

    /// <summary>Within this distance of the tragus a border is the ear's, mm.</summary>
    private const double EarMm = 45;

    /// <summary>A border of the scan longer than this, mm, is where the scan ends; a shorter one is an eye or a mouth.</summary>
    private const double LongestOpeningMm = 200;

    private readonly TriangleMesh scan;
    private readonly TissueRequest request;
    private readonly List<IReadOnlyList<Vector3D>> curves;
    private readonly OuterSkin outer;

    private TissueRegion(TriangleMesh scan, LandmarkSet landmarks, TissueRequest request)
    {
        this.scan = scan;
        this.request = request;
        curves = [.. request.ThreadPaths.Where(path => path.Count > 0), .. request.TargetPoints.Select(point => new[] { point })];
        if (curves.Count == 0)
        {
            throw new InvalidInputException(request.PlanName, null, "there is no thread and no target; give at least one");
        }

        outer = OuterSkin.Find(scan, landmarks, request, curves);
    }

    /// <summary>Cuts and meshes the region.</summary>
    /// <exception cref="InvalidInputException">There is neither thread nor target, or one does not lie on usable skin.</exception>
    public static MeshedRegion Build(TriangleMesh scan, LandmarkSet landmarks, TissueRequest request) =>
        new TissueRegion(scan, landmarks, request).Run();

    private MeshedRegion Run()
    {
        RequireNear(outer.Tree);
        double[] distance = SurfaceDistance.FromCurves(outer.Tree, outer.Topology, curves, step: 2, limit: request.MarginMm + (2 * ClosingMm));
        List<TriangleMesh> pieces = CutPieces(Beyond(distance));
        double edge = EdgeLength(pieces);
        TriangleMesh skin = Join([.. pieces.Select(piece => IsotropicRemesher.Remesh(piece, edge))]);
        RequireNear(new TriangleBvh(skin));
        return new MeshedRegion(skin, CutEdges(skin, distance, edge));
    }

    /// <summary>
    /// Negative inside the region. Skin is taken up to the margin and closed morphologically over narrow clefts, then opened against
    /// the borders of the open skin: what lies farther than <see cref="NarrowMm"/> from them is grown back by nearly as much.
    /// </summary>
    private double[] Beyond(double[] distance)
    {
        SurfaceTopology topology = outer.Topology;
        double far = request.MarginMm + ClosingMm;

        // Outside starts at the first vertex beyond, up to an edge too late: the closing gives that edge back.
        double closing = ClosingMm + TissueBuilder.MeanEdgeLength(outer.Mesh);
        double[] fromOutside = SurfaceDistance.FromPoints(topology, Vertices(v => distance[v] > far), 2 * closing);
        double[] fromBorder = SurfaceDistance.FromPoints(topology, Vertices(v => topology.OnBoundary[v]), NarrowMm * 2);
        double[] fromCore = SurfaceDistance.FromPoints(topology, Vertices(v => distance[v] <= far && fromBorder[v] > NarrowMm), NarrowMm * 2);
        return [.. distance.Select((reach, v) => Math.Max(
            Math.Min(reach - request.MarginMm, closing - fromOutside[v]),
            fromCore[v] - (NarrowMm - ClearanceMm)))];
    }

    private IEnumerable<SurfacePoint> Vertices(Func<int, bool> chosen)
    {
        for (int vertex = 0; vertex < outer.Mesh.VertexCount; vertex++)
        {
            if (chosen(vertex) && outer.Topology.TrianglesAt(vertex).Length > 0)
            {
                int triangle = outer.Topology.TrianglesAt(vertex)[0];
                ReadOnlySpan<int> corners = outer.Mesh.Triangles.AsSpan(3 * triangle, 3);
                yield return new SurfacePoint(
                    outer.Mesh.Positions[vertex],
                    triangle,
                    new Vector3D(corners[0] == vertex ? 1 : 0, corners[1] == vertex ? 1 : 0, corners[2] == vertex ? 1 : 0),
                    0);
            }
        }
    }

    /// <summary>Cuts each connected piece by itself: the two sides of a face need not touch. Pieces without a thread or target are dropped.</summary>
    private List<TriangleMesh> CutPieces(double[] beyond)
    {
        int[] piece = Pieces(beyond, out int count);
        double[] area = new double[count];
        for (int slot = 0; slot < outer.Mesh.Triangles.Length; slot++)
        {
            int vertex = outer.Mesh.Triangles[slot];
            if (piece[vertex] >= 0)
            {
                area[piece[vertex]] += outer.Mesh.TriangleAreaVector(slot / 3).Length / 3;
            }
        }

        bool[] wanted = new bool[count];
        foreach (Vector3D point in curves.SelectMany(curve => Polyline.Resample(curve, 2)))
        {
            int triangle = outer.Tree.ClosestPoint(point).Triangle;
            for (int corner = 0; corner < 3; corner++)
            {
                int of = piece[outer.Mesh.Triangles[(3 * triangle) + corner]];
                if (of >= 0)
                {
                    wanted[of] = true;
                }
            }
        }

        var pieces = new List<TriangleMesh>();
        for (int index = 0; index < count; index++)
        {
            if (wanted[index] && area[index] >= SmallPieceShare * area.Max())
            {
                double[] alone = [.. beyond.Select((value, vertex) => piece[vertex] == index ? value : Math.Abs(value))];
                pieces.Add(RegionCutter.Cut(outer.Mesh, alone, SmallGapMm2));
            }
        }

        return pieces.Count > 0
            ? pieces
            : throw new InvalidInputException(request.PlanName, null, "threads and targets do not lie on skin that tissue can be built under; check the scan's unit and axes");
    }

    private int[] Pieces(double[] beyond, out int count)
    {
        int[] piece = new int[outer.Mesh.VertexCount];
        Array.Fill(piece, -1);
        count = 0;
        var pending = new Stack<int>();
        for (int seed = 0; seed < piece.Length; seed++)
        {
            if (piece[seed] >= 0 || !(beyond[seed] < 0))
            {
                continue;
            }

            piece[seed] = count;
            pending.Push(seed);
            while (pending.TryPop(out int vertex))
            {
                foreach (int neighbour in outer.Topology.Neighbours(vertex))
                {
                    if (piece[neighbour] < 0 && beyond[neighbour] < 0)
                    {
                        piece[neighbour] = count;
                        pending.Push(neighbour);
                    }
                }
            }

            count++;
        }

        return piece;
    }

    private double EdgeLength(List<TriangleMesh> pieces)
    {
        if (request.EdgeLengthMm is { } asked)
        {
            return asked;
        }

        double area = 0;
        foreach (TriangleMesh piece in pieces)
        {
            for (int triangle = 0; triangle < piece.TriangleCount; triangle++)
            {
                area += piece.TriangleAreaVector(triangle).Length;
            }
        }

        // A vertex of an equilateral mesh owns sqrt(3)/2 of a squared edge.
        double EdgeFor(int nodes) => Math.Sqrt(area * LayerCells.LevelCount / (nodes * Math.Sqrt(3) / 2));
        return request.Coarsening * Math.Clamp(DefaultEdgeMm, EdgeFor(MostNodes), EdgeFor(LeastNodes));
    }

    private static TriangleMesh Join(List<TriangleMesh> pieces)
    {
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        foreach (TriangleMesh piece in pieces)
        {
            int first = positions.Count;
            positions.AddRange(piece.Positions);
            triangles.AddRange(piece.Triangles.Select(corner => corner + first));
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }

    private void RequireNear(TriangleBvh skin)
    {
        foreach (Vector3D point in curves.SelectMany(curve => curve))
        {
            double miss = skin.ClosestPoint(point).Distance;
            if (miss > FarthestFromScanMm)
            {
                throw new InvalidInputException(
                    request.PlanName,
                    FormattableString.Invariant($"point ({point.X:F1}, {point.Y:F1}, {point.Z:F1}) mm"),
                    FormattableString.Invariant($"it lies {miss:F0} mm from skin that tissue can be built under; move it onto the face or body, off ear, lid and lip"));
            }
        }
    }

    private bool[] CutEdges(TriangleMesh skin, double[] distance, double edge)
    {
        bool[] border = [.. new SurfaceTopology(skin).OnBoundary];
        var endOfScan = new List<Vector3D>();
        foreach (int[] loop in new SurfaceTopology(scan).BoundaryLoops())
        {
            double length = 0;
            for (int i = 0; i < loop.Length; i++)
            {
                length += Vector3D.Distance(scan.Positions[loop[i]], scan.Positions[loop[(i + 1) % loop.Length]]);
            }

            if (length > LongestOpeningMm)
            {
                endOfScan.AddRange(loop.Select(vertex => scan.Positions[vertex]));
            }
        }

        for (int vertex = 0; vertex < border.Length; vertex++)
        {
            if (border[vertex])
            {
                Vector3D here = skin.Positions[vertex];
                double reach = outer.Tree.ClosestPoint(here).Interpolate(outer.Mesh, distance);
                border[vertex] = !(reach < request.MarginMm - (1.5 * edge))
                    || outer.Tragi.Any(tragus => Vector3D.Distance(tragus, here) < EarMm)
                    || endOfScan.Any(point => Vector3D.Distance(point, here) < 3 * edge);
            }
        }

        return border;
    }
}
