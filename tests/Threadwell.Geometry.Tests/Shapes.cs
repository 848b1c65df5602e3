namespace Threadwell.Geometry.Tests;

/// <summary>Surfaces with known answers.</summary>
internal static class Shapes
{
    /// <summary>A sphere from a subdivided octahedron: 8 x 4^levels triangles, vertices on the sphere.</summary>
    public static TriangleMesh Sphere(double radius, int levels, Vector3D centre = default)
    {
        List<Vector3D> positions = [Vector3D.UnitX, -Vector3D.UnitX, Vector3D.UnitY, -Vector3D.UnitY, Vector3D.UnitZ, -Vector3D.UnitZ];
        int[] triangles = [0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5];
        for (int level = 0; level < levels; level++)
        {
            var middles = new Dictionary<(int, int), int>();
            int Middle(int a, int b)
            {
                (int, int) key = (Math.Min(a, b), Math.Max(a, b));
                if (!middles.TryGetValue(key, out int middle))
                {
                    middle = positions.Count;
                    positions.Add((positions[a] + positions[b]).Normalized());
                    middles[key] = middle;
                }

                return middle;
            }

            var finer = new List<int>();
            for (int t = 0; t < triangles.Length; t += 3)
            {
                (int a, int b, int c) = (triangles[t], triangles[t + 1], triangles[t + 2]);
                (int ab, int bc, int ca) = (Middle(a, b), Middle(b, c), Middle(c, a));
                finer.AddRange([a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca]);
            }

            triangles = [.. finer];
        }

        return new TriangleMesh([.. positions.Select(p => centre + (radius * p))], triangles);
    }

    /// <summary>A flat rectangle in the xy plane, facing +z, split into squares of two triangles.</summary>
    public static TriangleMesh Grid(int columns, int rows, double step) => Sheet(columns, rows, (i, j) => new Vector3D(i * step, j * step, 0));

    /// <summary>A sheet of (columns + 1) x (rows + 1) vertices placed by a function, facing +z where x grows with i and y with j.</summary>
    public static TriangleMesh Sheet(int columns, int rows, Func<int, int, Vector3D> place)
    {
        var positions = new List<Vector3D>();
        for (int j = 0; j <= rows; j++)
        {
            for (int i = 0; i <= columns; i++)
            {
                positions.Add(place(i, j));
            }
        }

        var triangles = new List<int>();
        for (int j = 0; j < rows; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                int a = (j * (columns + 1)) + i;
                int b = a + columns + 1;
                triangles.AddRange((i + j) % 2 == 0 ? [a, a + 1, b + 1, a, b + 1, b] : [a, a + 1, b, a + 1, b + 1, b]);
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }

    /// <summary>A torus about the z axis.</summary>
    public static TriangleMesh Torus(double major, double minor, int around, int across)
    {
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        for (int i = 0; i < around; i++)
        {
            for (int j = 0; j < across; j++)
            {
                (double sinU, double cosU) = Math.SinCos(2 * Math.PI * i / around);
                (double sinV, double cosV) = Math.SinCos(2 * Math.PI * j / across);
                double r = major + (minor * cosV);
                positions.Add(new Vector3D(r * cosU, r * sinU, minor * sinV));
                int a = (i * across) + j;
                int b = ((i + 1) % around * across) + j;
                int c = ((i + 1) % around * across) + ((j + 1) % across);
                int d = (i * across) + ((j + 1) % across);
                triangles.AddRange([a, b, c, a, c, d]);
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }

    public static double Area(TriangleMesh mesh) => Enumerable.Range(0, mesh.TriangleCount).Sum(t => mesh.TriangleAreaVector(t).Length);

    /// <summary>Signed volume; positive when a closed mesh faces outwards.</summary>
    public static double Volume(TriangleMesh mesh) => Enumerable.Range(0, mesh.TriangleCount)
        .Sum(t => Vector3D.Dot(mesh.Positions[mesh.Triangles[3 * t]], mesh.TriangleAreaVector(t)) / 3);
}
