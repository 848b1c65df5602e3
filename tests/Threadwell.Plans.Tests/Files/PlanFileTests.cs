using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Plans.Tests.Files;

public sealed class PlanFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-plan-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_plan_survives_writing_and_reading()
    {
        string path = Path.Combine(folder, "plan.json");
        ThreadPlan plan = Sample();
        PlanFile.Write(path, plan);
        byte[] first = File.ReadAllBytes(path);
        PlanFile.Write(path, PlanFile.Read(path));
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Contains("\"PCL\"", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Contains("\"nasolabial\"", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 7", "schemaVersion")]
    [InlineData("\"depthMm\": 4", "\"depthMm\": -4", "threads[0].depthMm")]
    [InlineData("\"depthMm\": 4", "\"depthMm\": \"deep\"", "threads[0].depthMm")]
    [InlineData("\"depthMm\": 4", "\"depth\": 4", "threads[0].depth")]
    [InlineData("\"depthMm\": 4,", "\"depthMm\": 4, \"depthMm\": 5,", "threads[0].depthMm")]
    [InlineData("\"PCL\"", "\"STEEL\"", "threads[0].material")]
    [InlineData("\"gatherMm\": 6", "\"gatherMm\": null", "threads[0]")]
    [InlineData("\"id\": \"L1\"", "\"id\": \"\"", "threads[0].id")]
    [InlineData("\"ageYears\": 52", "\"ageYears\": 17", "patient.ageYears")]
    [InlineData("\"landmark\": \"jowl.left\"", "\"landmark\": \"nose\"", "targets[0].landmark")]
    public void A_wrong_member_is_refused_by_its_place(string right, string wrong, string place)
    {
        string path = Path.Combine(folder, "plan.json");
        PlanFile.Write(path, Sample());
        string text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        var error = Assert.Throws<InvalidInputException>(() => PlanFile.Read(path));
        Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(place, error.Place, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Any_mutation_of_a_plan_file_reads_or_is_refused()
    {
        string path = Path.Combine(folder, "plan.json");
        PlanFile.Write(path, Sample());
        byte[] valid = File.ReadAllBytes(path);
        var random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = [.. valid];
            for (int change = 0; change <= round % 4; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, round % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                PlanFile.Read(path);
            }
            catch (InvalidInputException error)
            {
                refused++;
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 1000, 2000);
    }

    [Fact]
    public void A_changed_or_missing_scan_is_refused()
    {
        string scan = Path.Combine(folder, "scan.obj");
        File.WriteAllText(scan, "v 0 0 0\n");
        ThreadPlan plan = Sample() with { Scan = new ScanReference { Path = "scan.obj", Sha256 = PlanFile.Sha256Of(scan), Unit = "mm" } };
        string path = Path.Combine(folder, "plan.json");
        PlanFile.Write(path, plan);
        PlanFile.CheckScan(path, plan);
        File.AppendAllText(scan, "v 0 0 1\n");
        Assert.Equal("scan.sha256", Assert.Throws<InvalidInputException>(() => PlanFile.CheckScan(path, plan)).Place);
        File.Delete(scan);
        Assert.Equal("scan.path", Assert.Throws<InvalidInputException>(() => PlanFile.CheckScan(path, plan)).Place);
    }

    [Fact]
    public void Landmarks_survive_and_unknown_names_are_refused()
    {
        string path = Path.Combine(folder, "landmarks.json");
        LandmarkFile.Write(path, new LandmarkSet([new Landmark("jowl.left", new Vector3D(1, 2, 3.25), 0.5), new Landmark("menton", Vector3D.Zero, 1)]));
        LandmarkSet read = LandmarkFile.Read(path);
        Assert.Equal(new Vector3D(1, 2, 3.25), read["jowl.left"]);
        Assert.Equal(2, read.All.Count);
        File.WriteAllText(path, File.ReadAllText(path).Replace("menton", "chin", StringComparison.Ordinal));
        Assert.Equal("landmarks[1].name", Assert.Throws<InvalidInputException>(() => LandmarkFile.Read(path)).Place);
    }

    private static ThreadPlan Sample() => new()
    {
        Scan = new ScanReference { Path = "scan.obj", Sha256 = new string('a', 64), Unit = "mm" },
        Patient = new PatientDescription { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate },
        Area = TreatmentArea.NasolabialFold,
        Landmarks = [new Landmark("jowl.left", new Vector3D(40, -60, 60), 0.9)],
        Targets = [new LiftTarget("jowl.left", Vector3D.UnitY)],
        Threads =
        [
            new PlannedThread
            {
                Id = "L1",
                Material = ThreadMaterial.Pcl,
                DiameterMm = 0.32,
                Barbs = BarbKind.Cut,
                BarbsPerCm = 5,
                Direction = BarbDirection.Bidirectional,
                Anchor = AnchorKind.SelfAnchored,
                Path = [new Vector3D(60, 0, 20), new Vector3D(40, -60, 60)],
                DepthMm = 4,
                GatherMm = 6,
            },
        ],
    };
}
