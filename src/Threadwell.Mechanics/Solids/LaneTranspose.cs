using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Threadwell.Mechanics.Solids;

/// <summary>Turns four vectors of one element each into four vectors of one component each, and back.</summary>
internal static class LaneTranspose
{
    /// <summary>Transposes the 4 x 4 numbers of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InPlace(ref V a, ref V b, ref V c, ref V d)
    {
        if (Avx.IsSupported)
        {
            V ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
            a = Avx.Permute2x128(ab0, cd0, 0x20);
            b = Avx.Permute2x128(ab1, cd1, 0x20);
            c = Avx.Permute2x128(ab0, cd0, 0x31);
            d = Avx.Permute2x128(ab1, cd1, 0x31);
        }
        else
        {
            (a, b, c, d) = (
                Vector256.Create(a[0], b[0], c[0], d[0]),
                Vector256.Create(a[1], b[1], c[1], d[1]),
                Vector256.Create(a[2], b[2], c[2], d[2]),
                Vector256.Create(a[3], b[3], c[3], d[3]));
        }
    }
}
