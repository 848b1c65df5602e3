using Threadwell.Anatomy.Tests.VirtualPatients;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Landmarks;

public sealed class LandmarkDetectorTests
{
    [Fact]
    public void Landmarks_of_four_people_are_found_where_they_are() => AssertFound(4);

    [Fact]
    public void Landmarks_of_twenty_people_are_found_where_they_are()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        AssertFound(20);
    }

    [Fact]
    public void The_same_scan_gives_the_same_landmarks()
    {
        TriangleMesh scan = SamplePatients.Head().Scan;
        Assert.Equal(LandmarkDetector.Detect(scan, "scan").All, LandmarkDetector.Detect(scan, "scan").All);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Landmarks_turn_with_the_head(double x, double y, double z)
    {
        TriangleMesh scan = SamplePatients.Head().Scan;
        LandmarkSet upright = LandmarkDetector.Detect(scan, "scan");
        Func<Vector3D, Vector3D> turn = Turn(new Vector3D(x, y, z), 8);
        LandmarkSet turned = LandmarkDetector.Detect(Moved(scan, turn), "scan");
        double[] errors = [.. upright.All.Select(landmark => Vector3D.Distance(turn(landmark.Position), turned[landmark.Name])).Order()];
        Assert.InRange(errors[errors.Length / 2], 0, 1.5);
        Assert.InRange(errors[^1], 0, 5);
    }

    [Theory]
    [InlineData("noisy")]
    [InlineData("coarse")]
    public void Landmarks_are_found_on_a_poor_scan(string scan)
    {
        foreach (Sex sex in Enum.GetValues<Sex>())
        {
            var patient = VirtualPatient.Create(new VirtualPatientTraits { Sex = sex, AgeYears = 60, Seed = 4 });
            LandmarkSet found = LandmarkDetector.Detect(scan == "noisy" ? Noisy(patient.Scan, 0.5, 1) : Coarse(patient.Scan, 3), scan);
            foreach (Landmark landmark in found.All)
            {
                double error = Vector3D.Distance(landmark.Position, patient.Landmarks[landmark.Name]);
                Assert.True(error <= 8, $"{landmark.Name} of the {sex} head is {error:0.0} mm off.");
            }
        }
    }

    [Fact]
    public void A_sphere_is_refused() => AssertRefused(Sphere());

    [Fact]
    public void A_head_on_its_back_is_refused() => AssertRefused(Moved(SamplePatients.Head().Scan, p => new Vector3D(p.X, p.Z, -p.Y)));

    [Fact]
    public void A_torso_is_refused_and_its_landmarks_asked_for() =>
        Assert.Contains("those of a torso are always marked by hand", AssertRefused(SamplePatients.Torso().Scan), StringComparison.Ordinal);

    private static void AssertFound(int people)
    {
        var errors = new List<(double Mm, string Where)>();
        for (int person = 0; person < people; person++)
        {
            var traits = new VirtualPatientTraits
            {
                AgeYears = 24 + (person * 11 % 60),
                Sex = person % 2 == 0 ? Sex.Female : Sex.Male,
                Laxity = (Laxity)(1 + (person / 2 % 3)),
                Seed = (ulong)(101 + person),
            };
            var patient = VirtualPatient.Create(traits);
            LandmarkSet found = LandmarkDetector.Detect(patient.Scan, $"head {traits.Seed}");
            Assert.Equal(patient.Landmarks.All.Select(landmark => landmark.Name), found.All.Select(landmark => landmark.Name));
            errors.AddRange(found.All.Select(landmark => (Vector3D.Distance(landmark.Position, patient.Landmarks[landmark.Name]), $"{landmark.Name} of head {traits.Seed}")));
        }

        (double Mm, string Where)[] ordered = [.. errors.OrderBy(error => error.Mm)];
        Assert.InRange(ordered[ordered.Length / 2].Mm, 0, 2.5);
        Assert.True(ordered[^1].Mm <= 6, $"{ordered[^1].Where} is {ordered[^1].Mm:0.0} mm off.");
    }

    /// <summary>Each vertex moved along its normal by uniform noise of this standard deviation, mm.</summary>
    private static TriangleMesh Noisy(TriangleMesh mesh, double deviation, int seed)
    {
        var random = new Random(seed);
        Vector3D[] normals = mesh.VertexNormals();
        return new([.. mesh.Positions.Select((p, vertex) => p + (Math.Sqrt(12) * deviation * (random.NextDouble() - 0.5) * normals[vertex]))], mesh.Triangles);
    }

    /// <summary>The vertices of each cell of a grid merged to one: a coarse scan of the same head.</summary>
    private static TriangleMesh Coarse(TriangleMesh mesh, double cellMm)
    {
        var cells = mesh.Positions.Select((p, vertex) => (Cell: (Math.Floor(p.X / cellMm), Math.Floor(p.Y / cellMm), Math.Floor(p.Z / cellMm)), vertex)).GroupBy(item => item.Cell).ToList();
        var merged = new int[mesh.VertexCount];
        var positions = new Vector3D[cells.Count];
        for (int cell = 0; cell < cells.Count; cell++)
        {
            foreach ((_, int vertex) in cells[cell])
            {
                merged[vertex] = cell;
                positions[cell] += mesh.Positions[vertex] / cells[cell].Count();
            }
        }

        return new(positions, [.. mesh.Triangles.Chunk(3)
            .Select(corners => corners.Select(corner => merged[corner]).ToArray())
            .Where(corners => corners.Distinct().Count() == 3)
            .SelectMany(corners => corners)]);
    }

    private static string AssertRefused(TriangleMesh mesh)
    {
        var error = Assert.Throws<InvalidInputException>(() => LandmarkDetector.Detect(mesh, "scan.obj"));
        Assert.StartsWith("scan.obj: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--landmarks", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(LandmarkDetector.TryDetect(mesh, out _));
        return error.Message;
    }

    private static TriangleMesh Moved(TriangleMesh mesh, Func<Vector3D, Vector3D> move) => new([.. mesh.Positions.Select(move)], mesh.Triangles);

    /// <summary>A turn about an axis through the origin by Rodrigues' formula.</summary>
    private static Func<Vector3D, Vector3D> Turn(Vector3D axis, double degrees)
    {
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        return p => (cosine * p) + (sine * Vector3D.Cross(axis, p)) + ((1 - cosine) * Vector3D.Dot(axis, p) * axis);
    }

    /// <summary>A sphere as large as a head, by longitude and latitude.</summary>
    private static TriangleMesh Sphere()
    {
        const int around = 72;
        const int rows = 36;
        const double radius = 95;
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        for (int row = 0; row <= rows; row++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * row / rows);
            for (int column = 0; column < around; column++)
            {
                (double across, double front) = Math.SinCos(2 * Math.PI * column / around);
                positions.Add(radius * new Vector3D(sine * across, cosine, sine * front));
                if (row < rows)
                {
                    int a = (row * around) + column;
                    int b = (row * around) + ((column + 1) % around);
                    triangles.AddRange([a, a + around, b, b, a + around, b + around]);
                }
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }
}
