using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// The smooth deformation of space that takes each control point of the template body to its place in one person and bends the rest as
/// little as it must: an affine map plus multiquadric functions of the distance to each control point (Hardy 1971).
/// </summary>
internal sealed class LandmarkWarp
{
    /// <summary>Rounding of each function about its control point, mm: about the size of a facial feature.</summary>
    private const double Rounding = 18;

    private readonly Vector3D[] from;
    private readonly double[][] weights = new double[3][];

    /// <summary>Finds the deformation.</summary>
    /// <param name="from">Control points of the template, mm; at least four, not in one plane, no two the same.</param>
    /// <param name="to">Where each goes, mm.</param>
    public LandmarkWarp(Vector3D[] from, Vector3D[] to)
    {
        this.from = from;
        int n = from.Length + 4;
        var matrix = new double[n, n];
        for (int i = 0; i < from.Length; i++)
        {
            for (int j = 0; j < from.Length; j++)
            {
                matrix[i, j] = Function(from[i], from[j]);
            }

            double[] affine = [1, from[i].X, from[i].Y, from[i].Z];
            for (int a = 0; a < 4; a++)
            {
                matrix[i, from.Length + a] = affine[a];
                matrix[from.Length + a, i] = affine[a];
            }
        }

        var right = new double[n, 3];
        for (int i = 0; i < from.Length; i++)
        {
            Vector3D move = to[i] - from[i];
            (right[i, 0], right[i, 1], right[i, 2]) = (move.X, move.Y, move.Z);
        }

        Solve(matrix, right);
        for (int axis = 0; axis < 3; axis++)
        {
            weights[axis] = [.. Enumerable.Range(0, n).Select(i => right[i, axis])];
        }
    }

    /// <summary>Where a point of the template goes, mm.</summary>
    public Vector3D Apply(Vector3D point)
    {
        int n = from.Length;
        var move = new Vector3D(
            weights[0][n] + (weights[0][n + 1] * point.X) + (weights[0][n + 2] * point.Y) + (weights[0][n + 3] * point.Z),
            weights[1][n] + (weights[1][n + 1] * point.X) + (weights[1][n + 2] * point.Y) + (weights[1][n + 3] * point.Z),
            weights[2][n] + (weights[2][n + 1] * point.X) + (weights[2][n + 2] * point.Y) + (weights[2][n + 3] * point.Z));
        for (int i = 0; i < n; i++)
        {
            double value = Function(point, from[i]);
            move += value * new Vector3D(weights[0][i], weights[1][i], weights[2][i]);
        }

        return point + move;
    }

    private static double Function(Vector3D a, Vector3D b) => Math.Sqrt((a - b).LengthSquared + (Rounding * Rounding));

    /// <summary>Gaussian elimination with row pivoting; the solution replaces the right-hand sides.</summary>
    private static void Solve(double[,] matrix, double[,] right)
    {
        int n = matrix.GetLength(0);
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]) ? row : pivot;
            }

            SwapRows(matrix, pivot, column);
            SwapRows(right, pivot, column);
            for (int row = column + 1; row < n; row++)
            {
                double factor = matrix[row, column] / matrix[column, column];
                for (int k = column; k < n && factor != 0; k++)
                {
                    matrix[row, k] -= factor * matrix[column, k];
                }

                for (int k = 0; k < 3; k++)
                {
                    right[row, k] -= factor * right[column, k];
                }
            }
        }

        for (int row = n - 1; row >= 0; row--)
        {
            for (int k = 0; k < 3; k++)
            {
                double sum = right[row, k];
                for (int column = row + 1; column < n; column++)
                {
                    sum -= matrix[row, column] * right[column, k];
                }

                right[row, k] = sum / matrix[row, row];
            }
        }
    }

    private static void SwapRows(double[,] matrix, int a, int b)
    {
        for (int k = 0; k < matrix.GetLength(1) && a != b; k++)
        {
            (matrix[a, k], matrix[b, k]) = (matrix[b, k], matrix[a, k]);
        }
    }
}
