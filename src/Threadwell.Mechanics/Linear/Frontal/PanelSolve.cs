using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Rows of U that one front eliminated, kept for solving: blocks of eight rows from the block's first column on, so that a block is
/// read once from memory, in order, for eight multiplications a loaded vector value.
/// </summary>
internal sealed unsafe class PanelSolve
{
    private const int Rows = 8;
    private readonly float* _values;
    private readonly long _size;
    private readonly float[] _inverse;
    private readonly int _own;
    private readonly int _width;

    /// <summary>Copies the rows of a factorised front.</summary>
    /// <param name="values">Storage of <see cref="Size"/> numbers, which the caller keeps alive.</param>
    /// <param name="front">The front.</param>
    /// <param name="count">Its unknowns.</param>
    /// <param name="own">How many of them were eliminated.</param>
    /// <param name="inverse">1 / U_kk.</param>
    public PanelSolve(float* values, float* front, int count, int own, float[] inverse)
    {
        _values = values;
        _size = Size(count, own);
        _own = own;
        _width = (count + 7) & ~7;
        _inverse = inverse;
        int stride = DenseFront.Stride(count);
        float* at = values;
        for (int start = 0; start < own; start += Rows)
        {
            for (int r = 0; r < Rows; r++, at += _width - start)
            {
                var target = new Span<float>(at, _width - start);
                if (start + r < own)
                {
                    target[..r].Clear();
                    new ReadOnlySpan<float>(front + ((nint)(start + r) * stride) + start + r, count - start - r).CopyTo(target[r..]);
                    target[(count - start)..].Clear();
                }
                else
                {
                    target.Clear();
                }
            }
        }
    }

    /// <summary>Numbers of storage that a front's rows need.</summary>
    public static long Size(int count, int own)
    {
        long width = (count + 7) & ~7;
        long size = 0;
        for (int start = 0; start < own; start += Rows)
        {
            size += Rows * (width - start);
        }

        return size;
    }

    /// <summary>Length of the vectors that a solve works on: the front's unknowns, rounded up to a multiple of eight.</summary>
    public int Width => _width;

    /// <summary>U^T y = w for the own unknowns, subtracted from the others: w holds y and the remainder afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* w)
    {
        fixed (float* inverse = _inverse)
        {
            float* block = _values;
            for (int start = 0; start < _own; start += Rows)
            {
                int length = _width - start;
                int rows = Math.Min(Rows, _own - start);
                float* v = w + start;
                for (int r = 0; r < rows; r++)
                {
                    float y = v[r] * inverse[start + r];
                    v[r] = y;
                    float* row = block + ((nint)r * length);
                    for (int c = r + 1; c < Rows; c++)
                    {
                        v[c] -= row[c] * y;
                    }
                }

                V y0 = Vector256.Create(-v[0]), y1 = Vector256.Create(rows > 1 ? -v[1] : 0), y2 = Vector256.Create(rows > 2 ? -v[2] : 0);
                V y3 = Vector256.Create(rows > 3 ? -v[3] : 0), y4 = Vector256.Create(rows > 4 ? -v[4] : 0), y5 = Vector256.Create(rows > 5 ? -v[5] : 0);
                V y6 = Vector256.Create(rows > 6 ? -v[6] : 0), y7 = Vector256.Create(rows > 7 ? -v[7] : 0);
                float* p0 = block;
                float* p4 = block + (4 * (nint)length);
                for (nint i = Rows; i < length; i += 8)
                {
                    V a = Vector256.Load(v + i);
                    V b = y4 * Vector256.Load(p4 + i);
                    a = Vector256.FusedMultiplyAdd(y0, Vector256.Load(p0 + i), a);
                    b = Vector256.FusedMultiplyAdd(y5, Vector256.Load(p4 + length + i), b);
                    a = Vector256.FusedMultiplyAdd(y1, Vector256.Load(p0 + length + i), a);
                    b = Vector256.FusedMultiplyAdd(y6, Vector256.Load(p4 + (2 * (nint)length) + i), b);
                    a = Vector256.FusedMultiplyAdd(y2, Vector256.Load(p0 + (2 * (nint)length) + i), a);
                    b = Vector256.FusedMultiplyAdd(y7, Vector256.Load(p4 + (3 * (nint)length) + i), b);
                    a = Vector256.FusedMultiplyAdd(y3, Vector256.Load(p0 + (3 * (nint)length) + i), a);
                    (a + b).Store(v + i);
                }

                block += Rows * (nint)length;
            }
        }
    }

