using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Tests.Threads;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Equilibrium;

/// <summary>Threads that were just gathered pull far harder than soft tissue resists: the hardest start that the solver meets.</summary>
public sealed class GatheredThreadTests
{
    private const double Fat = 0.002;

    // A tenth of the thread's length is what is gathered in practice; a fifth wrinkles the block, and the solver's own limit is all that is asked.
    [Theory]
    [InlineData(2.4, 40)]
    [InlineData(5, 200)]
    public void The_equilibrium_is_reached_downhill(double gatherMm, int mostSteps)
    {
        (EquilibriumSolver solver, TissueBlock block, _) = Problem(gatherMm, holding: 0.5, 2);
        EquilibriumResult result = solver.Solve(new double[3 * block.Mesh.NodeCount]);
        Assert.InRange(result.RelativeResidual, 0, 1e-6);
        Assert.InRange(result.Iterations, 1, mostSteps);
        for (int step = 1; step < result.Energies.Count; step++)
        {
            Assert.True(result.Energies[step] <= result.Energies[step - 1] + (1e-9 * Math.Abs(result.Energies[0])), $"Step {step} rose to {result.Energies[step]}.");
        }
    }

    [Fact]
    public void It_does_not_depend_on_where_the_search_starts()
    {
        (EquilibriumSolver solver, TissueBlock block, _) = Problem(3, holding: 0.5, 2);
        var fromRest = new double[3 * block.Mesh.NodeCount];
        solver.Solve(fromRest);
        (EquilibriumSolver half, _, _) = Problem(1.5, holding: 0.5, 2);
        var onTheWay = new double[fromRest.Length];
        half.Solve(onTheWay);
        solver.Solve(onTheWay);
        for (int i = 0; i < fromRest.Length; i++)
        {
            Assert.Equal(fromRest[i], onTheWay[i], 1e-4);
        }
    }

    [Fact]
    public void Barbs_that_let_go_one_after_another_are_followed_step_by_step()
    {
        (EquilibriumSolver solver, TissueBlock block, ThreadSystem threads) = Problem(3, holding: 0.5, 2);
        var displacement = new double[3 * block.Mesh.NodeCount];
        solver.Solve(displacement);
        threads.Commit(displacement);
        double before = threads.Report(0).LargestTensionN;
        int barbs = threads.Report(0).Barbs.Length;
        double[] bond = [.. Enumerable.Repeat(0.5, barbs)];
        foreach (double holding in (ReadOnlySpan<double>)[0.02, 0.01, 0.005, 0.002, 0.0005])
        {
            threads.SetState(0, 100, 30, [.. Enumerable.Repeat(holding, barbs)], bond);
            EquilibriumResult result = solver.Solve(displacement);
            threads.Commit(displacement);
            Assert.InRange(result.RelativeResidual, 0, 1e-6);
            Assert.InRange(result.Iterations, 0, 40);
            ThreadReport report = threads.Report(0);
            Assert.All(report.Barbs, barb => Assert.InRange(Math.Abs(barb.LoadN), 0, holding + 1e-6));
            Assert.True(report.LargestTensionN <= before + 1e-6);
            before = report.LargestTensionN;
        }

        Assert.All(threads.Report(0).Barbs, barb => Assert.True(Math.Abs(barb.LoadN) < 0.01));
    }

    [Fact]
    public void The_number_of_threads_of_execution_does_not_change_a_bit()
    {
        double[] Solved(int executionThreads)
        {
            (EquilibriumSolver solver, TissueBlock block, _) = Problem(3, holding: 0.02, executionThreads);
            var displacement = new double[3 * block.Mesh.NodeCount];
            solver.Solve(displacement);
            return displacement;
        }

        Assert.Equal(Solved(1), Solved(2));
    }

    /// <summary>A self-anchored thread of 24 mm in a block of fat.</summary>
    private static (EquilibriumSolver Solver, TissueBlock Block, ThreadSystem Threads) Problem(double gatherMm, double holding, int executionThreads)
    {
        TissueBlock block = new TissueBlock(36, 24, 15, 3, 1.5, Fat, wedges: true).Held(node => node.Z == 0);
        var course = new EmbeddedThread([new(6.3, 12.4, 8.7), new(30.1, 12.4, 8.7)]);
        ThreadStation[] stations = course.LayOut(0.5, bidirectional: true, anchored: false, 100);
        int barbs = stations.Count(station => station.Grip != BarbGrip.None);
        var thread = new ThreadDefinition
        {
            Id = "T",
            Stations = stations,
            Weights = [.. stations.Select(station => block.Weights(course.PointAt(station.AxialMm), new KernelShape(6, 3, Vector3D.UnitZ)))],
            AxialStiffnessN = 100,
            StrengthN = 30,
            HoldingN = [.. Enumerable.Repeat(holding, barbs)],
            BondStiffnessNPerMm = [.. Enumerable.Repeat(0.5, barbs)],
            SlidingFraction = 0.1,
            GatherMm = EmbeddedThread.PlaceGather(stations, gatherMm),
        };
        var threads = new ThreadSystem(block.Mesh.NodeCount, [thread]);
        return (new EquilibriumSolver(block.Model, threads, new EquilibriumOptions { Threads = executionThreads }), block, threads);
    }
}
