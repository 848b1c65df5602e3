using MathNet.Numerics.LinearAlgebra;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>
/// A bonded fibre against the closed forms of Cox (1952) and Volkersen (1938). The bonds' stiffness a length is k, so
/// beta² = k / EA in a stiff matrix and k (1/EA + 1/EA_matrix) in a matrix bar of stiffness EA_matrix.
/// </summary>
public sealed class ShearLagTests
{
    private const double Length = 40;
    private const double Ea = 100;
    private const double BondPerMm = 0.25;
    private const double NoLimit = 1e6;

    [Fact]
    public void FibreInAStrainedMatrixCarriesCoxsTension()
    {
        const double strain = 0.1;
        double beta = Math.Sqrt(BondPerMm / Ea);
        double Exact(double x) => Ea * strain * (1 - (Math.Cosh(beta * (x - (Length / 2))) / Math.Cosh(beta * Length / 2)));
        AssertSecondOrder(
            [10, 20, 40, 80],
            barbs =>
            {
                ThreadStation[] stations = Evenly(barbs, anchored: false);
                var system = new ThreadSystem(stations.Length, [Fibre(stations)]);
                system.Commit(ThreadFixture.AlongX([.. stations.Select(station => strain * station.AxialMm)]));
                return WorstTension(system.Report(0), stations, Exact);
            });
    }

    [Fact]
    public void FibrePulledFromAStiffMatrixFollowsTheHyperbolicSine()
    {
        const double pull = 2;
        double beta = Math.Sqrt(BondPerMm / Ea);
        double Exact(double x) => pull * Math.Sinh(beta * (Length - x)) / Math.Sinh(beta * Length);
        AssertSecondOrder(
            [10, 20, 40, 80],
            barbs =>
            {
                ThreadStation[] stations = Evenly(barbs, anchored: true);
                var system = new ThreadSystem(stations.Length, [Fibre(stations) with { PullN = pull }]);
                system.Commit(new double[3 * stations.Length]);
                ThreadReport report = system.Report(0);
                double drawn = pull / (Ea * beta * Math.Tanh(beta * Length));
                return Math.Max(WorstTension(report, stations, Exact), Math.Abs(-report.CableMm[0] - drawn) / drawn);
            });
    }

    [Fact]
    public void FibrePulledFromAnElasticMatrixFollowsVolkersen()
    {
        const double pull = 2, matrixEa = 60;
        double beta = Math.Sqrt(BondPerMm * ((1 / Ea) + (1 / matrixEa)));
        double share = Ea / (Ea + matrixEa);

        // T(0) = P, T(L) = 0, T'' = beta² (T - share P); the matrix is held at the far end.
        double atEnd = ((-share) - ((1 - share) * Math.Cosh(beta * Length))) / Math.Sinh(beta * Length);
        double Exact(double x) => pull * (share + ((1 - share) * Math.Cosh(beta * x)) + (atEnd * Math.Sinh(beta * x)));
        AssertSecondOrder(
            [10, 20, 40, 80],
            barbs =>
            {
                ThreadStation[] stations = Evenly(barbs, anchored: true);
                var system = new ThreadSystem(stations.Length, [Fibre(stations) with { PullN = pull }]);
                double[] displacement = SolveBar(system, stations, matrixEa);
                system.Commit(displacement);
                return WorstTension(system.Report(0), stations, Exact);
            });
    }

    /// <summary>Newton's method on a bar through the stations, fixed at the last one, with the threads' gradient and tangent.</summary>
    private static double[] SolveBar(ThreadSystem system, ThreadStation[] stations, double matrixEa)
    {
        int count = stations.Length;
        var displacement = new double[3 * count];
        for (int iteration = 0; iteration < 5; iteration++)
        {
            var gradient = new double[3 * count];
            system.AddEnergyAndGradient(displacement, gradient);
            system.Linearise(displacement);
            Matrix<double> matrix = Matrix<double>.Build.Dense(count, count);
            Vector<double> residual = Vector<double>.Build.Dense(count, node => gradient[3 * node]);
            for (int column = 0; column < count; column++)
            {
                var unit = new double[3 * count];
                var product = new double[3 * count];
                unit[3 * column] = 1;
                system.AddStiffnessTimes(unit, product);
                for (int row = 0; row < count; row++)
                {
                    matrix[row, column] += product[3 * row];
                }
            }

            for (int piece = 0; piece < count - 1; piece++)
            {
                double stiffness = matrixEa / (stations[piece + 1].AxialMm - stations[piece].AxialMm);
                double force = stiffness * (displacement[3 * (piece + 1)] - displacement[3 * piece]);
                residual[piece] -= force;
                residual[piece + 1] += force;
                matrix[piece, piece] += stiffness;
                matrix[piece + 1, piece + 1] += stiffness;
                matrix[piece, piece + 1] -= stiffness;
                matrix[piece + 1, piece] -= stiffness;
            }

            Vector<double> step = matrix.SubMatrix(0, count - 1, 0, count - 1).Solve(residual.SubVector(0, count - 1));
            for (int node = 0; node < count - 1; node++)
            {
                displacement[3 * node] -= step[node];
            }
        }

        return displacement;
    }

    private static ThreadDefinition Fibre(ThreadStation[] stations) =>
        ThreadFixture.Straight(stations, Ea, NoLimit, NoLimit, BondPerMm * Length / (stations.Length - 2), sliding: 1);

    /// <summary>Barbs in the middle of equal pieces, free ends.</summary>
    private static ThreadStation[] Evenly(int barbs, bool anchored) =>
        new EmbeddedThread([default, new(Length, 0, 0)]).LayOut(barbs / Length, bidirectional: false, anchored, largestGapMm: Length);

    /// <summary>Largest error of the tension half-way between barbs, relative to the largest exact one.</summary>
    private static double WorstTension(ThreadReport report, ThreadStation[] stations, Func<double, double> exact)
    {
        double worst = 0, largest = 0;
        for (int segment = 1; segment < report.TensionN.Length - 1; segment++)
        {
            double expected = exact(0.5 * (stations[segment].AxialMm + stations[segment + 1].AxialMm));
            worst = Math.Max(worst, Math.Abs(report.TensionN[segment] - expected));
            largest = Math.Max(largest, Math.Abs(expected));
        }

        return worst / largest;
    }

    private static void AssertSecondOrder(int[] barbs, Func<int, double> error)
    {
        double[] errors = [.. barbs.Select(error)];
        Assert.True(errors[0] < 0.02, $"error {errors[0]}");
        for (int level = 1; level < errors.Length; level++)
        {
            Assert.True(errors[level] < 0.35 * errors[level - 1], $"errors {string.Join(", ", errors)}");
        }
    }
}
