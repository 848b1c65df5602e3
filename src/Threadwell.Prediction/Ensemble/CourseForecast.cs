using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Threadwell.Prediction;

/// <summary>
/// Foretells numbers of a course from the numbers of its draw, by sparse regression of their logarithms on these and on the products of those that tell most: nothing like the course itself, but it costs nothing,
/// so that what it says of thousands of draws narrows what few whole courses say of them.
/// </summary>
internal sealed class CourseForecast
{
    // Relative to the deviation of what is foretold; of 0.01 to 0.04 it told squared differences of half-lives at the breast apart best.
    private const double Penalty = 0.01;

    // Inputs whose squares and products are inputs too: with 4, 6 and 8 it told more each time, of squared differences 0.87 to 0.98 by their correlation in the place of 0.69 to 0.89 of a ridge without them.
    private const int Multiplied = 8;

    // Numbers below this part of their mean are taken for it: a lift that is gone may be nothing or less, which has no logarithm.
    private const double SmallestPart = 0.01;

    private readonly Spread spread;
    private readonly Number[] numbers;

    private CourseForecast(Spread spread, Number[] numbers) => (this.spread, this.numbers) = (spread, numbers);

    /// <summary>Learns from courses.</summary>
    /// <param name="rows">Inputs of each course.</param>
    /// <param name="numbers">Its numbers.</param>
    public static CourseForecast Of(double[][] rows, double[][] numbers)
    {
        var of = Spread.Of(rows);
        DenseMatrix inputs = of.Standardised(rows);
        Matrix<double> products = inputs.TransposeThisAndMultiply(inputs) / rows.Length;
        return new CourseForecast(of, [.. Enumerable.Range(0, numbers[0].Length).Select(number => Learned(inputs, products, [.. numbers.Select(course => course[number])]))]);
    }

    /// <summary>Numbers of courses.</summary>
    /// <param name="rows">Inputs of each course.</param>
    public double[][] Numbers(double[][] rows)
    {
        DenseMatrix inputs = spread.Standardised(rows);
        return [.. Enumerable.Range(0, rows.Length).Select(row => numbers.Select(number => Math.Exp(number.Logarithm(inputs, row))).ToArray())];
    }

    private static Number Learned(DenseMatrix inputs, Matrix<double> products, double[] values)
    {
        double smallest = Math.Max(SmallestPart * values.Average(), double.Epsilon);
        double[] logarithms = [.. values.Select(value => Math.Log(Math.Max(value, smallest)))];
        (double, double) range = (logarithms.Min(), logarithms.Max());
        double mean = logarithms.Average(), deviation = Math.Sqrt(logarithms.Average(value => (value - mean) * (value - mean)));
        Vector<double> about = DenseVector.OfEnumerable(logarithms.Select(value => value - mean));
        double[] slopes = SparseRegression.Slopes(products, [.. inputs.TransposeThisAndMultiply(about) / values.Length], deviation, Penalty);
        int[] telling = [.. Enumerable.Range(0, slopes.Length).Where(input => slopes[input] != 0).OrderByDescending(input => Math.Abs(slopes[input])).Take(Multiplied)];
        (int First, int Second)[] pairs = [.. telling.SelectMany((first, index) => telling[index..].Select(second => (first, second)))];
        if (pairs.Length == 0)
        {
            return new Number(mean, slopes, [], [], range);
        }

        double[][] further = [.. Enumerable.Range(0, values.Length).Select(row => pairs.Select(pair => inputs[row, pair.First] * inputs[row, pair.Second]).ToArray())];
        var furtherSpread = Spread.Of(further);
        DenseMatrix multiplied = furtherSpread.Standardised(further);
        Matrix<double> mixed = inputs.TransposeThisAndMultiply(multiplied) / values.Length;
        Matrix<double> all = products.Append(mixed).Stack(mixed.Transpose().Append(multiplied.TransposeThisAndMultiply(multiplied) / values.Length));
        double[] both = SparseRegression.Slopes(
            all, [.. inputs.TransposeThisAndMultiply(about) / values.Length, .. multiplied.TransposeThisAndMultiply(about) / values.Length], deviation, Penalty);
        double[] ofPairs = [.. both[slopes.Length..].Select((slope, pair) => slope / furtherSpread.Width[pair])];
        return new Number(mean - ofPairs.Zip(furtherSpread.Centre, (slope, centre) => slope * centre).Sum(), both[..slopes.Length], pairs, ofPairs, range);
    }

    /// <summary>What was learned of one number.</summary>
    /// <param name="Start">Its logarithm where all inputs are at their means.</param>
    /// <param name="Slopes">Slope of the logarithm with each input.</param>
    /// <param name="Pairs">Inputs whose products tell too.</param>
    /// <param name="SlopesOfPairs">Slope with each product.</param>
    /// <param name="Range">Least and largest logarithm of what was learned from: products of inputs that lie far out would tell of numbers that no course has.</param>
    private sealed record Number(double Start, double[] Slopes, (int First, int Second)[] Pairs, double[] SlopesOfPairs, (double Low, double High) Range)
    {
        private readonly int[] used = [.. Enumerable.Range(0, Slopes.Length).Where(input => Slopes[input] != 0)];

        public double Logarithm(DenseMatrix inputs, int row)
        {
            double sum = Start;
            foreach (int input in used)
            {
                sum += Slopes[input] * inputs[row, input];
            }

            for (int pair = 0; pair < Pairs.Length; pair++)
            {
                sum += SlopesOfPairs[pair] * inputs[row, Pairs[pair].First] * inputs[row, Pairs[pair].Second];
            }

            return Math.Clamp(sum, Range.Low, Range.High);
        }
    }

    /// <summary>Mean and standard deviation of each input; of one that never changes no deviation tells anything, and an endless one leaves it out.</summary>
    private sealed record Spread(double[] Centre, double[] Width)
    {
        public static Spread Of(double[][] rows)
        {
            double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(input => rows.Average(row => row[input]))];
            double[] deviations = [.. means.Select((middle, input) => Math.Sqrt(rows.Average(row => (row[input] - middle) * (row[input] - middle))))];
            return new Spread(means, [.. deviations.Select(deviation => deviation < 1e-9 ? double.PositiveInfinity : deviation)]);
        }

        public DenseMatrix Standardised(double[][] rows) => DenseMatrix.Create(rows.Length, Width.Length, (row, input) => (rows[row][input] - Centre[input]) / Width[input]);
    }
}
