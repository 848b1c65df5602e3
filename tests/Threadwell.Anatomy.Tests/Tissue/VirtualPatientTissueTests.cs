using Threadwell.Anatomy.Tissue;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

/// <summary>Tissue under plans on virtual patients: every area, quality, layers, ligaments, borders.</summary>
public sealed class VirtualPatientTissueTests
{
    private static readonly Lazy<VirtualPatient> Woman = new(() => Person(VirtualBody.Head, 1));

    [Fact]
    public void JawlineOfAHeadIsBuiltOnBothSides()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.Jawline, patient);
        LayeredTissue tissue = TissueBuilder.Build(patient.Scan, patient.Landmarks, request);
        AssertSound(patient, request, tissue);
        Assert.InRange(tissue.Nodes.Length, 8_000, 40_000);

        // Both mandibular ligaments lie in the region, each with its relative stiffness; a mirrored plan meets them alike.
        Assert.True(Math.Abs(SideSum(tissue, 1) - SideSum(tissue, -1)) < 0.05);
        Assert.True(SideSum(tissue, 1) > 0.45);
    }

    [Fact]
    public void TheSamePatientGivesTheSameTissueToTheBit()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.Brow, patient);
        LayeredTissue first = TissueBuilder.Build(patient.Scan, patient.Landmarks, request);
        LayeredTissue second = TissueBuilder.Build(patient.Scan, patient.Landmarks, request);
        Assert.Equal(first.Nodes, second.Nodes);
        Assert.Equal(first.Skin.Triangles, second.Skin.Triangles);
        Assert.Equal(first.LigamentShare, second.LigamentShare);
        Assert.Equal(first.OnCutEdge, second.OnCutEdge);
    }

    [Fact]
    public void SkinFollowsTheScanAndThreadsLieInTheTissue()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.NasolabialFold, patient);
        LayeredTissue tissue = TissueBuilder.Build(patient.Scan, patient.Landmarks, request);
        AssertSound(patient, request, tissue);
        var scan = new TriangleBvh(patient.Scan);
        double[] misses = [.. tissue.Skin.Positions.Select(p => scan.ClosestPoint(p).Distance).Order()];
        Assert.InRange(misses[(int)(0.98 * misses.Length)], 0, 0.05);
        var probe = new TissueProbe(tissue);
        foreach (Vector3D point in request.ThreadPaths.SelectMany(path => path))
        {
            SurfacePoint at = probe.Embed(point);
            Assert.InRange(at.Distance, 0, 2.5);
            Assert.Equal(4, probe.DepthPoint(at, 4).DepthMm, 9);
        }
    }

    [Fact]
    public void MeasuredThicknessReplacesTheSites()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.Jawline, patient) with
        {
            MeasuredThicknessMm = new Dictionary<TissueLayer, double> { [TissueLayer.Skin] = 2, [TissueLayer.SuperficialFat] = 4 },
        };
        ThicknessField field = ThicknessField.For(patient.Landmarks, request);
        SiteLayers at = field.At(patient.Landmarks["jowl.left"]);
        Assert.Equal(2, at.SkinMm, 12);
        Assert.Equal(4, at.SuperficialFatMm, 12);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ThicknessField.For(patient.Landmarks, request with
        {
            MeasuredThicknessMm = new Dictionary<TissueLayer, double> { [TissueLayer.Smas] = 0 },
        }));
        Assert.Contains("Smas", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThicknessDependsOnSexAgeAndLaxityAsTheEvidenceSays()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest woman = Plans.For(TreatmentArea.Jawline, patient) with { Sex = Sex.Female, AgeYears = 45, Laxity = Laxity.Mild };
        SiteLayers At(TissueRequest request, string landmark) => ThicknessField.For(patient.Landmarks, request).At(patient.Landmarks[landmark]);
        SiteLayers jowl = At(woman, "jowl.left");
        Assert.True(At(woman with { Sex = Sex.Male }, "jowl.left").SkinMm > jowl.SkinMm);
        Assert.True(At(woman with { AgeYears = 65 }, "jowl.left").SuperficialFatMm < jowl.SuperficialFatMm);
        Assert.True(At(woman with { Laxity = Laxity.Marked }, "jowl.left").SuperficialFatMm > jowl.SuperficialFatMm);

        // E-145: the jowl has thicker superficial fat and a deeper SMAS than the skin in front of the ear.
        SiteLayers ear = At(woman, "tragus.left");
        Assert.True(jowl.SuperficialFatMm > ear.SuperficialFatMm);
        Assert.True(jowl.SuperficialFatMm + jowl.SkinMm > ear.SuperficialFatMm + ear.SkinMm);
    }

    [Fact]
    public void SitesStayAboveTheBone()
    {
        foreach (ThicknessSite site in ThicknessField.For(Woman.Value.Landmarks, Plans.For(TreatmentArea.Jawline, Woman.Value)).Sites)
        {
            double bone = site.Name switch { "glabella" => 5.5, "zygoma" => 6, "menton" => 7, "gonion" => 10, "jowl" => 10.5, "chin" => 11, "upper lip" => 11.5, _ => 20 };
            Assert.InRange(site.Layers.TotalMm, 3, bone + 1e-9);
        }
    }

    [Fact]
    public void PointsOffTheSkinAreRefusedWithTheirPlace()
    {
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.Jawline, patient);
        InvalidInputException off = Assert.Throws<InvalidInputException>(() => TissueBuilder.Build(
            patient.Scan, patient.Landmarks, request with { TargetPoints = [new Vector3D(0, 400, 0)] }));
        Assert.Contains("400.0", off.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => TissueBuilder.Build(
            patient.Scan, patient.Landmarks, request with { ThreadPaths = [], TargetPoints = [] }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void EveryAreaOfEveryPersonIsSound(int seed)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        VirtualPatient head = Person(VirtualBody.Head, seed);
        foreach (TreatmentArea area in new[] { TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck })
        {
            TissueRequest request = Plans.For(area, head);
            AssertSound(head, request, TissueBuilder.Build(head.Scan, head.Landmarks, request));
        }

        VirtualPatient torso = Person(VirtualBody.Torso, seed);
        foreach (TreatmentArea area in new[] { TreatmentArea.Abdomen, TreatmentArea.Breast })
        {
            TissueRequest request = Plans.For(area, torso);
            LayeredTissue tissue = TissueBuilder.Build(torso.Scan, torso.Landmarks, request);
            AssertSound(torso, request, tissue);
            Assert.All(tissue.LigamentShare, share => Assert.Equal(0, share));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(3)]
    [InlineData(1.5)]
    public void AGivenEdgeLengthIsKeptAndSound(double edge)
    {
        Assert.SkipUnless(edge > 2 || Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        VirtualPatient patient = Woman.Value;
        TissueRequest request = Plans.For(TreatmentArea.Jawline, patient) with { EdgeLengthMm = edge };
        LayeredTissue tissue = TissueBuilder.Build(patient.Scan, patient.Landmarks, request);
        AssertSound(patient, request, tissue);
        Assert.InRange(tissue.EdgeLengthMm, 0.9 * edge, 1.1 * edge);
    }

    private static VirtualPatient Person(VirtualBody body, int seed) => VirtualPatient.Create(new VirtualPatientTraits
    {
        Body = body,
        Seed = (ulong)seed,
        AgeYears = 25 + (seed * 17 % 50),
        Sex = body == VirtualBody.Head && seed % 2 == 0 ? Sex.Male : Sex.Female,
        Laxity = (Laxity)(1 + (seed % 3)),
    });

    private static void AssertSound(VirtualPatient patient, TissueRequest request, LayeredTissue tissue)
    {
        string what = $"{request.Area}, seed {patient.Traits.Seed}";
        TissueQualityReport quality = TissueQuality.Measure(tissue);
        Assert.True(quality.SmallestScaledJacobian >= TissueBuilder.SmallestAllowedScaledJacobian, $"{what}: {quality}");
        Assert.Equal(tissue.ColumnCount, tissue.OnCutEdge.Length);
        Assert.Equal(tissue.ColumnCount, tissue.LigamentShare.Length);
        Assert.Contains(true, tissue.OnCutEdge);

        int leftovers = Enumerable.Range(0, tissue.PressurePartner.Length).Count(t => tissue.PressurePartner[tissue.PressurePartner[t]] != t);
        Assert.True(leftovers <= 0.01 * tissue.PressurePartner.Length, $"{what}: {leftovers} leftovers");
        Assert.All(Enumerable.Range(0, tissue.PressurePartner.Length), t => Assert.NotEqual(t, tissue.PressurePartner[t]));

        // Nearly all columns have the thickness of their site; the rest gave way to curvature.
        ThicknessField field = ThicknessField.For(patient.Landmarks, request);
        int shortened = Enumerable.Range(0, tissue.ColumnCount).Count(column =>
            Vector3D.Distance(tissue.Nodes[tissue.Node(column, 0)], tissue.Skin.Positions[column]) < 0.95 * field.At(tissue.Skin.Positions[column]).TotalMm);
        Assert.True(shortened < 0.35 * tissue.ColumnCount, $"{what}: {shortened} of {tissue.ColumnCount} columns shortened");
    }

    private static double SideSum(LayeredTissue tissue, int side) =>
        Enumerable.Range(0, tissue.ColumnCount).Where(c => side * tissue.Skin.Positions[c].X > 0).Sum(c => tissue.LigamentShare[c]);
}
