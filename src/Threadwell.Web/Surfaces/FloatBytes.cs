using System.Runtime.InteropServices;
using Threadwell.Geometry;

namespace Threadwell.Web.Surfaces;

/// <summary>Numbers as single-precision bytes for the pages, little endian: every machine that .NET 10 runs on is.</summary>
internal static class FloatBytes
{
    /// <summary>Three numbers a vector.</summary>
    public static byte[] Of(ReadOnlySpan<Vector3D> vectors)
    {
        var values = new float[3 * vectors.Length];
        for (int index = 0; index < vectors.Length; index++)
        {
            values[3 * index] = (float)vectors[index].X;
            values[(3 * index) + 1] = (float)vectors[index].Y;
            values[(3 * index) + 2] = (float)vectors[index].Z;
        }

        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    /// <summary>One number each.</summary>
    public static byte[] Of(ReadOnlySpan<double> numbers)
    {
        var values = new float[numbers.Length];
        for (int index = 0; index < numbers.Length; index++)
        {
            values[index] = (float)numbers[index];
        }

        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    /// <summary>Reads numbers back.</summary>
    public static ReadOnlySpan<float> Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes);
}
