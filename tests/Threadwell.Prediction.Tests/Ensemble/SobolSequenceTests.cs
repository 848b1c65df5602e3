namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>The points of an ensemble: their evenness is what few courses live on.</summary>
public sealed class SobolSequenceTests
{
    private const int Dimensions = 120;

    [Theory]
    [InlineData(1, 128)]
    [InlineData(7, 256)]
    public void EveryCoordinateHasOnePointInEachOfAsManyEqualIntervals(int seed, int points)
    {
        var sequence = new SobolSequence(Dimensions, seed);
        for (int dimension = 0; dimension < Dimensions; dimension++)
        {
            Assert.Equal(points, Enumerable.Range(0, points).Select(index => (int)(sequence[index, dimension] * points)).Distinct().Count());
        }
    }

    /// <summary>The first two coordinates are a net: each elementary rectangle of area 1/n holds one of the first n points (Sobol 1967).</summary>
    [Fact]
    public void TheFirstTwoCoordinatesAreANet()
    {
        var sequence = new SobolSequence(2, 3);
        for (int columns = 1; columns <= 64; columns *= 2)
        {
            int rows = 64 / columns;
            Assert.Equal(64, Enumerable.Range(0, 64).Select(index => ((int)(sequence[index, 0] * columns), (int)(sequence[index, 1] * rows))).Distinct().Count());
        }
    }

    /// <summary>Over seeds the mean of a smooth function of many coordinates scatters at least four times less than that of as many independent points would.</summary>
    [Fact]
    public void MeansOfSmoothFunctionsScatterFarLessThanThoseOfIndependentPoints()
    {
        const int Points = 128, Seeds = 40;

        static double Value(SobolSequence sequence, int index)
        {
            double sum = 0;
            for (int dimension = 0; dimension < Dimensions; dimension++)
            {
                sum += sequence[index, dimension] * sequence[index, dimension];
            }

            return sum / Dimensions;
        }

        double[] errors = [.. Enumerable.Range(1, Seeds).Select(seed =>
        {
            var sequence = new SobolSequence(Dimensions, seed);
            return Enumerable.Range(0, Points).Average(index => Value(sequence, index)) - (1.0 / 3);
        })];
        double scatter = Math.Sqrt(errors.Average(error => error * error));

        // x² has variance 1/5 - 1/9; means over coordinates and points divide it.
        double independent = Math.Sqrt(((1.0 / 5) - (1.0 / 9)) / (Dimensions * Points));
        Assert.InRange(scatter, 0, independent / 4);
    }

    [Fact]
    public void TheSeedDecidesThePoints()
    {
        var (one, same, other) = (new SobolSequence(5, 1), new SobolSequence(5, 1), new SobolSequence(5, 2));
        Assert.All(Enumerable.Range(0, 20), index => Assert.Equal(one[index, 4], same[index, 4]));
        Assert.NotEqual(one[3, 4], other[3, 4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(5000, 1));
    }
}
