using System.Runtime.Intrinsics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Linear.Frontal;
using Threadwell.Mechanics.Parallelism;
using Threadwell.Mechanics.Threads;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// A factor K of the tissue with the threads' stiffness B^T S B added by the formula of Sherman, Morrison and Woodbury (Golub and Van Loan,
/// 2.1.4). With S = L L^T, W = K^(-1) B^T and G = B W,
/// <code>
/// (K + B^T S B)^(-1) r = z - W y,    z = K^(-1) r,    y = L (I + L^T G L)^(-1) L^T B z
/// </code>
/// W and G are computed once a factor, a solve a station; S, which changes whenever a barb begins to slip, costs only small dense algebra.
/// </summary>
internal sealed class ThreadedFactor : Preconditioner
{
    private const int NodeChunk = 1024;
    private const double SmallestPivot = 1e-12;
    private readonly ThreadSystem _threads;
    private readonly FactorPreconditioner _factor;
    private readonly int _executionThreads;
    private readonly int[] _station;
    private readonly int[] _first;
    private readonly bool[] _covered;
    private readonly double[][] _schur;
    private readonly int _stride;
    private readonly float[] _answers;
    private readonly double[] _compliance;
    private readonly double[] _root;
    private readonly double[] _inner;
    private readonly double[] _scratch;
    private readonly double[] _positions;
    private readonly double[] _short;
    private readonly float[] _forces;

    /// <summary>Solves for every station of the threads that still hold.</summary>
    /// <param name="threads">The threads.</param>
    /// <param name="cholesky">The factor of the tissue.</param>
    /// <param name="factor">The same, with its workspace.</param>
    /// <param name="executionThreads">Threads of execution.</param>
    public ThreadedFactor(ThreadSystem threads, FrontalCholesky cholesky, FactorPreconditioner factor, int executionThreads)
    {
        _threads = threads;
        _factor = factor;
        Cholesky = cholesky;
        _executionThreads = executionThreads;
        _covered = [.. Enumerable.Range(0, threads.ThreadCount).Select(threads.IsActive)];
        var station = new List<int>();
        var firstRow = new List<int>();
        for (int thread = 0; thread < threads.ThreadCount; thread++)
        {
            int first = station.Count, stations = _covered[thread] ? threads.FirstStation(thread + 1) - threads.FirstStation(thread) : 0;
            station.AddRange(Enumerable.Range(threads.FirstStation(thread), stations));
            firstRow.AddRange(Enumerable.Repeat(first, stations));
        }

        _station = [.. station];
        _first = [.. firstRow];
        _schur = [.. Enumerable.Range(0, threads.ThreadCount).Select(thread => new double[threads.SchurComplement(thread).Length])];
        int count = _station.Length;
        int groups = FixedChunks.Count(count, BlockSolve.Lanes);
        int unknowns = cholesky.Pattern.Fixed.Length;
        _stride = groups * BlockSolve.Lanes;
        _answers = new float[(long)unknowns * _stride];
        _compliance = new double[count * count];
        _root = new double[count * count];
        _inner = new double[count * count];
        _scratch = new double[count * count];
        _short = new double[count];
        _positions = new double[threads.StationCount];
        _forces = new float[_stride];
        BlockSolve.Run(cholesky, groups, executionThreads, Load, Store);
        for (int row = 0; row < count; row++)
        {
            // Single precision leaves it a little unsymmetric.
            for (int column = 0; column < row; column++)
            {
                double mean = 0.5 * (_compliance[(row * count) + column] + _compliance[(column * count) + row]);
                _compliance[(row * count) + column] = _compliance[(column * count) + row] = mean;
            }
        }
    }

    /// <summary>The factor of the tissue that this one builds on.</summary>
    public FrontalCholesky Cholesky { get; }

    /// <summary>True when all threads that hold now held when this was made.</summary>
    public bool Covers() => !Enumerable.Range(0, _covered.Length).Any(thread => _threads.IsActive(thread) && !_covered[thread]);

    /// <summary>Takes S of the threads' last linearisation.</summary>
    public void Refresh()
    {
        int count = _station.Length;
        bool changed = false;
        for (int thread = 0; thread < _covered.Length; thread++)
        {
            if (!_covered[thread])
            {
                continue;
            }

            ReadOnlySpan<double> schur = _threads.SchurComplement(thread);
            changed |= !schur.SequenceEqual(_schur[thread]);
            schur.CopyTo(_schur[thread]);
        }

        if (!changed)
        {
            return;
        }

        for (int thread = 0, first = 0; thread < _covered.Length; thread++)
        {
            first += _covered[thread] ? FillRoot(_schur[thread], first) : 0;
        }

        // scratch = G L, then the lower half of inner = I + L^T G L; L consists of one triangle a thread.
        for (int row = 0; row < count; row++)
        {
            Span<double> target = _scratch.AsSpan(row * count, count);
            target.Clear();
            for (int k = 0; k < count; k++)
            {
                AddScaled(_compliance[(row * count) + k], RootRow(k), target[_first[k]..(k + 1)]);
            }
        }

        Array.Clear(_inner);
        for (int k = 0; k < count; k++)
        {
            Span<double> product = _scratch.AsSpan(k * count, count);
            for (int row = _first[k]; row <= k; row++)
            {
                AddScaled(_root[(k * count) + row], product[..(row + 1)], _inner.AsSpan(row * count, row + 1));
            }
        }

        for (int row = 0; row < count; row++)
        {
            _inner[(row * count) + row] += 1;
        }

        FactoriseInner(count);
    }

