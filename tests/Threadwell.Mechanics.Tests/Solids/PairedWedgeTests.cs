using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Tests.Solids;

/// <summary>
/// The bar for the tissue's elements: equilateral triangles of 3 mm edges, twelve levels of nodes, nu = 0.49, skin on fat on SMAS under
/// gravity. Pairs of wedges that share a pressure come within 2 % of the converged answer; wedges with their own pressure lock.
/// </summary>
public sealed class PairedWedgeTests
{
    private const double Poisson = 0.49;
    private const int Cells = 14;
    private static readonly double[] CellHeights = [1, 1, 8.0 / 7, 8.0 / 7, 8.0 / 7, 8.0 / 7, 8.0 / 7, 8.0 / 7, 8.0 / 7, 1, 1];

    [Fact]
    public void Pairs_are_within_two_percent_of_the_converged_answer_and_single_wedges_are_not()
    {
        // Bricks on the same skewed grid, at 3 and 1.5 mm, extrapolated by their second order.
        double[] coarse = Probes(1, ElementKind.Hex8, false), fine = Probes(2, ElementKind.Hex8, false);
        double[] converged = [.. fine.Zip(coarse, (f, c) => ((4 * f) - c) / 3)];
        double paired = LargestError(Probes(1, ElementKind.Wedge6, true), converged);
        double single = LargestError(Probes(1, ElementKind.Wedge6, false), converged);
        Assert.True(paired < 0.02, $"paired wedges {paired:p2}");
        Assert.True(single > 0.03, $"single wedges {single:p2}");
    }

    [Fact]
    public void Pairs_converge_with_the_square_of_the_edge()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        double[] h2 = Probes(2, ElementKind.Hex8, false), h4 = Probes(4, ElementKind.Hex8, false);
        double[] converged = [.. h4.Zip(h2, (f, c) => ((4 * f) - c) / 3)];
        double coarse = LargestError(Probes(1, ElementKind.Wedge6, true), converged);
        double fine = LargestError(Probes(2, ElementKind.Wedge6, true), converged);
        Assert.InRange(Math.Log2(coarse / fine), 1.5, 2.5);
    }

    /// <summary>Displacements of skin and fat in the middle and of the skin at two edges and a quarter in, mm.</summary>
    private static double[] Probes(int refinement, ElementKind kind, bool paired)
    {
        double h = 3.0 / refinement;
        int n = Cells * refinement;
        var heights = new List<double> { 0 };
        foreach (double cell in CellHeights)
        {
            for (int part = 0; part < refinement; part++)
            {
                heights.Add(heights[^1] + (cell / refinement));
            }
        }

        int levels = heights.Count;
        int Node(int i, int j, int k) => (((j * (n + 1)) + i) * levels) + k;
        var nodes = new Vector3D[(n + 1) * (n + 1) * levels];
        for (int j = 0; j <= n; j++)
        {
            for (int i = 0; i <= n; i++)
            {
                for (int k = 0; k < levels; k++)
                {
                    nodes[Node(i, j, k)] = new Vector3D(h * (i + (0.5 * j)), h * j * Math.Sqrt(0.75), heights[k]);
                }
            }
        }

        var connectivity = new List<int>();
        var layer = new List<int>();
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k + 1 < levels; k++)
                {
                    int a = Node(i, j, k), b = Node(i + 1, j, k), c = Node(i + 1, j + 1, k), d = Node(i, j + 1, k);
                    connectivity.AddRange(kind == ElementKind.Hex8
                        ? [a, b, c, d, a + 1, b + 1, c + 1, d + 1]
                        : [a, b, d, a + 1, b + 1, d + 1, b, c, d, b + 1, c + 1, d + 1]);
                    layer.AddRange(Enumerable.Repeat(k / refinement, kind == ElementKind.Hex8 ? 1 : 2));
                }
            }
        }

        var block = new ElementBlock(kind, [.. connectivity]);
        var mesh = new SolidMesh(nodes, [block], paired ? [.. Enumerable.Range(0, block.Count).Select(e => e / 2)] : null);
        var model = new SolidModel(mesh) { Gravity = new Vector3D(0, -9810, 0) };
        for (int element = 0; element < block.Count; element++)
        {
            double mu = layer[element] < 2 ? 0.01 : layer[element] < 9 ? 0.001 : 0.02;
            model.SetNeoHookean(element, mu, 2 * mu * (1 + Poisson) / (3 * (1 - (2 * Poisson))));
            model.Density[element] = 1e-9;
        }

        TestMeshes.Fix(model, x => x.Z == 0, "xyz");
        double[] u = new double[3 * mesh.NodeCount];
        new EquilibriumSolver(model).Solve(u);
        int middleOfFat = (levels - 1) * 5 / 11;
        int[] probes = [Node(n / 2, n / 2, levels - 1), Node(n / 2, n / 2, middleOfFat), Node(n / 2, 0, levels - 1), Node(n / 2, n, levels - 1), Node(n / 4, n / 2, levels - 1)];
        return [.. probes.SelectMany(probe => u[(3 * probe)..((3 * probe) + 3)])];
    }

    /// <summary>Largest difference of a probe's displacement over its length.</summary>
    private static double LargestError(double[] probes, double[] converged)
    {
        double largest = 0;
        for (int p = 0; p < probes.Length; p += 3)
        {
            double difference = 0, length = 0;
            for (int i = p; i < p + 3; i++)
            {
                difference += (probes[i] - converged[i]) * (probes[i] - converged[i]);
                length += converged[i] * converged[i];
            }

            largest = Math.Max(largest, Math.Sqrt(difference / length));
        }

        return largest;
    }
}
