using System.Text.Json;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Cli.Tests;

public sealed class MeasureCommandTests
{
    [Fact]
    public void A_head_that_was_turned_and_pushed_out_at_the_cheek_is_measured()
    {
        using var folder = new TemporaryFolder();
        (TriangleMesh skin, LandmarkSet landmarks) = Head(folder);
        Vector3D cheek = landmarks["jowl.left"];
        RigidMotion pose = RigidMotion.About(new Vector3D(0.1, -0.15, 0.05), default, new Vector3D(5, -10, 8));
        Vector3D outwards = new TriangleBvh(skin).ClosestPoint(cheek).Interpolate(skin, skin.VertexNormals()).Normalized();
        MeshWriter.Write(folder["after.ply"], pose.Move(new TriangleMesh([.. skin.Positions.Select(point => point + (1.5 * Math.Exp(-(point - cheek).LengthSquared / 450) * outwards))], skin.Triangles)));
        Marks(folder["marks-before.json"], cheek);
        Marks(folder["marks-after.json"], pose.Move(cheek + (1.5 * outwards)));

        CommandLineRun run = CommandLineRun.Of(
            "measure", folder["before.ply"], folder["after.ply"], "--out", folder["measured"], "--marks-before", folder["marks-before.json"], "--marks-after", folder["marks-after.json"], "--language", "vi");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("mark mole: 1.50 mm", run.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder["measured/measurement.json"]));
        JsonElement root = document.RootElement;
        Assert.True(root.GetProperty("registration").GetProperty("isSettled").GetBoolean());
        Assert.InRange(root.GetProperty("repeatabilityMm").GetDouble(), 0, 0.1);
        JsonElement jowl = root.GetProperty("landmarks").EnumerateArray().Single(landmark => landmark.GetProperty("name").GetString() == "jowl.left");
        Assert.InRange(jowl.GetProperty("normalMm").GetDouble(), 1.2, 1.55);
        Assert.Equal(skin.VertexCount, root.GetProperty("normalMapMm").GetArrayLength());
        Assert.Contains("lang=\"vi\"", File.ReadAllText(folder["measured/report.html"]), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["measured/change.png"]).Length > 10_000);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Head(folder);
        Marks(folder["marks.json"], default);
        CommandLineRun.Of("measure", folder["before.ply"], folder["nowhere.ply"], "--out", folder["measured"]).IsRefusedAtLast("nowhere.ply");
        CommandLineRun.Of("measure", folder["before.ply"], folder["before.ply"], "--out", folder["measured"], "--marks-before", folder["marks.json"]).IsRefusedAtLast("--marks-after");
        Assert.Equal(0, CommandLineRun.Of("plan", "suggest", "--scan", folder["before.ply"], "--area", "jawline", "--age", "50", "--sex", "female", "--laxity", "moderate", "--out", folder["plan.json"]).ExitCode);
        MeshWriter.Write(folder["other.ply"], VirtualPatient.Create(new VirtualPatientTraits { Seed = 12 }).Scan);
        CommandLineRun.Of("measure", folder["other.ply"], folder["before.ply"], "--out", folder["measured"], "--plan", folder["plan.json"]).IsRefusedAtLast("not the scan that the plan");
        Assert.False(Directory.Exists(folder["measured"]));
    }

    private static (TriangleMesh Skin, LandmarkSet Landmarks) Head(TemporaryFolder folder)
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits { Seed = 11 });
        MeshWriter.Write(folder["before.ply"], patient.Scan);
        return (patient.Scan, patient.Landmarks);
    }

    private static void Marks(string path, Vector3D place) => File.WriteAllText(path, FormattableString.Invariant($$"""{ "marks": [{ "name": "mole", "position": [{{place.X}}, {{place.Y}}, {{place.Z}}] }] }"""));
}
