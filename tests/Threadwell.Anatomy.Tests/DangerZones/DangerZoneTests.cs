using Threadwell.Anatomy.Tests.VirtualPatients;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.DangerZones;

public sealed class DangerZoneTests
{
    // A course of 100 mm along x whose least depth grows from 2 to 10 mm.
    private static readonly DangerZone Vessel = new()
    {
        Structure = "vessel",
        Course = [Vector3D.Zero, new Vector3D(100, 0, 0)],
        LeastDepthMm = [2, 10],
        ReachMm = 5,
        Source = "E-1",
    };

    [Fact]
    public void A_thread_deeper_than_the_zone_is_warned_of_and_a_shallow_one_is_clear()
    {
        DangerZoneWarning warning = Assert.Single(Check(Across(50, 7), Vessel));
        Assert.Equal(("T1", "vessel", true), (warning.ThreadId, warning.Structure, warning.DepthKnown));
        Assert.Contains("7.0 mm", warning.Reason, StringComparison.Ordinal);
        Assert.Contains("6.0 mm", warning.Reason, StringComparison.Ordinal);
        Assert.Empty(Check(Across(50, 5), Vessel));
    }

    [Fact]
    public void The_thread_counts_to_its_underside()
    {
        Assert.Empty(Check(Across(50, 5.7), Vessel));
        Assert.Single(Check(Across(50, 5.9), Vessel));
    }

    [Fact]
    public void The_depth_is_that_of_the_place_where_the_thread_crosses()
    {
        Assert.Single(Check(Across(10, 5), Vessel));
        Assert.Empty(Check(Across(90, 5), Vessel));
    }

    [Fact]
    public void A_thread_beyond_the_reach_is_clear_at_any_depth()
    {
        var beside = new ThreadBelowSkin("T1", [new(0, 5.5, 0), new(100, 5.5, 0)], 20, 0.4);
        Assert.Empty(Check(beside, Vessel));
        Assert.Single(Check(beside, Vessel with { ReachMm = 6 }));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(20)]
    public void A_zone_without_a_measured_depth_is_never_clear(double depthMm)
    {
        DangerZoneWarning warning = Assert.Single(Check(Across(50, depthMm), Vessel with { LeastDepthMm = null }));
        Assert.False(warning.DepthKnown);
        Assert.Contains("unknown", warning.Reason, StringComparison.Ordinal);
        Assert.Contains("SMAS", warning.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_zones_of_a_head_lie_on_its_skin_on_both_sides()
    {
        VirtualPatient head = SamplePatients.Head();
        IReadOnlyList<DangerZone> zones = Anatomy.DangerZones.For(head.Landmarks, head.Scan);
        var skin = new TriangleBvh(head.Scan);
        Assert.All(zones.SelectMany(zone => zone.Course), point => Assert.InRange(Vector3D.Distance(point, skin.ClosestPoint(point).Position), 0, 1e-6));
        Assert.All(zones.Where(zone => zone.LeastDepthMm is not null), zone => Assert.Equal(zone.Course.Count, zone.LeastDepthMm!.Count));
        string[] left = [.. zones.Where(zone => zone.Structure.EndsWith(", left", StringComparison.Ordinal)).Select(zone => zone.Structure[..^6])];
        string[] right = [.. zones.Where(zone => zone.Structure.EndsWith(", right", StringComparison.Ordinal)).Select(zone => zone.Structure[..^7])];
        Assert.Equal(left, right);
        Assert.Equal(zones.Count, left.Length + right.Length);
        Assert.Contains("facial artery", left);
    }

    [Fact]
    public void A_thread_along_the_facial_artery_is_judged_by_the_depth_measured_there()
    {
        VirtualPatient head = SamplePatients.Head();
        DangerZone artery = Anatomy.DangerZones.For(head.Landmarks, head.Scan).First(zone => zone.Structure == "facial artery, left");
        double least = artery.LeastDepthMm!.Min();
        Assert.Single(Check(new ThreadBelowSkin("T1", artery.Course, least + 0.1, 0.3), artery));
        Assert.Empty(Check(new ThreadBelowSkin("T1", artery.Course, least - 0.2, 0.3), artery));
    }

    [Fact]
    public void A_torso_has_the_zones_of_a_torso()
    {
        VirtualPatient torso = SamplePatients.Torso();
        Assert.Equal(["peritoneum", "pleura, left", "pleura, right"], Anatomy.DangerZones.For(torso.Landmarks, torso.Scan).Select(zone => zone.Structure).Order(StringComparer.Ordinal));
    }

    private static ThreadBelowSkin Across(double x, double depthMm) => new("T1", [new(x, -30, 0), new(x, 30, 0)], depthMm, 0.4);

    private static IReadOnlyList<DangerZoneWarning> Check(ThreadBelowSkin thread, DangerZone zone) => DangerZoneCheck.Check([thread], [zone]);
}
