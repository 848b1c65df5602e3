namespace Threadwell.Geometry;

/// <summary>Eigenvectors of small symmetric matrices by Jacobi's rotations.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 50;

    /// <summary>The unit eigenvector of the largest eigenvalue.</summary>
    /// <param name="matrix">The matrix; it is changed.</param>
    public static double[] Largest(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var vectors = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            vectors[row, row] = 1;
        }

        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix) > 0; sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        int largest = 0;
        for (int row = 1; row < size; row++)
        {
            largest = matrix[row, row] > matrix[largest, largest] ? row : largest;
        }

        double[] vector = new double[size];
        for (int row = 0; row < size; row++)
        {
            vector[row] = vectors[row, largest];
        }

        return vector;
    }

    // The sum of what is left beside the diagonal; nothing once it no longer changes the diagonal.
    private static double OffDiagonal(double[,] matrix)
    {
        double diagonal = 0;
        double beside = 0;
        int size = matrix.GetLength(0);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                if (row == column)
                {
                    diagonal += Math.Abs(matrix[row, row]);
                }
                else
                {
                    beside += Math.Abs(matrix[row, column]);
                }
            }
        }

        return diagonal + (beside * beside) > diagonal ? beside : 0;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
        {
            return;
        }

        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        int size = matrix.GetLength(0);
        for (int k = 0; k < size; k++)
        {
            (matrix[k, p], matrix[k, q]) = ((cosine * matrix[k, p]) - (sine * matrix[k, q]), (sine * matrix[k, p]) + (cosine * matrix[k, q]));
        }

        for (int k = 0; k < size; k++)
        {
            (matrix[p, k], matrix[q, k]) = ((cosine * matrix[p, k]) - (sine * matrix[q, k]), (sine * matrix[p, k]) + (cosine * matrix[q, k]));
            (vectors[k, p], vectors[k, q]) = ((cosine * vectors[k, p]) - (sine * vectors[k, q]), (sine * vectors[k, p]) + (cosine * vectors[k, q]));
        }
    }
}
