using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Tests.Solids;

/// <summary>Gradient against differences of the energy, tangent against differences of the gradient, with every term switched on.</summary>
public sealed class DerivativeTests
{
    [Theory]
    [InlineData(ElementKind.Hex8, false)]
    [InlineData(ElementKind.Wedge6, false)]
    [InlineData(ElementKind.Wedge6, true)]
    [InlineData(ElementKind.Tet4, false)]
    public void Gradient_and_tangent_are_derivatives_of_the_energy(ElementKind kind, bool paired)
    {
        (SolidModel model, double[] u) = Everything(kind, paired);
        var forces = new SolidForces(model, 1);
        forces.RefreshLoads();
        double[] gradient = new double[u.Length], plus = new double[u.Length], minus = new double[u.Length];
        forces.Evaluate(u, gradient);
        var tangent = new SolidTangent(model, forces, 1);
        tangent.Assemble(u);
        double[] direction = new double[u.Length], product = new double[u.Length];
        var random = new Random(3);
        for (int i = 0; i < u.Length; i++)
        {
            direction[i] = random.NextDouble() - 0.5;
        }

        tangent.Matrix.Multiply(direction, product, 1);
        const double h = 1e-5;
        double up = forces.Evaluate(Moved(u, direction, h), plus);
        double down = forces.Evaluate(Moved(u, direction, -h), minus);
        double slope = gradient.Zip(direction, (g, d) => g * d).Sum();
        Assert.Equal(slope, (up - down) / (2 * h), Math.Abs(slope) * 1e-7);
        double scale = product.Max(Math.Abs);
        for (int i = 0; i < u.Length; i++)
        {
            Assert.Equal((plus[i] - minus[i]) / (2 * h), product[i], scale * 2e-6);
        }
    }

    [Fact]
    public void A_rotated_body_has_the_same_energy_and_rotated_forces()
    {
        (SolidModel model, double[] u) = Everything(ElementKind.Wedge6, true);
        model.Gravity = default;
        model.ClearSprings();
        var forces = new SolidForces(model, 1);
        forces.RefreshLoads();
        double[] gradient = new double[u.Length], turned = new double[u.Length];
        double energy = forces.Evaluate(u, gradient);
        double[] r = Rotation(0.4, -1.1, 0.7);
        double[] moved = new double[u.Length];
        for (int node = 0; node < u.Length / 3; node++)
        {
            double[] x = [.. Enumerable.Range(0, 3).Select(i => model.Mesh.Coordinates[(3 * node) + i] + u[(3 * node) + i])];
            for (int i = 0; i < 3; i++)
            {
                moved[(3 * node) + i] = Turned(r, x, i) - model.Mesh.Coordinates[(3 * node) + i];
            }
        }

        Assert.Equal(energy, forces.Evaluate(moved, turned), 1e-12 * energy);
        double scale = gradient.Max(Math.Abs);
        for (int node = 0; node < u.Length / 3; node++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(Turned(r, gradient[(3 * node)..((3 * node) + 3)], i), turned[(3 * node) + i], 1e-11 * scale);
            }
        }
    }

    /// <summary>A distorted, prestressed, stiffened body on springs, in a strained state.</summary>
    private static (SolidModel Model, double[] Displacement) Everything(ElementKind kind, bool paired)
    {
        var random = new Random(11);
        SolidMesh mesh = TestMeshes.Box(kind, new Vector3D(3, 2, 2), (3, 2, 2), 0.4, paired);
        SolidModel model = TestMeshes.Uniform(mesh, 0.01, 0.3);
        for (int i = 0; i < model.PointTensor.Length; i++)
        {
            model.PointTensor[i] += 0.002 * random.NextDouble();
        }

        for (int g = 0; g < mesh.GroupCount; g++)
        {
            model.InitialVolumeRatio[g] = 0.95 + (0.1 * random.NextDouble());
        }

        model.IsotropicStiffening = [.. Enumerable.Range(0, mesh.ElementCount).Select(_ => 0.02 * random.NextDouble())];
        model.FibreStiffening = [.. Enumerable.Range(0, mesh.ElementCount).Select(_ => 0.05 * random.NextDouble())];
        model.FibreDirection = [.. Enumerable.Range(0, mesh.ElementCount)
            .Select(_ => new Vector3D(random.NextDouble() - 0.5, random.NextDouble() - 0.5, 0.3).Normalized())];
        Array.Fill(model.Density, 1e-9);
        model.Gravity = new Vector3D(100, -9810, 30);
        model.AddSpring(2, [0.01, 0.02, 0.03, 0.004, 0.002, -0.003], new Vector3D(0.1, -0.2, 0.05));
        double[] u = [.. Enumerable.Range(0, 3 * mesh.NodeCount).Select(_ => 0.25 * (random.NextDouble() - 0.5))];
        return (model, u);
    }

    private static double[] Moved(double[] u, double[] direction, double h) => [.. u.Zip(direction, (a, d) => a + (h * d))];

    private static double Turned(double[] r, double[] x, int i) => (r[3 * i] * x[0]) + (r[(3 * i) + 1] * x[1]) + (r[(3 * i) + 2] * x[2]);

    private static double[] Rotation(double a, double b, double c)
    {
        (double sa, double ca) = Math.SinCos(a);
        (double sb, double cb) = Math.SinCos(b);
        (double sc, double cc) = Math.SinCos(c);
        return
        [
            ca * cb, (ca * sb * sc) - (sa * cc), (ca * sb * cc) + (sa * sc),
            sa * cb, (sa * sb * sc) + (ca * cc), (sa * sb * cc) - (ca * sc),
            -sb, cb * sc, cb * cc,
        ];
    }
}
