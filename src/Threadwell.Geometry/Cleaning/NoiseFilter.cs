using System.Globalization;

namespace Threadwell.Geometry;

/// <summary>Measures the noise of a scan and, where there is some, smooths it without shrinking (Taubin 1995).</summary>
internal static class NoiseFilter
{
    // Noise is smoothed when it exceeds both; a clean model's own curvature reads as less.
    private const double LeastNoise = 0.05;
    private const double LeastNoiseOfEdge = 0.045;

    // Taubin's pair of steps: pass-band frequency 1/0.5 - 1/0.53 = 0.11.
    private const double Shrink = 0.5;
    private const double Inflate = -0.53;
    private const int Steps = 5;

    // In standard deviations; what wants to move farther is a feature.
    private const double LargestMove = 3;

    // Standard deviation of the twice differenced position of a regular vertex with six neighbours, for unit noise.
    private const double TwiceDifferencedNoise = 1.36;

    /// <summary>Flattens spikes, and smooths the rest where that is wanted and there is noise.</summary>
    public static void Run(SurfaceDraft draft, bool smooths)
    {
        var topology = new SurfaceTopology(draft.ToMesh());
        (double noise, double edge) = Measure(topology);
        int spikes = RemoveSpikes(draft, topology, noise);
        if (spikes > 0)
        {
            draft.Remarks.Add($"Spikes flattened: {spikes}.");
        }

        if (!smooths || noise < LeastNoise || noise < LeastNoiseOfEdge * edge)
        {
            return;
        }

        Vector3D[] before = draft.Positions;
        Vector3D[] positions = [.. before];
        var next = new Vector3D[positions.Length];
        for (int step = 0; step < Steps; step++)
        {
            Relax(topology, positions, next, Shrink);
            Relax(topology, next, positions, Inflate);
        }

        // Only the part along the normal is noise of the shape; sliding along the surface would blur features for nothing.
        Vector3D[] normals = new TriangleMesh(positions, draft.Triangles).VertexNormals();
        double moved = 0;
        for (int vertex = 0; vertex < positions.Length; vertex++)
        {
            double along = Vector3D.Dot(positions[vertex] - before[vertex], normals[vertex]);
            along = Math.Clamp(along, -LargestMove * noise, LargestMove * noise);
            positions[vertex] = before[vertex] + (along * normals[vertex]);
            moved += along * along / positions.Length;
        }

        draft.Positions = positions;
        draft.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Measurement noise of about {noise:0.00} mm was smoothed; points moved by {Math.Sqrt(moved):0.00} mm (root mean square)."));
    }

    /// <summary>Standard deviation of the noise along the normal, mm, and the mean edge, mm.</summary>
    /// <remarks>
    /// The distance of a vertex from the mean of its neighbours holds curvature and noise; its difference from the neighbours' own
    /// distances cancels curvature that varies slowly. The median makes it robust against features and spikes.
    /// </remarks>
    public static (double Noise, double MeanEdge) Measure(SurfaceTopology topology)
    {
        double[] bump = Bumps(topology, out double meanEdge);
        var residuals = new List<double>();
        for (int vertex = 0; vertex < bump.Length; vertex++)
        {
            if (!topology.OnBoundary[vertex] && topology.Neighbours(vertex).Length > 0)
            {
                residuals.Add(Math.Abs(Residual(topology, bump, vertex)));
            }
        }

        if (residuals.Count == 0)
        {
            return (0, meanEdge);
        }

        residuals.Sort();

        // 1.4826 makes the median of absolute values the standard deviation of a normal distribution.
        return (1.4826 * residuals[residuals.Count / 2] / TwiceDifferencedNoise, meanEdge);
    }

    private static double Residual(SurfaceTopology topology, double[] bump, int vertex)
    {
        ReadOnlySpan<int> neighbours = topology.Neighbours(vertex);
        double mean = 0;
        foreach (int other in neighbours)
        {
            mean += bump[other] / neighbours.Length;
        }

        return bump[vertex] - mean;
    }

    private static double[] Bumps(SurfaceTopology topology, out double meanEdge)
    {
        Vector3D[] positions = topology.Mesh.Positions;
        Vector3D[] normals = topology.Mesh.VertexNormals();
        double[] bump = new double[positions.Length];
        double sum = 0;
        long edges = 0;
        for (int vertex = 0; vertex < positions.Length; vertex++)
        {
            ReadOnlySpan<int> neighbours = topology.Neighbours(vertex);
            Vector3D mean = Vector3D.Zero;
            foreach (int other in neighbours)
            {
                mean += (positions[other] - positions[vertex]) / neighbours.Length;
                sum += Vector3D.Distance(positions[other], positions[vertex]);
                edges++;
            }

            bump[vertex] = topology.OnBoundary[vertex] ? 0 : Vector3D.Dot(mean, normals[vertex]);
        }

        meanEdge = edges > 0 ? sum / edges : 0;
        return bump;
    }

    // A vertex far outside the plane of its neighbours, against both the noise and the size of its own triangles, is a misread point.
    private static int RemoveSpikes(SurfaceDraft draft, SurfaceTopology topology, double noise)
    {
        double[] bump = Bumps(topology, out _);
        Vector3D[] positions = [.. draft.Positions];
        int spikes = 0;
        for (int vertex = 0; vertex < bump.Length; vertex++)
        {
            ReadOnlySpan<int> neighbours = topology.Neighbours(vertex);
            if (topology.OnBoundary[vertex] || neighbours.Length == 0)
            {
                continue;
            }

            // The neighbours' own spacing, which a spike does not lengthen.
            Vector3D mean = Vector3D.Zero;
            double ring = 0;
            foreach (int other in neighbours)
            {
                mean += draft.Positions[other] / neighbours.Length;
            }

            foreach (int other in neighbours)
            {
                ring += Vector3D.Distance(draft.Positions[other], mean) / neighbours.Length;
            }

            if (Math.Abs(bump[vertex]) > Math.Max(1.5 * ring, 8 * noise))
            {
                positions[vertex] = mean;
                spikes++;
            }
        }

        draft.Positions = positions;
        return spikes;
    }

    private static void Relax(SurfaceTopology topology, Vector3D[] from, Vector3D[] to, double factor)
    {
        for (int vertex = 0; vertex < from.Length; vertex++)
        {
            // A border vertex follows the border only, so that the border does not creep inwards.
            bool border = topology.OnBoundary[vertex];
            Vector3D mean = Vector3D.Zero;
            int count = 0;
            foreach (int other in topology.Neighbours(vertex))
            {
                if (!border || topology.OnBoundary[other])
                {
                    mean += from[other];
                    count++;
                }
            }

            to[vertex] = count > 0 ? from[vertex] + (factor * ((mean / count) - from[vertex])) : from[vertex];
        }
    }
}
