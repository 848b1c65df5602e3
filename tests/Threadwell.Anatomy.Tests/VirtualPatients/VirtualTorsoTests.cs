using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.VirtualPatients;

public sealed class VirtualTorsoTests
{
    [Theory]
    [InlineData(Sex.Female)]
    [InlineData(Sex.Male)]
    public void Scan_is_one_manifold_piece_open_at_neck_and_hips(Sex sex)
    {
        TriangleMesh scan = SamplePatients.Torso(sex).Scan;
        Assert.All(MeshChecks.DirectedEdges(scan).Values, count => Assert.Equal(1, count));
        Assert.Equal(1, MeshChecks.Pieces(scan));
        (double low, double high) = (scan.Positions.Min(p => p.Y), scan.Positions.Max(p => p.Y));
        Assert.All(MeshChecks.Boundary(scan).Keys, v => Assert.True(scan.Positions[v].Y < low + 10 || scan.Positions[v].Y > high - 10));
    }

    [Theory]
    [InlineData(Sex.Female)]
    [InlineData(Sex.Male)]
    public void Landmarks_lie_on_the_surface_and_in_anatomical_order(Sex sex)
    {
        VirtualPatient patient = SamplePatients.Torso(sex);
        LandmarkSet at = patient.Landmarks;
        Assert.Equal((2 * LandmarkNames.PairedTorso.Count) + LandmarkNames.MidlineTorso.Count, at.All.Count);
        Assert.All(at.All, landmark => Assert.True(MeshChecks.DistanceTo(patient.Scan, landmark.Position) < 0.1, landmark.Name));
        foreach (string side in new[] { ".left", ".right" })
        {
            double sign = side == ".left" ? 1 : -1;
            Assert.All(LandmarkNames.PairedTorso, name => Assert.True(sign * at[name + side].X > 40, name + side));
            Assert.True(at["clavicle" + side].Y > at["nipple" + side].Y);
            Assert.True(at["nipple" + side].Y > at["inframammary" + side].Y);
            Assert.True(at["inframammary" + side].Y > at["umbilicus"].Y);
            Assert.True(at["umbilicus"].Y > at["iliac-crest" + side].Y);
            Assert.True(at["nipple" + side].Z > at["inframammary" + side].Z);
        }

        Assert.True(at["sternal-notch"].Y > at["xiphoid"].Y && at["xiphoid"].Y > at["umbilicus"].Y);
    }

    [Fact]
    public void Breast_is_placed_by_the_published_means_and_descends_with_laxity()
    {
        LandmarkSet none = SamplePatients.Torso(laxity: Laxity.None).Landmarks;
        LandmarkSet marked = SamplePatients.Torso(laxity: Laxity.Marked).Landmarks;

        // The person's size varies by up to 7 percent about the means, ageing alone adds a few millimetres, the asymmetry 2 mm a side.
        Assert.InRange(Vector3D.Distance(none["sternal-notch"], none["nipple.left"]), 198 * 0.93, (198 * 1.07) + 8);
        Assert.InRange(Vector3D.Distance(none["nipple.left"], none["nipple.right"]), (203 * 0.93) - 4, (203 * 1.07) + 4);
        Assert.True(marked["nipple.left"].Y < none["nipple.left"].Y - 15);
        Assert.True(none["nipple.left"].Y - none["inframammary.left"].Y > marked["nipple.left"].Y - marked["inframammary.left"].Y);
    }
}
