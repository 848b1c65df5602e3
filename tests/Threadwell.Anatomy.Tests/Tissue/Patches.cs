using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

/// <summary>Analytic skin patches of nearly equilateral triangles, facing away from the tissue.</summary>
internal static class Patches
{
    public static readonly SiteLayers Cheek = new(3, 1, 5, 1.2);

    /// <summary>A hexagonal lattice on the parameter rectangle, mapped into space. The map turns +z of the plane outwards.</summary>
    public static TriangleMesh Lattice(double width, double height, double edge, Func<double, double, Vector3D> map)
    {
        double row = edge * Math.Sqrt(3) / 2;
        int columns = (int)Math.Round(width / edge) + 1;
        int rows = (int)Math.Round(height / row) + 1;
        var positions = new Vector3D[columns * rows];
        var triangles = new List<int>();
        for (int j = 0; j < rows; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                double x = (i + (0.5 * (j % 2))) * edge;
                positions[(j * columns) + i] = map(x - (width / 2), (j * row) - (height / 2));
                if (i + 1 == columns || j + 1 == rows)
                {
                    continue;
                }

                int a = (j * columns) + i;
                int b = a + 1;
                int c = a + columns;
                int d = c + 1;
                triangles.AddRange(j % 2 == 0 ? [a, b, c, b, d, c] : [a, b, d, a, d, c]);
            }
        }

        return new TriangleMesh(positions, [.. triangles]);
    }

    public static TriangleMesh Plane(double width, double height, double edge) => Lattice(width, height, edge, (x, y) => new Vector3D(x, y, 0));

    /// <summary>A cylinder about the y axis; positive radius is convex, negative concave.</summary>
    public static TriangleMesh Cylinder(double radius, double arc, double height, double edge) => Lattice(arc, height, edge, (x, y) =>
        new Vector3D(radius * Math.Sin(x / radius), y, radius * (Math.Cos(x / radius) - 1)));

    /// <summary>A saddle z = (x² − y²) / (2 R).</summary>
    public static TriangleMesh Saddle(double radius, double size, double edge) => Lattice(size, size, edge, (x, y) =>
        new Vector3D(x, y, ((x * x) - (y * y)) / (2 * radius)));

    /// <summary>A whole sphere: an icosahedron divided until the edges are short enough.</summary>
    public static TriangleMesh Sphere(double radius, double edge)
    {
        double g = (1 + Math.Sqrt(5)) / 2;
        var positions = new List<Vector3D>
        {
            new(-1, g, 0), new(1, g, 0), new(-1, -g, 0), new(1, -g, 0), new(0, -1, g), new(0, 1, g),
            new(0, -1, -g), new(0, 1, -g), new(g, 0, -1), new(g, 0, 1), new(-g, 0, -1), new(-g, 0, 1),
        };
        int[] triangles =
        [
            0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8,
            3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1,
        ];
        for (double length = radius * 1.05; length > 1.2 * edge; length /= 2)
        {
            var middle = new Dictionary<(int, int), int>();
            int Middle(int a, int b)
            {
                (int, int) key = (Math.Min(a, b), Math.Max(a, b));
                if (!middle.TryGetValue(key, out int vertex))
                {
                    vertex = positions.Count;
                    positions.Add(0.5 * (positions[a].Normalized() + positions[b].Normalized()));
                    middle.Add(key, vertex);
                }

                return vertex;
            }

            var finer = new List<int>();
            for (int t = 0; t < triangles.Length; t += 3)
            {
                int a = triangles[t];
                int b = triangles[t + 1];
                int c = triangles[t + 2];
                int ab = Middle(a, b);
                int bc = Middle(b, c);
                int ca = Middle(c, a);
                finer.AddRange([a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca]);
            }

            triangles = [.. finer];
        }

        return new TriangleMesh([.. positions.Select(p => radius * p.Normalized())], triangles);
    }

    /// <summary>Volume of the wedges of one layer, mm³, each cut into three tetrahedra, averaged over the two ways to split its sides.</summary>
    public static double LayerVolume(LayeredTissue tissue, TissueLayer layer)
    {
        int[] wedges = WedgeSolid.Of(tissue).Connectivity;
        double sum = 0;
        for (int wedge = 0; wedge < wedges.Length / 6; wedge++)
        {
            if (tissue.CellLayers[wedge % tissue.CellCount] == layer)
            {
                Vector3D At(int corner) => tissue.Nodes[wedges[(6 * wedge) + corner]];
                double Tet(int a, int b, int c, int d) => Vector3D.Dot(Vector3D.Cross(At(b) - At(a), At(c) - At(a)), At(d) - At(a)) / 6;
                sum += 0.5 * (Tet(0, 1, 2, 3) + Tet(1, 2, 3, 4) - Tet(2, 3, 5, 4) + Tet(0, 1, 2, 5) + Tet(0, 1, 5, 4) + Tet(0, 4, 5, 3));
            }
        }

        return sum;
    }
}
