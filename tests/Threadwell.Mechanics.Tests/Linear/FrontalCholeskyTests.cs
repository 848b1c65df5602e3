using Threadwell.Geometry;
using Threadwell.Mechanics.Linear.Frontal;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Tests.Solids;

namespace Threadwell.Mechanics.Tests.Linear;

public sealed class FrontalCholeskyTests
{
    [Theory]
    [InlineData(ElementKind.Hex8, 9, 8, 3)]
    [InlineData(ElementKind.Wedge6, 13, 11, 2)]
    [InlineData(ElementKind.Tet4, 6, 5, 5)]
    public void A_solve_inverts_the_matrix_to_single_precision(ElementKind kind, int x, int y, int z)
    {
        SolidMesh mesh = TestMeshes.Box(kind, new Vector3D(x, y, z), (x, y, z), 0.3, paired: kind == ElementKind.Wedge6);
        SolidModel model = TestMeshes.Uniform(mesh, 0.01, 0.1);
        TestMeshes.Fix(model, p => p.Z == 0, "xyz");
        model.Fixed[3 * (mesh.NodeCount - 1)] = true;
        var forces = new SolidForces(model, 1);
        double[] zero = new double[3 * mesh.NodeCount], gradient = new double[zero.Length];
        forces.RefreshLoads();
        forces.Evaluate(zero, gradient);
        var tangent = new SolidTangent(model, forces, 1);
        tangent.Assemble(zero);
        (int[] group, Vector3D[] centre) = ColumnGroups.Find(mesh);
        var pattern = new FrontalPattern(tangent.Matrix.RowStart, tangent.Matrix.Columns, model.Fixed, group, centre);
        var factor = new FrontalCholesky(pattern, tangent.Matrix, 2);
        Assert.Equal(0, factor.ReplacedPivots);
        var random = new Random(5);
        double[] expected = [.. Enumerable.Range(0, zero.Length).Select(i => model.Fixed[i] ? 0 : random.NextDouble() - 0.5)];
        double[] right = new double[zero.Length], solved = new double[zero.Length];
        tangent.Matrix.Multiply(expected, right, 1);
        factor.Solve(right, solved, new FactorWorkspace(pattern), 2);
        for (int i = 0; i < zero.Length; i++)
        {
            Assert.Equal(expected[i], solved[i], 1e-3);
        }
    }

    [Fact]
    public void Every_free_unknown_is_eliminated_once()
    {
        SolidMesh mesh = TestMeshes.Box(ElementKind.Wedge6, new Vector3D(20, 15, 3), (20, 15, 3), paired: true);
        SolidModel model = TestMeshes.Uniform(mesh, 0.01, 0.1);
        TestMeshes.Fix(model, p => p.Z == 0, "xz");
        (int[] group, Vector3D[] centre) = ColumnGroups.Find(mesh);
        Assert.Equal(21 * 16, centre.Length);
        var pattern = new FrontalPattern(mesh.TangentPattern.RowStart, mesh.TangentPattern.Columns, model.Fixed, group, centre);
        int[] eliminated = [.. pattern.Fronts.SelectMany(front => front.Unknowns.Take(front.OwnCount)).Order()];
        Assert.Equal(Enumerable.Range(0, model.Fixed.Length).Where(i => !model.Fixed[i]), eliminated);
        Assert.Equal(Enumerable.Range(0, pattern.Fronts.Length), pattern.Subtrees.SelectMany(s => s).Concat(pattern.Top).Order());
    }

    [Fact]
    public void A_cover_touches_every_edge_and_is_as_small_as_a_matching()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 50; trial++)
        {
            var cover = new VertexCover(40);
            var edges = Enumerable.Range(0, 45).Select(_ => (Low: random.Next(20), High: 20 + random.Next(20))).Distinct().ToList();
            edges.ForEach(edge => cover.AddEdge(edge.Low, edge.High));
            HashSet<int> found = [.. cover.Find()];
            Assert.All(edges, edge => Assert.True(found.Contains(edge.Low) || found.Contains(edge.High)));
            Assert.Equal(LargestMatching(edges), found.Count);
        }
    }

    private static int LargestMatching(List<(int Low, int High)> edges)
    {
        var match = new Dictionary<int, int>();
        bool Augment(int low, HashSet<int> seen) => edges.Where(e => e.Low == low && seen.Add(e.High)).ToList()
            .Exists(e =>
            {
                if (match.TryGetValue(e.High, out int other) && !Augment(other, seen))
                {
                    return false;
                }

                match[e.High] = low;
                return true;
            });
        return Enumerable.Range(0, 20).Count(low => Augment(low, []));
    }
}
