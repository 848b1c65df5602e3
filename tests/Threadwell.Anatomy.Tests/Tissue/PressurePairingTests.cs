using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

public sealed class PressurePairingTests
{
    public static TheoryData<string, TriangleMesh> Surfaces() => new()
    {
        { "plane", Patches.Plane(60, 45, 3) },
        { "sphere", Patches.Sphere(30, 3) },
        { "plane with holes", WithHoles(Patches.Plane(60, 45, 3), 7) },
        { "ragged plane", WithHoles(Patches.Plane(90, 90, 3), 3) },
    };

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void PartnersAreNeighboursAndNameEachOther(string name, TriangleMesh surface)
    {
        Assert.NotEmpty(name);
        int[] partner = PressurePairing.Pair(surface);
        int leftovers = 0;
        for (int triangle = 0; triangle < partner.Length; triangle++)
        {
            int other = partner[triangle];
            if (other == triangle)
            {
                Assert.All(Enumerable.Range(0, partner.Length), t => Assert.True(t == triangle || SharedCorners(surface, t, triangle) < 2));
                continue;
            }

            Assert.Equal(2, SharedCorners(surface, triangle, other));
            if (partner[other] != triangle)
            {
                leftovers++;
                Assert.Equal(other, partner[partner[other]]);
            }
        }

        Assert.True(leftovers <= LeastLeftovers(surface), $"{leftovers} left over of {partner.Length}");
    }

    [Fact]
    public void ClosedSurfaceIsPairedWithoutLeftovers()
    {
        // Every bridgeless graph of degree three has a perfect matching (Petersen 1891).
        TriangleMesh sphere = Patches.Sphere(30, 3);
        int[] partner = PressurePairing.Pair(sphere);
        Assert.All(Enumerable.Range(0, partner.Length), t => Assert.Equal(t, partner[partner[t]]));
    }

    [Fact]
    public void LeftoverOfAnOddStripJoinsAPair()
    {
        var strip = new TriangleMesh(
            [new(0, 0, 0), new(1, 0, 0), new(0.5, 1, 0), new(1.5, 1, 0), new(2, 0, 0)], [0, 1, 2, 1, 3, 2, 1, 4, 3]);
        int[] partner = PressurePairing.Pair(strip);
        int leftover = Enumerable.Range(0, 3).Single(t => partner[partner[t]] != t);
        Assert.Contains(leftover, new[] { 0, 2 });
        Assert.Equal(1, partner[leftover]);
        LayeredTissue tissue = TissueBuilder.BuildOn(strip, new SiteLayers(0.2, 0.2, 0.2, 0.2));
        WedgeSolid solid = WedgeSolid.Of(tissue);
        Assert.Equal(tissue.CellCount, solid.PressureGroupCount);
        Assert.All(Enumerable.Range(0, solid.WedgeCount), w => Assert.Equal(w % tissue.CellCount, solid.PressureGroups[w]));
    }

    [Fact]
    public void WedgesOfAGroupAreSideNeighboursOfOneLayer()
    {
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Sphere(30, 3), Patches.Cheek);
        WedgeSolid solid = WedgeSolid.Of(tissue);
        Assert.Equal(tissue.Skin.TriangleCount * tissue.CellCount, solid.WedgeCount);
        var groups = Enumerable.Range(0, solid.WedgeCount).GroupBy(w => solid.PressureGroups[w]).ToList();
        Assert.Equal(solid.PressureGroupCount, groups.Count);
        foreach (int[] group in groups.Select(g => g.ToArray()))
        {
            Assert.Equal(2, group.Length);
            Assert.Equal(group[0] % tissue.CellCount, group[1] % tissue.CellCount);
            int[] shared = [.. solid.Connectivity.AsSpan(6 * group[0], 6).ToArray().Intersect(solid.Connectivity.AsSpan(6 * group[1], 6).ToArray())];
            Assert.Equal(4, shared.Length);
        }
    }

    /// <summary>What no matching can pair, from below: isolated and odd parts; a general bound is not needed on these surfaces.</summary>
    private static int LeastLeftovers(TriangleMesh surface)
    {
        int[] neighbours = new SurfaceTopology(surface).Opposite;

        // Tutte-Berge on the leaves: triangles with one neighbour that share it compete for it.
        var leaves = new Dictionary<int, int>();
        for (int triangle = 0; triangle < surface.TriangleCount; triangle++)
        {
            int[] around = [.. Enumerable.Range(3 * triangle, 3).Where(h => neighbours[h] >= 0).Select(h => neighbours[h] / 3)];
            if (around.Length == 1)
            {
                leaves[around[0]] = leaves.GetValueOrDefault(around[0]) + 1;
            }
        }

        new SurfaceTopology(surface).Parts(out int parts);
        return leaves.Values.Sum(n => n - 1) + parts;
    }

    private static int SharedCorners(TriangleMesh surface, int first, int second) =>
        surface.Triangles.AsSpan(3 * first, 3).ToArray().Intersect(surface.Triangles.AsSpan(3 * second, 3).ToArray()).Count();

    private static TriangleMesh WithHoles(TriangleMesh surface, int every)
    {
        var kept = new List<int>();
        for (int triangle = 0; triangle < surface.TriangleCount; triangle++)
        {
            // A fixed scatter of holes: a multiplicative hash of the triangle's number.
            if ((uint)(triangle * 2654435761L) % (uint)every != 0)
            {
                kept.AddRange(surface.Triangles.AsSpan(3 * triangle, 3).ToArray());
            }
        }

        return new TriangleMesh(surface.Positions, [.. kept]);
    }
}
