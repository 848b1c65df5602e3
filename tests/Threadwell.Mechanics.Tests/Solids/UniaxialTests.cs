using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Tests.Solids;

/// <summary>A bar under dead load against the closed form of the compressible neo-Hookean material in uniaxial stress.</summary>
public sealed class UniaxialTests
{
    private const double Mu = 0.02;
    private const double Kappa = 0.5;

    [Theory]
    [InlineData(ElementKind.Hex8, 1.5)]
    [InlineData(ElementKind.Wedge6, 1.5)]
    [InlineData(ElementKind.Tet4, 1.5)]
    [InlineData(ElementKind.Hex8, 0.88)]
    public void A_bar_stretches_as_in_closed_form(ElementKind kind, double stretch)
    {
        SolidMesh mesh = TestMeshes.Box(kind, new Vector3D(3, 2, 2), (3, 2, 2), distortion: 0.3);
        SolidModel model = TestMeshes.Uniform(mesh, Mu, Kappa);
        TestMeshes.Fix(model, x => x.X == 0, "x");
        TestMeshes.Fix(model, x => x.Y == 0, "y");
        TestMeshes.Fix(model, x => x.Z == 0, "z");
        (double lateral, double nominal) = ClosedForm(stretch);

        // The load of a uniform traction: a quarter of each face cell to each corner; bricks and their halves share the same faces.
        foreach ((int node, double area) in EndFace(mesh, kind))
        {
            model.NodalForces[3 * node] += nominal * area;
        }

        double[] u = new double[3 * mesh.NodeCount];
        new EquilibriumSolver(model, options: new EquilibriumOptions { Tolerance = 1e-10 }).Solve(u);
        for (int node = 0; node < mesh.NodeCount; node++)
        {
            Vector3D x = mesh.Node(node);
            Assert.Equal((stretch - 1) * x.X, u[3 * node], 1e-7);
            Assert.Equal((lateral - 1) * x.Y, u[(3 * node) + 1], 1e-7);
            Assert.Equal((lateral - 1) * x.Z, u[(3 * node) + 2], 1e-7);
        }
    }

    /// <summary>Lateral stretch without lateral stress, by bisection, and the axial nominal stress in MPa.</summary>
    private static (double Lateral, double Nominal) ClosedForm(double stretch)
    {
        double Stress(double along, double across, double other)
        {
            double j = along * across * other;
            double scale = Math.Pow(j, -2.0 / 3);
            double trace = (along * along) + (across * across) + (other * other);
            return (Mu * scale * (along - (trace / (3 * along)))) + (Kappa * (j - 1) * j / along);
        }

        double low = 0.3, high = 2;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (Stress(middle, stretch, middle) < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low, Stress(stretch, low, low));
    }

    /// <summary>Area that loads each node of the face x = 3 under uniform traction: a third of each triangle, a quarter of each square.</summary>
    private static Dictionary<int, double> EndFace(SolidMesh mesh, ElementKind kind)
    {
        var area = new Dictionary<int, double>();
        ElementBlock block = mesh.Blocks[0];
        int[][] faces = kind switch
        {
            ElementKind.Hex8 => [[1, 2, 6, 5]],
            ElementKind.Wedge6 => [[1, 2, 5, 4], [0, 1, 4, 3], [2, 0, 3, 5]],
            _ => [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]],
        };
        for (int e = 0; e < block.Count; e++)
        {
            foreach (int[] face in faces)
            {
                int[] nodes = [.. face.Select(a => block.Connectivity[(e * block.NodesPerElement) + a])];
                if (nodes.All(node => mesh.Node(node).X == 3))
                {
                    foreach (int node in nodes)
                    {
                        area[node] = area.GetValueOrDefault(node) + (nodes.Length == 4 ? 0.25 : 0.5 / 3);
                    }
                }
            }
        }

        return area;
    }
}
