namespace Threadwell.Geometry;

/// <summary>Solves small symmetric positive definite systems.</summary>
internal static class SmallCholesky
{
    // What the unknown cannot be told from the equations by more than rounding is left at rest.
    private const double LeastPivot = 1e-12;

    /// <summary>Solves.</summary>
    /// <param name="matrix">The lower half of the matrix; it becomes its factor.</param>
    /// <param name="right">The right-hand side.</param>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        int size = right.Length;
        double largest = 0;
        for (int row = 0; row < size; row++)
        {
            largest = Math.Max(largest, matrix[row, row]);
        }

        double[] solution = new double[size];
        for (int row = 0; row < size; row++)
        {
            double sum = right[row];
            for (int column = 0; column <= row; column++)
            {
                double entry = matrix[row, column];
                for (int k = 0; k < column; k++)
                {
                    entry -= matrix[row, k] * matrix[column, k];
                }

                if (column < row)
                {
                    matrix[row, column] = matrix[column, column] > 0 ? entry / matrix[column, column] : 0;
                    sum -= matrix[row, column] * solution[column];
                }
                else
                {
                    matrix[row, row] = entry > LeastPivot * largest ? Math.Sqrt(entry) : 0;
                }
            }

            solution[row] = matrix[row, row] > 0 ? sum / matrix[row, row] : 0;
        }

        for (int row = size - 1; row >= 0; row--)
        {
            double sum = solution[row];
            for (int below = row + 1; below < size; below++)
            {
                sum -= matrix[below, row] * solution[below];
            }

            solution[row] = matrix[row, row] > 0 ? sum / matrix[row, row] : 0;
        }

        return solution;
    }
}