    public override void Apply(double[] r, double[] z)
    {
        _factor.Apply(r, z);
        int count = _station.Length;
        if (count == 0)
        {
            return;
        }

        _threads.TissuePositions(z, _positions);
        Array.Clear(_short);
        for (int k = 0; k < count; k++)
        {
            AddScaled(_positions[_station[k]], RootRow(k), _short.AsSpan(_first[k], k + 1 - _first[k]));
        }

        SolveInner(count);
        for (int row = 0; row < count; row++)
        {
            _forces[row] = (float)Dot(RootRow(row), _short.AsSpan(_first[row], row + 1 - _first[row]));
        }

        FixedChunks.For(z.Length, 3 * NodeChunk, _executionThreads, (_, start, end) =>
        {
            for (int unknown = start; unknown < end; unknown++)
            {
                V sum = V.Zero;
                for (int i = 0; i < _stride; i += BlockSolve.Lanes)
                {
                    sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref _answers[((long)unknown * _stride) + i]), Vector256.LoadUnsafe(ref _forces[i]), sum);
                }

                z[unknown] -= Vector256.Sum(sum);
            }
        });
    }

    private void Load(int group, float[] lanes)
    {
        var force = new double[_threads.StationCount];
        var nodal = new double[Cholesky.Pattern.Fixed.Length];
        for (int lane = 0; lane < BlockSolve.Lanes && (group * BlockSolve.Lanes) + lane < _station.Length; lane++)
        {
            int station = _station[(group * BlockSolve.Lanes) + lane];
            force[station] = 1;
            Array.Clear(nodal);
            _threads.AddForces(force, nodal);
            force[station] = 0;
            for (int unknown = 0; unknown < nodal.Length; unknown++)
            {
                lanes[(BlockSolve.Lanes * unknown) + lane] = (float)nodal[unknown];
            }
        }
    }

    private void Store(int group, float[] lanes)
    {
        var answer = new double[Cholesky.Pattern.Fixed.Length];
        var positions = new double[_threads.StationCount];
        for (int unknown = 0; unknown < answer.Length; unknown++)
        {
            lanes.AsSpan(BlockSolve.Lanes * unknown, BlockSolve.Lanes).CopyTo(_answers.AsSpan((unknown * _stride) + (group * BlockSolve.Lanes)));
        }

        for (int lane = 0; lane < BlockSolve.Lanes && (group * BlockSolve.Lanes) + lane < _station.Length; lane++)
        {
            for (int unknown = 0; unknown < answer.Length; unknown++)
            {
                answer[unknown] = lanes[(BlockSolve.Lanes * unknown) + lane];
            }

            _threads.TissuePositions(answer, positions);
            for (int row = 0; row < _station.Length; row++)
            {
                _compliance[(row * _station.Length) + (group * BlockSolve.Lanes) + lane] = positions[_station[row]];
            }
        }
    }

    /// <summary>Lower triangle L of one thread's S, which is semidefinite: where a pivot is rounding, its column stays zero.</summary>
    private int FillRoot(ReadOnlySpan<double> schur, int first)
    {
        int count = _station.Length, stations = (int)Math.Round(Math.Sqrt(schur.Length));
        double largest = 0;
        for (int k = 0; k < stations; k++)
        {
            largest = Math.Max(largest, schur[(k * stations) + k]);
        }

        for (int column = 0; column < stations; column++)
        {
            Span<double> upper = _root.AsSpan(((first + column) * count) + first, stations);
            upper[column..].Clear();
            double pivot = schur[(column * stations) + column] - Dot(upper[..column], upper[..column]);
            if (!(pivot > SmallestPivot * largest))
            {
                for (int row = column + 1; row < stations; row++)
                {
                    _root[((first + row) * count) + first + column] = 0;
                }

                continue;
            }

            double root = Math.Sqrt(pivot);
            upper[column] = root;
            for (int row = column + 1; row < stations; row++)
            {
                Span<double> lower = _root.AsSpan(((first + row) * count) + first, stations);
                lower[column] = (schur[(row * stations) + column] - Dot(lower[..column], upper[..column])) / root;
            }
        }

        return stations;
    }

    private Span<double> RootRow(int row) => _root.AsSpan((row * _station.Length) + _first[row], row + 1 - _first[row]);

    private void FactoriseInner(int count)
    {
        for (int row = 0; row < count; row++)
        {
            Span<double> target = _inner.AsSpan(row * count, row + 1);
            for (int column = 0; column <= row; column++)
            {
                double sum = target[column] - Dot(target[..column], _inner.AsSpan(column * count, column));
                target[column] = column < row ? sum / _inner[(column * count) + column] : Math.Sqrt(Math.Max(sum, 1));
            }
        }
    }

    private void SolveInner(int count)
    {
        for (int row = 0; row < count; row++)
        {
            _short[row] = (_short[row] - Dot(_inner.AsSpan(row * count, row), _short.AsSpan(0, row))) / _inner[(row * count) + row];
        }

        for (int row = count - 1; row >= 0; row--)
        {
            _short[row] /= _inner[(row * count) + row];
            AddScaled(-_short[row], _inner.AsSpan(row * count, row), _short.AsSpan(0, row));
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(a[i..]), Vector256.Create(b[i..]), sum);
        }

        double rest = Vector256.Sum(sum);
        for (; i < a.Length; i++)
        {
            rest += a[i] * b[i];
        }

        return rest;
    }

    /// <summary>y += factor x.</summary>
    private static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        if (factor == 0)
        {
            return;
        }

        Vector256<double> f = Vector256.Create(factor);
        int i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            Vector256.FusedMultiplyAdd(f, Vector256.Create(x[i..]), Vector256.Create<double>(y[i..])).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] += factor * x[i];
        }
    }
}
