using System.Runtime.InteropServices;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Single-precision numbers outside the managed heap: fronts and factors are large and short-lived by turns, and are given back at
/// once instead of at the next collection. Aligned to cache lines; not cleared.
/// </summary>
internal sealed unsafe class NativeFloats : SafeHandle
{
    private readonly long _bytes;

    public NativeFloats(long count)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _bytes = Math.Max(4 * count, 4);
        SetHandle((IntPtr)NativeMemory.AlignedAlloc((nuint)_bytes, 64));
        GC.AddMemoryPressure(_bytes);
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>The first number; null after the storage was given back.</summary>
    public float* Pointer => (float*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        handle = IntPtr.Zero;
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
