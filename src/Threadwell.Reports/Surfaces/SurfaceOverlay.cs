using SkiaSharp;
using Threadwell.Geometry;
using Threadwell.Reports.Fonts;

namespace Threadwell.Reports.Surfaces;

/// <summary>Draws threads and landmarks over a rendered surface.</summary>
internal sealed class SurfaceOverlay
{
    // Deeper than this under the first surface that the camera sees, a point is on the far side of the body.
    private const double FarSideMm = 16;

    private static readonly SKColor ThreadColour = new(0xB4, 0x23, 0x5A);
    private static readonly SKColor MarkColour = new(0x1F, 0x2A, 0x44);

    private readonly SKCanvas canvas;
    private readonly Camera camera;
    private readonly DepthBuffer depth;
    private readonly float unit;

    /// <summary>Draws on a canvas whose origin is the picture's upper left corner.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="camera">From where the surface is seen.</param>
    /// <param name="depth">What hides lines and marks.</param>
    /// <param name="emphasis">How many times larger than usual lines, marks and labels are.</param>
    public SurfaceOverlay(SKCanvas canvas, Camera camera, DepthBuffer depth, float emphasis)
    {
        this.canvas = canvas;
        this.camera = camera;
        this.depth = depth;
        unit = emphasis * camera.Height / 900f;
    }

    public void Draw(SurfaceScene scene)
    {
        foreach (SurfaceLine line in scene.Lines)
        {
            Draw(line);
        }

        foreach (SurfaceMark mark in scene.Marks)
        {
            Draw(mark);
        }
    }

    private void Draw(SurfaceLine line)
    {
        IReadOnlyList<Vector3D> points = Resampled(line.Points, 0.75);
        using var path = new SKPathBuilder();
        bool pen = false;
        foreach (Vector3D point in points)
        {
            ProjectedPoint seen = camera.Project(point);
            if (IsFarSide(seen))
            {
                pen = false;
                continue;
            }

            if (pen)
            {
                path.LineTo((float)seen.X, (float)seen.Y);
            }
            else
            {
                path.MoveTo((float)seen.X, (float)seen.Y);
            }

            pen = true;
        }

        using SKPath drawn = path.Detach();
        if (drawn.IsEmpty)
        {
            return;
        }

        // A pale halo carries the line over dark colours; both let the skin through, because the thread lies under it.
        Stroke(drawn, SKColors.White.WithAlpha(110), 4.6f * unit);
        Stroke(drawn, ThreadColour.WithAlpha(205), 2.0f * unit);
        foreach ((double distance, int towards) in line.Barbs)
        {
            DrawBarb(points, distance, towards);
        }

        ProjectedPoint entry = camera.Project(points[0]);
        ProjectedPoint exit = camera.Project(points[^1]);
        if (!IsFarSide(exit))
        {
            Disc(exit, 2.4f * unit, ThreadColour, SKColors.White);
        }

        if (!IsFarSide(entry))
        {
            Disc(entry, 4.0f * unit, SKColors.White, ThreadColour);
            if (line.Label is not null)
            {
                Text(line.Label, entry, ThreadColour);
            }
        }
    }

    // A barb is a short stroke that leaves the thread backwards at a slant, drawn on both sides.
    private void DrawBarb(IReadOnlyList<Vector3D> points, double distance, int towards)
    {
        double walked = 0;
        for (int index = 1; index < points.Count; index++)
        {
            double step = Vector3D.Distance(points[index - 1], points[index]);
            if (walked + step < distance || step == 0)
            {
                walked += step;
                continue;
            }

            ProjectedPoint at = camera.Project(Vector3D.Lerp(points[index - 1], points[index], (distance - walked) / step));
            ProjectedPoint from = camera.Project(points[index - 1]);
            ProjectedPoint to = camera.Project(points[index]);
            double length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            if (length == 0 || IsFarSide(at))
            {
                return;
            }

            float alongX = (float)((to.X - from.X) / length) * towards;
            float alongY = (float)((to.Y - from.Y) / length) * towards;
            float size = 4.2f * unit;
            using var path = new SKPathBuilder();
            for (int side = -1; side <= 1; side += 2)
            {
                path.MoveTo((float)at.X, (float)at.Y);
                path.LineTo(
                    (float)at.X + (size * ((0.75f * alongX) - (side * 0.66f * alongY))),
                    (float)at.Y + (size * ((0.75f * alongY) + (side * 0.66f * alongX))));
            }

            using SKPath drawn = path.Detach();
            Stroke(drawn, ThreadColour.WithAlpha(205), 1.3f * unit);
            return;
        }
    }

    private void Draw(SurfaceMark mark)
    {
        ProjectedPoint seen = camera.Project(mark.Position);
        if (IsFarSide(seen))
        {
            return;
        }

        Disc(seen, 3.4f * unit, MarkColour, SKColors.White);
        if (mark.Label is not null)
        {
            Text(mark.Label, seen, MarkColour);
        }
    }

    private bool IsFarSide(ProjectedPoint seen)
    {
        int column = (int)(seen.X * SurfaceRenderer.SamplesPerPixel);
        int row = (int)(seen.Y * SurfaceRenderer.SamplesPerPixel);
        if ((uint)column >= (uint)depth.Width || (uint)row >= (uint)depth.Height)
        {
            return true;
        }

        return seen.Distance > depth.DistanceAt(column, row) + FarSideMm;
    }

    private void Stroke(SKPath path, SKColor colour, float width)
    {
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeWidth = width,
            Color = colour,
        };
        canvas.DrawPath(path, paint);
    }

    private void Disc(ProjectedPoint at, float radius, SKColor inside, SKColor border)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = border };
        canvas.DrawCircle((float)at.X, (float)at.Y, radius + (1.4f * unit), paint);
        paint.Color = inside;
        canvas.DrawCircle((float)at.X, (float)at.Y, radius, paint);
    }

    private void Text(string text, ProjectedPoint at, SKColor colour)
    {
        using SKFont font = ReportFonts.SemiBold(13 * unit);
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 3.4f * unit,
            StrokeJoin = SKStrokeJoin.Round,
            Color = SKColors.White.WithAlpha(215),
        };
        float x = (float)at.X + (8 * unit);
        float y = (float)at.Y - (6 * unit);
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = colour;
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }

    private static List<Vector3D> Resampled(IReadOnlyList<Vector3D> points, double stepMm)
    {
        var fine = new List<Vector3D> { points[0] };
        for (int index = 1; index < points.Count; index++)
        {
            int parts = Math.Max(1, (int)Math.Ceiling(Vector3D.Distance(points[index - 1], points[index]) / stepMm));
            for (int part = 1; part <= parts; part++)
            {
                fine.Add(Vector3D.Lerp(points[index - 1], points[index], part / (double)parts));
            }
        }

        return fine;
    }
}
