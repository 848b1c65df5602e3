using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>The discrete sums against the closed forms of <see cref="NearField"/>, on a mesh fine enough for both to agree.</summary>
public sealed class HiddenComplianceTests
{
    private const double Mu = 0.002;
    private const double Barb = 0.2;

    [Fact]
    public void ALoneBarbHasThePointValue()
    {
        (double[] positions, double[] volumes) = Grid(40, 12, 12, 1);
        KernelShape shape = KernelShape.Isotropic(5);
        double[] hidden = Of([20.3], shape, positions, volumes);
        double expected = NearField.PointCompliance(Barb, NearField.EffectiveRadius(shape), Mu);
        Assert.Equal(expected, hidden[0], 0.01 * expected);
    }

    [Fact]
    public void ADenseRowHasTheLineValue()
    {
        // Barbs no thinner than half their spacing act like a line. Twice the kernel's radius adds ln 2 / (2 pi mu s), whatever the kernel
        // (the smaller one is of two edges only, so the mesh sharpens it by a few percent).
        (double[] positions, double[] volumes) = Grid(60, 12, 12, 1);
        const double thick = 0.5;
        double[] row = [.. Enumerable.Range(0, 41).Select(barb => 10.2 + barb)];
        double small = Of(row, KernelShape.Isotropic(2), positions, volumes, thick)[20];
        double large = Of(row, KernelShape.Isotropic(4), positions, volumes, thick)[20];
        double expected = NearField.RowCompliance(1, 2, 1, Mu);
        Assert.Equal(expected, large - small, 0.1 * expected);

        // The sum over the row in the continuum; the line value comes close to it with the radius of a lone force.
        double sum = row.Sum(at => Math.Abs(at - row[20]) > 16 ? 0 : Hidden(thick, KernelShape.Isotropic(4), Math.Abs(at - row[20])));
        Assert.Equal(sum, large, 0.03 * sum);
        double line = NearField.RowCompliance(thick, NearField.EffectiveRadius(KernelShape.Isotropic(4)), 1, Mu);
        Assert.Equal(line, sum, 0.1 * line);
    }

    [Fact]
    public void OppositeNeighboursRelieve()
    {
        (double[] positions, double[] volumes) = Grid(40, 12, 12, 1);
        ThreadStation[] same = [new(0, BarbGrip.HoldsTowardsEntry), new(2, BarbGrip.HoldsTowardsEntry)];
        ThreadStation[] opposite = [new(0, BarbGrip.HoldsTowardsExit), new(2, BarbGrip.HoldsTowardsEntry)];
        KernelWeights[] weights = [.. new[] { 19.0, 21.0 }.Select(x => KernelWeights.Build(positions, volumes, new Vector3D(x, 6, 6), KernelShape.Isotropic(4)))];
        double together = HiddenCompliance.OfBarbs(same, weights, positions, volumes, Barb)[0];
        double[] against = HiddenCompliance.OfBarbs(opposite, weights, positions, volumes, Barb);
        Assert.True(against[0] < together);
        Assert.Equal(against[0], against[1], 1e-12);
    }

    /// <summary>Axial Kelvinlet of a sphere minus the spread force, continuum.</summary>
    private static double Hidden(double barb, KernelShape shape, double distance) =>
        (1 / (4 * Math.PI * Mu * Math.Sqrt((distance * distance) + (2.25 * barb * barb)))) - NearField.SpreadCompliance(shape, distance, Mu);

    private static double[] Of(double[] row, KernelShape shape, double[] positions, double[] volumes, double barb = Barb)
    {
        // A free station on either side gives a lone barb its tangent.
        ThreadStation[] stations =
        [
            new(row[0] - 1, BarbGrip.None), .. row.Select(x => new ThreadStation(x, BarbGrip.HoldsTowardsEntry)), new(row[^1] + 1, BarbGrip.None),
        ];
        KernelWeights[] weights = [.. stations.Select(station => KernelWeights.Build(positions, volumes, new Vector3D(station.AxialMm, 6.1, 5.8), shape))];
        return [.. HiddenCompliance.OfBarbs(stations, weights, positions, volumes, barb).Select(perModulus => perModulus / Mu)];
    }

    private static (double[] Positions, double[] Volumes) Grid(int x, int y, int z, double h)
    {
        var positions = new List<double>();
        for (int i = 0; i <= x; i++)
        {
            for (int j = 0; j <= y; j++)
            {
                for (int k = 0; k <= z; k++)
                {
                    positions.AddRange([i * h, j * h, k * h]);
                }
            }
        }

        return ([.. positions], [.. Enumerable.Repeat(h * h * h, positions.Count / 3)]);
    }
}
