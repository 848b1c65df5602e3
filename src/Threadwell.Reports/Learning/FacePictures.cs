using System.Globalization;
using System.Numerics;
using SkiaSharp;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Learning;

/// <summary>Pictures of a face through one camera, on a clear ground so that they stand on a light page and on a dark one, and what is drawn over them in their pixels.</summary>
internal sealed class FacePictures
{
    private const int Width = 900;
    private const int Height = 1000;
    private const int Quality = 86;

    // The side of the face whose threads are shown, as a report's oblique picture turns it.
    private const double AzimuthDegrees = 54;
    private const double ElevationDegrees = 3;

    private const double ShiftSpacingMm = 9;
    private const double SmallestShiftMm = 0.6;
    private const int ScaleSteps = 9;

    private static readonly double[] FrameMonths = [0, 3, 6, 12, 24, 60];

    private readonly Camera camera;
    private readonly TriangleMesh scan;
    private double scaleMm = 1;

    public FacePictures(CoursePrediction prediction)
    {
        scan = prediction.Scan;
        camera = Camera.Around(Frame(prediction), AzimuthDegrees, ElevationDegrees, Width, Height, 0.01);
    }

    /// <summary>Draws the face before the treatment and tells what lies over it.</summary>
    public LearnFace Describe(IReadOnlyList<CoursePrediction> predictions, SortedDictionary<string, byte[]> pictures)
    {
        // One scale for all runs, in whole half millimetres.
        double most = predictions.Max(prediction => SkinLift.On(prediction, day: 0).Where(double.IsFinite).Max());
        scaleMm = Math.Max(1, Math.Ceiling(2 * most) / 2);
        pictures["face-before.webp"] = Render(new SurfaceScene { Mesh = scan });
        CoursePrediction own = predictions[0];
        ColourScale scale = Scale;
        return new LearnFace
        {
            Width = Width,
            Height = Height,
            Before = "face-before.webp",
            ScaleMm = scaleMm,
            ScaleColours = [.. Enumerable.Range(0, ScaleSteps).Select(step => Hex(scale.At(scaleMm * step / (ScaleSteps - 1))))],
            Threads = [.. own.Plan.Threads.Select((thread, index) => (thread, path: own.ThreadPaths[index])).Where(pair => pair.path[0].X > 0).Select(pair => Thread(pair.thread, pair.path))],
            Shifts = Shifts(own),
        };
    }

    /// <summary>Draws a course: the face as it is at each month, with the lift in colour.</summary>
    public IReadOnlyList<LearnFrame> Frames(CoursePrediction prediction, SortedDictionary<string, byte[]> pictures)
    {
        var frames = new List<LearnFrame>();
        string material = prediction.Plan.Threads[0].Material.ToString().ToLowerInvariant();
        foreach (double month in FrameMonths)
        {
            double day = month * CourseTimes.DaysPerMonth;
            string name = string.Create(CultureInfo.InvariantCulture, $"face-{material}-{month:00}.webp");
            double[] lift = SkinLift.On(prediction, day);
            pictures[name] = Render(new SurfaceScene { Mesh = PredictedSurface.On(prediction, day, treated: true), Values = lift, Scale = Scale });
            frames.Add(new LearnFrame(month, name));
        }

        return frames;
    }

    private ColourScale Scale => ColourScale.Movement(0, scaleMm, "");

    private byte[] Render(SurfaceScene scene)
    {
        Vector3D[] normals = scene.Mesh.VertexNormals();
        (byte[] pixels, _) = SurfaceRenderer.Render(scene, normals, StudioLight.Dome(scene.Mesh, normals), camera);
        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()), pixels);
        using SKData data = image.Encode(SKEncodedImageFormat.Webp, Quality);
        return data.ToArray();
    }

    private LearnThread Thread(PlannedThread thread, Vector3D[] path)
    {
        double[] points = [.. path.Where((_, index) => index % 3 == 0 || index == path.Length - 1).Select(camera.Project).SelectMany(seen => new[] { Pixel(seen.X), Pixel(seen.Y) })];
        var course = new Mechanics.Threads.EmbeddedThread(path);
        var barbs = new List<double[]>();
        foreach ((double at, int towards) in LiftPicture.Barbs(thread, course.LengthMm))
        {
            ProjectedPoint foot = camera.Project(course.PointAt(at));
            ProjectedPoint next = camera.Project(course.PointAt(at) + (0.1 * towards * course.TangentAt(at)));
            double length = Math.Sqrt(((next.X - foot.X) * (next.X - foot.X)) + ((next.Y - foot.Y) * (next.Y - foot.Y)));
            barbs.Add([Pixel(foot.X), Pixel(foot.Y), Math.Round((next.X - foot.X) / length, 3), Math.Round((next.Y - foot.Y) / length, 3)]);
        }

        return new LearnThread(thread.Id, points, barbs);
    }

    // Columns far enough apart to be told from one another, where the skin moves enough to be seen.
    private List<double[]> Shifts(CoursePrediction prediction)
    {
        var taken = new List<Vector3D>();
        var shifts = new List<double[]>();
        Vector3D[] normals = prediction.Tissue.Skin.VertexNormals();
        Vector3D[] columns = prediction.Tissue.Skin.Positions;
        for (int column = 0; column < columns.Length; column++)
        {
            Vector3D at = columns[column];
            Vector3D to = at + prediction.Treated[0][column] - prediction.Untreated[0][column];
            if (at.X <= 0 || Vector3D.Distance(at, to) < SmallestShiftMm || Vector3D.Dot(normals[column], camera.Towards(at)) < 0.2 || taken.Exists(other => Vector3D.Distance(other, at) < ShiftSpacingMm))
            {
                continue;
            }

            taken.Add(at);
            ProjectedPoint before = camera.Project(at);
            ProjectedPoint after = camera.Project(to);
            shifts.Add([Pixel(before.X), Pixel(before.Y), Pixel(after.X), Pixel(after.Y)]);
        }

        return shifts;
    }

    // The treated side and what lies round it: from the eye to the neck.
    private static List<Vector3D> Frame(CoursePrediction prediction)
    {
        Vector3D[] region = [.. prediction.Tissue.Skin.Positions.Where(point => point.X > 0)];
        var box = BoundingBox.Of(region);
        double height = box.High.Y - box.Low.Y;
        return [.. region, .. prediction.Scan.Positions.Where(point => point.Y > box.Low.Y + (0.1 * height) && point.Y < box.High.Y + (0.25 * height) && point.X > -10)];
    }

    private static double Pixel(double value) => Math.Round(value, 1);

    private static string Hex(Vector3 linear)
    {
        int Byte(float value) => (int)Math.Round(255 * Math.Clamp(Oklab.Encode(value), 0, 1));
        return string.Create(CultureInfo.InvariantCulture, $"#{Byte(linear.X):x2}{Byte(linear.Y):x2}{Byte(linear.Z):x2}");
    }
}
