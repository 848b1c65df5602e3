namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// What one thread of execution needs while it factorises some fronts: room for the largest of them, and a stack for the remainders
/// that wait for their parents (children come before parents, so the last in is the first out).
/// </summary>
internal sealed unsafe class FactorWork : IDisposable
{
    private readonly NativeFloats _stack;
    private long _top;

    public FactorWork(FrontalPattern pattern, int[] fronts, BlockSparseMatrix matrix, int threads)
    {
        Matrix = matrix;
        Threads = threads;
        Place = new int[3 * matrix.RowCount];
        Array.Fill(Place, -1);
        int largest = 0;
        long depth = 0, deepest = 0;
        foreach (int f in fronts)
        {
            Front front = pattern.Fronts[f];
            largest = Math.Max(largest, front.Count);
            depth += RemainderSize(front.RemainingCount);
            deepest = Math.Max(deepest, depth);
            foreach (int child in front.Children)
            {
                depth -= RemainderSize(pattern.Fronts[child].RemainingCount);
            }
        }

        Front = new NativeFloats(DenseFront.Size(largest));
        Packed = new NativeFloats(DenseFront.PackedSize(largest));
        _stack = new NativeFloats(Math.Max(deepest, 1));
    }

    public BlockSparseMatrix Matrix { get; }

    public int Threads { get; }

    /// <summary>Place of each unknown in the current front; -1 elsewhere.</summary>
    public int[] Place { get; }

    /// <summary>Storage of the current front.</summary>
    public NativeFloats Front { get; }

    /// <summary>Workspace of the dense factorisation.</summary>
    public NativeFloats Packed { get; }

    /// <summary>Numbers that a remainder takes: a square, row by row.</summary>
    public static long RemainderSize(int count) => (long)count * count;

    public float* Push(int count)
    {
        float* place = _stack.Pointer + _top;
        _top += RemainderSize(count);
        return place;
    }

    public float* Pop(int count)
    {
        _top -= RemainderSize(count);
        return _stack.Pointer + _top;
    }

    public void Dispose()
    {
        Front.Dispose();
        Packed.Dispose();
        _stack.Dispose();
    }
}
