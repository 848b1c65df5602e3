using System.Numerics;
using Threadwell.Geometry;
using Threadwell.Reports.Colour;

namespace Threadwell.Reports.Surfaces;

/// <summary>
/// Shades the surface of a scene into pixels of 3 x 3 samples: normals, values and light are interpolated in the middle of the samples that see
/// the same triangle, contours at each sample; all are summed in linear light and encoded as sRGB once.
/// </summary>
internal static class SurfaceRenderer
{
    private const int Samples = 3;
    private const double ContourWidthPixels = 1.1;
    private const float ContourShade = 0.62f;

    // Wrapped light: light enters skin and leaves it elsewhere, red farthest, which softens the edge of the shade.
    private static readonly Vector3 Wrap = new(0.34f, 0.20f, 0.15f);
    private static readonly Vector3 KeyColour = new(0.86f, 0.815f, 0.765f);
    private static readonly Vector3 FillColour = new(0.13f, 0.142f, 0.158f);
    private static readonly Vector3 DomeColour = new(0.31f, 0.316f, 0.328f);
    private static readonly Vector3 RimColour = new(0.20f, 0.215f, 0.23f);

    /// <summary>Renders to premultiplied RGBA bytes, four a pixel, row by row; what is not covered stays transparent.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="normals">Vertex normals of its mesh.</param>
    /// <param name="dome">Light of the dome on its mesh, from <see cref="StudioLight.Dome"/>.</param>
    /// <param name="camera">The camera.</param>
    public static (byte[] Pixels, DepthBuffer Depth) Render(SurfaceScene scene, Vector3D[] normals, float[] dome, Camera camera)
    {
        var light = new StudioLight(scene.Mesh, normals, dome, camera);
        var depth = new DepthBuffer(scene.Mesh, camera, Samples, bands: Math.Clamp(Environment.ProcessorCount, 1, 16));
        var pixels = new byte[4 * camera.Width * camera.Height];
        Parallel.For(0, camera.Height, row => ShadeRow(scene, camera, normals, light, depth, pixels, row));
        return (pixels, depth);
    }

    /// <summary>Samples a pixel side of the depth buffer that <see cref="Render"/> returns.</summary>
    public static int SamplesPerPixel => Samples;

    private static void ShadeRow(
        SurfaceScene scene, Camera camera, Vector3D[] normals, StudioLight light, DepthBuffer depth, byte[] pixels, int row)
    {
        Span<int> seen = stackalloc int[Samples * Samples];
        for (int column = 0; column < camera.Width; column++)
        {
            Vector3 sum = default;
            int covered = 0;
            for (int sample = 0; sample < seen.Length; sample++)
            {
                seen[sample] = depth.TriangleAt((column * Samples) + (sample % Samples), (row * Samples) + (sample / Samples));
                covered += seen[sample] >= 0 ? 1 : 0;
            }

            for (int sample = 0; sample < seen.Length; sample++)
            {
                if (seen[sample] >= 0 && seen[..sample].IndexOf(seen[sample]) < 0)
                {
                    sum += ShadeSamples(scene, camera, normals, light, depth, seen, sample, column * Samples, row * Samples);
                }
            }

            if (covered == 0)
            {
                continue;
            }

            float coverage = covered / (float)(Samples * Samples);
            Vector3 colour = sum / covered;
            int at = 4 * ((row * camera.Width) + column);
            pixels[at] = ToByte(Oklab.Encode(colour.X) * coverage);
            pixels[at + 1] = ToByte(Oklab.Encode(colour.Y) * coverage);
            pixels[at + 2] = ToByte(Oklab.Encode(colour.Z) * coverage);
            pixels[at + 3] = ToByte(coverage);
        }
    }

