using System.Runtime.Intrinsics;
using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>
/// The compliance that the mesh hides at each barb of a thread, to be put in series with its bond: the displacement at the barb in a
/// homogeneous, unbounded, incompressible medium minus what kernel and mesh resolve of it, summed over the thread's barbs under
/// equal loads. With it barb loads converge while the mesh is still much coarser than a barb. Theory and measured errors:
/// docs/theory/threads.md; limits: <see cref="NearField"/>.
/// </summary>
public static class HiddenCompliance
{
    /// <summary>
    /// A load on one node of a mesh of linear bricks moves that node like Kelvin's force regularised over this part of the cube root
    /// of the node's volume. Fitted to the bricks' own answer: resolved compliances then agree within 1 to 3 % for cubes with
    /// kernels of 1.5 to 4 edges, and within 5 % for bricks three times as long as thick.
    /// </summary>
    private const double NodeSoftening = 0.345;

    // Softening at which the regularised force equals a rigid sphere: f / (4 pi mu eps) = f / (6 pi mu a).
    private const double SphereSoftening = 1.5;

    // Beyond this many kernel radii the spread of a force no longer shows (its effect falls with the cube of the distance).
    private const double Reach = 4;

    /// <summary>Compliance hidden at each barb, times the shear modulus.</summary>
    /// <param name="stations">The thread's stations.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="positions">Reference node positions, xyz, mm.</param>
    /// <param name="volumes">Lumped nodal volumes, mm³.</param>
    /// <param name="barbRadius">Radius of the sphere that a barb acts like, mm.</param>
    /// <returns>1/mm, one a barb; never negative.</returns>
    /// <exception cref="ArgumentException">The arrays do not fit each other.</exception>
    public static double[] OfBarbs(
        ThreadStation[] stations,
        KernelWeights[] weights,
        ReadOnlySpan<double> positions,
        ReadOnlySpan<double> volumes,
        double barbRadius)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(weights);
        int[] barbs = [.. Enumerable.Range(0, stations.Length).Where(station => stations[station].Grip != BarbGrip.None)];
        if (weights.Length != stations.Length)
        {
            throw new ArgumentException("Weights for each station are needed.", nameof(weights));
        }

        var nodes = new KernelNodes[barbs.Length];
        for (int barb = 0; barb < barbs.Length; barb++)
        {
            nodes[barb] = KernelNodes.Of(weights[barbs[barb]], positions, volumes);
        }

        // Sums of 8 pi mu times the compliance; a barb of the other half pulls the other way.
        var sums = new double[barbs.Length];
        for (int first = 0; first < barbs.Length; first++)
        {
            KernelWeights at = weights[barbs[first]];
            for (int second = first; second < barbs.Length; second++)
            {
                KernelWeights other = weights[barbs[second]];
                Vector3D between = other.Point - at.Point;
                if (between.Length > Reach * (at.Shape.InPlaneRadius + other.Shape.InPlaneRadius) / 2)
                {
                    break;
                }

                Vector3D along = first == second ? Tangent(weights, barbs[first]) : between.Normalized();
                double softening = SphereSoftening * barbRadius;
                double hidden = Kelvinlet(between, along, softening * softening) - Resolved(nodes[first], nodes[second], along);
                double sign = stations[barbs[first]].Grip == stations[barbs[second]].Grip ? 1 : -1;
                sums[first] += sign * hidden;
                sums[second] += first == second ? 0 : sign * hidden;
            }
        }

        for (int barb = 0; barb < sums.Length; barb++)
        {
            sums[barb] = Math.Max(sums[barb], 0) / (8 * Math.PI);
        }

