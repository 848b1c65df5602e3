using Threadwell.Geometry;

namespace Threadwell.Prediction.Tests;

public sealed class CollagenDepositionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Every_milligram_arrives_whatever_the_mesh(double edgeMm)
    {
        var mechanics = new TissueMechanics(CheekPatch.Tissue(edgeMm), TissueParameters.For(CheekPatch.Plan().Patient));
        double[] volumes = mechanics.Mesh.PointVolumes();
        bool[] inSkin = [.. Enumerable.Range(0, mechanics.Mesh.PointCount).Select(point => mechanics.LayerOf(point / 6) == Anatomy.TissueLayer.Skin)];
        Vector3D[] samples = [.. Enumerable.Range(0, 30).Select(index => CheekPatch.OnSkin(2, index - 15) * (66.0 / 70))];
        double[] lengths = [.. samples.Select((_, index) => 0.5 + (0.01 * index))];
        var deposit = new Deposit(0, AtBarb: true, samples, [.. samples.Select(_ => Vector3D.UnitY)], lengths);
        var deposition = new CollagenDeposition([deposit], mechanics.Mesh.PointPositions(), volumes, inSkin, radiusMm: 2.5, dermalShare: 0.3, dermalRadiusMm: 8);
        var concentration = new double[volumes.Length];
        deposition.Concentrations([2.0], concentration);
        double total = concentration.Zip(volumes, (c, v) => c * v).Sum();
        Assert.Equal(2 * lengths.Sum(), total, 9);
        double skin = concentration.Zip(volumes, (c, v) => c * v).Where((_, point) => inSkin[point]).Sum();
        Assert.True(skin >= 0.3 * total * (1 - 1e-12));
        Assert.All(concentration, c => Assert.True(c >= 0));
    }
}
