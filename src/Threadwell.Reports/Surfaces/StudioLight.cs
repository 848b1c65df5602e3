using System.Numerics;
using Threadwell.Geometry;

namespace Threadwell.Reports.Surfaces;

/// <summary>
/// A calm portrait studio round the camera: a large key light above and to one side, a weak fill on the other, and a bright dome.
/// How much of each reaches a vertex is found from depth pictures taken along the light's directions, so that sockets, folds
/// and the underside of the chin darken as they do in a room.
/// </summary>
internal sealed class StudioLight
{
    private const int MapSize = 320;
    private const int KeyRays = 14;
    private const int FillRays = 7;
    private const int DomeRays = 44;

    private readonly float[] key;
    private readonly float[] fill;
    private readonly float[] dome;

    /// <summary>Lights a mesh for one camera.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="normals">Its vertex normals.</param>
    /// <param name="dome">What <see cref="Dome"/> gave for the mesh: the dome stands still while the camera goes round.</param>
    /// <param name="camera">The camera.</param>
    public StudioLight(TriangleMesh mesh, Vector3D[] normals, float[] dome, Camera camera)
    {
        this.dome = dome;
        KeyDirection = Direction(camera, -38, 42);
        FillDirection = Direction(camera, 52, 8);
        KeyHalfway = Halfway(camera, KeyDirection);

        var rays = new Vector3D[KeyRays + FillRays];
        for (int ray = 0; ray < KeyRays; ray++)
        {
            rays[ray] = Scattered(ToDouble(KeyDirection), ray, KeyRays, 0.30);
        }

        for (int ray = 0; ray < FillRays; ray++)
        {
            rays[KeyRays + ray] = Scattered(ToDouble(FillDirection), ray, FillRays, 0.45);
        }

        var lit = new float[rays.Length][];
        Parallel.For(0, rays.Length, ray => lit[ray] = Visibility(mesh, normals, rays[ray]));
        key = Mean(lit, 0, KeyRays);
        fill = Mean(lit, KeyRays, FillRays);
    }

    public Vector3 KeyDirection { get; }

    public Vector3 FillDirection { get; }

    /// <summary>Direction midway between key light and camera, for the soft shine.</summary>
    public Vector3 KeyHalfway { get; }

    /// <summary>Share of the key light, the fill light and the dome that reaches a vertex, 0 to 1 each.</summary>
    public Vector3 At(int vertex) => new(key[vertex], fill[vertex], dome[vertex]);

    /// <summary>Share of the dome that reaches each vertex, 0 to 1.</summary>
    public static float[] Dome(TriangleMesh mesh, Vector3D[] normals)
    {
        var rays = new Vector3D[DomeRays];
        for (int ray = 0; ray < DomeRays; ray++)
        {
            // Even spread on the sphere down to 30 degrees below the horizon: the studio's floor is bright.
            double height = 1 - (1.5 * (ray + 0.5) / DomeRays);
            double round = ray * 2.399963229728653;
            double radius = Math.Sqrt(1 - (height * height));
            rays[ray] = new Vector3D(radius * Math.Cos(round), height, radius * Math.Sin(round));
        }

        var lit = new float[DomeRays][];
        Parallel.For(0, DomeRays, ray => lit[ray] = Visibility(mesh, normals, rays[ray]));
        return WeightedByCosine(lit, rays, normals);
    }

    private static Vector3 Direction(Camera camera, double azimuthDegrees, double elevationDegrees)
    {
        double azimuth = azimuthDegrees * Math.PI / 180;
        double elevation = elevationDegrees * Math.PI / 180;
        Vector3D direction = (Math.Sin(azimuth) * Math.Cos(elevation) * camera.Right)
            + (Math.Sin(elevation) * camera.Up)
            + (Math.Cos(azimuth) * Math.Cos(elevation) * camera.Back);
        return ToSingle(direction.Normalized());
    }

    private static Vector3 Halfway(Camera camera, Vector3 light) => Vector3.Normalize(light + ToSingle(camera.Back));

    private static Vector3D Scattered(Vector3D axis, int ray, int count, double spread)
    {
        Vector3D side = Vector3D.Cross(axis, Math.Abs(axis.Y) < 0.9 ? Vector3D.UnitY : Vector3D.UnitX).Normalized();
        Vector3D other = Vector3D.Cross(axis, side);
        double radius = spread * Math.Sqrt((ray + 0.5) / count);
        double round = ray * 2.399963229728653;
        return (axis + (radius * Math.Cos(round) * side) + (radius * Math.Sin(round) * other)).Normalized();
    }

    // One where a vertex sees the light's direction freely, 0 where the mesh stands in the way, between at a shadow's edge.
    private static float[] Visibility(TriangleMesh mesh, Vector3D[] normals, Vector3D direction)
    {
        double azimuth = Math.Atan2(direction.X, direction.Z) * 180 / Math.PI;
        double elevation = Math.Asin(Math.Clamp(direction.Y, -1, 1)) * 180 / Math.PI;
        Camera camera = Camera.Around(mesh.Positions, azimuth, elevation, MapSize, MapSize, 0.02, fieldOfViewDegrees: 0);
        var map = new DepthBuffer(mesh, camera, 1, bands: 1);
        double texel = 1 / camera.PixelsPerMm(0);
        var lit = new float[mesh.VertexCount];
        for (int vertex = 0; vertex < lit.Length; vertex++)
        {
            // Lifted off the surface by more than a texel, so that a vertex does not shade itself.
            ProjectedPoint seen = camera.Project(mesh.Positions[vertex] + (1.6 * texel * normals[vertex]));
            int column = (int)Math.Floor(seen.X - 0.5);
            int row = (int)Math.Floor(seen.Y - 0.5);
            float across = (float)(seen.X - 0.5 - column);
            float down = (float)(seen.Y - 0.5 - row);
            float upper = ((1 - across) * Free(map, column, row, seen.Distance)) + (across * Free(map, column + 1, row, seen.Distance));
            float lower = ((1 - across) * Free(map, column, row + 1, seen.Distance)) + (across * Free(map, column + 1, row + 1, seen.Distance));
            lit[vertex] = ((1 - down) * upper) + (down * lower);
        }

        return lit;
    }

    private static float Free(DepthBuffer map, int column, int row, double distance) =>
        (uint)column >= (uint)map.Width || (uint)row >= (uint)map.Height || map.DistanceAt(column, row) >= distance ? 1 : 0;

    private static float[] Mean(float[][] lit, int first, int count)
    {
        var mean = new float[lit[0].Length];
        for (int ray = first; ray < first + count; ray++)
        {
            for (int vertex = 0; vertex < mean.Length; vertex++)
            {
                mean[vertex] += lit[ray][vertex] / count;
            }
        }

        return mean;
    }

    private static float[] WeightedByCosine(float[][] lit, Vector3D[] rays, Vector3D[] normals)
    {
        var share = new float[normals.Length];
        Parallel.For(0, share.Length, vertex =>
        {
            double sum = 0;
            double weights = 0;
            for (int ray = 0; ray < DomeRays; ray++)
            {
                double weight = Math.Max(0, Vector3D.Dot(normals[vertex], rays[ray]));
                sum += weight * lit[ray][vertex];
                weights += weight;
            }

            share[vertex] = weights > 0 ? (float)(sum / weights) : 1;
        });

        return share;
    }

    private static Vector3 ToSingle(Vector3D v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static Vector3D ToDouble(Vector3 v) => new(v.X, v.Y, v.Z);
}
