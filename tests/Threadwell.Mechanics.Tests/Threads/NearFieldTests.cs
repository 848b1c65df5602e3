using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

public sealed class NearFieldTests
{
    private const double Mu = 0.002;

    [Theory]
    [InlineData(2.0, 2.0)]
    [InlineData(3.0, 1.0)]
    [InlineData(6.0, 2.0)]
    [InlineData(1.0, 2.0)]
    public void BothClosedFormsOfTheEffectiveRadiusAgree(double inPlane, double normal)
    {
        // One integrates about the normal in closed form, the other about the thread by quadrature.
        var shape = new KernelShape(inPlane, normal, Vector3D.UnitZ);
        double radius = NearField.EffectiveRadius(shape);
        Assert.Equal(1 / (6 * Math.PI * Mu * radius), NearField.SpreadCompliance(shape, 0, Mu), 1e-6 / Mu);
        Assert.InRange(radius, 0.6 * Math.Min(inPlane, normal), 0.62 * Math.Max(inPlane, normal));
    }

    [Fact]
    public void ASphericalKernelActsLikeASphereOfSixtyOnePercentOfItsRadius() =>
        Assert.Equal(0.61286, NearField.EffectiveRadius(KernelShape.Isotropic(1)), 1e-5);

    [Theory]
    [InlineData(2.0, 2.0, 0.0)]
    [InlineData(3.0, 1.0, 0.0)]
    [InlineData(2.0, 2.0, 1.5)]
    [InlineData(3.0, 1.0, 2.0)]
    [InlineData(3.0, 1.0, 9.0)]
    public void SpreadComplianceIsTheKernelAverageOfKelvinsSolution(double inPlane, double normal, double distance)
    {
        // Independent: pairs of points drawn from the kernel, Kelvin's tensor between them.
        var shape = new KernelShape(inPlane, normal, Vector3D.UnitZ);
        var random = new Random(5);
        const int pairs = 200_000;
        double sum = 0;
        for (int pair = 0; pair < pairs; pair++)
        {
            Vector3D between = Draw(random, shape) - Draw(random, shape) + new Vector3D(distance, 0, 0);
            double r = between.Length;
            sum += (1 + (between.X * between.X / (r * r))) / (8 * Math.PI * Mu * r);
        }

        double expected = sum / pairs;
        Assert.Equal(expected, NearField.SpreadCompliance(shape, distance, Mu), 0.006 * expected);
    }

    [Fact]
    public void FarApartTheSpreadDoesNotMatter()
    {
        var shape = new KernelShape(3, 1, Vector3D.UnitZ);
        foreach (double distance in new double[] { 30, 60, 200 })
        {
            double kelvin = 1 / (4 * Math.PI * Mu * distance);
            Assert.Equal(kelvin, NearField.SpreadCompliance(shape, distance, Mu), kelvin * 9 / (distance * distance));
        }
    }

    private static Vector3D Draw(Random random, KernelShape shape)
    {
        while (true)
        {
            var offset = new Vector3D(
                shape.InPlaneRadius * ((2 * random.NextDouble()) - 1),
                shape.InPlaneRadius * ((2 * random.NextDouble()) - 1),
                shape.NormalRadius * ((2 * random.NextDouble()) - 1));
            if (random.NextDouble() < shape.Value(offset))
            {
                return offset;
            }
        }
    }
}
