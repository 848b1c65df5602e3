using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// Turns an <see cref="ImplicitSurface"/> into triangles by marching cubes on a rectangular grid. Each cell's polygons are traced
/// face by face, and a face with four crossings is decided from its own four values, so two neighbouring cells always agree: the mesh is
/// manifold, closed inside the grid and open where the body leaves it. The vertices are then spread evenly and projected onto the surface.
/// Method: Lorensen &amp; Cline 1987; face decision by Nielson &amp; Hamann 1991.
/// </summary>
internal sealed class SurfacePolygoniser
{
    /// <summary>A crossing keeps this share of its grid edge from either end, so that no triangle starts out as a sliver.</summary>
    private const double EndShare = 0.12;

    /// <summary>Rounds of spreading: more change the mean angle by less than a degree.</summary>
    private const int Rounds = 4;

    // Corner c of a cell has offsets (c & 1, (c >> 1) & 1, c >> 2); edge e joins EdgeCorners[2e] and EdgeCorners[2e + 1].
    private static readonly int[] EdgeCorners = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7];

    // The four corners of each face, counter-clockwise seen from outside the cell.
    private static readonly int[][] FaceCorners = [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]];

    private static readonly int[,] EdgeOfCorners = BuildEdgeOfCorners();

    private readonly ImplicitSurface surface;
    private readonly double[] xs;
    private readonly double[] ys;
    private readonly double[] zs;
    private readonly double[] values;
    private readonly List<Vector3D> vertices = [];
    private readonly List<bool> onFloor = [];
    private readonly List<int> triangles = [];
    private readonly Dictionary<long, int> vertexOfEdge = [];

    private SurfacePolygoniser(ImplicitSurface surface, double[] xs, double[] ys, double[] zs)
    {
        this.surface = surface;
        this.xs = xs;
        this.ys = ys;
        this.zs = zs;
        values = new double[xs.Length * ys.Length * zs.Length];
    }

    /// <summary>Makes the mesh.</summary>
    /// <param name="surface">The body.</param>
    /// <param name="xs">Grid planes across x, rising, mm; they enclose the body.</param>
    /// <param name="ys">Grid planes across y, rising, mm; the body may be cut by the lowest and the highest.</param>
    /// <param name="zs">Grid planes across z, rising, mm; they enclose the body.</param>
    public static TriangleMesh Run(ImplicitSurface surface, double[] xs, double[] ys, double[] zs)
    {
        var polygoniser = new SurfacePolygoniser(surface, xs, ys, zs);
        polygoniser.Sample();
        polygoniser.March();
        return polygoniser.Spread();
    }

    private int Node(int i, int j, int k) => i + (xs.Length * (j + (ys.Length * k)));

    /// <summary>Evaluates the field at the grid's nodes; a block of nodes that the surface cannot reach is filled by its centre's value.</summary>
    private void Sample()
    {
        const int block = 4;

        // The steps are distances to first order only: their slope stays under this, measured over the head and the torso.
        const double steepest = 1.6;
        int blocksZ = (zs.Length + block - 1) / block;
        Parallel.For(0, blocksZ, kb =>
        {
            (int k0, int k1) = (kb * block, Math.Min(zs.Length, (kb + 1) * block));
            for (int j0 = 0; j0 < ys.Length; j0 += block)
            {
                int j1 = Math.Min(ys.Length, j0 + block);
                for (int i0 = 0; i0 < xs.Length; i0 += block)
                {
                    int i1 = Math.Min(xs.Length, i0 + block);
                    var low = new Vector3D(xs[i0], ys[j0], zs[k0]);
                    var high = new Vector3D(xs[i1 - 1], ys[j1 - 1], zs[k1 - 1]);
                    double centre = surface.Evaluate(0.5 * (low + high));
                    bool far = Math.Abs(centre) > steepest * 0.5 * (high - low).Length;
                    for (int k = k0; k < k1; k++)
                    {
                        for (int j = j0; j < j1; j++)
                        {
                            for (int i = i0; i < i1; i++)
                            {
                                values[Node(i, j, k)] = far ? centre : surface.Evaluate(new Vector3D(xs[i], ys[j], zs[k]));
                            }
                        }
                    }
                }
            }
        });
    }

    private void March()
    {
        Span<int> corner = stackalloc int[8];
        Span<int> next = stackalloc int[12];
        Span<int> polygon = stackalloc int[12];
        for (int k = 0; k + 1 < zs.Length; k++)
        {
            for (int j = 0; j + 1 < ys.Length; j++)
            {
                for (int i = 0; i + 1 < xs.Length; i++)
                {
                    int inside = 0;
                    for (int c = 0; c < 8; c++)
                    {
                        corner[c] = Node(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2));
                        inside |= values[corner[c]] < 0 ? 1 << c : 0;
                    }

                    if (inside is not (0 or 255))
                    {
                        TraceFaces(corner, inside, next);
                        AddPolygons(corner, next, polygon);
                    }
                }
            }
        }
    }

    /// <summary>On each face, joins the crossings by segments with the inside of the body always on the same hand.</summary>
    private void TraceFaces(ReadOnlySpan<int> corner, int inside, Span<int> next)
    {
        next.Fill(-1);
        foreach (int[] face in FaceCorners)
        {
            int mask = 0;
            double sum = 0;
            for (int c = 0; c < 4; c++)
            {
                mask |= ((inside >> face[c]) & 1) << c;
                sum += values[corner[face[c]]];
            }

            bool joined = mask is 5 or 10 && sum < 0;
            for (int c = 0; c < 4; c++)
            {
                // A run of inside corners starts at corner c: the segment leaves by the edge where the run ends.
                int before = (c + 3) & 3;
                if (((mask >> c) & 1) == 0 || ((mask >> before) & 1) != 0)
                {
                    continue;
                }

                int end = c;
                while (((mask >> ((end + 1) & 3)) & 1) != 0)
                {
                    end = (end + 1) & 3;
                }

                int entry = EdgeOfCorners[face[before], face[c]];
                int exit = EdgeOfCorners[face[end], face[(end + 1) & 3]];
                if (joined)
                {
                    // The two inside corners are connected through the face: each segment cuts off an outside corner instead.
                    exit = EdgeOfCorners[face[(c + 2) & 3], face[before]];
                }

                next[exit] = entry;
            }
        }
    }

    private void AddPolygons(ReadOnlySpan<int> corner, Span<int> next, Span<int> polygon)
    {
        for (int first = 0; first < 12; first++)
        {
            int count = 0;
            for (int edge = first; next[edge] >= 0;)
            {
                polygon[count++] = edge;
                int following = next[edge];
                next[edge] = -1;
                edge = following;
            }

            if (count < 3)
            {
                continue;
            }

            int apex = FanApex(polygon[..count]);
            if (apex < 0)
            {
                AddFanAboutCentre(corner, polygon[..count]);
                continue;
            }

            for (int n = 1; n + 1 < count; n++)
            {
                AddTriangle(
                    Vertex(corner, polygon[apex]),
                    Vertex(corner, polygon[(apex + n) % count]),
                    Vertex(corner, polygon[(apex + n + 1) % count]));
            }
        }
    }

    /// <summary>
    /// The corner of a polygon from which it is cut into a fan: none of the fan's diagonals lies in a face of the cell, where the neighbouring
    /// cell might draw the same line. −1 where there is no such corner.
    /// </summary>
    private static int FanApex(ReadOnlySpan<int> polygon)
    {
        if (polygon.Length == 3)
        {
            return 0;
        }

        for (int apex = 0; apex < polygon.Length; apex++)
        {
            bool clear = true;
            for (int n = 2; n < polygon.Length - 1 && clear; n++)
            {
                clear = !ShareFace(polygon[apex], polygon[(apex + n) % polygon.Length]);
            }

            if (clear)
            {
                return apex;
            }
        }

        return -1;
    }

    private static bool ShareFace(int edgeA, int edgeB)
    {
        int and = EdgeCorners[2 * edgeA] & EdgeCorners[(2 * edgeA) + 1] & EdgeCorners[2 * edgeB] & EdgeCorners[(2 * edgeB) + 1];
        int or = EdgeCorners[2 * edgeA] | EdgeCorners[(2 * edgeA) + 1] | EdgeCorners[2 * edgeB] | EdgeCorners[(2 * edgeB) + 1];
        return and != 0 || or != 7;
    }

    private void AddFanAboutCentre(ReadOnlySpan<int> corner, ReadOnlySpan<int> polygon)
    {
        Vector3D sum = Vector3D.Zero;
        foreach (int edge in polygon)
        {
            sum += vertices[Vertex(corner, edge)];
        }

        int centre = vertices.Count;
        vertices.Add(sum / polygon.Length);
        onFloor.Add(false);
        for (int n = 0; n < polygon.Length; n++)
        {
            AddTriangle(centre, Vertex(corner, polygon[n]), Vertex(corner, polygon[(n + 1) % polygon.Length]));
        }
    }

    /// <summary>Adds a triangle; the trace runs clockwise seen from outside the body, so it is turned here.</summary>
    private void AddTriangle(int a, int b, int c) => triangles.AddRange([a, c, b]);

    private int Vertex(ReadOnlySpan<int> corner, int edge)
    {
        int a = corner[EdgeCorners[2 * edge]];
        int b = corner[EdgeCorners[(2 * edge) + 1]];
        long key = ((long)a * values.Length) + b;
        if (vertexOfEdge.TryGetValue(key, out int vertex))
        {
            return vertex;
        }

        double t = Math.Clamp(values[a] / (values[a] - values[b]), EndShare, 1 - EndShare);
        vertex = vertices.Count;
        vertexOfEdge.Add(key, vertex);
        vertices.Add(Vector3D.Lerp(Position(a), Position(b), t));
        int rowA = a / xs.Length % ys.Length;
        onFloor.Add(rowA == b / xs.Length % ys.Length && (rowA == 0 || rowA == ys.Length - 1));
        return vertex;
    }

    private Vector3D Position(int node) =>
        new(xs[node % xs.Length], ys[node / xs.Length % ys.Length], zs[node / (xs.Length * ys.Length)]);

    /// <summary>Moves each vertex towards the middle of its neighbours along the surface, then back onto the surface; a cut edge stays in its plane.</summary>
    private TriangleMesh Spread()
    {
        var neighbours = new HashSet<int>[vertices.Count];
        for (int v = 0; v < neighbours.Length; v++)
        {
            neighbours[v] = [];
        }

        for (int t = 0; t < triangles.Count; t += 3)
        {
            for (int c = 0; c < 3; c++)
            {
                int from = triangles[t + c];
                neighbours[from].Add(triangles[t + ((c + 1) % 3)]);
                neighbours[from].Add(triangles[t + ((c + 2) % 3)]);
            }
        }

        Vector3D[] positions = [.. vertices];
        Parallel.For(0, positions.Length, v => positions[v] = surface.Project(positions[v], 1, onFloor[v]));
        int[] corners = [.. triangles];
        var moved = new Vector3D[positions.Length];
        for (int round = 0; round < Rounds; round++)
        {
            Vector3D[] from = positions;
            bool last = round == Rounds - 1;
            Vector3D[] normals = new TriangleMesh(from, corners).VertexNormals();
            Parallel.For(0, from.Length, v =>
            {
                Vector3D sum = Vector3D.Zero;
                int count = 0;
                foreach (int n in neighbours[v])
                {
                    if (!onFloor[v] || onFloor[n])
                    {
                        sum += from[n];
                        count++;
                    }
                }

                Vector3D pull = 0.6 * ((sum / count) - from[v]);
                pull -= Vector3D.Dot(pull, normals[v]) * normals[v];
                if (onFloor[v])
                {
                    pull = new Vector3D(pull.X, 0, pull.Z);
                }

                moved[v] = surface.Project(from[v] + pull, last ? 2 : 1, onFloor[v]);
            });
            (positions, moved) = (moved, positions);
        }

        return new TriangleMesh(positions, corners);
    }

    private static int[,] BuildEdgeOfCorners()
    {
        var edges = new int[8, 8];
        for (int e = 0; e < 12; e++)
        {
            edges[EdgeCorners[2 * e], EdgeCorners[(2 * e) + 1]] = e;
            edges[EdgeCorners[(2 * e) + 1], EdgeCorners[2 * e]] = e;
        }

        return edges;
    }
}
