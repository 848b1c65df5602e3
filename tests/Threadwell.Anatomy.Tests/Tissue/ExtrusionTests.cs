using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

public sealed class ExtrusionTests
{
    [Fact]
    public void PlaneGivesRightPrismsOfTheAskedThickness()
    {
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Plane(40, 30, 3), Patches.Cheek);
        Assert.Equal(1, TissueQuality.SmallestScaledJacobian(tissue), 12);
        double area = tissue.Skin.TriangleCount * 9 * Math.Sqrt(3) / 4;
        foreach (TissueLayer layer in LayerCells.Layers)
        {
            Assert.Equal(area * Patches.Cheek[layer], Patches.LayerVolume(tissue, layer), 8);
        }
    }

    [Fact]
    public void LevelsAndLayersFollowTheContract()
    {
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Plane(20, 20, 3), Patches.Cheek);
        Assert.Equal(tissue.ColumnCount * tissue.LevelCount, tissue.Nodes.Length);
        Assert.InRange(tissue.LevelCount, 8, 12);
        Assert.Equal(tissue.CellLayers.Order(), tissue.CellLayers);
        for (int column = 0; column < tissue.ColumnCount; column++)
        {
            Assert.Equal(tissue.Skin.Positions[column], tissue.Nodes[tissue.Node(column, tissue.LevelCount - 1)]);
            Assert.Equal(-Patches.Cheek.TotalMm, tissue.Nodes[tissue.Node(column, 0)].Z, 12);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1.5)]
    public void SphereLayersHaveTheVolumeOfTheirShells(double edge)
    {
        const double Radius = 40;
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Sphere(Radius, edge), Patches.Cheek);
        double outer = Radius;
        double largestError = 0;
        foreach (TissueLayer layer in LayerCells.Layers.Reverse())
        {
            double inner = outer - Patches.Cheek[layer];
            double exact = 4 * Math.PI / 3 * ((outer * outer * outer) - (inner * inner * inner));
            largestError = Math.Max(largestError, Math.Abs((Patches.LayerVolume(tissue, layer) / exact) - 1));
            outer = inner;
        }

        // A flat triangle lies below the sphere: its area is short by about (edge / radius)² / 4, its volume by twice that.
        double edgeToRadius = tissue.EdgeLengthMm / Radius;
        Assert.InRange(largestError, 0, 0.75 * edgeToRadius * edgeToRadius);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(20, 1)]
    [InlineData(11, 1)]
    [InlineData(6, 1)]
    [InlineData(-12, 1)]
    [InlineData(8, 1.9)]
    public void NoWedgeTurnsOverOnACurvedPatch(double radius, double thicker)
    {
        SiteLayers layers = new(thicker * 3, thicker * 1, thicker * 5, thicker * 1.2);
        double arc = Math.Min(60, Math.Abs(radius) * 2.4);
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Cylinder(radius, arc, 40, 3), layers);
        Assert.True(TissueQuality.SmallestScaledJacobian(tissue) >= TissueBuilder.SmallestAllowedScaledJacobian);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(8)]
    public void NoWedgeTurnsOverOnASaddle(double radius)
    {
        LayeredTissue tissue = TissueBuilder.BuildOn(Patches.Saddle(radius, 36, 3), Patches.Cheek);
        Assert.True(TissueQuality.SmallestScaledJacobian(tissue) >= TissueBuilder.SmallestAllowedScaledJacobian);
    }

    [Fact]
    public void ThicknessGivesWayOnlyWhereTheSkinCurvesMoreThanItIsThick()
    {
        // A ridge with a radius of 6 mm between two flat flanks, tissue of 10.2 mm.
        const double Radius = 6;
        TriangleMesh ridge = Patches.Lattice(120, 40, 3, (x, y) =>
        {
            double angle = Math.Clamp(x / Radius, -0.6, 0.6);
            double beyond = x - (angle * Radius);
            return new Vector3D(
                (Radius * Math.Sin(angle)) + (beyond * Math.Cos(angle)), y, (Radius * Math.Cos(angle)) - (beyond * Math.Sin(angle)));
        });
        LayeredTissue tissue = TissueBuilder.BuildOn(ridge, Patches.Cheek);
        double Thickness(int column) => Vector3D.Distance(tissue.Nodes[tissue.Node(column, 0)], tissue.Skin.Positions[column]);
        int[] flanks = [.. Enumerable.Range(0, tissue.ColumnCount).Where(c => Math.Abs(ridge.Positions[c].X) > 35)];
        Assert.All(flanks, column => Assert.Equal(Patches.Cheek.TotalMm, Thickness(column), 9));
        Assert.True(Enumerable.Range(0, tissue.ColumnCount).Min(Thickness) < Patches.Cheek.TotalMm);
        Assert.True(TissueQuality.SmallestScaledJacobian(tissue) >= TissueBuilder.SmallestAllowedScaledJacobian);
    }

    [Fact]
    public void ASharpCreaseIsFairedUntilColumnsFit()
    {
        // Two flat sheets folded back onto each other round an edge of 150°, as at a lid or the rim of an ear.
        double half = 15 * Math.PI / 180;
        TriangleMesh fold = Patches.Lattice(60, 40, 3, (x, y) => new Vector3D(Math.Abs(x) * -Math.Cos(half), y, Math.Sin(half) * -x));
        LayeredTissue tissue = TissueBuilder.BuildOn(fold, Patches.Cheek);
        Assert.True(TissueQuality.SmallestScaledJacobian(tissue) >= TissueBuilder.SmallestAllowedScaledJacobian);
    }

    [Fact]
    public void TheSameSkinGivesTheSameTissueToTheBit()
    {
        TriangleMesh skin = Patches.Cylinder(9, 20, 40, 3);
        LayeredTissue first = TissueBuilder.BuildOn(skin, Patches.Cheek);
        LayeredTissue second = TissueBuilder.BuildOn(skin, Patches.Cheek);
        Assert.Equal(first.Nodes, second.Nodes);
        Assert.Equal(first.PressurePartner, second.PressurePartner);
    }

    [Fact]
    public void ScaledJacobianKnowsItsReferenceShapes()
    {
        double height = Math.Sqrt(3) / 2;
        Vector3D[] right = [new(0, 0, 0), new(1, 0, 0), new(0.5, height, 0), new(0, 0, 0.01), new(1, 0, 0.01), new(0.5, height, 0.01)];
        Assert.Equal(1, TissueQuality.ScaledJacobian(right), 12);
        Vector3D[] turned = [right[3], right[4], right[5], right[0], right[1], right[2]];
        Assert.Equal(-1, TissueQuality.ScaledJacobian(turned), 12);

        // Columns leaning by 60° halve it; thinness alone does not change it.
        Vector3D lean = new(Math.Tan(Math.PI / 3) * 0.01, 0, 0);
        Vector3D[] leaning = [right[0], right[1], right[2], right[3] + lean, right[4] + lean, right[5] + lean];
        Assert.Equal(0.5, TissueQuality.ScaledJacobian(leaning), 12);
        Assert.Equal(100, TissueQuality.AspectRatio(right), 9);
    }
}
