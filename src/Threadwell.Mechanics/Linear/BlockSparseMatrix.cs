using System.Runtime.CompilerServices;
using Threadwell.Mechanics.Parallelism;

namespace Threadwell.Mechanics.Linear;

/// <summary>
/// Symmetric sparse matrix of 3 x 3 blocks, one block row a node, both halves stored: a product then needs no shared sums. Values are
/// single precision, sums double. Columns of a row ascend.
/// </summary>
internal sealed unsafe class BlockSparseMatrix
{
    private const int RowChunk = 512;

    /// <summary>Takes the pattern; values start at zero.</summary>
    public BlockSparseMatrix(int[] rowStart, int[] columns)
    {
        RowStart = rowStart;
        Columns = columns;
        Values = new float[9 * columns.Length];
        Diagonal = new int[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            Diagonal[row] = Array.BinarySearch(columns, rowStart[row], rowStart[row + 1] - rowStart[row], row);
        }
    }

    /// <summary>Number of block rows.</summary>
    public int RowCount => RowStart.Length - 1;

    /// <summary>First block of each row; length rows + 1.</summary>
    public int[] RowStart { get; }

    /// <summary>Block column of each block.</summary>
    public int[] Columns { get; }

    /// <summary>Nine numbers a block, row by row.</summary>
    public float[] Values { get; }

    /// <summary>The diagonal block of each row.</summary>
    public int[] Diagonal { get; }

    /// <summary>y = K x.</summary>
    public void Multiply(double[] x, double[] y, int threads) =>
        FixedChunks.For(RowCount, RowChunk, threads, (_, start, end) => MultiplyRows(x, y, start, end));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRows(double[] x, double[] y, int start, int end)
    {
        fixed (float* values = Values)
        fixed (int* columns = Columns)
        fixed (double* xs = x)
        {
            for (int row = start; row < end; row++)
            {
                double y0 = 0, y1 = 0, y2 = 0;
                for (int k = RowStart[row]; k < RowStart[row + 1]; k++)
                {
                    float* a = values + (9 * (nint)k);
                    double* v = xs + (3 * (nint)columns[k]);
                    double v0 = v[0], v1 = v[1], v2 = v[2];
                    y0 += (a[0] * v0) + (a[1] * v1) + (a[2] * v2);
                    y1 += (a[3] * v0) + (a[4] * v1) + (a[5] * v2);
                    y2 += (a[6] * v0) + (a[7] * v1) + (a[8] * v2);
                }

                y[3 * row] = y0;
                y[(3 * row) + 1] = y1;
                y[(3 * row) + 2] = y2;
            }
        }
    }
}
