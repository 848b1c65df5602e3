using System.Buffers;
using Threadwell.Mechanics.Parallelism;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Numeric phase of the multifrontal Cholesky factorisation in single precision: a preconditioner, not a direct solver. Subtrees run on
/// separate threads, the fronts above them one by one with threads inside; the result does not depend on the number of threads.
/// Immutable once made, so several solvers may share it.
/// </summary>
internal sealed unsafe class FrontalCholesky
{
    private readonly PanelSolve[] _panels;
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

        float[]?[] pending = new float[]?[count];
        int[] replaced = new int[count];
        FixedChunks.For(pattern.Subtrees.Count, 1, threads, (subtree, _, _) =>
        {
            var place = new int[3 * matrix.RowCount];
            Array.Fill(place, -1);
            foreach (int f in pattern.Subtrees[subtree])
            {
                replaced[f] = Process(f, matrix, place, pending, 1);
            }
        });
        var topPlace = new int[3 * matrix.RowCount];
        Array.Fill(topPlace, -1);
        foreach (int f in pattern.Top)
        {
            replaced[f] = Process(f, matrix, topPlace, pending, threads);
        }

        ReplacedPivots = replaced.Sum();
    }

    public FrontalPattern Pattern { get; }

    /// <summary>Pivots that were not positive and were replaced: zero for a stable state.</summary>
    public int ReplacedPivots { get; }

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

    private int Process(int f, BlockSparseMatrix matrix, int[] place, float[]?[] pending, int threads)
    {
        Front front = Pattern.Fronts[f];
        int stride = DenseFront.Stride(front.Count);
        int size = DenseFront.Size(front.Count);
        float[] values = ArrayPool<float>.Shared.Rent(size);
        values.AsSpan(0, size).Clear();
        float[] original = new float[front.OwnCount];
        float[] inverse = new float[front.OwnCount];
        AddMatrix(front, matrix, place, values, stride, original);
        foreach (int child in front.Children)
        {
            if (pending[child] is { } remainder)
            {
                AddRemainder(Pattern.Fronts[child], remainder, values, stride);
                ArrayPool<float>.Shared.Return(remainder);
                pending[child] = null;
            }
        }

        float[] packed = ArrayPool<float>.Shared.Rent(DenseFront.PackedSize(front.Count));
        int replaced = DenseFront.Factorise(values, front.Count, front.OwnCount, original, inverse, packed, threads);
        ArrayPool<float>.Shared.Return(packed);
        _panels[f] = new PanelSolve(values, front.Count, front.OwnCount, inverse);
        if (front.RemainingCount > 0)
        {
            pending[f] = values;
        }
        else
        {
            ArrayPool<float>.Shared.Return(values);
        }

        return replaced;
    }

    private static void AddMatrix(Front front, BlockSparseMatrix matrix, int[] place, float[] values, int stride, float[] original)
    {
        for (int i = 0; i < front.Count; i++)
        {
            place[front.Unknowns[i]] = i;
        }

        for (int i = 0; i < front.OwnCount; i++)
        {
            (int node, int axis) = Math.DivRem(front.Unknowns[i], 3);
            Span<float> row = values.AsSpan(i * stride, front.Count);
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

    private static void AddRemainder(Front child, float[] from, float[] to, int stride)
    {
        int childStride = DenseFront.Stride(child.Count);
        int[] places = child.ParentPlace;
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlySpan<float> source = from.AsSpan(((child.OwnCount + i) * childStride) + child.OwnCount, places.Length);
            Span<float> target = to.AsSpan(places[i] * stride, stride);
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
