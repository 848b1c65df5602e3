using CsCheck;
using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

public sealed class KernelWeightsTests
{
    [Fact]
    public void LinearFieldsAreAveragedExactlyAndForceAndMomentAreKept() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[1.5, 4], Gen.Double[0.8, 2]).Sample(
            (seed, inPlane, normalRadius) =>
            {
                (double[] positions, double[] volumes) = Cloud(seed);
                var random = new Random(seed + 1);
                var point = new Vector3D(3 + (4 * random.NextDouble()), 3 + (4 * random.NextDouble()), 1 + random.NextDouble());
                Vector3D normal = new Vector3D(random.NextDouble() - 0.5, random.NextDouble() - 0.5, 2).Normalized();
                KernelWeights weights = KernelWeights.Build(positions, volumes, point, new KernelShape(inPlane, normalRadius, normal));
                double sum = 0;
                Vector3D first = Vector3D.Zero, moment = Vector3D.Zero;
                var force = new Vector3D(0.3, -0.8, 0.5);
                for (int entry = 0; entry < weights.Nodes.Length; entry++)
                {
                    int node = weights.Nodes[entry];
                    var position = new Vector3D(positions[3 * node], positions[(3 * node) + 1], positions[(3 * node) + 2]);
                    sum += weights.Values[entry];
                    first += weights.Values[entry] * position;
                    moment += Vector3D.Cross(position - point, weights.Values[entry] * force);
                }

                Assert.Equal(1, sum, 1e-12);
                Assert.Equal(0, Vector3D.Distance(first, point), 1e-11);
                Assert.Equal(0, moment.Length, 1e-11);
                Assert.True(weights.Nodes.SequenceEqual(weights.Nodes.Order()));
            },
            iter: 100);

    [Fact]
    public void AKernelThatHoldsTooFewNodesIsEnlarged()
    {
        (double[] positions, double[] volumes) = Cloud(3);
        KernelWeights weights = KernelWeights.Build(positions, volumes, new Vector3D(5.2, 5.1, 1.5), KernelShape.Isotropic(0.4));
        Assert.True(weights.Shape.InPlaneRadius > 0.4);
        Assert.Equal(weights.Shape.InPlaneRadius, weights.Shape.NormalRadius);
    }

    [Fact]
    public void APointOutsideTheMeshIsRefused()
    {
        (double[] positions, double[] volumes) = Cloud(3);
        Assert.Throws<ArgumentException>(() => KernelWeights.Build(positions, volumes, new Vector3D(40, 5, 1), KernelShape.Isotropic(2)));
        Assert.Throws<ArgumentException>(() => KernelWeights.Build(positions, volumes, new Vector3D(5, 5, 6), KernelShape.Isotropic(2)));
    }

    [Fact]
    public void AFlatKernelReachesFurtherInThePlaneThanAcross()
    {
        var shape = new KernelShape(3, 1, Vector3D.UnitZ);
        Assert.Equal(1, shape.Value(Vector3D.Zero));
        Assert.Equal(0.5625, shape.Value(new Vector3D(1.5, 0, 0)), 1e-15);
        Assert.Equal(0.5625, shape.Value(new Vector3D(0, 0, 0.5)), 1e-15);
        Assert.Equal(0, shape.Value(new Vector3D(0, 0, 1)));
    }

    /// <summary>Jittered nodes of a slab 10 x 10 x 3 mm at about 1 mm.</summary>
    private static (double[] Positions, double[] Volumes) Cloud(int seed)
    {
        var random = new Random(seed);
        var positions = new List<double>();
        for (int x = 0; x <= 10; x++)
        {
            for (int y = 0; y <= 10; y++)
            {
                for (int z = 0; z <= 4; z++)
                {
                    positions.Add(x + (0.3 * (random.NextDouble() - 0.5)));
                    positions.Add(y + (0.3 * (random.NextDouble() - 0.5)));
                    positions.Add((0.75 * z) + (0.2 * (random.NextDouble() - 0.5)));
                }
            }
        }

        return ([.. positions], [.. Enumerable.Range(0, positions.Count / 3).Select(_ => 0.5 + random.NextDouble())]);
    }
}
