using Threadwell.Mechanics.Parallelism;

namespace Threadwell.Mechanics.Networks;

/// <summary>
/// Birth and death of a neo-Hookean network at integration points (an exact constrained mixture: docs/theory/mechanics.md). Its energy is
/// mu/2 tr(Cbar M); what is born is free of stress, or carries a deposition stretch G, in the configuration of that day:
/// <code>dM/dt = b Fbar^(-1) G G^T Fbar^(-T) - d M,      dm/dt = b - d m</code>
/// Symmetric tensors are xx, yy, zz, xy, yz, zx; gradients are row by row.
/// </summary>
public static class NetworkUpdate
{
    private const int PointChunk = 4096;

    /// <summary>Takes networks of which the same is born through a step at held deformation: what is kept of each, plus what is born.</summary>
    /// <param name="isochoricGradients">Fbar, 9 numbers a point.</param>
    /// <param name="deposition">G G^T in the current configuration, 6 numbers a point; empty for G = I.</param>
    /// <param name="networks">The networks; their M are updated.</param>
    /// <param name="threads">Threads of execution; results do not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays are not of the same points.</exception>
    public static void Advance(double[] isochoricGradients, double[] deposition, GrowingNetwork[] networks, int threads)
    {
        ArgumentNullException.ThrowIfNull(networks);
        int points = isochoricGradients.Length / 9;
        if (isochoricGradients.Length != 9 * points || (deposition.Length != 0 && deposition.Length != 6 * points)
            || networks.Any(network => network.Tensors.Length != 6 * points || (network.Born.Length != 1 && network.Born.Length != points)))
        {
            throw new ArgumentException("Gradients, deposition, births and networks must be of the same points.", nameof(networks));
        }

        FixedChunks.For(points, PointChunk, threads, (_, start, end) =>
        {
            ReadOnlySpan<double> identity = [1, 1, 1, 0, 0, 0];
            Span<double> newborn = stackalloc double[6];
            Span<double> inverse = stackalloc double[9];
            for (int point = start; point < end; point++)
            {
                bool known = false;
                foreach (GrowingNetwork network in networks)
                {
                    Span<double> m = network.Tensors.AsSpan(6 * point, 6);
                    double mass = network.Born[network.Born.Length == 1 ? 0 : point];
                    if (mass == 0)
                    {
                        for (int i = 0; i < 6; i++)
                        {
                            m[i] *= network.Kept;
                        }

                        continue;
                    }

                    if (!known)
                    {
                        Inverse(isochoricGradients.AsSpan(9 * point, 9), inverse);
                        Congruence(inverse, deposition.Length == 0 ? identity : deposition.AsSpan(6 * point, 6), newborn);
                        known = true;
                    }

                    for (int i = 0; i < 6; i++)
                    {
                        m[i] = (network.Kept * m[i]) + (mass * newborn[i]);
                    }
                }
            }
        });
    }

    /// <summary>M of a network of given mass whose natural state maps to the reference by F0 G: m F0 G G^T F0^T.</summary>
    /// <param name="initialGradients">F0, 9 numbers a point; empty for F0 = I.</param>
    /// <param name="deposition">G G^T, 6 numbers a point; empty for G = I.</param>
    /// <param name="masses">m, one a point or one for all.</param>
    /// <param name="network">Receives M, 6 numbers a point.</param>
    public static void Initialise(ReadOnlySpan<double> initialGradients, ReadOnlySpan<double> deposition, ReadOnlySpan<double> masses, Span<double> network)
    {
        ReadOnlySpan<double> identity = [1, 1, 1, 0, 0, 0];
        ReadOnlySpan<double> unit = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (int point = 0; point < network.Length / 6; point++)
        {
            Span<double> m = network.Slice(6 * point, 6);
            Congruence(
                initialGradients.IsEmpty ? unit : initialGradients.Slice(9 * point, 9),
                deposition.IsEmpty ? identity : deposition.Slice(6 * point, 6),
                m);
            double mass = masses[masses.Length == 1 ? 0 : point];
            for (int i = 0; i < 6; i++)
            {
                m[i] *= mass;
            }
        }
    }

    /// <summary>F S F^T of a symmetric tensor S.</summary>
    internal static void Congruence(ReadOnlySpan<double> f, ReadOnlySpan<double> s, Span<double> result)
    {
        Span<double> half = stackalloc double[9];
        for (int i = 0; i < 3; i++)
        {
            double x = f[3 * i], y = f[(3 * i) + 1], z = f[(3 * i) + 2];
            half[3 * i] = (x * s[0]) + (y * s[3]) + (z * s[5]);
            half[(3 * i) + 1] = (x * s[3]) + (y * s[1]) + (z * s[4]);
            half[(3 * i) + 2] = (x * s[5]) + (y * s[4]) + (z * s[2]);
        }

        result[0] = (half[0] * f[0]) + (half[1] * f[1]) + (half[2] * f[2]);
        result[1] = (half[3] * f[3]) + (half[4] * f[4]) + (half[5] * f[5]);
        result[2] = (half[6] * f[6]) + (half[7] * f[7]) + (half[8] * f[8]);
        result[3] = (half[0] * f[3]) + (half[1] * f[4]) + (half[2] * f[5]);
        result[4] = (half[3] * f[6]) + (half[4] * f[7]) + (half[5] * f[8]);
        result[5] = (half[0] * f[6]) + (half[1] * f[7]) + (half[2] * f[8]);
    }

    /// <summary>Inverse of a 3 x 3 matrix, row by row.</summary>
    internal static void Inverse(ReadOnlySpan<double> f, Span<double> inverse)
    {
        double c0 = (f[4] * f[8]) - (f[5] * f[7]), c1 = (f[5] * f[6]) - (f[3] * f[8]), c2 = (f[3] * f[7]) - (f[4] * f[6]);
        double s = 1 / ((f[0] * c0) + (f[1] * c1) + (f[2] * c2));
        inverse[0] = s * c0;
        inverse[1] = s * ((f[2] * f[7]) - (f[1] * f[8]));
        inverse[2] = s * ((f[1] * f[5]) - (f[2] * f[4]));
        inverse[3] = s * c1;
        inverse[4] = s * ((f[0] * f[8]) - (f[2] * f[6]));
        inverse[5] = s * ((f[2] * f[3]) - (f[0] * f[5]));
        inverse[6] = s * c2;
        inverse[7] = s * ((f[1] * f[6]) - (f[0] * f[7]));
        inverse[8] = s * ((f[0] * f[4]) - (f[1] * f[3]));
    }
}
