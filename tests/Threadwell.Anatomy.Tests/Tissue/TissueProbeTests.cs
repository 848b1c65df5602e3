using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

public sealed class TissueProbeTests
{
    private static readonly LayeredTissue Ball = TissueBuilder.BuildOn(Patches.Sphere(40, 3), Patches.Cheek);
    private static readonly TissueProbe Probe = new(Ball);

    [Theory]
    [InlineData(0, TissueLayer.Skin)]
    [InlineData(0.7, TissueLayer.Skin)]
    [InlineData(4, TissueLayer.SuperficialFat)]
    [InlineData(6.8, TissueLayer.Smas)]
    [InlineData(9, TissueLayer.DeepFat)]
    public void DepthPointLiesAtItsDepthInItsLayer(double depth, TissueLayer layer)
    {
        Vector3D direction = new Vector3D(0.3, -0.5, 0.81).Normalized();
        SurfacePoint at = Probe.Embed(40 * direction);
        TissuePoint found = Probe.DepthPoint(at, depth);
        Assert.Equal(depth, found.DepthMm, 12);
        Assert.Equal(layer, Probe.LayerAt(at, depth));
        Assert.Equal(1, found.Weights.Sum(), 12);
        Assert.All(found.Weights, weight => Assert.InRange(weight, 0, 1));

        Vector3D sum = Vector3D.Zero;
        for (int i = 0; i < 6; i++)
        {
            sum += found.Weights[i] * Ball.Nodes[found.Nodes[i]];
        }

        Assert.Equal(0, Vector3D.Distance(sum, found.Position), 10);
        Assert.Equal(WedgeSolid.Of(Ball).Connectivity.AsSpan(6 * found.Wedge, 6).ToArray(), found.Nodes);

        // Facets lie up to edge² / (8 R) below the sphere; the point lies under the same direction.
        Assert.InRange(found.Position.Length - (40 - depth), -0.1, 0.05);
        Assert.True(Vector3D.Dot(found.Position.Normalized(), direction) > 1 - 1e-5);
    }

    [Fact]
    public void DepthBeyondTheDeepFasciaEndsOnIt()
    {
        SurfacePoint at = Probe.Embed(new Vector3D(0, 0, 41));
        TissuePoint found = Probe.DepthPoint(at, 50);
        Assert.Equal(Probe.ThicknessMm(at), found.DepthMm, 12);
        Assert.Equal(0, found.Weights.Skip(3).Sum(), 12);
        Assert.Equal(Patches.Cheek.TotalMm, found.DepthMm, 1);
    }

    [Fact]
    public void EmbeddedPointInterpolatesALinearFieldExactly()
    {
        LayeredTissue plane = TissueBuilder.BuildOn(Patches.Plane(30, 30, 3), Patches.Cheek);
        double[] field = [.. plane.Nodes.Select(p => 2 + (3 * p.X) - p.Y + (0.5 * p.Z))];
        TissuePoint found = new TissueProbe(plane).DepthPoint(new Vector3D(3.3, -4.1, 0), 5.5);
        double value = 0;
        for (int i = 0; i < 6; i++)
        {
            value += found.Weights[i] * field[found.Nodes[i]];
        }

        Assert.Equal(2 + (3 * 3.3) + 4.1 - (0.5 * 5.5), value, 10);
    }
}
