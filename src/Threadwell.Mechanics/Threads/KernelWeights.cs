using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Weights w_a on mesh nodes that average a nodal field at a station and, with the same numbers, spread the station's force:
/// w_a = phi_a V_a (alpha + beta · (x_a - x)), with alpha and beta such that sum w_a = 1 and sum w_a x_a = x. A linear field is
/// therefore averaged exactly, and a spread force keeps its resultant and its line of action. Near a free surface the correction
/// makes a few weights slightly negative.
/// </summary>
public sealed class KernelWeights
{
    // A radius that catches too few nodes, or nodes of a single plane, is enlarged by these steps.
    private const double Enlargement = 1.2;
    private const int EnlargementLimit = 8;

    // Smallest pivot of the moment matrix in kernel units (a well filled kernel has second moments near 0.1).
    private const double SmallestPivot = 5e-3;

    // Sum of |w| above which the point lies so far out of the mesh that the average would be an extrapolation.
    private const double LargestAbsoluteSum = 2.5;

    private KernelWeights(Vector3D point, KernelShape shape, int[] nodes, double[] values)
    {
        Point = point;
        Shape = shape;
        Nodes = nodes;
        Values = values;
    }

    /// <summary>The station, mm.</summary>
    public Vector3D Point { get; }

    /// <summary>The kernel used; larger than the one asked for where that held too few nodes.</summary>
    public KernelShape Shape { get; }

    /// <summary>Node indices in ascending order.</summary>
    public int[] Nodes { get; }

    /// <summary>One weight a node; they sum to one.</summary>
    public double[] Values { get; }

    /// <summary>A station that lies on a node and takes part in nothing else.</summary>
    /// <param name="point">The node's reference position, mm.</param>
    /// <param name="node">The node.</param>
    public static KernelWeights AtNode(Vector3D point, int node) => new(point, KernelShape.Isotropic(0), [node], [1]);

    /// <summary>Builds the weights of a station.</summary>
    /// <param name="positions">Reference node positions, node-major xyz, mm; length 3 x nodes.</param>
    /// <param name="volumes">Lumped volume of each node, mm³, not negative.</param>
    /// <param name="point">The station, mm.</param>
    /// <param name="shape">The kernel; enlarged in steps of 20 % while it holds too few nodes for the first moments.</param>
    /// <exception cref="ArgumentException">Array lengths differ, or the point lies outside the mesh.</exception>
    public static KernelWeights Build(ReadOnlySpan<double> positions, ReadOnlySpan<double> volumes, Vector3D point, KernelShape shape)
    {
        if (positions.Length != 3 * volumes.Length)
        {
            throw new ArgumentException($"{positions.Length} coordinates do not fit {volumes.Length} nodal volumes.", nameof(positions));
        }

        var nodes = new List<int>();
        var values = new List<double>();
        for (int attempt = 0; attempt <= EnlargementLimit; attempt++)
        {
            Collect(positions, volumes, point, shape, nodes, values);
            if (nodes.Count >= 4 && CorrectMoments(positions, point, shape, nodes, values))
            {
                return new KernelWeights(point, shape, [.. nodes], [.. values]);
            }

            shape = shape.Scaled(Enlargement);
        }

        throw new ArgumentException(
            $"No tissue around the point ({point.X:0.###}, {point.Y:0.###}, {point.Z:0.###}) mm: it lies outside the mesh.", nameof(point));
    }

    private static void Collect(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> volumes, Vector3D point, KernelShape shape, List<int> nodes, List<double> values)
    {
        nodes.Clear();
        values.Clear();
        double reach = Math.Max(shape.InPlaneRadius, shape.NormalRadius);
        for (int node = 0; node < volumes.Length; node++)
        {
            if (Math.Abs(positions[3 * node] - point.X) >= reach)
            {
                continue;
            }

            double value = volumes[node] * shape.Value(Offset(positions, node, point));
            if (value > 0)
            {
                nodes.Add(node);
                values.Add(value);
            }
        }
    }

    /// <summary>Turns phi V into weights with exact zeroth and first moments; false when the nodes do not span space.</summary>
    private static bool CorrectMoments(
        ReadOnlySpan<double> positions, Vector3D point, KernelShape shape, List<int> nodes, List<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        // Moment matrix of (1, offset / radius) with the normalised phi V as measure.
        Span<double> matrix = stackalloc double[16];
        Span<double> basis = stackalloc double[4];
        matrix.Clear();
        for (int entry = 0; entry < nodes.Count; entry++)
        {
            double weight = values[entry] / sum;
            Basis(Offset(positions, nodes[entry], point), shape, basis);
            for (int row = 0; row < 4; row++)
            {
                for (int column = 0; column < 4; column++)
                {
                    matrix[(4 * row) + column] += weight * basis[row] * basis[column];
                }
            }
        }

        Span<double> coefficients = [1, 0, 0, 0];
        if (!SolveSymmetric(matrix, coefficients))
        {
            return false;
        }

        double absoluteSum = 0;
        for (int entry = 0; entry < nodes.Count; entry++)
        {
            Basis(Offset(positions, nodes[entry], point), shape, basis);
            double factor = (coefficients[0] * basis[0]) + (coefficients[1] * basis[1]) + (coefficients[2] * basis[2]) + (coefficients[3] * basis[3]);
            values[entry] = values[entry] / sum * factor;
            absoluteSum += Math.Abs(values[entry]);
        }

        return absoluteSum <= LargestAbsoluteSum;
    }

    /// <summary>(1, offset in kernel units); the normal part is stretched so that a flat kernel's moments are well scaled.</summary>
    private static void Basis(Vector3D offset, KernelShape shape, Span<double> basis)
    {
        double normal = Vector3D.Dot(offset, shape.Normal);
        Vector3D scaled = ((offset - (normal * shape.Normal)) / shape.InPlaneRadius) + (normal / shape.NormalRadius * shape.Normal);
        basis[0] = 1;
        basis[1] = scaled.X;
        basis[2] = scaled.Y;
        basis[3] = scaled.Z;
    }

    /// <summary>Gaussian elimination without pivoting of a positive 4 x 4 matrix; false when a pivot is too small.</summary>
    private static bool SolveSymmetric(Span<double> matrix, Span<double> rightHandSide)
    {
        for (int pivot = 0; pivot < 4; pivot++)
        {
            double diagonal = matrix[5 * pivot];
            if (diagonal < SmallestPivot)
            {
                return false;
            }

            for (int row = pivot + 1; row < 4; row++)
            {
                double factor = matrix[(4 * row) + pivot] / diagonal;
                for (int column = pivot; column < 4; column++)
                {
                    matrix[(4 * row) + column] -= factor * matrix[(4 * pivot) + column];
                }

                rightHandSide[row] -= factor * rightHandSide[pivot];
            }
        }

        for (int row = 3; row >= 0; row--)
        {
            for (int column = row + 1; column < 4; column++)
            {
                rightHandSide[row] -= matrix[(4 * row) + column] * rightHandSide[column];
            }

            rightHandSide[row] /= matrix[5 * row];
        }

        return true;
    }

    private static Vector3D Offset(ReadOnlySpan<double> positions, int node, Vector3D point) =>
        new(positions[3 * node] - point.X, positions[(3 * node) + 1] - point.Y, positions[(3 * node) + 2] - point.Z);
}
