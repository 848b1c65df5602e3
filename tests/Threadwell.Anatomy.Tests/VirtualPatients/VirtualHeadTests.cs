using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.VirtualPatients;

public sealed class VirtualHeadTests
{
    [Theory]
    [InlineData(Sex.Female, Laxity.None, 1UL)]
    [InlineData(Sex.Male, Laxity.Severe, 2UL)]
    public void Scan_is_one_manifold_piece_open_only_at_the_neck(Sex sex, Laxity laxity, ulong seed)
    {
        TriangleMesh scan = SamplePatients.Head(sex, laxity, seed).Scan;
        Dictionary<(int From, int To), int> edges = MeshChecks.DirectedEdges(scan);
        Assert.All(edges.Values, count => Assert.Equal(1, count));
        Assert.Equal(1, MeshChecks.Pieces(scan));

        // The open edges form one loop at the lowest height.
        Dictionary<int, int> boundary = MeshChecks.Boundary(scan);
        double lowest = scan.Positions.Min(p => p.Y);
        Assert.All(boundary.Keys, v => Assert.InRange(scan.Positions[v].Y, lowest, lowest + 8));
        int start = boundary.Keys.Min();
        int length = 1;
        for (int v = boundary[start]; v != start; v = boundary[v])
        {
            length++;
        }

        Assert.Equal(boundary.Count, length);

        // Outward orientation: the divergence theorem gives a positive volume of a plausible head (3 to 8 litres).
        double volume = 0;
        var centre = new Vector3D(0, lowest, 0);
        for (int t = 0; t < scan.TriangleCount; t++)
        {
            volume += Vector3D.Dot(scan.Positions[scan.Triangles[3 * t]] - centre, scan.TriangleAreaVector(t)) / 3;
        }

        Assert.InRange(volume, 3e6, 8e6);
    }

    [Fact]
    public void Triangles_of_the_face_have_edges_of_about_two_millimetres_and_no_slivers()
    {
        TriangleMesh scan = SamplePatients.Head().Scan;
        List<double> edges = [];
        List<double> quality = [];
        for (int t = 0; t < scan.TriangleCount; t++)
        {
            Vector3D a = scan.Positions[scan.Triangles[3 * t]];
            Vector3D b = scan.Positions[scan.Triangles[(3 * t) + 1]];
            Vector3D c = scan.Positions[scan.Triangles[(3 * t) + 2]];
            if (a.Z < 30 || a.Y > 40 || a.Y < -95)
            {
                continue;
            }

            double[] sides = [Vector3D.Distance(a, b), Vector3D.Distance(b, c), Vector3D.Distance(c, a)];
            edges.AddRange(sides);
            quality.Add(4 * Math.Sqrt(3) * scan.TriangleAreaVector(t).Length / sides.Sum(s => s * s));
        }

        Assert.InRange(edges.Average(), 1.5, 2.5);
        quality.Sort();
        Assert.True(quality[quality.Count / 100] > 0.3, $"One triangle in a hundred has a shape of {quality[quality.Count / 100]:F2} (1 is equilateral).");
    }

    [Fact]
    public void Landmarks_lie_on_the_surface_and_on_their_sides()
    {
        VirtualPatient patient = SamplePatients.Head(seed: 2);
        Assert.Equal((2 * LandmarkNames.PairedHead.Count) + LandmarkNames.MidlineHead.Count, patient.Landmarks.All.Count);
        foreach (Landmark landmark in patient.Landmarks.All)
        {
            // The sampling of the check is finer than 0.1 mm.
            Assert.True(MeshChecks.DistanceTo(patient.Scan, landmark.Position) < 0.1, landmark.Name);
            Assert.True(!landmark.Name.EndsWith(".left", StringComparison.Ordinal) || landmark.Position.X > 5, landmark.Name);
            Assert.True(!landmark.Name.EndsWith(".right", StringComparison.Ordinal) || landmark.Position.X < -5, landmark.Name);
        }
    }

    [Fact]
    public void Same_traits_give_the_same_bits_and_another_seed_another_person()
    {
        VirtualPatient first = SamplePatients.Head();
        VirtualPatient again = VirtualPatient.Create(first.Traits);
        VirtualPatient other = SamplePatients.Head(seed: 2);
        Assert.Equal(first.Scan.Positions, again.Scan.Positions);
        Assert.Equal(first.Scan.Triangles, again.Scan.Triangles);
        Assert.NotEqual(first.Landmarks["cheilion.left"], other.Landmarks["cheilion.left"]);
    }

    [Fact]
    public void Age_outside_adulthood_is_refused() =>
        Assert.Throws<InvalidInputException>(() => VirtualPatient.Create(new VirtualPatientTraits { AgeYears = 12 }));

    [Fact]
    public void Jowl_and_brow_descend_with_each_grade_of_laxity()
    {
        LandmarkSet[] grades = [.. Enum.GetValues<Laxity>().Select(laxity => SamplePatients.Head(laxity: laxity).Landmarks)];
        for (int grade = 1; grade < grades.Length; grade++)
        {
            Assert.True(grades[grade]["jowl.left"].Y < grades[grade - 1]["jowl.left"].Y - 0.4, $"jowl at grade {grade}");

            // The brow's fullest point lies on a broad crest that the triangles blur by half a millimetre: both sides together decide.
            Assert.True(Brow(grades[grade]) < Brow(grades[grade - 1]), $"brow at grade {grade}");
        }

        Assert.True(grades[^1]["jowl.left"].Y < grades[0]["jowl.left"].Y - 3);
        Assert.True(Brow(grades[^1]) < Brow(grades[0]) - 1.5);

        static double Brow(LandmarkSet at) => 0.5 * (at["brow-peak.left"].Y + at["brow-peak.right"].Y);
    }

    [Theory]
    [InlineData(Sex.Female)]
    [InlineData(Sex.Male)]
    public void Distances_between_landmarks_lie_within_two_standard_deviations_of_the_table(Sex sex)
    {
        bool all = Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";
        for (ulong seed = 1; seed <= (all ? 20UL : 2UL); seed++)
        {
            IReadOnlyDictionary<string, Vector3D> p = SamplePatients.Head(sex, seed: seed).AnthropometricPoints;
            string of = sex == Sex.Female ? ".female" : ".male";
            void Check(string fact, string a, string b)
            {
                Fact norm = EvidenceCatalogue.Get("anthropometry." + fact + of);
                double distance = Vector3D.Distance(p[a], p[b]);
                Assert.True(Math.Abs(distance - norm.Value) <= 2 * norm.StandardDeviation!.Value, $"{fact}, seed {seed}: {distance:F1} mm, table {norm.Value} +/- {norm.StandardDeviation}.");
            }

            Check("bitragal-width", "tragus.left", "tragus.right");
            Check("biocular-width", "lateral-canthus.left", "lateral-canthus.right");
            Check("nasal-width", "alare.left", "alare.right");
            Check("mouth-width", "cheilion.left", "cheilion.right");
            Check("bizygomatic-width", "zygion.left", "zygion.right");
            Check("bigonial-width", "gonion.left", "gonion.right");
            Check("nose-height", "nasion", "subnasale");
            Check("lower-face-height", "subnasale", "menton");
        }
    }
}
