using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// Finds a connected part of the mesh whose fixed components and springs leave a rigid motion free: its stiffness would be singular.
/// Each support contributes the square of its projection on the six rigid motions; a null vector of the sum is a free motion.
/// </summary>
internal static class SupportCheck
{
    // Smallest eigenvalue of the supports' 6 x 6 matrix relative to its largest; supports within a thousandth of the part's size of
    // one line still pass.
    private const double RankTolerance = 1e-8;

    /// <summary>A sentence about the first unsupported part; null when all are held.</summary>
    public static string? FindFreePart(SolidModel model)
    {
        SolidMesh mesh = model.Mesh;
        int[] part = Parts(mesh);
        var supports = new Dictionary<int, double[]>();
        var centre = new Dictionary<int, (Vector3D Sum, int Count, Vector3D Low, Vector3D High)>();
        for (int node = 0; node < mesh.NodeCount; node++)
        {
            if (part[node] < 0)
            {
                if (!model.Fixed.AsSpan(3 * node, 3).Contains(true) && model.NodalForces.AsSpan(3 * node, 3).ContainsAnyExcept(0))
                {
                    return $"Node {node} carries a force but belongs to no element: attach it or take the force away.";
                }

                continue;
            }

            Vector3D x = mesh.Node(node);
            (Vector3D sum, int count, Vector3D low, Vector3D high) = centre.GetValueOrDefault(part[node], (Vector3D.Zero, 0, x, x));
            low = new Vector3D(Math.Min(low.X, x.X), Math.Min(low.Y, x.Y), Math.Min(low.Z, x.Z));
            high = new Vector3D(Math.Max(high.X, x.X), Math.Max(high.Y, x.Y), Math.Max(high.Z, x.Z));
            centre[part[node]] = (sum + x, count + 1, low, high);
        }

        for (int node = 0; node < mesh.NodeCount; node++)
        {
            if (part[node] < 0)
            {
                continue;
            }

            (Vector3D sum, int count, Vector3D low, Vector3D high) = centre[part[node]];
            Vector3D arm = (mesh.Node(node) - (sum / count)) / (0.5 * (high - low).Length);
            if (!supports.TryGetValue(part[node], out double[]? matrix))
            {
                supports[part[node]] = matrix = new double[36];
            }

            AddSupport(model, node, arm, matrix);
        }

        foreach ((int root, double[] matrix) in supports)
        {
            double[] eigenvalues = SymmetricEigenvalues(matrix);
            double largest = eigenvalues.Max();
            int free = eigenvalues.Count(value => value <= RankTolerance * largest);
            if (largest == 0 || free > 0)
            {
                return largest == 0
                    ? $"The part with node {root} has no support: fix nodes or add springs."
                    : $"The part with node {root} is held, but {free} of its 6 rigid motions (shifts and turns) {(free == 1 ? "is" : "are")} free: add supports.";
            }
        }

        return null;
    }

    private static void AddSupport(SolidModel model, int node, Vector3D arm, double[] matrix)
    {
        ReadOnlySpan<double> k = model.SpringStiffness.AsSpan(6 * node, 6);
        double trace = k[0] + k[1] + k[2];
        Span<double> stiffness = stackalloc double[9];
        if (trace > 0)
        {
            double s = 1 / trace;
            stiffness[0] = s * k[0];
            stiffness[4] = s * k[1];
            stiffness[8] = s * k[2];
            stiffness[1] = stiffness[3] = s * k[3];
            stiffness[5] = stiffness[7] = s * k[4];
            stiffness[2] = stiffness[6] = s * k[5];
        }

        for (int axis = 0; axis < 3; axis++)
        {
            stiffness[4 * axis] += model.Fixed[(3 * node) + axis] ? 1 : 0;
        }

        // Displacement along axis i of the rigid motion (t, w): t_i + (w x arm)_i.
        ReadOnlySpan<double> motion =
        [
            1, 0, 0, 0, arm.Z, -arm.Y,
            0, 1, 0, -arm.Z, 0, arm.X,
            0, 0, 1, arm.Y, -arm.X, 0,
        ];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double s = stiffness[(3 * i) + j];
                if (s == 0)
                {
                    continue;
                }

                for (int a = 0; a < 6; a++)
                {
                    for (int b = 0; b < 6; b++)
                    {
                        matrix[(6 * a) + b] += s * motion[(6 * i) + a] * motion[(6 * j) + b];
                    }
                }
            }
        }
    }

    /// <summary>Lowest node of the connected part of each node; -1 for nodes without elements.</summary>
    private static int[] Parts(SolidMesh mesh)
    {
        int[] parent = new int[mesh.NodeCount];
        for (int node = 0; node < parent.Length; node++)
        {
            parent[node] = mesh.Incidence.Start[node] == mesh.Incidence.Start[node + 1] ? -1 : node;
        }

        foreach (ElementBlock block in mesh.Blocks)
        {
            for (int e = 0; e < block.Count; e++)
            {
                int first = Root(parent, block.Connectivity[e * block.NodesPerElement]);
                for (int a = 1; a < block.NodesPerElement; a++)
                {
                    int other = Root(parent, block.Connectivity[(e * block.NodesPerElement) + a]);
                    (int low, int high) = (Math.Min(first, other), Math.Max(first, other));
                    parent[high] = low;
                    first = low;
                }
            }
        }

        for (int node = 0; node < parent.Length; node++)
        {
            if (parent[node] >= 0)
            {
                parent[node] = Root(parent, node);
            }
        }

        return parent;
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }

    /// <summary>Eigenvalues of a symmetric 6 x 6 matrix by cyclic Jacobi rotations (Golub and Van Loan, 8.5).</summary>
    private static double[] SymmetricEigenvalues(double[] matrix)
    {
        const int n = 6;
        double[] a = [.. matrix];
        for (int sweep = 0; sweep < 30; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double apq = a[(n * p) + q];
                    if (apq == 0)
                    {
                        continue;
                    }

                    double theta = (a[(n * q) + q] - a[(n * p) + p]) / (2 * apq);
                    double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                    double c = 1 / Math.Sqrt((t * t) + 1);
                    double s = t * c;
                    for (int k = 0; k < n; k++)
                    {
                        double kp = a[(n * k) + p], kq = a[(n * k) + q];
                        a[(n * k) + p] = (c * kp) - (s * kq);
                        a[(n * k) + q] = (s * kp) + (c * kq);
                    }

                    for (int k = 0; k < n; k++)
                    {
                        double pk = a[(n * p) + k], qk = a[(n * q) + k];
                        a[(n * p) + k] = (c * pk) - (s * qk);
                        a[(n * q) + k] = (s * pk) + (c * qk);
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[(n * i) + i])];
    }
}
