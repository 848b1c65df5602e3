using System.Runtime.CompilerServices;
using Threadwell.Mechanics.Parallelism;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Numeric phase of the multifrontal Cholesky factorisation in single precision: a preconditioner, not a direct solver. Subtrees run on
/// separate threads, the fronts above them one by one with threads inside; the result does not depend on the number of threads.
/// Immutable once made, so several solvers may share it.
/// </summary>
internal sealed unsafe class FrontalCholesky : IDisposable
{
    private readonly PanelSolve[] _panels;
    private readonly NativeFloats _storage;
    private readonly long[] _panelStart;
    private readonly int[] _ownStart;
    private readonly int[] _remainingStart;

    /// <summary>Factorises a matrix of the pattern.</summary>
    public FrontalCholesky(FrontalPattern pattern, BlockSparseMatrix matrix, int threads)
    {
        Pattern = pattern;
        int count = pattern.Fronts.Length;
        _panels = new PanelSolve[count];
        _ownStart = new int[count + 1];
        _remainingStart = new int[count + 1];
        for (int f = 0; f < count; f++)
        {
            _ownStart[f + 1] = _ownStart[f] + pattern.Fronts[f].OwnCount;
            _remainingStart[f + 1] = _remainingStart[f] + pattern.Fronts[f].RemainingCount;
        }

        _panelStart = new long[count + 1];
        for (int f = 0; f < count; f++)
        {
            // Every panel starts on a cache line.
            long size = PanelSolve.Size(pattern.Fronts[f].Count, pattern.Fronts[f].OwnCount);
            _panelStart[f + 1] = _panelStart[f] + ((size + 15) & ~15L);
        }

        _storage = new NativeFloats(_panelStart[count]);
        var pending = new NativeFloats?[count];
        int[] replaced = new int[count];
        FixedChunks.For(pattern.Subtrees.Count, 1, threads, (subtree, _, _) =>
        {
            int[] fronts = pattern.Subtrees[subtree];
            using var work = new FactorWork(pattern, fronts, matrix, 1);
            foreach (int f in fronts)
            {
                replaced[f] = Process(f, work, pending, keep: f == fronts[^1]);
            }
        });
        if (pattern.Top.Count > 0)
        {
            using var top = new FactorWork(pattern, [.. pattern.Top], matrix, threads);
            foreach (int f in pattern.Top)
            {
                replaced[f] = Process(f, top, pending, keep: true);
            }
        }

        ReplacedPivots = replaced.Sum();
    }

    public FrontalPattern Pattern { get; }

    /// <summary>Pivots that were not positive and were replaced: zero for a stable state.</summary>
    public int ReplacedPivots { get; }

    /// <summary>The rows that a front eliminated.</summary>
    public PanelSolve Panel(int front) => _panels[front];

    /// <summary>Gives the storage back; the factor cannot be used any more.</summary>
    public void Dispose() => _storage.Dispose();

