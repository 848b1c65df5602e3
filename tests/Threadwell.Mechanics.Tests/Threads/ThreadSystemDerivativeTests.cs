using CsCheck;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

public sealed class ThreadSystemDerivativeTests
{
    [Fact]
    public void GradientIsTheDerivativeOfTheEnergy() =>
        Gen.Int[1, 1_000_000].Sample(
            seed =>
            {
                (ThreadSystem system, double[] displacement, double[] direction) = Bent(seed, stiffens: seed % 2 == 0);
                var gradient = new double[displacement.Length];
                system.AddEnergyAndGradient(displacement, gradient);
                double exact = Dot(gradient, direction);
                const double step = 1e-5;
                double difference = (Energy(system, Moved(displacement, direction, step)) - Energy(system, Moved(displacement, direction, -step))) / (2 * step);

                // The gradient has kinks: within a step of one the central difference is off by at most stiffness x step.
                Assert.Equal(exact, difference, 1e-3 * (1 + Math.Abs(exact)));
            },
            iter: 300);

    [Fact]
    public void TangentIsTheDerivativeOfTheGradient() =>
        Gen.Int[1, 1_000_000].Sample(
            seed =>
            {
                (ThreadSystem system, double[] displacement, double[] direction) = Bent(seed, stiffens: seed % 2 == 0);
                system.Linearise(displacement);
                var product = new double[displacement.Length];
                system.AddStiffnessTimes(direction, product);

                const double step = 1e-7;
                double[] ahead = Gradient(system, Moved(displacement, direction, step)), behind = Gradient(system, Moved(displacement, direction, -step));
                double[] here = Gradient(system, displacement);
                for (int dof = 0; dof < product.Length; dof++)
                {
                    double forward = (ahead[dof] - here[dof]) / step, backward = (here[dof] - behind[dof]) / step;
                    if (Math.Abs(forward - backward) > 1e-6)
                    {
                        return; // a kink within the step: the tangent is one of the two sides there
                    }

                    Assert.Equal(0.5 * (forward + backward), product[dof], 1e-5);
                }
            },
            iter: 300);

    [Fact]
    public void ExplicitRowsAndBlocksGiveTheSameTangent()
    {
        (ThreadSystem system, double[] displacement, double[] direction) = Bent(7);
        system.Linearise(displacement);
        var product = new double[displacement.Length];
        system.AddStiffnessTimes(direction, product);

        SparseRows rows = system.TissueRows;
        var axial = new double[rows.RowCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            for (int entry = rows.RowStart[row]; entry < rows.RowStart[row + 1]; entry++)
            {
                axial[row] += rows.Value[entry] * direction[rows.Column[entry]];
            }
        }

        var expected = new double[displacement.Length];
        for (int thread = 0; thread < system.ThreadCount; thread++)
        {
            int first = system.FirstStation(thread), count = system.FirstStation(thread + 1) - first;
            ReadOnlySpan<double> schur = system.SchurComplement(thread);
            for (int row = 0; row < count; row++)
            {
                double force = 0;
                for (int column = 0; column < count; column++)
                {
                    Assert.Equal(schur[(row * count) + column], schur[(column * count) + row]);
                    force += schur[(row * count) + column] * axial[first + column];
                }

                for (int entry = rows.RowStart[first + row]; entry < rows.RowStart[first + row + 1]; entry++)
                {
                    expected[rows.Column[entry]] += force * rows.Value[entry];
                }
            }
        }

        for (int dof = 0; dof < expected.Length; dof++)
        {
            Assert.Equal(expected[dof], product[dof], 1e-12);
        }
    }

    [Fact]
    public void RigidTranslationStrainsNoFreeThread()
    {
        (ThreadSystem system, double[] displacement, _) = Bent(11);
        double[] before = Gradient(system, displacement);
        double[] moved = [.. displacement];
        for (int node = 0; node < moved.Length / 3; node++)
        {
            moved[3 * node] += 3;
            moved[(3 * node) + 1] -= 2;
            moved[(3 * node) + 2] += 1;
        }

        double[] after = Gradient(system, moved);
        for (int dof = 0; dof < before.Length; dof++)
        {
            Assert.Equal(before[dof], after[dof], 1e-11);
        }
    }

    [Fact]
    public void SelfAnchoredThreadExertsNoNetForceAndNoNetMoment()
    {
        (ThreadSystem system, double[] displacement, _, Vector3D[] points) = BentWithPoints(5);
        double[] gradient = Gradient(system, displacement);
        Vector3D force = Vector3D.Zero, moment = Vector3D.Zero;
        double size = 0;
        for (int node = 0; node < points.Length; node++)
        {
            var nodal = new Vector3D(gradient[3 * node], gradient[(3 * node) + 1], gradient[(3 * node) + 2]);
            force += nodal;
            moment += Vector3D.Cross(points[node], nodal);
            size += nodal.Length;
        }

        Assert.True(size > 0.1);
        Assert.Equal(0, force.Length, 1e-12);
        Assert.Equal(0, moment.Length, 1e-10);
    }

    private static (ThreadSystem System, double[] Displacement, double[] Direction) Bent(int seed, bool stiffens = false)
    {
        (ThreadSystem system, double[] displacement, double[] direction, _) = BentWithPoints(seed, stiffens);
        return (system, displacement, direction);
    }

    /// <summary>A bent bidirectional thread gathered by 3 mm in a random displacement that sticks, slips and slackens it.</summary>
    private static (ThreadSystem System, double[] Displacement, double[] Direction, Vector3D[] Points) BentWithPoints(int seed, bool stiffens = false)
    {
        var random = new Random(seed);
        EmbeddedThread course = new([new(0, 0, 0), new(8, 1, 0), new(15, 5, 1), new(20, 11, 3)]);
        ThreadStation[] stations = course.LayOut(0.4, bidirectional: true, anchored: false, largestGapMm: 2.5);
        Vector3D[] points = [.. stations.Select(station => course.PointAt(station.AxialMm))];
        ThreadDefinition thread = ThreadFixture.OnNodes(stations, points, ea: 40, strength: 1.5, holding: 0.5, bond: 0.4) with
        {
            GatherMm = EmbeddedThread.PlaceGather(stations, 3),
        };
        thread = thread with { NearField = stiffens ? [.. thread.HoldingN.Select(holding => NearFieldCurve.In(new(0.002, 0.01), 0.05, 0.5, 2.5, holding))] : null };
        var displacement = new double[3 * stations.Length];
        var direction = new double[displacement.Length];
        for (int dof = 0; dof < displacement.Length; dof++)
        {
            displacement[dof] = 1.2 * (random.NextDouble() - 0.5);
            direction[dof] = random.NextDouble() - 0.5;
        }

        return (new ThreadSystem(stations.Length, [thread]), displacement, direction, points);
    }

    private static double Energy(ThreadSystem system, double[] displacement) =>
        system.AddEnergyAndGradient(displacement, new double[displacement.Length]);

    private static double[] Gradient(ThreadSystem system, double[] displacement)
    {
        var gradient = new double[displacement.Length];
        system.AddEnergyAndGradient(displacement, gradient);
        return gradient;
    }

    private static double[] Moved(double[] from, double[] direction, double step) => [.. from.Select((value, dof) => value + (step * direction[dof]))];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
