using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Threadwell.Prediction;

/// <summary>
/// Foretells numbers of a course from the numbers of its draw, by ridge regression of their logarithms: nothing like the course itself, but it costs nothing, so that what it says of thousands of
/// draws narrows what few whole courses say of them.
/// </summary>
internal sealed class CourseForecast
{
    // As much as each row adds to the variance of an input; of 0.03 to 0.3 it told squared differences of courses apart best, on forehead and jaw.
    private const double RidgePerRow = 0.2;

    // Numbers below this part of their mean are taken for it: a lift that is gone may be nothing or less, which has no logarithm.
    private const double SmallestPart = 0.01;

    private readonly (double[] Centre, double[] Width) spread;
    private readonly double[] logarithms;
    private readonly Matrix<double> slopes;

    private CourseForecast((double[] Centre, double[] Width) spread, double[] logarithms, Matrix<double> slopes) => (this.spread, this.logarithms, this.slopes) = (spread, logarithms, slopes);

    /// <summary>Learns from courses.</summary>
    /// <param name="rows">Inputs of each course.</param>
    /// <param name="numbers">Its numbers.</param>
    public static CourseForecast Of(double[][] rows, double[][] numbers)
    {
        (double[] Centre, double[] Width) of = SpreadOf(rows);
        double[] smallest = [.. Enumerable.Range(0, numbers[0].Length).Select(number => Math.Max(SmallestPart * numbers.Average(course => course[number]), double.Epsilon))];
        Matrix<double> outputs = DenseMatrix.Create(rows.Length, smallest.Length, (row, number) => Math.Log(Math.Max(numbers[row][number], smallest[number])));
        Matrix<double> inputs = Standardised(rows, of);
        Matrix<double> normal = inputs.TransposeThisAndMultiply(inputs) + (RidgePerRow * rows.Length * DenseMatrix.CreateIdentity(inputs.ColumnCount));
        return new CourseForecast(of, [.. outputs.ColumnSums() / rows.Length], normal.Cholesky().Solve(inputs.TransposeThisAndMultiply(outputs)));
    }

    /// <summary>Numbers of courses.</summary>
    /// <param name="rows">Inputs of each course.</param>
    public double[][] Numbers(double[][] rows)
    {
        Matrix<double> outputs = Standardised(rows, spread) * slopes;
        return [.. outputs.EnumerateRows().Select(row => row.Select((value, number) => Math.Exp(value + logarithms[number])).ToArray())];
    }

    /// <summary>Mean and standard deviation of each input; of one that never changes no deviation tells anything, and an endless one leaves it out.</summary>
    private static (double[] Centre, double[] Width) SpreadOf(double[][] rows)
    {
        double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(input => rows.Average(row => row[input]))];
        double[] deviations = [.. means.Select((middle, input) => Math.Sqrt(rows.Average(row => (row[input] - middle) * (row[input] - middle))))];
        return (means, [.. deviations.Select(deviation => deviation < 1e-9 ? double.PositiveInfinity : deviation)]);
    }

    private static DenseMatrix Standardised(double[][] rows, (double[] Centre, double[] Width) by) =>
        DenseMatrix.Create(rows.Length, by.Width.Length, (row, input) => (rows[row][input] - by.Centre[input]) / by.Width[input]);
}
