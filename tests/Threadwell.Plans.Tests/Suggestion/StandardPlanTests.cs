using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Plans.Tests.Suggestion;

public sealed class StandardPlanTests : IDisposable
{
    private static readonly Lazy<VirtualPatient> Head = new(() => VirtualPatient.Create(new() { AgeYears = 52, Seed = 11 }));
    private static readonly Lazy<VirtualPatient> Torso = new(() => VirtualPatient.Create(new() { AgeYears = 41, Seed = 12, Body = VirtualBody.Torso }));
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-standard-").FullName;

    public static TheoryData<TreatmentArea> Areas { get; } = [.. Enum.GetValues<TreatmentArea>()];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Areas))]
    public void The_plan_of_an_area_is_a_valid_plan_on_the_skin(TreatmentArea area)
    {
        VirtualPatient patient = PatientFor(area);
        string path = Path.Combine(folder, "plan.json");
        PlanFile.Write(path, Suggest(patient.Scan, patient.Landmarks, area));
        ThreadPlan plan = PlanFile.Read(path);
        Assert.Equal(area, plan.Area);
        Assert.Equal(patient.Landmarks.All.Count, plan.Landmarks.Count);

        var skin = new TriangleBvh(patient.Scan);
        Assert.All(plan.Threads.SelectMany(thread => thread.Path), point => Assert.InRange(Vector3D.Distance(point, skin.ClosestPoint(point).Position), 0, 0.5));
        Assert.All(plan.Targets, target => Assert.Equal(1, target.Vector.Length, 1e-9));

        PlannedThread[] left = Side(plan, 'L');
        PlannedThread[] right = Side(plan, 'R');
        Assert.NotEmpty(left);
        Assert.Equal(left.Length, right.Length);
        Assert.Equal(plan.Threads.Count, left.Length + right.Length);
        Assert.All(left, thread => Assert.All(thread.Path, point => Assert.True(point.X > 0)));
        Assert.All(right, thread => Assert.All(thread.Path, point => Assert.True(point.X < 0)));
        Assert.All(plan.Threads, thread => Assert.NotEmpty(thread.Reason));

        bool unmeasured = area is TreatmentArea.Abdomen or TreatmentArea.Breast;
        Assert.Equal(unmeasured, plan.Warnings.Any(warning => warning.Contains("no published measurements for this area", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_mirrored_patient_gets_the_mirrored_plan(TreatmentArea area)
    {
        VirtualPatient patient = PatientFor(area);
        ThreadPlan plan = Suggest(patient.Scan, patient.Landmarks, area);
        ThreadPlan mirrored = Suggest(Mirror(patient.Scan), Mirror(patient.Landmarks), area);
        Assert.Equal(plan.Threads.Count, mirrored.Threads.Count);
        foreach (PlannedThread thread in plan.Threads)
        {
            PlannedThread twin = mirrored.Threads.Single(other => other.Id == (thread.Id[0] == 'L' ? 'R' : 'L') + thread.Id[1..]);
            Vector3D[] path = [.. thread.Path.Select(Mirror)];
            Assert.InRange(Vector3D.Distance(path[0], twin.Path[0]), 0, 1);
            Assert.InRange(Vector3D.Distance(path[^1], twin.Path[^1]), 0, 1);
            Assert.All(path, point => Assert.InRange(DistanceTo(twin.Path, point), 0, 1));
            Assert.All(twin.Path, point => Assert.InRange(DistanceTo(path, point), 0, 1));
            Assert.Equal((thread.DepthMm, thread.GatherMm), (twin.DepthMm, twin.GatherMm));
        }

        foreach (LiftTarget target in plan.Targets)
        {
            // Over a reach of 30 mm a direction that is off by this much moves a point by less than a millimetre.
            Vector3D twin = mirrored.Targets.Single(other => other.Landmark == OtherSide(target.Landmark)).Vector;
            Assert.InRange(Vector3D.Distance(Mirror(target.Vector), twin), 0, 1.0 / 30);
        }
    }

    [Fact]
    public void More_laxity_takes_no_fewer_threads_and_is_remarked_on()
    {
        VirtualPatient head = Head.Value;
        ThreadPlan mild = Suggest(head.Scan, head.Landmarks, TreatmentArea.Jawline, Laxity.Mild);
        ThreadPlan marked = Suggest(head.Scan, head.Landmarks, TreatmentArea.Jawline, Laxity.Marked);
        Assert.True(mild.Threads.Count < marked.Threads.Count);
        Assert.Contains(marked.Warnings, warning => warning.Contains("discuss surgery", StringComparison.Ordinal));
        Assert.DoesNotContain(mild.Warnings, warning => warning.Contains("discuss surgery", StringComparison.Ordinal));
    }

    // Published lines of threads come where the artery lies shallow in some people: the plan keeps them, and says so.
    [Fact]
    public void A_standard_plan_of_the_nasolabial_fold_that_reaches_the_facial_artery_says_so_on_every_face()
    {
        int reached = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            VirtualPatient head = VirtualPatient.Create(new() { AgeYears = 30 + (4 * seed), Sex = seed % 3 == 0 ? Sex.Male : Sex.Female, Seed = seed });
            ThreadPlan plan = Suggest(head.Scan, head.Landmarks, TreatmentArea.NasolabialFold);
            DangerZoneWarning[] artery = [.. DangerZoneCheck.Check(
                plan.Threads.Select(thread => new ThreadBelowSkin(thread.Id, thread.Path, thread.DepthMm, thread.DiameterMm)), DangerZones.For(new LandmarkSkin(head.Scan, head.Landmarks)))
                .Where(warning => warning.Structure.StartsWith("facial artery", StringComparison.Ordinal))];
            reached += artery.Length;
            Assert.All(artery, warning => Assert.Contains(plan.Warnings, sentence => sentence.StartsWith("Facial artery", StringComparison.Ordinal)
                && sentence.Contains(warning.ThreadId, StringComparison.Ordinal) && sentence.Contains(warning.Reason, StringComparison.Ordinal)));
        }

        Assert.NotEqual(0, reached);
    }

    [Fact]
    public void A_missing_landmark_and_severe_laxity_are_refused()
    {
        VirtualPatient head = Head.Value;
        var without = new LandmarkSet(head.Landmarks.All.Where(landmark => landmark.Name != "jowl.left"));
        var missing = Assert.Throws<InvalidInputException>(() => Suggest(head.Scan, without, TreatmentArea.Jawline));
        Assert.Equal("jowl.left", missing.Place);
        Assert.Contains("--landmarks", missing.Message, StringComparison.Ordinal);
        Assert.Equal("--laxity", Assert.Throws<InvalidInputException>(() => Suggest(head.Scan, head.Landmarks, TreatmentArea.Jawline, Laxity.Severe)).InputSource);
    }

    private static VirtualPatient PatientFor(TreatmentArea area) => area is TreatmentArea.Abdomen or TreatmentArea.Breast ? Torso.Value : Head.Value;

    private static ThreadPlan Suggest(TriangleMesh scan, LandmarkSet landmarks, TreatmentArea area, Laxity laxity = Laxity.Moderate) => StandardPlan.Suggest(new StandardPlanRequest
    {
        Mesh = scan,
        Landmarks = landmarks,
        Scan = new ScanReference { Path = "scan.obj", Sha256 = new string('b', 64), Unit = "mm" },
        Patient = new PatientDescription { AgeYears = 52, Sex = Sex.Female, Laxity = laxity },
        Area = area,
    });

    private static PlannedThread[] Side(ThreadPlan plan, char side) => [.. plan.Threads.Where(thread => thread.Id[0] == side)];

    private static Vector3D Mirror(Vector3D point) => new(-point.X, point.Y, point.Z);

    private static LandmarkSet Mirror(LandmarkSet landmarks) =>
        new(landmarks.All.Select(landmark => landmark with { Name = OtherSide(landmark.Name), Position = Mirror(landmark.Position) }));

    private static TriangleMesh Mirror(TriangleMesh mesh)
    {
        int[] triangles = [.. mesh.Triangles];
        for (int corner = 0; corner < triangles.Length; corner += 3)
        {
            (triangles[corner + 1], triangles[corner + 2]) = (triangles[corner + 2], triangles[corner + 1]);
        }

        return new TriangleMesh([.. mesh.Positions.Select(Mirror)], triangles);
    }

    private static string OtherSide(string name) =>
        name.EndsWith(".left", StringComparison.Ordinal) ? name[..^5] + ".right" : name.EndsWith(".right", StringComparison.Ordinal) ? name[..^6] + ".left" : name;

    private static double DistanceTo(IReadOnlyList<Vector3D> path, Vector3D point)
    {
        double least = double.PositiveInfinity;
        for (int index = 0; index + 1 < path.Count; index++)
        {
            Vector3D along = path[index + 1] - path[index];
            double t = Math.Clamp(Vector3D.Dot(point - path[index], along) / along.LengthSquared, 0, 1);
            least = Math.Min(least, Vector3D.Distance(point, path[index] + (t * along)));
        }

        return least;
    }
}
