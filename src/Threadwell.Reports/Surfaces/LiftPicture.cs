using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports.Surfaces;

/// <summary>The scan coloured by the lift on the day of treatment, with the threads drawn under the skin.</summary>
public static class LiftPicture
{
    private const double ContourMm = 1;

    // Threads of the face run towards the ear, so the oblique view turns farther than a portrait.
    private const double ObliqueDegrees = 52;

    // The narrow picture is shown at about half of its pixels on a phone: there its type is as large as the page's.
    private const int NarrowWidth = 640;
    private const int NarrowHeight = 720;
    private const float NarrowEmphasis = 2;

    /// <summary>The picture, from the front and from three quarters, as the bytes of a PNG file.</summary>
    public static byte[] Render(CoursePrediction prediction, DocumentLanguage language)
    {
        (SurfaceScene scene, SurfaceView[] views) = Show(prediction, language, "picture.label");
        return SurfacePicture.Render(scene, views);
    }

    /// <summary>The same for a narrow page: one view below the other, with larger type.</summary>
    public static byte[] RenderNarrow(CoursePrediction prediction, DocumentLanguage language)
    {
        (SurfaceScene scene, SurfaceView[] views) = Show(prediction, language, "picture.label.narrow");
        return SurfacePicture.Render(scene, views, NarrowWidth, NarrowHeight, NarrowEmphasis, stacked: true);
    }

    private static (SurfaceScene Scene, SurfaceView[] Views) Show(CoursePrediction prediction, DocumentLanguage language, string label)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(language);
        double[] lift = SkinLift.On(prediction, day: 0);
        double low = 0;
        double high = 0;
        foreach (double value in lift.Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        // Whole millimetres, and never so narrow that noise looks like lift.
        high = Math.Max(1, Math.Ceiling(high));
        low = low < -0.25 ? Math.Floor(2 * low) / 2 : 0;
        var scene = new SurfaceScene
        {
            Mesh = prediction.Scan,
            Values = lift,
            Scale = ColourScale.Movement(low, high, language.Report(label)),
            Language = language,
            ContourStep = ContourMm,
            Lines = Lines(prediction),
        };
        IReadOnlyList<Vector3D> frame = Frame(prediction);
        bool left = prediction.ThreadPaths.Sum(path => path[0].X) >= -1e-6;
        var oblique = new SurfaceView(language.Report(left ? "view.left" : "view.right"), left ? ObliqueDegrees : -ObliqueDegrees, 4, frame);
        return (scene, [SurfaceView.Front with { Title = language.Report("view.front"), Frame = frame }, oblique]);
    }

    private static List<SurfaceLine> Lines(CoursePrediction prediction)
    {
        var lines = new List<SurfaceLine>();
        for (int index = 0; index < prediction.ThreadPaths.Length; index++)
        {
            PlannedThread thread = prediction.Plan.Threads[index];
            lines.Add(new SurfaceLine
            {
                Points = prediction.ThreadPaths[index],
                Barbs = Barbs(thread, Length(prediction.ThreadPaths[index])),
                Label = thread.Id,
            });
        }

        return lines;
    }

    // Barbs at equal distances. Both halves of a bidirectional thread face its middle; otherwise all face the entry, where the load is carried.
    internal static List<(double DistanceMm, int Towards)> Barbs(PlannedThread thread, double length)
    {
        var barbs = new List<(double, int)>();
        if (thread.Barbs == BarbKind.None || thread.BarbsPerCm <= 0)
        {
            return barbs;
        }

        double spacing = 10 / thread.BarbsPerCm;
        for (double at = 0.5 * spacing; at < length; at += spacing)
        {
            barbs.Add((at, thread.Direction == BarbDirection.Bidirectional && at < 0.5 * length ? 1 : -1));
        }

        return barbs;
    }

    private static double Length(Vector3D[] path)
    {
        double length = 0;
        for (int index = 1; index < path.Length; index++)
        {
            length += Vector3D.Distance(path[index - 1], path[index]);
        }

        return length;
    }

    // The region and what lies round it: a head whole with its neck, a bust without its shoulders.
    private static List<Vector3D> Frame(CoursePrediction prediction)
    {
        Vector3D[] region = prediction.Tissue.Skin.Positions;
        Vector3D centre = Vector3D.Zero;
        foreach (Vector3D point in region)
        {
            centre += point / region.Length;
        }

        double radius = region.Max(point => Vector3D.Distance(point, centre));
        bool IsNear(Vector3D point)
        {
            Vector3D from = point - centre;
            return from.Y > -1.2 * radius && from.Y < 2.6 * radius && Math.Sqrt((from.X * from.X) + (from.Z * from.Z)) < 1.6 * radius;
        }

        var frame = new List<Vector3D>(region);
        frame.AddRange(prediction.Scan.Positions.Where(IsNear));
        return frame;
    }
}
