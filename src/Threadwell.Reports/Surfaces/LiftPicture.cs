using Threadwell.Anatomy;
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

    private static readonly TreatmentArea[] FromThreeQuarters = [TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Neck];

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
        Vector3D[] moved = [.. prediction.Treated[0].Zip(prediction.Untreated[0], (with, without) => with - without)];
        var shown = new Shown(prediction.Plan, prediction.Scan, prediction.Tissue.Skin, prediction.Tissue.EdgeLengthMm, moved, prediction.ThreadPaths);
        double[] lift = LiftOn(shown);
        (SurfaceScene scene, IReadOnlyList<Vector3D> frame) = SceneOf(shown, lift, Range([lift]), language, label);
        bool left = shown.ThreadPaths.Sum(path => path[0].X) >= -1e-6;
        var oblique = new SurfaceView(language.Report(left ? "view.left" : "view.right"), left ? ObliqueDegrees : -ObliqueDegrees, 4, frame);
        return (scene, [SurfaceView.Front with { Title = language.Report("view.front"), Frame = frame }, oblique]);
    }

    /// <summary>Each proposed plan in one picture of the same colour scale, to be seen side by side: from three quarters where its threads run towards the ear, else from the front.</summary>
    /// <param name="proposals">The proposals.</param>
    /// <param name="language">Language of the legend.</param>
    public static IReadOnlyList<byte[]> RenderEach(PlanProposals proposals, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(language);
        Shown[] plans = [.. proposals.Document.Proposals.Zip(proposals.DayZero, (proposed, day) => new Shown(
            proposed.Plan, proposals.Scan, proposals.Skin, proposals.EdgeLengthMm, day.SkinDisplacement, [.. day.Threads.Select(thread => thread.After)]))];
        double[][] lifts = [.. plans.Select(plan => LiftOn(plan))];
        (double, double) range = Range(lifts);
        return [.. plans.Zip(lifts, (plan, lift) =>
        {
            (SurfaceScene scene, IReadOnlyList<Vector3D> frame) = SceneOf(plan, lift, range, language, "picture.label.narrow");
            // All from one side, whichever of two like sides lies a little further out.
            bool left = plan.ThreadPaths.Any(path => path[0].X > 0);
            SurfaceView view = FromThreeQuarters.Contains(plan.Plan.Area)
                ? new SurfaceView(null, left ? ObliqueDegrees : -ObliqueDegrees, 4, frame)
                : SurfaceView.Front with { Title = language.Report("view.front"), Frame = frame };
            return SurfacePicture.Render(scene, [view], NarrowWidth, NarrowHeight, NarrowEmphasis);
        })];
    }

    // What is drawn: a plan and the day-0 displacement of the skin of its region beyond that of the untreated face.
    private sealed record Shown(ThreadPlan Plan, TriangleMesh Scan, TriangleMesh Skin, double EdgeLengthMm, Vector3D[] Displacement, Vector3D[][] ThreadPaths);

    private static double[] LiftOn(Shown shown) => SkinLift.On(shown.Plan, shown.Scan, shown.Skin, shown.EdgeLengthMm, shown.Displacement);

    private static (double Low, double High) Range(IEnumerable<double[]> lifts)
    {
        double low = 0;
        double high = 0;
        foreach (double value in lifts.SelectMany(lift => lift).Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        // Whole millimetres, and never so narrow that noise looks like lift.
        return (low < -0.25 ? Math.Floor(2 * low) / 2 : 0, Math.Max(1, Math.Ceiling(high)));
    }

    private static (SurfaceScene Scene, IReadOnlyList<Vector3D> Frame) SceneOf(Shown shown, double[] lift, (double Low, double High) range, DocumentLanguage language, string label)
    {
        var scene = new SurfaceScene
        {
            Mesh = shown.Scan,
            Values = lift,
            Scale = ColourScale.Movement(range.Low, range.High, language.Report(label)),
            Language = language,
            ContourStep = ContourMm,
            Lines = Lines(shown),
        };
        return (scene, Frame(shown));
    }

    private static List<SurfaceLine> Lines(Shown shown)
    {
        var lines = new List<SurfaceLine>();
        for (int index = 0; index < shown.ThreadPaths.Length; index++)
        {
            PlannedThread thread = shown.Plan.Threads[index];
            lines.Add(new SurfaceLine
            {
                Points = shown.ThreadPaths[index],
                Barbs = Barbs(thread, Length(shown.ThreadPaths[index])),
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
    private static List<Vector3D> Frame(Shown shown)
    {
        Vector3D[] region = shown.Skin.Positions;
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
        frame.AddRange(shown.Scan.Positions.Where(IsNear));
        return frame;
    }
}
