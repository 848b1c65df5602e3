using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Prestressing;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Tests.Solids;

namespace Threadwell.Mechanics.Tests.Prestressing;

/// <summary>The reference geometry must be an equilibrium after balancing: an untreated face does not move on day 0.</summary>
public sealed class PrestressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_balanced_patch_under_gravity_stays_where_it_is(bool curved)
    {
        SolidModel model = Patch(curved, skinTension: true);
        var solver = new EquilibriumSolver(model);
        double[] free = new double[3 * model.Mesh.NodeCount];
        solver.Solve(free);
        Assert.True(free.Max(Math.Abs) > 0.2, "the patch must sag by itself, or the test shows nothing");

        PrestressResult result = Prestress.Balance(model, solver);
        Assert.True(result.ResidualMotionMm <= 1e-4);
        double[] u = new double[free.Length];
        new EquilibriumSolver(model, options: new EquilibriumOptions { Tolerance = 1e-9 }).Solve(u);
        Assert.True(u.Max(Math.Abs) < 0.01, $"moved {u.Max(Math.Abs)} mm");
        for (int point = 0; point < model.Mesh.PointCount; point++)
        {
            Assert.Equal(1, Determinant(result.InitialGradients.AsSpan(9 * point, 9)), 1e-9);
        }
    }

    [Fact]
    public void Without_loads_nothing_is_changed()
    {
        SolidModel model = Patch(curved: true, skinTension: false);
        model.Gravity = default;
        double[] before = [.. model.PointTensor];
        PrestressResult result = Prestress.Balance(model, new EquilibriumSolver(model));
        Assert.Equal(1, result.Rounds);
        Assert.Equal(before, model.PointTensor);
    }

    /// <summary>30 x 30 x 12 mm of fat under skin on soft springs, flat or bent to a radius of 60 mm; skin in tension along x.</summary>
    private static SolidModel Patch(bool curved, bool skinTension)
    {
        SolidMesh flat = TestMeshes.Box(ElementKind.Wedge6, new Vector3D(30, 30, 12), (6, 6, 6), paired: true);
        Vector3D[] nodes = [.. Enumerable.Range(0, flat.NodeCount).Select(flat.Node)];
        if (curved)
        {
            nodes = [.. nodes.Select(x => new Vector3D((60 + x.Z) * Math.Sin(x.X / 60), x.Y, ((60 + x.Z) * Math.Cos(x.X / 60)) - 60))];
        }

        var mesh = new SolidMesh(nodes, flat.Blocks, flat.PressureGroup);
        var model = new SolidModel(mesh) { Gravity = new Vector3D(0, -9810, 0) };
        for (int element = 0; element < mesh.ElementCount; element++)
        {
            bool skin = element >= mesh.ElementCount * 5 / 6;
            double mu = skin ? 0.02 : 0.001;
            model.SetNeoHookean(element, mu, 50 * mu);
            model.Density[element] = 1e-9;
            for (int point = mesh.PointStart[element]; skin && skinTension && point < mesh.PointStart[element + 1]; point++)
            {
                const double stretch = 1.08;
                model.PointTensor[6 * point] = mu * stretch * stretch;
                model.PointTensor[(6 * point) + 1] = mu / stretch;
                model.PointTensor[(6 * point) + 2] = mu / stretch;
            }
        }

        for (int node = 0; node < mesh.NodeCount; node++)
        {
            if (flat.Node(node).Z == 0)
            {
                model.AddSpring(node, [0.0125, 0.0125, 2.5, 0, 0, 0]);
            }
            else if (flat.Node(node).X is 0 or 30)
            {
                model.AddSpring(node, [0.05, 0.05, 0.05, 0, 0, 0]);
            }
        }

        return model;
    }

    private static double Determinant(ReadOnlySpan<double> f) =>
        (f[0] * ((f[4] * f[8]) - (f[5] * f[7]))) - (f[1] * ((f[3] * f[8]) - (f[5] * f[6]))) + (f[2] * ((f[3] * f[7]) - (f[4] * f[6])));
}
