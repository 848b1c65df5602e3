using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Linear.Frontal;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Tests.Threads;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Equilibrium;

/// <summary>The factor of tissue and threads together against the products that it inverts.</summary>
public sealed class ThreadedFactorTests
{
    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.3, 2)]
    [InlineData(1e-4, 2)]
    public void A_solve_inverts_tissue_and_threads(double holding, int executionThreads)
    {
        (ThreadSystem threads, BlockSparseMatrix matrix, FrontalCholesky factor) = Problem(holding);
        var combined = new ThreadedFactor(threads, factor, new FactorPreconditioner(factor, executionThreads), executionThreads);
        bool[] isFixed = factor.Pattern.Fixed;
        double[] gathered = new double[isFixed.Length];

        // From the gathered state to one in which most barbs have slipped, with the same factor.
        foreach (double stretch in (ReadOnlySpan<double>)[0, 0.02, -0.05])
        {
            for (int node = 0; node < gathered.Length / 3; node++)
            {
                gathered[3 * node] = stretch * (node % 7);
            }

            threads.Linearise(gathered);
            combined.Refresh();
            var random = new Random(3);
            double[] expected = [.. isFixed.Select(held => held ? 0 : random.NextDouble() - 0.5)];
            double[] right = new double[expected.Length], solved = new double[expected.Length];
            matrix.Multiply(expected, right, 1);
            threads.AddStiffnessTimes(expected, right);
            combined.Apply(right, solved);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], solved[i], 2e-3);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_of_execution_does_not_change_a_bit()
    {
        (ThreadSystem threads, _, FrontalCholesky factor) = Problem(0.3);
        threads.Linearise(new double[factor.Pattern.Fixed.Length]);
        var random = new Random(4);
        double[] right = [.. factor.Pattern.Fixed.Select(_ => random.NextDouble() - 0.5)];
        double[] Solved(int executionThreads)
        {
            var combined = new ThreadedFactor(threads, factor, new FactorPreconditioner(factor, executionThreads), executionThreads);
            combined.Refresh();
            var solved = new double[right.Length];
            combined.Apply(right, solved);
            return solved;
        }

        Assert.Equal(Solved(1), Solved(3));
    }

    /// <summary>A block with a straight and a bent thread, both gathered, in more than eight stations.</summary>
    private static (ThreadSystem Threads, BlockSparseMatrix Matrix, FrontalCholesky Factor) Problem(double holding)
    {
        TissueBlock block = new TissueBlock(36, 24, 15, 3, 3, 0.002).Held(node => node.Z == 0);
        ThreadDefinition Thread(string id, params Vector3D[] path)
        {
            var course = new EmbeddedThread(path);
            ThreadStation[] stations = course.LayOut(0.5, true, false, 100);
            int barbs = stations.Count(station => station.Grip != BarbGrip.None);
            return new ThreadDefinition
            {
                Id = id,
                Stations = stations,
                Weights = [.. stations.Select(station => block.Weights(course.PointAt(station.AxialMm), new KernelShape(6, 6, Vector3D.UnitZ)))],
                AxialStiffnessN = 100,
                StrengthN = 30,
                HoldingN = [.. Enumerable.Repeat(holding, barbs)],
                BondStiffnessNPerMm = [.. Enumerable.Repeat(0.5, barbs)],
                SlidingFraction = 0.1,
                GatherMm = EmbeddedThread.PlaceGather(stations, 0.05),
            };
        }

        var threads = new ThreadSystem(
            block.Mesh.NodeCount,
            [Thread("straight", new(6.3, 8.4, 8.7), new(30.1, 8.4, 8.7)), Thread("bent", new(6.3, 16.4, 8.7), new(18, 17, 10), new(30.1, 14, 8.7))]);
        var forces = new SolidForces(block.Model, 1);
        double[] zero = new double[3 * block.Mesh.NodeCount], gradient = new double[zero.Length];
        forces.RefreshLoads();
        forces.Evaluate(zero, gradient);
        var tangent = new SolidTangent(block.Model, forces, 1);
        tangent.Assemble(zero);
        (int[] group, Vector3D[] centre) = ColumnGroups.Find(block.Mesh);
        var pattern = new FrontalPattern(tangent.Matrix.RowStart, tangent.Matrix.Columns, block.Model.Fixed, group, centre);
        return (threads, tangent.Matrix, new FrontalCholesky(pattern, tangent.Matrix, 1));
    }
}