    /// <summary>U x = y for the own unknowns, the others known: w holds y and the known part, and x afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(float* w)
    {
        float* sums = stackalloc float[Rows];
        fixed (float* inverse = _inverse)
        {
            float* block = _values + _size;
            for (int start = (_own - 1) / Rows * Rows; start >= 0 && _own > 0; start -= Rows)
            {
                int length = _width - start;
                block -= Rows * (nint)length;
                int rows = Math.Min(Rows, _own - start);
                float* v = w + start;
                V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, s4 = V.Zero, s5 = V.Zero, s6 = V.Zero, s7 = V.Zero;
                float* p0 = block;
                float* p4 = block + (4 * (nint)length);
                for (nint i = Rows; i < length; i += 8)
                {
                    V x = Vector256.Load(v + i);
                    s0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p0 + i), s0);
                    s1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p0 + length + i), s1);
                    s2 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p0 + (2 * (nint)length) + i), s2);
                    s3 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p0 + (3 * (nint)length) + i), s3);
                    s4 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p4 + i), s4);
                    s5 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p4 + length + i), s5);
                    s6 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p4 + (2 * (nint)length) + i), s6);
                    s7 = Vector256.FusedMultiplyAdd(x, Vector256.Load(p4 + (3 * (nint)length) + i), s7);
                }

                sums[0] = Vector256.Sum(s0);
                sums[1] = Vector256.Sum(s1);
                sums[2] = Vector256.Sum(s2);
                sums[3] = Vector256.Sum(s3);
                sums[4] = Vector256.Sum(s4);
                sums[5] = Vector256.Sum(s5);
                sums[6] = Vector256.Sum(s6);
                sums[7] = Vector256.Sum(s7);
                for (int r = rows - 1; r >= 0; r--)
                {
                    float sum = v[r] - sums[r];
                    float* row = block + ((nint)r * length);
                    for (int c = r + 1; c < Rows; c++)
                    {
                        sum -= row[c] * v[c];
                    }

                    v[r] = sum * inverse[start + r];
                }
            }
        }
    }

    /// <summary>As <see cref="Forward(float*)"/> for eight right-hand sides, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(V* w)
    {
        float* block = _values;
        for (int start = 0; start < _own; start += Rows)
        {
            int length = _width - start;
            int rows = Math.Min(Rows, _own - start);
            V* v = w + start;
            for (int r = 0; r < rows; r++)
            {
                V y = v[r] * Vector256.Create(_inverse[start + r]);
                v[r] = y;
                float* row = block + ((nint)r * length);
                for (int c = r + 1; c < Rows; c++)
                {
                    v[c] = Vector256.FusedMultiplyAdd(Vector256.Create(-row[c]), y, v[c]);
                }
            }

            // Rows beyond the own ones are stored as zeros.
            V y0 = -v[0], y1 = -v[1], y2 = -v[2], y3 = -v[3], y4 = -v[4], y5 = -v[5], y6 = -v[6], y7 = -v[7];
            float* p0 = block;
            float* p4 = block + (4 * (nint)length);
            for (nint i = Rows; i < length; i++)
            {
                V a = v[i];
                V b = y4 * Vector256.Create(p4[i]);
                a = Vector256.FusedMultiplyAdd(y0, Vector256.Create(p0[i]), a);
                b = Vector256.FusedMultiplyAdd(y5, Vector256.Create(p4[length + i]), b);
                a = Vector256.FusedMultiplyAdd(y1, Vector256.Create(p0[length + i]), a);
                b = Vector256.FusedMultiplyAdd(y6, Vector256.Create(p4[(2 * (nint)length) + i]), b);
                a = Vector256.FusedMultiplyAdd(y2, Vector256.Create(p0[(2 * (nint)length) + i]), a);
                b = Vector256.FusedMultiplyAdd(y7, Vector256.Create(p4[(3 * (nint)length) + i]), b);
                a = Vector256.FusedMultiplyAdd(y3, Vector256.Create(p0[(3 * (nint)length) + i]), a);
                v[i] = a + b;
            }

            block += Rows * (nint)length;
        }
    }

    /// <summary>As <see cref="Backward(float*)"/> for eight right-hand sides, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(V* w)
    {
        V* sums = stackalloc V[Rows];
        float* block = _values + _size;
        for (int start = (_own - 1) / Rows * Rows; start >= 0 && _own > 0; start -= Rows)
        {
            int length = _width - start;
            block -= Rows * (nint)length;
            int rows = Math.Min(Rows, _own - start);
            V* v = w + start;
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, s4 = V.Zero, s5 = V.Zero, s6 = V.Zero, s7 = V.Zero;
            float* p0 = block;
            float* p4 = block + (4 * (nint)length);
            for (nint i = Rows; i < length; i++)
            {
                V x = v[i];
                s0 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p0[i]), s0);
                s1 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p0[length + i]), s1);
                s2 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p0[(2 * (nint)length) + i]), s2);
                s3 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p0[(3 * (nint)length) + i]), s3);
                s4 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p4[i]), s4);
                s5 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p4[length + i]), s5);
                s6 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p4[(2 * (nint)length) + i]), s6);
                s7 = Vector256.FusedMultiplyAdd(x, Vector256.Create(p4[(3 * (nint)length) + i]), s7);
            }

            sums[0] = s0;
            sums[1] = s1;
            sums[2] = s2;
            sums[3] = s3;
            sums[4] = s4;
            sums[5] = s5;
            sums[6] = s6;
            sums[7] = s7;
            for (int r = rows - 1; r >= 0; r--)
            {
                V sum = v[r] - sums[r];
                float* row = block + ((nint)r * length);
                for (int c = r + 1; c < Rows; c++)
                {
                    sum = Vector256.FusedMultiplyAdd(Vector256.Create(-row[c]), v[c], sum);
                }

                v[r] = sum * Vector256.Create(_inverse[start + r]);
            }
        }
    }
}