    /// <summary>z = (U^T U)^(-1) r at free components, zero at fixed ones.</summary>
    public void Solve(double[] r, double[] z, FactorWorkspace workspace, int threads)
    {
        FrontalPattern pattern = Pattern;
        FixedChunks.For(pattern.Subtrees.Count, 1, threads, (subtree, _, _) =>
        {
            float[] scratch = workspace.Scratch(subtree);
            foreach (int f in pattern.Subtrees[subtree])
            {
                Forward(f, r, workspace, scratch);
            }
        });
        float[] top = workspace.Scratch(pattern.Subtrees.Count);
        foreach (int f in pattern.Top)
        {
            Forward(f, r, workspace, top);
        }

        for (int i = pattern.Top.Count - 1; i >= 0; i--)
        {
            Backward(pattern.Top[i], z, workspace, top);
        }

        FixedChunks.For(pattern.Subtrees.Count, 1, threads, (subtree, _, _) =>
        {
            float[] scratch = workspace.Scratch(subtree);
            int[] fronts = pattern.Subtrees[subtree];
            for (int i = fronts.Length - 1; i >= 0; i--)
            {
                Backward(fronts[i], z, workspace, scratch);
            }
        });
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = pattern.Fixed[i] ? 0 : z[i];
        }
    }

    /// <summary>
    /// Assembles and eliminates one front. Its remainder goes onto the stack of its subtree, or, where another thread may fetch it, to
    /// <paramref name="pending"/>.
    /// </summary>
    private int Process(int f, FactorWork work, NativeFloats?[] pending, bool keep)
    {
        Front front = Pattern.Fronts[f];
        int stride = DenseFront.Stride(front.Count);
        float* values = work.Front.Pointer;
        for (int row = 0; row < front.Count + 4; row++)
        {
            // The lower half is never read, but for the tiles on the diagonal.
            int first = Math.Max(0, row - DenseFront.Tile);
            new Span<float>(values + ((nint)row * stride) + first, stride - first).Clear();
        }

        float[] original = new float[front.OwnCount];
        float[] inverse = new float[front.OwnCount];
        AddMatrix(front, work.Matrix, work.Place, values, stride, original);
        for (int c = front.Children.Length - 1; c >= 0; c--)
        {
            int child = front.Children[c];
            float* remainder = pending[child] is { } kept ? kept.Pointer : work.Pop(Pattern.Fronts[child].RemainingCount);
            AddRemainder(Pattern.Fronts[child], remainder, values, stride);
            pending[child]?.Dispose();
            pending[child] = null;
        }

        int replaced = DenseFront.Factorise(values, front.Count, front.OwnCount, original, inverse, work.Packed.Pointer, work.Threads);
        _panels[f] = new PanelSolve(_storage.Pointer + _panelStart[f], values, front.Count, front.OwnCount, inverse);
        if (keep)
        {
            pending[f] = new NativeFloats(FactorWork.RemainderSize(front.RemainingCount));
        }

        CopyRemainder(front, values, pending[f] is { } target ? target.Pointer : work.Push(front.RemainingCount));
        return replaced;
    }

    private static void CopyRemainder(Front front, float* values, float* target)
    {
        int stride = DenseFront.Stride(front.Count);
        int count = front.RemainingCount;
        for (int row = 0; row < count; row++)
        {
            float* source = values + ((nint)(front.OwnCount + row) * stride) + front.OwnCount + row;
            new ReadOnlySpan<float>(source, count - row).CopyTo(new Span<float>(target + ((nint)row * count) + row, count - row));
        }
    }

    private static void AddMatrix(Front front, BlockSparseMatrix matrix, int[] place, float* values, int stride, float[] original)
    {
        for (int i = 0; i < front.Count; i++)
        {
            place[front.Unknowns[i]] = i;
        }

        for (int i = 0; i < front.OwnCount; i++)
        {
            (int node, int axis) = Math.DivRem(front.Unknowns[i], 3);
            var row = new Span<float>(values + ((nint)i * stride), front.Count);
            for (int k = matrix.RowStart[node]; k < matrix.RowStart[node + 1]; k++)
            {
                int column = 3 * matrix.Columns[k];
                for (int b = 0; b < 3; b++)
                {
                    int at = place[column + b];
                    if (at >= i)
                    {
                        row[at] += matrix.Values[(9 * k) + (3 * axis) + b];
                    }
                }
            }

            original[i] = row[i];
        }

        foreach (int unknown in front.Unknowns)
        {
            place[unknown] = -1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRemainder(Front child, float* from, float* to, int stride)
    {
        int[] places = child.ParentPlace;
        for (int i = 0; i < places.Length; i++)
        {
            float* source = from + ((nint)i * places.Length);
            float* target = to + ((nint)places[i] * stride);
            for (int j = i; j < places.Length; j++)
            {
                target[places[j]] += source[j];
            }
        }
    }

    private void Forward(int f, double[] r, FactorWorkspace workspace, float[] scratch)
    {
        Front front = Pattern.Fronts[f];
        PanelSolve panel = _panels[f];
        Span<float> w = scratch.AsSpan(0, panel.Width);
        w.Clear();
        for (int i = 0; i < front.OwnCount; i++)
        {
            w[i] = (float)r[front.Unknowns[i]];
        }

        foreach (int child in front.Children)
        {
            int[] places = Pattern.Fronts[child].ParentPlace;
            ReadOnlySpan<float> remainder = workspace.Remainders.AsSpan(_remainingStart[child], places.Length);
            for (int i = 0; i < places.Length; i++)
            {
                w[places[i]] += remainder[i];
            }
        }

        fixed (float* p = w)
        {
            panel.Forward(p);
        }

        w[..front.OwnCount].CopyTo(workspace.Own.AsSpan(_ownStart[f]));
        w[front.OwnCount..front.Count].CopyTo(workspace.Remainders.AsSpan(_remainingStart[f]));
    }

    private void Backward(int f, double[] z, FactorWorkspace workspace, float[] scratch)
    {
        Front front = Pattern.Fronts[f];
        PanelSolve panel = _panels[f];
        Span<float> w = scratch.AsSpan(0, panel.Width);
        w[front.Count..].Clear();
        workspace.Own.AsSpan(_ownStart[f], front.OwnCount).CopyTo(w);
        for (int i = front.OwnCount; i < front.Count; i++)
        {
            w[i] = (float)z[front.Unknowns[i]];
        }

        fixed (float* p = w)
        {
            panel.Backward(p);
        }

        for (int i = 0; i < front.OwnCount; i++)
        {
            z[front.Unknowns[i]] = w[i];
        }
    }
}

/// <summary>Vectors that a solve with one pattern needs; one a thread of execution that solves.</summary>
internal sealed class FactorWorkspace
{
    private readonly float[][] _scratch;

    public FactorWorkspace(FrontalPattern pattern)
    {
        int widest = pattern.Fronts.Length == 0 ? 8 : pattern.Fronts.Max(front => front.Count) + 8;
        _scratch = [.. Enumerable.Range(0, pattern.Subtrees.Count + 1).Select(_ => new float[widest])];
        Own = new float[pattern.Fronts.Sum(front => front.OwnCount)];
        Remainders = new float[pattern.Fronts.Sum(front => front.RemainingCount)];
    }

    /// <summary>The own part of each front's forward solution.</summary>
    public float[] Own { get; }

    /// <summary>What each front passes to its parent.</summary>
    public float[] Remainders { get; }

    public float[] Scratch(int subtree) => _scratch[subtree];
}
