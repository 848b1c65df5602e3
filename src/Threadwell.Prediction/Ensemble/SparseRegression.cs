using MathNet.Numerics.LinearAlgebra;

namespace Threadwell.Prediction;

/// <summary>
/// Least squares with a penalty on the sum of the slopes' sizes (lasso, Tibshirani 1996, doi 10.1111/j.2517-6161.1996.tb02080.x), by descent along one slope after the other (Friedman et al. 2010,
/// doi 10.18637/jss.v033.i01): of many inputs those that tell nothing get no slope at all.
/// </summary>
internal static class SparseRegression
{
    private const int MostSweeps = 500;

    // Sweeps end where no slope moves by more than this part of the deviation of what is foretold.
    private const double Tolerance = 1e-4;

    /// <summary>The slopes.</summary>
    /// <param name="products">Mean product of each two inputs, about their means.</param>
    /// <param name="moments">Mean product of each input and what is foretold, about their means.</param>
    /// <param name="deviation">Standard deviation of what is foretold.</param>
    /// <param name="penalty">Penalty, relative to that deviation; inputs are of deviation 1, or never change.</param>
    public static double[] Slopes(Matrix<double> products, double[] moments, double deviation, double penalty)
    {
        var slopes = new double[moments.Length];
        double[] left = [.. moments];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double largest = 0;
            for (int input = 0; input < slopes.Length; input++)
            {
                double square = products[input, input];
                if (square == 0)
                {
                    continue;
                }

                double wanted = left[input] + (square * slopes[input]);
                double slope = Math.Sign(wanted) * Math.Max(Math.Abs(wanted) - (penalty * deviation), 0) / square;
                double change = slope - slopes[input];
                if (change == 0)
                {
                    continue;
                }

                slopes[input] = slope;
                largest = Math.Max(largest, Math.Abs(change));
                for (int other = 0; other < left.Length; other++)
                {
                    left[other] -= change * products[other, input];
                }
            }

            if (largest <= Tolerance * deviation)
            {
                break;
            }
        }

        return slopes;
    }
}
