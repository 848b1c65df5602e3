namespace Threadwell.Geometry;

/// <summary>
/// Bends filled holes so that they continue the surface about them: the bi-Laplacian of their inner vertices, with cotangent weights, is
/// driven to zero by Gauss-Seidel sweeps (Botsch et al. 2010, Polygon Mesh Processing, section 4.3).
/// </summary>
internal sealed class PatchFairing
{
    private const int Sweeps = 400;

    // Of obtuse triangles; keeps the system positive definite.
    private const double LeastWeight = 0.01;

    private readonly SurfaceTopology _topology;
    private readonly Vector3D[] _positions;
    private readonly Dictionary<int, (double[] Weights, double Area)> _stencils = [];

    private PatchFairing(SurfaceTopology topology)
    {
        _topology = topology;
        _positions = topology.Mesh.Positions;
    }

    /// <summary>Moves the vertices from a given number on, in place; the others stay.</summary>
    public static void Fair(SurfaceTopology topology, int firstFree)
    {
        var fairing = new PatchFairing(topology);
        int count = topology.Mesh.VertexCount;
        for (int vertex = firstFree; vertex < count; vertex++)
        {
            fairing.AddStencil(vertex);
            foreach (int other in topology.Neighbours(vertex))
            {
                fairing.AddStencil(other);
            }
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int vertex = firstFree; vertex < count; vertex++)
            {
                fairing.Settle(vertex);
            }
        }
    }

    // The weights are those of the shape before it bends: they measure the triangles' spacing, not their height.
    private void AddStencil(int vertex)
    {
        if (_stencils.ContainsKey(vertex))
        {
            return;
        }

        ReadOnlySpan<int> neighbours = _topology.Neighbours(vertex);
        double[] weights = new double[neighbours.Length];
        double area = 0;
        int[] triangles = _topology.Mesh.Triangles;
        foreach (int triangle in _topology.TrianglesAt(vertex))
        {
            area += _topology.Mesh.TriangleAreaVector(triangle).Length / 3;
            for (int h = 3 * triangle; h < (3 * triangle) + 3; h++)
            {
                int a = triangles[h];
                int b = triangles[SurfaceTopology.Next(h)];
                if (a == vertex || b == vertex)
                {
                    Vector3D apex = _positions[triangles[SurfaceTopology.Previous(h)]];
                    Vector3D toA = _positions[a] - apex;
                    Vector3D toB = _positions[b] - apex;
                    double sine = Vector3D.Cross(toA, toB).Length;
                    weights[neighbours.BinarySearch(a == vertex ? b : a)] += sine > 0 ? 0.5 * Vector3D.Dot(toA, toB) / sine : 0;
                }
            }
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Max(weights[i], LeastWeight);
        }

        _stencils.Add(vertex, (weights, area));
    }

    private Vector3D Laplacian(int vertex)
    {
        (double[] weights, double area) = _stencils[vertex];
        ReadOnlySpan<int> neighbours = _topology.Neighbours(vertex);
        Vector3D sum = Vector3D.Zero;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (_positions[neighbours[i]] - _positions[vertex]);
        }

        return sum / area;
    }

    private void Settle(int vertex)
    {
        (double[] weights, double area) = _stencils[vertex];
        ReadOnlySpan<int> neighbours = _topology.Neighbours(vertex);
        Vector3D own = Laplacian(vertex);
        Vector3D residual = Vector3D.Zero;
        double all = 0;
        double diagonal = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            // On the open border the Laplacian is no curvature: such a neighbour adds nothing.
            int other = neighbours[i];
            if (!_topology.OnBoundary[other])
            {
                residual += weights[i] * (Laplacian(other) - own);
                diagonal += weights[i] * weights[i] / _stencils[other].Area;
                all += weights[i];
            }
        }

        diagonal += all * weights.Sum() / area;
        if (diagonal > 0)
        {
            _positions[vertex] -= residual / diagonal;
        }
    }
}
