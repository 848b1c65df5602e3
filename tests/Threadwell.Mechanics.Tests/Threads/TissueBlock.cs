using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>A homogeneous block, x in 0..length and so on, of bricks or of pairs of wedges that share a pressure; not held.</summary>
internal sealed class TissueBlock
{
    /// <summary>Bulk over shear modulus.</summary>
    public const double BulkRatio = 50;

    private readonly int _nx;
    private readonly int _ny;
    private readonly double _h;
    private readonly double _hz;

    public TissueBlock(double length, double width, double height, double h, double hz, double shearModulus, bool wedges = false)
    {
        int nx = (int)Math.Round(length / h), ny = (int)Math.Round(width / h), nz = (int)Math.Round(height / hz);
        (_nx, _ny, _h, _hz) = (nx, ny, h, hz);
        var nodes = new Vector3D[(nx + 1) * (ny + 1) * (nz + 1)];
        var corners = new List<int>();
        Volumes = new double[nodes.Length];
        for (int z = 0; z <= nz; z++)
        {
            for (int y = 0; y <= ny; y++)
            {
                for (int x = 0; x <= nx; x++)
                {
                    nodes[Index(x, y, z)] = new Vector3D(x * h, y * h, z * hz);
                    if (x < nx && y < ny && z < nz)
                    {
                        int[] element =
                        [
                            Index(x, y, z), Index(x + 1, y, z), Index(x + 1, y + 1, z), Index(x, y + 1, z),
                            Index(x, y, z + 1), Index(x + 1, y, z + 1), Index(x + 1, y + 1, z + 1), Index(x, y + 1, z + 1),
                        ];
                        corners.AddRange(
                            wedges ? [.. new[] { 0, 1, 2, 4, 5, 6, 0, 2, 3, 4, 6, 7 }.Select(corner => element[corner])] : element);
                        foreach (int node in element)
                        {
                            Volumes[node] += h * h * hz / 8;
                        }
                    }
                }
            }
        }

        var block = new ElementBlock(wedges ? ElementKind.Wedge6 : ElementKind.Hex8, [.. corners]);
        Mesh = new SolidMesh(nodes, [block], [.. Enumerable.Range(0, block.Count).Select(element => wedges ? element / 2 : element)]);
        Model = new SolidModel(Mesh);
        for (int element = 0; element < Mesh.ElementCount; element++)
        {
            Model.SetNeoHookean(element, shearModulus, BulkRatio * shearModulus);
        }
    }

    public SolidMesh Mesh { get; }

    public SolidModel Model { get; }

    /// <summary>Lumped volume of each node, mm³.</summary>
    public double[] Volumes { get; }

    public KernelWeights Weights(Vector3D point, KernelShape shape) => KernelWeights.Build(Mesh.Coordinates, Volumes, point, shape);

    /// <summary>Node at a grid point.</summary>
    public int NodeAt(double x, double y, double z) => Index((int)Math.Round(x / _h), (int)Math.Round(y / _h), (int)Math.Round(z / _hz));

    /// <summary>Fixes every node for which the condition holds.</summary>
    public TissueBlock Held(Func<Vector3D, bool> where)
    {
        for (int node = 0; node < Mesh.NodeCount; node++)
        {
            if (where(Mesh.Node(node)))
            {
                Model.FixNode(node);
            }
        }

        return this;
    }

    /// <summary>Displacement in equilibrium with the threads.</summary>
    public double[] Solve(ThreadSystem threads, double[]? from = null, double tolerance = 1e-6)
    {
        double[] displacement = [.. from ?? new double[3 * Mesh.NodeCount]];
        new EquilibriumSolver(Model, threads, new EquilibriumOptions { Tolerance = tolerance }).Solve(displacement);
        return displacement;
    }

    private int Index(int x, int y, int z) => (((z * (_ny + 1)) + y) * (_nx + 1)) + x;
}
