using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Tests.Solids;

/// <summary>A uniform strain on the boundary must come out as the same uniform strain inside, whatever the elements' shapes.</summary>
public sealed class PatchTests
{
    [Theory]
    [InlineData(ElementKind.Hex8, false)]
    [InlineData(ElementKind.Wedge6, false)]
    [InlineData(ElementKind.Wedge6, true)]
    [InlineData(ElementKind.Tet4, false)]
    public void Distorted_elements_carry_a_uniform_strain(ElementKind kind, bool paired)
    {
        SolidMesh mesh = TestMeshes.Box(kind, new Vector3D(4, 3, 2), (4, 3, 3), distortion: 0.5, paired);
        SolidModel model = TestMeshes.Uniform(mesh, 0.01, 0.3);
        double[] expected = new double[3 * mesh.NodeCount];
        double[] displacement = new double[3 * mesh.NodeCount];
        for (int node = 0; node < mesh.NodeCount; node++)
        {
            Vector3D x = mesh.Node(node);
            expected[3 * node] = (0.10 * x.X) + (0.06 * x.Y) - (0.02 * x.Z);
            expected[(3 * node) + 1] = (-0.03 * x.X) + (0.05 * x.Y) + (0.04 * x.Z);
            expected[(3 * node) + 2] = (0.02 * x.X) + (0.01 * x.Y) - (0.12 * x.Z);
            bool inner = x.X > 0 && x.X < 4 && x.Y > 0 && x.Y < 3 && x.Z > 0 && x.Z < 2;
            if (!inner)
            {
                model.FixNode(node);
                expected.AsSpan(3 * node, 3).CopyTo(displacement.AsSpan(3 * node));
            }
        }

        new EquilibriumSolver(model, options: new EquilibriumOptions { Tolerance = 1e-11 }).Solve(displacement);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], displacement[i], 1e-9);
        }
    }
}
