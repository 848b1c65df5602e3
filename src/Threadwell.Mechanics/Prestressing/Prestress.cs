using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Networks;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Prestressing;

/// <summary>What <see cref="Prestress.Balance"/> found.</summary>
/// <param name="InitialGradients">
/// F0, unimodular, at each integration point (9 numbers, row by row): the natural state of what was given as A0 maps to the reference
/// by it, so a network that started as M is now F0 M F0^T.
/// </param>
/// <param name="ResidualMotionMm">Largest displacement of any node when the balanced body is let go, mm.</param>
/// <param name="Rounds">Equilibria solved.</param>
public sealed record PrestressResult(double[] InitialGradients, double ResidualMotionMm, int Rounds);

/// <summary>
/// Makes the reference geometry itself an equilibrium under the model's loads: a scan is one already. Each round lets the body go from the
/// reference, keeps the stress that it finds and puts the geometry back (modified updated Lagrangian formulation: Gee, Foerster and
/// Wall 2010, Int J Numer Meth Biomed Eng 26:52). Stress is kept as F0 at the points, J0 in the pressure groups and the springs' forces.
/// </summary>
public static class Prestress
{
    private const int MaxRounds = 40;

    /// <summary>
    /// Balances a model. <see cref="SolidModel.PointTensor"/> holds A0 (deposition stretch included) before and F0 A0 F0^T (plus what is unstrained) after;
    /// <see cref="SolidModel.InitialVolumeRatio"/> and the springs' rest positions are updated.
    /// </summary>
    /// <param name="model">The model, with its loads and supports.</param>
    /// <param name="solver">A solver of that model, without threads.</param>
    /// <param name="toleranceMm">Motion at which the reference counts as an equilibrium, mm.</param>
    /// <param name="unstrained">
    /// Tensors, MPa, of networks that carry no prestress because they renew themselves too quickly to keep any; added to A unchanged. Empty
    /// for none.
    /// </param>
    /// <exception cref="EquilibriumException">A round found no equilibrium.</exception>
    /// <returns>F0 and the motion that is left; above the tolerance when the rounds did not get there.</returns>
    public static PrestressResult Balance(
        SolidModel model, EquilibriumSolver solver, double toleranceMm = 1e-4, ReadOnlySpan<double> unstrained = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(solver);
        SolidMesh mesh = model.Mesh;
        double[] start = [.. model.PointTensor];
        double[] initial = new double[9 * mesh.PointCount];
        double[] step = new double[9 * mesh.PointCount];
        double[] displacement = new double[3 * mesh.NodeCount];
        for (int point = 0; point < mesh.PointCount; point++)
        {
            initial[9 * point] = initial[(9 * point) + 4] = initial[(9 * point) + 8] = 1;
        }

        AddUnstrained(unstrained, model.PointTensor);
        double motion = double.PositiveInfinity;
        int rounds = 0;
        while (rounds < MaxRounds)
        {
            rounds++;
            Array.Clear(displacement);
            solver.Solve(displacement);
            motion = LargestMotion(displacement);
            if (motion <= toleranceMm)
            {
                break;
            }

            Kinematics.IsochoricGradients(mesh, displacement, step, solver.Threads);
            KeepStress(initial, step, start, model.PointTensor);
            AddUnstrained(unstrained, model.PointTensor);
            for (int group = 0; group < mesh.GroupCount; group++)
            {
                model.InitialVolumeRatio[group] *= solver.VolumeRatios[group];
            }

            KeepSpringForces(model, displacement);
        }

        return new PrestressResult(initial, motion, rounds);
    }

    private static void AddUnstrained(ReadOnlySpan<double> unstrained, double[] tensor)
    {
        for (int i = 0; i < unstrained.Length; i++)
        {
            tensor[i] += unstrained[i];
        }
    }

    private static void KeepStress(double[] initial, double[] step, double[] start, double[] tensor)
    {
        Span<double> product = stackalloc double[9];
        for (int point = 0; point < initial.Length / 9; point++)
        {
            Span<double> f0 = initial.AsSpan(9 * point, 9);
            ReadOnlySpan<double> f = step.AsSpan(9 * point, 9);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    product[(3 * i) + j] = (f[3 * i] * f0[j]) + (f[(3 * i) + 1] * f0[3 + j]) + (f[(3 * i) + 2] * f0[6 + j]);
                }
            }

            product.CopyTo(f0);
            NetworkUpdate.Congruence(f0, start.AsSpan(6 * point, 6), tensor.AsSpan(6 * point, 6));
        }
    }

    private static void KeepSpringForces(SolidModel model, double[] u)
    {
        for (int node = 0; node < model.Mesh.NodeCount; node++)
        {
            ReadOnlySpan<double> k = model.SpringStiffness.AsSpan(6 * node, 6);
            double x = u[3 * node], y = u[(3 * node) + 1], z = u[(3 * node) + 2];
            model.SpringForce[3 * node] -= (k[0] * x) + (k[3] * y) + (k[5] * z);
            model.SpringForce[(3 * node) + 1] -= (k[3] * x) + (k[1] * y) + (k[4] * z);
            model.SpringForce[(3 * node) + 2] -= (k[5] * x) + (k[4] * y) + (k[2] * z);
        }
    }

    private static double LargestMotion(double[] u)
    {
        double largest = 0;
        for (int i = 0; i < u.Length; i += 3)
        {
            largest = Math.Max(largest, (u[i] * u[i]) + (u[i + 1] * u[i + 1]) + (u[i + 2] * u[i + 2]));
        }

        return Math.Sqrt(largest);
    }
}
