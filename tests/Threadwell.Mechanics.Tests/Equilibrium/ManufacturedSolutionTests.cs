using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Tests.Solids;

namespace Threadwell.Mechanics.Tests.Equilibrium;

/// <summary>
/// A displacement is chosen, the body force that holds it follows from the divergence of its stress, and the solver has to find the displacement
/// again, with an error that falls with the square of the edge (Roache 2002, J Fluids Eng 124:4).
/// </summary>
public sealed class ManufacturedSolutionTests
{
    private const double Mu = 0.01;
    private const double Side = 8;
    private const double Amplitude = 0.5;

    // Compressible, with a volume that changes from place to place; and nearly incompressible, with a displacement that keeps every volume (one that
    // did not would need a pressure under which a body held by dead forces is not stable).
    [Theory]
    [InlineData(0.02, false)]
    [InlineData(0.5, true)]
    public void The_error_falls_with_the_square_of_the_edge(double kappa, bool isochoric)
    {
        Func<Vector3D, Vector3D> field = isochoric ? Isochoric : General;
        // With fewer than eight bricks a side the shortest half wave falls on two of them, which is before the range in which the order shows.
        double coarse = Error(8, kappa, field), fine = Error(16, kappa, field);
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.2);
        Assert.True(fine < 0.01 * Amplitude, $"{fine}");
    }

    /// <summary>Root mean square error of the displacement at the nodes, mm.</summary>
    private static double Error(int cells, double kappa, Func<Vector3D, Vector3D> field)
    {
        SolidMesh mesh = TestMeshes.Box(ElementKind.Hex8, new Vector3D(Side, Side, Side), (cells, cells, cells));
        SolidModel model = TestMeshes.Uniform(mesh, Mu, kappa);
        TestMeshes.Fix(model, p => p.X == 0 || p.Y == 0 || p.Z == 0 || p.X == Side || p.Y == Side || p.Z == Side, "xyz");
        AddBodyForce(model, cells, kappa, field);
        double[] exact = [.. Enumerable.Range(0, mesh.NodeCount).SelectMany(node => Components(field(mesh.Node(node))))];
        double[] found = [.. exact];
        var solver = new EquilibriumSolver(model, null, new EquilibriumOptions { Tolerance = 1e-9 });
        Assert.True(solver.Solve(found).Converged);
        return Math.Sqrt(exact.Zip(found, (a, b) => (a - b) * (a - b)).Sum() / mesh.NodeCount);
    }

    private static Vector3D General(Vector3D x)
    {
        double a = Math.PI * x.X / Side, b = Math.PI * x.Y / Side, c = Math.PI * x.Z / Side;
        return Amplitude * new Vector3D(Math.Sin(a) * Math.Cos(b), 0.5 * Math.Sin(b) * Math.Sin(c), 0.7 * Math.Cos(a) * Math.Sin(c));
    }

    /// <summary>Two shears on top of each other: the gradient is a triangle with ones on its diagonal, so J = 1 everywhere.</summary>
    private static Vector3D Isochoric(Vector3D x)
    {
        double b = Math.PI * x.Y / Side, c = Math.PI * x.Z / Side;
        return Amplitude * new Vector3D(Math.Sin(b) * Math.Cos(2 * c), 0.7 * Math.Sin(c), 0);
    }

    /// <summary>The force of each node against the stress of the chosen displacement: shape functions times -Div P at 3 x 3 x 3 Gauss points a brick.</summary>
    private static void AddBodyForce(SolidModel model, int cells, double kappa, Func<Vector3D, Vector3D> field)
    {
        double h = Side / cells;
        (double Place, double Weight)[] gauss = [(0.5 - (0.5 * Math.Sqrt(0.6)), 5.0 / 18), (0.5, 8.0 / 18), (0.5 + (0.5 * Math.Sqrt(0.6)), 5.0 / 18)];
        int NodeAt(Vector3D p) => (int)Math.Round(p.X / h) + ((cells + 1) * ((int)Math.Round(p.Y / h) + ((cells + 1) * (int)Math.Round(p.Z / h))));
        Assert.All(Enumerable.Range(0, model.Mesh.NodeCount), node => Assert.Equal(node, NodeAt(model.Mesh.Node(node))));
        for (int cell = 0; cell < cells * cells * cells; cell++)
        {
            var low = h * new Vector3D(cell % cells, cell / cells % cells, cell / (cells * cells));
            foreach ((double x, double wx) in gauss)
            {
                foreach ((double y, double wy) in gauss)
                {
                    foreach ((double z, double wz) in gauss)
                    {
                        Vector3D force = wx * wy * wz * h * h * h * BodyForce(low + (h * new Vector3D(x, y, z)), kappa, field);
                        for (int corner = 0; corner < 8; corner++)
                        {
                            var at = new Vector3D(corner & 1, (corner >> 1) & 1, corner >> 2);
                            double shape = (at.X == 1 ? x : 1 - x) * (at.Y == 1 ? y : 1 - y) * (at.Z == 1 ? z : 1 - z);
                            int node = NodeAt(low + (h * at));
                            model.NodalForces[3 * node] += shape * force.X;
                            model.NodalForces[(3 * node) + 1] += shape * force.Y;
                            model.NodalForces[(3 * node) + 2] += shape * force.Z;
                        }
                    }
                }
            }
        }
    }

    /// <summary>-Div P by central differences, N/mm³.</summary>
    private static Vector3D BodyForce(Vector3D x, double kappa, Func<Vector3D, Vector3D> field)
    {
        const double Step = 1e-3;
        Vector3D sum = Vector3D.Zero;
        Vector3D[] axes = [Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ];
        for (int axis = 0; axis < 3; axis++)
        {
            double[] ahead = Stress(x + (Step * axes[axis]), kappa, field), behind = Stress(x - (Step * axes[axis]), kappa, field);
            sum -= new Vector3D(ahead[axis] - behind[axis], ahead[3 + axis] - behind[3 + axis], ahead[6 + axis] - behind[6 + axis]) / (2 * Step);
        }

        return sum;
    }

    /// <summary>P = mu J^(-2/3) (F - tr C / 3 F^(-T)) + kappa (J - 1) J F^(-T), MPa, row by row.</summary>
    private static double[] Stress(Vector3D x, double kappa, Func<Vector3D, Vector3D> field)
    {
        const double Step = 1e-3;
        Vector3D dx = (field(x + (Step * Vector3D.UnitX)) - field(x - (Step * Vector3D.UnitX))) / (2 * Step);
        Vector3D dy = (field(x + (Step * Vector3D.UnitY)) - field(x - (Step * Vector3D.UnitY))) / (2 * Step);
        Vector3D dz = (field(x + (Step * Vector3D.UnitZ)) - field(x - (Step * Vector3D.UnitZ))) / (2 * Step);
        Vector3D a = dx + Vector3D.UnitX, b = dy + Vector3D.UnitY, c = dz + Vector3D.UnitZ;
        double j = Vector3D.Dot(a, Vector3D.Cross(b, c));
        double trace = a.LengthSquared + b.LengthSquared + c.LengthSquared;

        // Columns of F are a, b, c; columns of J F^(-T) their cross products.
        Vector3D Column(Vector3D column, Vector3D cofactor) =>
            (Mu * Math.Pow(j, -2.0 / 3) * (column - (trace / (3 * j) * cofactor))) + (kappa * (j - 1) * cofactor);
        Vector3D p = Column(a, Vector3D.Cross(b, c)), q = Column(b, Vector3D.Cross(c, a)), r = Column(c, Vector3D.Cross(a, b));
        return [p.X, q.X, r.X, p.Y, q.Y, r.Y, p.Z, q.Z, r.Z];
    }

    private static double[] Components(Vector3D v) => [v.X, v.Y, v.Z];
}
