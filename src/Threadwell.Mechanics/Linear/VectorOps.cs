using System.Numerics;

namespace Threadwell.Mechanics.Linear;

/// <summary>Sums and updates of long vectors, cut into fixed chunks so that the bits do not depend on threads.</summary>
internal sealed class VectorOps
{
    private const int Chunk = 16384;
    private readonly int _length;

    public VectorOps(int length) => _length = length;

    public double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int start = 0; start < _length; start += Chunk)
        {
            sum += DotRange(a, b, start, Math.Min(_length, start + Chunk));
        }

        return sum;
    }

    /// <summary>y += factor x.</summary>
    public void AddScaled(double factor, double[] x, double[] y)
    {
        int width = Vector<double>.Count;
        var f = new Vector<double>(factor);
        int i = 0;
        for (; i <= _length - width; i += width)
        {
            (new Vector<double>(y, i) + (f * new Vector<double>(x, i))).CopyTo(y, i);
        }

        for (; i < _length; i++)
        {
            y[i] += factor * x[i];
        }
    }

    /// <summary>y = x + factor y.</summary>
    public void ScaleAndAdd(double[] x, double factor, double[] y)
    {
        int width = Vector<double>.Count;
        var f = new Vector<double>(factor);
        int i = 0;
        for (; i <= _length - width; i += width)
        {
            (new Vector<double>(x, i) + (f * new Vector<double>(y, i))).CopyTo(y, i);
        }

        for (; i < _length; i++)
        {
            y[i] = x[i] + (factor * y[i]);
        }
    }

    private static double DotRange(double[] a, double[] b, int start, int end)
    {
        // Four fixed accumulators: the same order of sums whatever the machine's vector width.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = start;
        for (; i <= end - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < end; i++)
        {
            s0 += a[i] * b[i];
        }

        return (s0 + s1) + (s2 + s3);
    }
}
