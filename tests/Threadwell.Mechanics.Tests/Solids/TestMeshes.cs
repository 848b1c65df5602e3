using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Tests.Solids;

/// <summary>Small meshes of a box from the origin, optionally with shifted inner nodes.</summary>
internal static class TestMeshes
{
    /// <summary>Boxes cut into bricks, wedges (two a brick), or tetrahedra (six a brick); wedges may share pressures in pairs.</summary>
    public static SolidMesh Box(ElementKind kind, Vector3D size, (int X, int Y, int Z) cells, double distortion = 0, bool paired = false)
    {
        var random = new Random(7);
        var nodes = new List<Vector3D>();
        for (int k = 0; k <= cells.Z; k++)
        {
            for (int j = 0; j <= cells.Y; j++)
            {
                for (int i = 0; i <= cells.X; i++)
                {
                    bool inner = i > 0 && i < cells.X && j > 0 && j < cells.Y && k > 0 && k < cells.Z;
                    double s = inner ? distortion : 0;
                    nodes.Add(new Vector3D(
                        size.X / cells.X * (i + (s * (random.NextDouble() - 0.5))),
                        size.Y / cells.Y * (j + (s * (random.NextDouble() - 0.5))),
                        size.Z / cells.Z * (k + (s * (random.NextDouble() - 0.5)))));
                }
            }
        }

        int Node(int i, int j, int k) => (((k * (cells.Y + 1)) + j) * (cells.X + 1)) + i;
        var connectivity = new List<int>();
        for (int k = 0; k < cells.Z; k++)
        {
            for (int j = 0; j < cells.Y; j++)
            {
                for (int i = 0; i < cells.X; i++)
                {
                    int[] c =
                    [
                        Node(i, j, k), Node(i + 1, j, k), Node(i + 1, j + 1, k), Node(i, j + 1, k),
                        Node(i, j, k + 1), Node(i + 1, j, k + 1), Node(i + 1, j + 1, k + 1), Node(i, j + 1, k + 1),
                    ];
                    int[] order = kind switch
                    {
                        ElementKind.Hex8 => [0, 1, 2, 3, 4, 5, 6, 7],
                        ElementKind.Wedge6 => [0, 1, 2, 4, 5, 6, 0, 2, 3, 4, 6, 7],
                        _ => [0, 1, 2, 6, 0, 2, 3, 6, 0, 3, 7, 6, 0, 7, 4, 6, 0, 4, 5, 6, 0, 5, 1, 6],
                    };
                    connectivity.AddRange(order.Select(corner => c[corner]));
                }
            }
        }

        var block = new ElementBlock(kind, [.. connectivity]);
        int[]? groups = paired ? [.. Enumerable.Range(0, block.Count).Select(e => e / 2)] : null;
        return new SolidMesh(nodes.ToArray(), [block], groups);
    }

    /// <summary>A model with one neo-Hookean material everywhere.</summary>
    public static SolidModel Uniform(SolidMesh mesh, double mu, double kappa)
    {
        var model = new SolidModel(mesh);
        for (int element = 0; element < mesh.ElementCount; element++)
        {
            model.SetNeoHookean(element, mu, kappa);
        }

        return model;
    }

    /// <summary>Fixes components of the nodes that a condition picks.</summary>
    public static void Fix(SolidModel model, Func<Vector3D, bool> where, string axes)
    {
        for (int node = 0; node < model.Mesh.NodeCount; node++)
        {
            if (where(model.Mesh.Node(node)))
            {
                foreach (char axis in axes)
                {
                    model.Fixed[(3 * node) + (axis - 'x')] = true;
                }
            }
        }
    }
}
