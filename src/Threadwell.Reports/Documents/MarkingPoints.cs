using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Documents;

/// <summary>
/// Carries a plan on a scan over to a marking sheet: distances and pictures. Distances are straight, as a calliper takes them, to the landmarks of the point's own side.
/// </summary>
public static class MarkingPoints
{
    private const double LabelRoomMm = 14;

    private static readonly string[] Head = ["tragus", "lateral-canthus", "alare", "cheilion"];
    private static readonly string[] Breast = ["nipple", "inframammary", "clavicle", "sternal-notch"];
    private static readonly string[] Abdomen = ["umbilicus", "xiphoid", "iliac-crest"];

    /// <summary>Names of the landmarks from which points of an area are measured.</summary>
    public static IReadOnlyList<string> Landmarks(TreatmentArea area, DocumentLanguage language) => [.. Names(area).Select(name => AreaWords.Landmark(name, language))];

    /// <summary>The plan's threads with their distances.</summary>
    public static IReadOnlyList<MarkedThread> Threads(ThreadPlan plan, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(language);
        var landmarks = new LandmarkSet(plan.Landmarks);
        return [.. plan.Threads.Select(thread => new MarkedThread(
            thread.Id,
            language.Text("marking.thread", PlanWords.Of(thread.Material), language.Number(thread.DiameterMm), language.Number(thread.DepthMm, 1)),
            Distances(thread.Path[0], plan.Area, landmarks),
            Distances(thread.Path[^1], plan.Area, landmarks)))];
    }

    /// <summary>The scan from the front and from each side that is treated, with threads, entries (rings), exits (dots) and landmarks: a PNG.</summary>
    /// <param name="scan">The scan, cleaned, mm, patient frame.</param>
    /// <param name="plan">A plan on it.</param>
    public static byte[] Picture(TriangleMesh scan, ThreadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(plan);
        Vector3D[] ends = [.. plan.Threads.SelectMany(thread => new[] { thread.Path[0], thread.Path[^1] })];
        string[] measured = [.. Names(plan.Area)];
        var scene = new SurfaceScene
        {
            Mesh = scan,
            Lines = [.. plan.Threads.Select(thread => new SurfaceLine { Points = thread.Path, Label = thread.Id })],
            Marks = [.. plan.Landmarks.Where(landmark => measured.Contains(Unpaired(landmark.Name))).Select(landmark => new SurfaceMark(landmark.Position))],
        };
        // Room beside the points for their labels.
        var room = new Vector3D(LabelRoomMm, 0, 0);
        Vector3D[] frame = [.. ends.SelectMany(point => new[] { point - room, point + room }), .. scene.Marks.Select(mark => mark.Position)];
        var views = new List<SurfaceView> { SurfaceView.Front with { Title = null, Frame = frame } };
        if (ends.Any(point => point.X < 0))
        {
            views.Insert(0, SurfaceView.ThreeQuartersRight with { Title = null, Frame = frame });
        }

        if (ends.Any(point => point.X > 0))
        {
            views.Add(SurfaceView.ThreeQuartersLeft with { Title = null, Frame = frame });
        }

        return SurfacePicture.Render(scene, views, 700, 900, emphasis: 2);
    }

    private static double?[] Distances(Vector3D point, TreatmentArea area, LandmarkSet landmarks) =>
        [.. Names(area).Select(name => Nearest(point, name, landmarks) is { } landmark ? Vector3D.Distance(point, landmark) : (double?)null)];

    // A paired landmark is that of the side on which the point lies.
    private static Vector3D? Nearest(Vector3D point, string name, LandmarkSet landmarks)
    {
        string found = LandmarkNames.PairedHead.Contains(name) || LandmarkNames.PairedTorso.Contains(name) ? LandmarkNames.OnSide(name, point.X >= 0) : name;
        return landmarks.TryGet(found, out Landmark? landmark) ? landmark.Position : null;
    }

    private static string[] Names(TreatmentArea area) => area switch
    {
        TreatmentArea.Breast => Breast,
        TreatmentArea.Abdomen => Abdomen,
        _ => Head,
    };

    private static string Unpaired(string name) => name.Replace(".left", "", StringComparison.Ordinal).Replace(".right", "", StringComparison.Ordinal);
}
