using Threadwell.Geometry;
using Threadwell.Mechanics.Decks;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Tests.Decks;
using Threadwell.Mechanics.Tests.Solids;

namespace Threadwell.Mechanics.Tests.Equilibrium;

public sealed class EquilibriumSolverTests
{
    [Theory]
    [InlineData("slab-s-pull-wedge")]
    [InlineData("slab-s-gravity-tet")]
    public void One_and_two_threads_give_the_same_bits(string name)
    {
        Deck deck = DeckAgreementTests.Read(name);
        double[] one = new double[3 * deck.Nodes.Length], two = new double[one.Length];
        new EquilibriumSolver(deck.CreateModel(), options: new EquilibriumOptions { Threads = 1 }).Solve(one);
        new EquilibriumSolver(deck.CreateModel(), options: new EquilibriumOptions { Threads = 2 }).Solve(two);
        Assert.Equal(one, two);
    }

    [Fact]
    public void Energy_decreases_in_every_accepted_step()
    {
        // Ten times the deck's pull: far from the start, so the line search has work to do.
        Deck deck = DeckAgreementTests.Read("slab-s-pull-hex");
        SolidModel model = deck.CreateModel();
        for (int i = 0; i < model.NodalForces.Length; i++)
        {
            model.NodalForces[i] *= 5;
        }

        double[] u = new double[3 * deck.Nodes.Length];
        EquilibriumResult result = new EquilibriumSolver(model).Solve(u);
        Assert.True(result.RelativeResidual <= 1e-6);
        for (int step = 1; step < result.Energies.Count; step++)
        {
            double rounding = 1e-12 * Math.Abs(result.Energies[^1]);
            Assert.True(result.Energies[step] <= result.Energies[step - 1] + rounding, $"step {step}");
        }
    }

    [Fact]
    public void A_frozen_factor_of_a_similar_model_gives_the_same_equilibrium()
    {
        SolidModel model = Slab();
        var options = new EquilibriumOptions { Tolerance = 1e-9 };
        var first = new EquilibriumSolver(model, options: options);
        first.Solve(new double[3 * model.Mesh.NodeCount]);
        for (int i = 0; i < model.PointTensor.Length; i++)
        {
            model.PointTensor[i] *= 1.2;
        }

        double[] own = new double[3 * model.Mesh.NodeCount], borrowed = new double[own.Length];
        new EquilibriumSolver(model, options: options).Solve(own);
        EquilibriumResult result = new EquilibriumSolver(model, options: options) { Factor = first.Factor }.Solve(borrowed);
        Assert.Equal(0, result.Factorisations);
        double scale = own.Max(Math.Abs);
        for (int i = 0; i < own.Length; i++)
        {
            Assert.Equal(own[i], borrowed[i], 1e-7 * scale);
        }
    }

    [Fact]
    public void A_body_that_can_turn_is_refused_with_the_reason()
    {
        SolidModel model = Slab();
        Array.Clear(model.Fixed);
        model.FixNode(0);
        bool found = new EquilibriumSolver(model).TrySolve(new double[3 * model.Mesh.NodeCount], out EquilibriumResult result);
        Assert.False(found);
        Assert.Equal(EquilibriumFailure.Unsupported, result.Failure);
        Assert.Contains("3 of its 6 rigid motions", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_iteration_limit_is_a_typed_failure_with_the_residual()
    {
        SolidModel model = Slab();
        var solver = new EquilibriumSolver(model, options: new EquilibriumOptions { MaxIterations = 1, Tolerance = 1e-12 });
        EquilibriumException error = Assert.Throws<EquilibriumException>(() => solver.Solve(new double[3 * model.Mesh.NodeCount]));
        Assert.Equal(EquilibriumFailure.IterationLimit, error.Result.Failure);
        Assert.Equal(1, error.Result.Iterations);
        Assert.True(error.Result.RelativeResidual > 1e-12);
    }

    [Fact]
    public void An_inverted_start_is_refused()
    {
        SolidModel model = Slab();
        double[] u = new double[3 * model.Mesh.NodeCount];
        u[^1] = -100;
        Assert.False(new EquilibriumSolver(model).TrySolve(u, out EquilibriumResult result));
        Assert.Equal(EquilibriumFailure.InvalidStart, result.Failure);
    }

    private static SolidModel Slab()
    {
        SolidMesh mesh = TestMeshes.Box(ElementKind.Hex8, new Vector3D(20, 20, 10), (6, 6, 4));
        SolidModel model = TestMeshes.Uniform(mesh, 0.002, 0.05);
        Array.Fill(model.Density, 1e-9);
        model.Gravity = new Vector3D(0, -9810, 0);
        TestMeshes.Fix(model, x => x.Z == 0, "xyz");
        return model;
    }
}