    /// <summary>Sum of the colours of a pixel's samples that see the same triangle as its sample <paramref name="first"/>.</summary>
    private static Vector3 ShadeSamples(
        SurfaceScene scene, Camera camera, Vector3D[] normals, StudioLight light, DepthBuffer depth, ReadOnlySpan<int> seen, int first, int left, int top)
    {
        int triangle = seen[first];
        int count = 0, across = 0, down = 0;
        for (int sample = first; sample < seen.Length; sample++)
        {
            if (seen[sample] == triangle)
            {
                count++;
                across += sample % Samples;
                down += sample / Samples;
            }
        }

        double x = left + 0.5 + (across / (double)count), y = top + 0.5 + (down / (double)count);
        int[] corners = scene.Mesh.Triangles;
        int a = corners[3 * triangle];
        int b = corners[(3 * triangle) + 1];
        int c = corners[(3 * triangle) + 2];
        (float wa, float wb, float wc) = depth.Weights(a, b, c, x, y);
        Vector3 normal = Vector3.Normalize((wa * ToSingle(normals[a])) + (wb * ToSingle(normals[b])) + (wc * ToSingle(normals[c])));
        Vector3D[] positions = scene.Mesh.Positions;
        Vector3 view = ToSingle(camera.Towards((wa * positions[a]) + (wb * positions[b]) + (wc * positions[c])));
        bool inside = Vector3D.Dot(scene.Mesh.TriangleAreaVector(triangle), camera.Towards(positions[a])) < 0;
        if (inside)
        {
            normal = -normal;
        }

        Vector3 reach = (wa * light.At(a)) + (wb * light.At(b)) + (wc * light.At(c));
        float shade = inside ? 0.55f : 1;
        Vector3 irradiance = (reach.X * Wrapped(Vector3.Dot(normal, light.KeyDirection)) * KeyColour)
            + (reach.Y * Wrapped(Vector3.Dot(normal, light.FillDirection)) * FillColour)
            + (reach.Z * (0.72f + (0.28f * normal.Y)) * DomeColour);

        float facing = Math.Clamp(Vector3.Dot(normal, view), 0, 1);
        float edge = MathF.Pow(1 - facing, 3.2f);
        float shineAngle = MathF.Max(0, Vector3.Dot(normal, light.KeyHalfway));
        float shine = reach.X * ((0.050f * MathF.Pow(shineAngle, 42)) + (0.045f * MathF.Pow(shineAngle, 9)));
        Vector3 Lit(Vector3 albedo)
        {
            Vector3 colour = (shade * albedo * irradiance) + (shade * edge * reach.Z * RimColour * (0.35f + (0.65f * albedo.Y))) + new Vector3(shade * shine);

            // A gentle shoulder keeps the brightest skin from burning out.
            return colour * 1.16f / (Vector3.One + (0.16f * colour));
        }

        double[]? values = scene.Values;
        if (values is null || double.IsNaN(values[a] + values[b] + values[c]))
        {
            return count * Lit(ColourScale.Skin);
        }

        double value = (wa * values[a]) + (wb * values[b]) + (wc * values[c]);
        double slopeX = ValueAt(values, depth, a, b, c, x + 1, y) - value;
        double slopeY = ValueAt(values, depth, a, b, c, x, y + 1) - value;
        int onContour = 0;
        for (int sample = first; sample < seen.Length && scene.ContourStep > 0; sample++)
        {
            double there = value + (slopeX * (left + 0.5 + (sample % Samples) - x)) + (slopeY * (top + 0.5 + (sample / Samples) - y));
            onContour += seen[sample] == triangle && IsOnContour(there, scene.ContourStep, slopeX, slopeY) ? 1 : 0;
        }

        Vector3 albedo = scene.Scale!.At(value);
        return ((count - onContour) * Lit(albedo)) + (onContour == 0 ? Vector3.Zero : onContour * Lit(ContourShade * albedo));
    }

    // By the distance in samples to the nearest contour, from the value's slope across the picture; the contour of zero is left out.
    private static bool IsOnContour(double value, double step, double slopeX, double slopeY)
    {
        double contour = Math.Round(value / step) * step;
        double distance = Math.Abs(value - contour) / Math.Sqrt((slopeX * slopeX) + (slopeY * slopeY) + 1e-18);
        return contour != 0 && distance < 0.5 * ContourWidthPixels * Samples;
    }

    private static double ValueAt(double[] values, DepthBuffer depth, int a, int b, int c, double x, double y)
    {
        (float wa, float wb, float wc) = depth.Weights(a, b, c, x, y);
        return (wa * values[a]) + (wb * values[b]) + (wc * values[c]);
    }

    private static Vector3 Wrapped(float cosine) => Vector3.Max(Vector3.Zero, (new Vector3(cosine) + Wrap) / (Vector3.One + Wrap));

    private static Vector3 ToSingle(Vector3D v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static byte ToByte(float unit) => (byte)Math.Clamp(MathF.Round(unit * 255), 0, 255);
}
