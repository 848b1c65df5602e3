using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction.Tests;

/// <summary>The springs against the closed forms of a network that dies and is reborn.</summary>
public sealed class RemodellingSpringsTests
{
    private const double Rate = 0.01;

    [Fact]
    public void At_zero_displacement_they_balance_what_they_were_built_to()
    {
        SolidModel model = OneWedge();
        new RemodellingSprings([3], [1, 0, 0, 0, 0, 0], [2, 3, 4, 0.5, 0.2, 0.1], [0.3, -0.2, 0.1]).Apply(model, new double[18], 0, 0, NetworkBirths.All);
        Vector3D force = Force(model, 3, Vector3D.Zero);
        Assert.Equal(0.3, force.X, 12);
        Assert.Equal(-0.2, force.Y, 12);
        Assert.Equal(0.1, force.Z, 12);
    }

    [Fact]
    public void Held_displaced_their_force_relaxes_exponentially_and_never_their_stiffness()
    {
        SolidModel model = OneWedge();
        var springs = new RemodellingSprings([3], new double[6], [2, 2, 2, 0, 0, 0], [0, 0, 0]);
        double[] held = new double[18];
        held[10] = 1.5;
        springs.Apply(model, held, 0, 0, NetworkBirths.All);
        for (int step = 1; step <= 40; step++)
        {
            springs.Apply(model, held, Rate, 5, NetworkBirths.All);
            Assert.Equal(-2 * 1.5 * Math.Exp(-Rate * 5 * step), Force(model, 3, new Vector3D(0, 1.5, 0)).Y, 12);
            springs.Finish(held, Rate, 5, NetworkBirths.All);
        }

        springs.Apply(model, held, 0, 0, NetworkBirths.All);
        Assert.Equal(2, model.SpringStiffness[(6 * 3) + 1], 12);
    }

    [Fact]
    public void Without_births_stiffness_dies_and_the_rest_place_stays()
    {
        SolidModel model = OneWedge();
        var springs = new RemodellingSprings([3], new double[6], [2, 2, 2, 0, 0, 0], [0, 0.4, 0]);
        double[] held = new double[18];
        held[10] = 1.5;
        springs.Apply(model, held, Rate, 30, NetworkBirths.None);
        springs.Finish(held, Rate, 30, NetworkBirths.None);
        springs.Apply(model, held, Rate, 20, NetworkBirths.None);
        double stiffness = 2 * Math.Exp(-Rate * 50);
        Assert.Equal(stiffness, model.SpringStiffness[(6 * 3) + 1], 12);
        Assert.Equal(-stiffness * (1.5 - 0.2), Force(model, 3, new Vector3D(0, 1.5, 0)).Y, 12);
    }

    private static SolidModel OneWedge() => new(new SolidMesh(
        [new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(1, 0, 1), new(0, 1, 1)], [new ElementBlock(ElementKind.Wedge6, [0, 1, 2, 3, 4, 5])]));

    private static Vector3D Force(SolidModel model, int node, Vector3D u)
    {
        ReadOnlySpan<double> k = model.SpringStiffness.AsSpan(6 * node, 6), load = model.SpringForce.AsSpan(3 * node, 3);
        return new Vector3D(
            load[0] - ((k[0] * u.X) + (k[3] * u.Y) + (k[5] * u.Z)),
            load[1] - ((k[3] * u.X) + (k[1] * u.Y) + (k[4] * u.Z)),
            load[2] - ((k[5] * u.X) + (k[4] * u.Y) + (k[2] * u.Z)));
    }
}
