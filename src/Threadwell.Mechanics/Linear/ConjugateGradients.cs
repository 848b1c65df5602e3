namespace Threadwell.Mechanics.Linear;

/// <summary>
/// Preconditioned conjugate gradients (Saad, Iterative Methods for Sparse Linear Systems, 9.2) with the Polak-Ribiere factor, which
/// tolerates a preconditioner in single precision. Stops at the first direction of negative curvature (Steihaug).
/// </summary>
internal sealed class ConjugateGradients
{
    private readonly double[] _r;
    private readonly double[] _z;
    private readonly double[] _p;
    private readonly double[] _q;
    private readonly double[] _previous;
    private readonly VectorOps _ops;

    public ConjugateGradients(int length)
    {
        _r = new double[length];
        _z = new double[length];
        _p = new double[length];
        _q = new double[length];
        _previous = new double[length];
        _ops = new VectorOps(length);
    }

    /// <summary>Solves K x = b from x = 0 until the residual norm falls below <paramref name="tolerance"/> times that of b.</summary>
    /// <returns>Number of iterations.</returns>
    public int Solve(Action<double[], double[]> multiply, Preconditioner preconditioner, double[] b, double[] x, double tolerance, int maxIterations)
    {
        Array.Clear(x);
        b.CopyTo(_r, 0);
        double target = tolerance * Math.Sqrt(_ops.Dot(b, b));
        preconditioner.Apply(_r, _z);
        _z.CopyTo(_p, 0);
        double rz = _ops.Dot(_r, _z);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            multiply(_p, _q);
            double curvature = _ops.Dot(_p, _q);
            if (!(curvature > 0))
            {
                if (iteration == 1)
                {
                    _p.CopyTo(x, 0);
                }

                return iteration;
            }

            double step = rz / curvature;
            _ops.AddScaled(step, _p, x);
            _r.CopyTo(_previous, 0);
            _ops.AddScaled(-step, _q, _r);
            if (Math.Sqrt(_ops.Dot(_r, _r)) <= target)
            {
                return iteration;
            }

            preconditioner.Apply(_r, _z);
            double next = _ops.Dot(_r, _z);
            double ratio = Math.Max(0, (next - _ops.Dot(_previous, _z)) / rz);
            rz = next;
            _ops.ScaleAndAdd(_z, ratio, _p);
        }

        return maxIterations;
    }
}
