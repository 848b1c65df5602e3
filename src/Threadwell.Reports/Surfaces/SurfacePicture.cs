using SkiaSharp;
using Threadwell.Geometry;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Surfaces;

/// <summary>Pictures of a surface from one or more sides, as PNG files.</summary>
public static class SurfacePicture
{
    // Sizes of type for a view of the usual height, pixels.
    private const int UsualHeight = 900;
    private const float TitleSize = 20;
    private const int LegendHeight = 96;
    private const int TitleHeight = 46;

    private static readonly SKColor Upper = new(0xFB, 0xFB, 0xFA);
    private static readonly SKColor Lower = new(0xEC, 0xEE, 0xF0);
    private static readonly SKColor Ink = new(0x2A, 0x2F, 0x3A);

    /// <summary>Renders a scene from each side and returns the bytes of a PNG file.</summary>
    /// <param name="scene">What is shown.</param>
    /// <param name="views">Sides, from left to right; at least one.</param>
    /// <param name="width">Width of one view, pixels.</param>
    /// <param name="height">Height of one view without title and legend, pixels.</param>
    /// <param name="emphasis">How many times larger than usual lines, labels, titles and legend are, for a picture that is shown small.</param>
    /// <param name="stacked">Views one below the other instead of next to each other.</param>
    /// <exception cref="ArgumentException">No view, or values without one for each vertex or without a scale.</exception>
    public static byte[] Render(SurfaceScene scene, IReadOnlyList<SurfaceView> views, int width = 800, int height = UsualHeight, float emphasis = 1, bool stacked = false)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(views);
        if (views.Count == 0)
        {
            throw new ArgumentException("A picture needs at least one view.", nameof(views));
        }

        if (scene.Values is not null && (scene.Scale is null || scene.Values.Length != scene.Mesh.VertexCount))
        {
            throw new ArgumentException("Values need a scale, and one value for each vertex.", nameof(scene));
        }

        float type = emphasis * height / UsualHeight;
        int viewHeight = height + (views.Any(view => view.Title is not null) ? (int)(type * TitleHeight) : 0);
        int legendHeight = scene.Values is not null ? (int)(type * LegendHeight) : 0;
        (int columns, int rows) = stacked ? (1, views.Count) : (views.Count, 1);
        var info = new SKImageInfo(width * columns, (viewHeight * rows) + legendHeight, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using SKSurface surface = SKSurface.Create(info);
        SKCanvas canvas = surface.Canvas;
        FillBackground(canvas, info);
        Vector3D[] normals = scene.Mesh.VertexNormals();
        float[] dome = StudioLight.Dome(scene.Mesh, normals);
        for (int view = 0; view < views.Count; view++)
        {
            canvas.Save();
            canvas.Translate(stacked ? 0 : view * width, stacked ? view * viewHeight : 0);
            canvas.ClipRect(new SKRect(0, 0, width, viewHeight));
            DrawView(canvas, scene, normals, dome, views[view], width, height, emphasis);
            canvas.Restore();
        }

        if (scene.Values is not null)
        {
            canvas.Translate(0, info.Height - legendHeight);
            canvas.Scale(type);
            ScaleLegend.Draw(canvas, scene.Scale!, scene.Language, new SKRect(0, 0, info.Width / type, LegendHeight), Ink);
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Renders a scene from each side into a PNG file.</summary>
    /// <param name="path">File to write; its directory exists.</param>
    /// <param name="scene">What is shown.</param>
    /// <param name="views">Sides, from left to right; at least one.</param>
    public static void Write(string path, SurfaceScene scene, params IReadOnlyList<SurfaceView> views) =>
        File.WriteAllBytes(path, Render(scene, views));

    private static void DrawView(
        SKCanvas canvas, SurfaceScene scene, Vector3D[] normals, float[] dome, SurfaceView view, int width, int height, float emphasis)
    {
        Camera camera = Camera.Around(view.Frame ?? scene.Mesh.Positions, view.AzimuthDegrees, view.ElevationDegrees, width, height);
        (byte[] pixels, DepthBuffer depth) = SurfaceRenderer.Render(scene, normals, dome, camera);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using SKImage image = SKImage.FromPixelCopy(info, pixels);
        canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default);
        canvas.Save();
        canvas.ClipRect(new SKRect(0, 0, width, height));
        new SurfaceOverlay(canvas, camera, depth, emphasis).Draw(scene);
        canvas.Restore();
        if (view.Title is not null)
        {
            float type = emphasis * height / UsualHeight;
            using SKFont font = ReportFonts.Regular(type * TitleSize);
            using var paint = new SKPaint { IsAntialias = true, Color = Ink };
            canvas.DrawText(view.Title, width / 2f, height + (type * 26), SKTextAlign.Center, font, paint);
        }
    }

    private static void FillBackground(SKCanvas canvas, SKImageInfo info)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(0, info.Height), [Upper, Lower], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsDither = true };
        canvas.DrawRect(new SKRect(0, 0, info.Width, info.Height), paint);
    }
}