        return sums;
    }

    /// <summary>What the mesh hides at each barb as its load grows, in tissue that may stiffen.</summary>
    /// <param name="stations">The thread's stations.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="positions">Reference node positions, xyz, mm.</param>
    /// <param name="volumes">Lumped nodal volumes, mm³.</param>
    /// <param name="barbRadius">Radius of the sphere that a barb acts like, mm.</param>
    /// <param name="medium">The tissue around each barb.</param>
    /// <param name="largestLoad">Load up to which the curves follow the medium, N.</param>
    /// <exception cref="ArgumentException">The arrays do not fit each other.</exception>
    public static NearFieldCurve[] Curves(
        ThreadStation[] stations,
        KernelWeights[] weights,
        ReadOnlySpan<double> positions,
        ReadOnlySpan<double> volumes,
        double barbRadius,
        IReadOnlyList<StiffeningMedium> medium,
        double largestLoad)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(medium);
        double[] hidden = OfBarbs(stations, weights, positions, volumes, barbRadius);
        if (medium.Count != hidden.Length)
        {
            throw new ArgumentException("A medium for each barb is needed.", nameof(medium));
        }

        double[] along = [.. stations.Where(station => station.Grip != BarbGrip.None).Select(station => station.AxialMm)];
        return [.. hidden.Select((perModulus, barb) => NearFieldCurve.In(medium[barb], perModulus, barbRadius, SpacingAt(along, barb), largestLoad))];
    }

    private static double SpacingAt(double[] along, int barb) => Math.Min(
        barb > 0 ? along[barb] - along[barb - 1] : double.PositiveInfinity,
        barb < along.Length - 1 ? along[barb + 1] - along[barb] : double.PositiveInfinity);

    /// <summary>What kernel and mesh resolve: every node's force seen at every node, at four nodes at once.</summary>
    private static double Resolved(KernelNodes from, KernelNodes to, Vector3D along)
    {
        Vector256<double> alongX = Vector256.Create(along.X), alongY = Vector256.Create(along.Y), alongZ = Vector256.Create(along.Z);
        double sum = 0;
        for (int source = 0; source < from.Count; source++)
        {
            Vector256<double> startX = Vector256.Create(from.X[source]), startY = Vector256.Create(from.Y[source]), startZ = Vector256.Create(from.Z[source]);
            Vector256<double> softening = Vector256.Create(from.SofteningSquared[source]), partial = Vector256<double>.Zero;
            for (int target = 0; target < to.X.Length; target += Vector256<double>.Count)
            {
                Vector256<double> x = Vector256.Create(to.X, target) - startX, y = Vector256.Create(to.Y, target) - startY, z = Vector256.Create(to.Z, target) - startZ;
                Vector256<double> squared = (x * x) + (y * y) + (z * z), axial = (x * alongX) + (y * alongY) + (z * alongZ), regular = squared + softening;
                partial += Vector256.Create(to.Weight, target) * ((regular + softening + (axial * axial)) / (regular * Vector256.Sqrt(regular)));
            }

            sum += from.Weight[source] * Vector256.Sum(partial);
        }

        return sum;
    }

    /// <summary>
    /// Displacement along a direction for a unit force along it, regularised over eps (Cortez 2001, blob 15 eps⁴ / (8 pi (r² + eps²)^(7/2))),
    /// times 8 pi mu.
    /// </summary>
    private static double Kelvinlet(Vector3D offset, Vector3D along, double softeningSquared)
    {
        double squared = offset.LengthSquared, axial = Vector3D.Dot(offset, along), regular = squared + softeningSquared;
        return (squared + (2 * softeningSquared) + (axial * axial)) / (regular * Math.Sqrt(regular));
    }

    private static Vector3D Tangent(KernelWeights[] weights, int station) =>
        (weights[Math.Min(station + 1, weights.Length - 1)].Point - weights[Math.Max(station - 1, 0)].Point).Normalized();

    /// <summary>The nodes of a barb's kernel, one array a number, filled up with nodes of no weight to whole fours.</summary>
    private sealed record KernelNodes(int Count, double[] X, double[] Y, double[] Z, double[] Weight, double[] SofteningSquared)
    {
        public static KernelNodes Of(KernelWeights weights, ReadOnlySpan<double> positions, ReadOnlySpan<double> volumes)
        {
            int count = weights.Nodes.Length, whole = (count + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
            var nodes = new KernelNodes(count, new double[whole], new double[whole], new double[whole], new double[whole], new double[whole]);
            for (int entry = 0; entry < whole; entry++)
            {
                int node = weights.Nodes[Math.Min(entry, count - 1)];
                double size = NodeSoftening * Math.Cbrt(volumes[node]);
                (nodes.X[entry], nodes.Y[entry], nodes.Z[entry]) = (positions[3 * node], positions[(3 * node) + 1], positions[(3 * node) + 2]);
                (nodes.Weight[entry], nodes.SofteningSquared[entry]) = (entry < count ? weights.Values[entry] : 0, size * size);
            }

            return nodes;
        }
    }
}
