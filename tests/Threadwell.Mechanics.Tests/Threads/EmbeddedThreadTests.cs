using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

public sealed class EmbeddedThreadTests
{
    private static readonly EmbeddedThread s_course = new([new(0, 0, 0), new(3, 0, 0), new(3, 4, 0)]);

    [Fact]
    public void PointsAndTangentsFollowTheArcLength()
    {
        Assert.Equal(7, s_course.LengthMm);
        Assert.Equal(new Vector3D(1.5, 0, 0), s_course.PointAt(1.5));
        Assert.Equal(new Vector3D(3, 1, 0), s_course.PointAt(4));
        Assert.Equal(new Vector3D(3, 4, 0), s_course.PointAt(9));
        Assert.Equal(new Vector3D(0, 0, 0), s_course.PointAt(-1));
        Assert.Equal(Vector3D.UnitX, s_course.TangentAt(1));
        Assert.Equal(Vector3D.UnitY, s_course.TangentAt(7));
    }

    [Fact]
    public void LayoutHasTheBarbsAskedForAndNoLargeGap()
    {
        ThreadStation[] stations = s_course.LayOut(0.5, bidirectional: true, anchored: false, largestGapMm: 1);
        Assert.Equal(3, stations.Count(station => station.Grip != BarbGrip.None));
        Assert.Equal(0, stations[0].AxialMm);
        Assert.Equal(7, stations[^1].AxialMm);
        for (int station = 1; station < stations.Length; station++)
        {
            Assert.InRange(stations[station].AxialMm - stations[station - 1].AxialMm, 1e-3, 1 + 1e-9);
        }
    }

    [Fact]
    public void HalvesHoldTowardsTheMiddleAndTheGatherLiesBetween()
    {
        ThreadStation[] stations = s_course.LayOut(4.0 / 7, bidirectional: true, anchored: false, largestGapMm: 10);
        Assert.Equal(
            [BarbGrip.None, BarbGrip.HoldsTowardsExit, BarbGrip.HoldsTowardsExit, BarbGrip.HoldsTowardsEntry, BarbGrip.HoldsTowardsEntry, BarbGrip.None],
            stations.Select(station => station.Grip));
        Assert.Equal([0, 0, 5, 0, 0], EmbeddedThread.PlaceGather(stations, 5));

        ThreadStation[] anchored = s_course.LayOut(4.0 / 7, bidirectional: false, anchored: true, largestGapMm: 10);
        Assert.True(anchored[0].IsAnchor);
        Assert.Equal([5, 0, 0, 0, 0], EmbeddedThread.PlaceGather(anchored, 5));
    }

    [Fact]
    public void CoincidentPointsAreRefused() =>
        Assert.Throws<ArgumentException>(() => new EmbeddedThread([new(0, 0, 0), new(0, 0, 0)]));
}
