using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Threadwell.Mechanics.Parallelism;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Partial Cholesky factorisation U^T U of a dense front, upper half, row by row, in single precision. Blocks of rows are factorised,
/// solved for the columns to their right and subtracted from what remains, in tiles of 24 columns (4 x 24 in registers: 12 sums, 3
/// columns and one row value fill the 16 vector registers). Every tile is computed by one thread in one order.
/// </summary>
internal static unsafe class DenseFront
{
    /// <summary>Columns of a tile.</summary>
    public const int Tile = 24;

    /// <summary>Rows factorised at a time.</summary>
    private const int BlockRows = 48;

    // A pivot below this share of the original diagonal is rounding: the matrix is not positive definite there.
    private const float SmallestPivot = 1e-7f;

    /// <summary>Row length of a front of n unknowns: the last tile may reach beyond them.</summary>
    public static int Stride(int count) => ((count + 7) & ~7) + Tile;

    /// <summary>Numbers in the storage of a front; four rows are spare for the last tile.</summary>
    public static long Size(int count) => (long)Stride(count) * (count + 4);

    /// <summary>Numbers of workspace for <see cref="Factorise"/>.</summary>
    public static int PackedSize(int count) => ((count / Tile) + 1) * BlockRows * Tile;

    /// <summary>
    /// Eliminates the first <paramref name="own"/> of <paramref name="count"/> unknowns. Rows of U replace them; the rest is the Schur
    /// complement.
    /// </summary>
    /// <param name="front">Upper half, row by row with <see cref="Stride"/>; zero beyond the columns.</param>
    /// <param name="count">Unknowns.</param>
    /// <param name="own">Unknowns to eliminate.</param>
    /// <param name="original">Diagonal of the whole matrix at the own unknowns.</param>
    /// <param name="inverse">Receives 1 / U_kk.</param>
    /// <param name="packed">Workspace.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <returns>Number of pivots that had to be replaced.</returns>
    public static int Factorise(float* front, int count, int own, float[] original, float[] inverse, float* packed, int threads)
    {
        int replaced = 0;
        for (int start = 0; start < own; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, own - start);
            replaced += Diagonal(front, Stride(count), start, rows, original, inverse);
            int right = start + rows;
            int tiles = (count - right + Tile - 1) / Tile;
            int from = start;
            int useful = (long)tiles * tiles * rows > 20_000 ? threads : 1;
            if (useful == 1)
            {
                SolveTiles(front, count, from, rows, 0, tiles, inverse, packed);
                UpdateTiles(front, count, right, rows, 0, tiles, packed);
                continue;
            }

            // Long columns first, so that the threads end together.
            FixedChunks.For(tiles, 8, useful, (_, first, last) => SolveTiles(front, count, from, rows, first, last, inverse, packed));
            FixedChunks.For(tiles, 2, useful, (_, first, last) => UpdateTiles(front, count, right, rows, tiles - last, tiles - first, packed));
        }

        return replaced;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Diagonal(float* front, int stride, int start, int rows, float[] original, float[] inverse)
    {
        int replaced = 0;
        float* block = front + ((nint)start * stride) + start;
        for (int k = 0; k < rows; k++)
        {
            float* row = block + ((nint)k * stride);
            float pivot = row[k];
            if (!(pivot > SmallestPivot * original[start + k]))
            {
                pivot = original[start + k] > 0 ? original[start + k] : 1;
                replaced++;
            }

            float root = MathF.Sqrt(pivot);
            float scale = 1 / root;
            inverse[start + k] = scale;
            row[k] = root;
            for (int j = k + 1; j < rows; j++)
            {
                row[j] *= scale;
            }

            for (int i = k + 1; i < rows; i++)
            {
                float* target = block + ((nint)i * stride);
                float factor = row[i];
                for (int j = i; j < rows; j++)
                {
                    target[j] -= factor * row[j];
                }
            }
        }

        return replaced;
    }

    /// <summary>Solves U11^T X = A12 for some tiles of columns, in place, and packs X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveTiles(float* front, int count, int start, int rows, int first, int last, float[] inverse, float* packed)
    {
        int stride = Stride(count);
        float* lower = stackalloc float[BlockRows * BlockRows];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < i; k++)
            {
                lower[(i * BlockRows) + k] = front[((nint)(start + k) * stride) + start + i];
            }
        }

        for (int tile = first; tile < last; tile++)
        {
            float* x = packed + ((nint)tile * BlockRows * Tile);
            for (int i = 0; i < rows; i++)
            {
                float* source = front + ((nint)(start + i) * stride) + start + rows + (tile * Tile);
                V x0 = Vector256.Load(source), x1 = Vector256.Load(source + 8), x2 = Vector256.Load(source + 16);
                float* factors = lower + (i * BlockRows);
                for (int k = 0; k < i; k++)
                {
                    V factor = Vector256.Create(-factors[k]);
                    float* solved = x + (k * Tile);
                    x0 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(solved), x0);
                    x1 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(solved + 8), x1);
                    x2 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(solved + 16), x2);
                }

                V scale = Vector256.Create(inverse[start + i]);
                x0 *= scale;
                x1 *= scale;
                x2 *= scale;
                x0.Store(source);
                x1.Store(source + 8);
                x2.Store(source + 16);
                x0.Store(x + (i * Tile));
                x1.Store(x + (i * Tile) + 8);
                x2.Store(x + (i * Tile) + 16);
            }
        }
    }

    /// <summary>Subtracts X^T X from some tiles of columns of the remainder.</summary>
    private static void UpdateTiles(float* front, int count, int right, int rows, int first, int last, float* packed)
    {
        int stride = Stride(count);
        for (int column = first; column < last; column++)
        {
            float* b = packed + ((nint)column * BlockRows * Tile);
            int rowsBelow = Math.Min(count - right, (column + 1) * Tile);
            for (int row = 0; row < rowsBelow; row += 4)
            {
                float* a = packed + ((nint)(row / Tile) * BlockRows * Tile) + (row % Tile);
                SubtractProduct(a, b, rows, front + ((nint)(right + row) * stride) + right + (column * Tile), stride);
            }
        }
    }

    /// <summary>C -= A^T B for 4 rows and 24 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractProduct(float* a, float* b, int depth, float* c, int stride)
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero, c10 = V.Zero, c11 = V.Zero, c12 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero, c22 = V.Zero, c30 = V.Zero, c31 = V.Zero, c32 = V.Zero;
        for (int k = 0; k < depth; k++)
        {
            V b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8), b2 = Vector256.Load(b + 16);
            V value = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(value, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(value, b1, c01);
            c02 = Vector256.FusedMultiplyAdd(value, b2, c02);
            value = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(value, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(value, b1, c11);
            c12 = Vector256.FusedMultiplyAdd(value, b2, c12);
            value = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(value, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(value, b1, c21);
            c22 = Vector256.FusedMultiplyAdd(value, b2, c22);
            value = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(value, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(value, b1, c31);
            c32 = Vector256.FusedMultiplyAdd(value, b2, c32);
            a += Tile;
            b += Tile;
        }

        Subtract(c, c00, c01, c02);
        Subtract(c + stride, c10, c11, c12);
        Subtract(c + (2 * (nint)stride), c20, c21, c22);
        Subtract(c + (3 * (nint)stride), c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(float* c, V x0, V x1, V x2)
    {
        (Vector256.Load(c) - x0).Store(c);
        (Vector256.Load(c + 8) - x1).Store(c + 8);
        (Vector256.Load(c + 16) - x2).Store(c + 16);
    }
}
