using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.Vector256;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Deformation and isochoric stress at one integration point of four elements. With A' = A + 2 c (I1 - 3) I + f &lt;I4 - 1&gt; n n^T, the
/// stiffening terms become part of a neo-Hookean tensor, and the first derivative of the energy with respect to F is
/// J^(-2/3) (F A' - T/3 F^(-T)) with T = F : F A'.
/// </summary>
internal unsafe struct PointState
{
    public V F00, F01, F02, F10, F11, F12, F20, F21, F22;

    /// <summary>Cofactor of F, that is J F^(-T).</summary>
    public V C00, C01, C02, C10, C11, C12, C20, C21, C22;

    /// <summary>F A'.</summary>
    public V H00, H01, H02, H10, H11, H12, H20, H21, H22;

    /// <summary>A' as xx, yy, zz, xy, yz, zx.</summary>
    public V Axx, Ayy, Azz, Axy, Ayz, Azx;

    public V J, Scale, T, Energy;

    /// <summary>tr C, and of the stiffening terms: F n and |F n|².</summary>
    public V Trace, Fn0, Fn1, Fn2, FibreLength;

    /// <summary>f where the fibre is stretched, else 0.</summary>
    public V ActiveFibre;

    /// <summary>F from nodal displacements u and shape gradients g, its cofactor and determinant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deform(V* u, V* g, int nodes)
    {
        V f00 = V.One, f01 = V.Zero, f02 = V.Zero, f10 = V.Zero, f11 = V.One, f12 = V.Zero, f20 = V.Zero, f21 = V.Zero, f22 = V.One;
        for (int a = 0; a < nodes; a++)
        {
            V g0 = g[3 * a], g1 = g[(3 * a) + 1], g2 = g[(3 * a) + 2];
            V x = u[3 * a];
            f00 = FusedMultiplyAdd(x, g0, f00);
            f01 = FusedMultiplyAdd(x, g1, f01);
            f02 = FusedMultiplyAdd(x, g2, f02);
            V y = u[(3 * a) + 1];
            f10 = FusedMultiplyAdd(y, g0, f10);
            f11 = FusedMultiplyAdd(y, g1, f11);
            f12 = FusedMultiplyAdd(y, g2, f12);
            V z = u[(3 * a) + 2];
            f20 = FusedMultiplyAdd(z, g0, f20);
            f21 = FusedMultiplyAdd(z, g1, f21);
            f22 = FusedMultiplyAdd(z, g2, f22);
        }

        (F00, F01, F02, F10, F11, F12, F20, F21, F22) = (f00, f01, f02, f10, f11, f12, f20, f21, f22);
        C00 = (f11 * f22) - (f12 * f21);
        C01 = (f12 * f20) - (f10 * f22);
        C02 = (f10 * f21) - (f11 * f20);
        C10 = (f02 * f21) - (f01 * f22);
        C11 = (f00 * f22) - (f02 * f20);
        C12 = (f01 * f20) - (f00 * f21);
        C20 = (f01 * f12) - (f02 * f11);
        C21 = (f02 * f10) - (f00 * f12);
        C22 = (f00 * f11) - (f01 * f10);
        J = (f00 * C00) + (f01 * C01) + (f02 * C02);
    }

    /// <summary>True when the determinant is positive (and a number) in all four elements.</summary>
    public readonly bool IsAdmissible => GreaterThanAll(J, V.Zero);

    /// <summary>Loads A of four elements, each six numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadTensor(double* a0, double* a1, double* a2, double* a3)
    {
        Axx = Load(a0);
        Ayy = Load(a1);
        Azz = Load(a2);
        Axy = Load(a3);
        LaneTranspose.InPlace(ref Axx, ref Ayy, ref Azz, ref Axy);
        if (Avx.IsSupported)
        {
            V even = Create(Vector128.Load(a0 + 4), Vector128.Load(a2 + 4));
            V odd = Create(Vector128.Load(a1 + 4), Vector128.Load(a3 + 4));
            Ayz = Avx.UnpackLow(even, odd);
            Azx = Avx.UnpackHigh(even, odd);
        }
        else
        {
            Ayz = Create(a0[4], a1[4], a2[4], a3[4]);
            Azx = Create(a0[5], a1[5], a2[5], a3[5]);
        }
    }

    /// <summary>Energy per reference volume and F A' without stiffening terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stress()
    {
        Scale = PowerMinusTwoThirds(J);
        Product();
        Energy = Create(0.5) * (FusedMultiplyAdd(Scale, T, -(Axx + Ayy + Azz)));
    }

    /// <summary>As <see cref="Stress"/>, with stiffening moduli c and f and fibre directions n.</summary>
    public void StiffenedStress(V c, V f, V n0, V n1, V n2)
    {
        Stress();
        Trace = (F00 * F00) + (F01 * F01) + (F02 * F02) + (F10 * F10) + (F11 * F11) + (F12 * F12) + (F20 * F20) + (F21 * F21) + (F22 * F22);
        V excess = FusedMultiplyAdd(Scale, Trace, Create(-3.0));
        V isotropic = Create(2.0) * c * excess;
        Fn0 = (F00 * n0) + (F01 * n1) + (F02 * n2);
        Fn1 = (F10 * n0) + (F11 * n1) + (F12 * n2);
        Fn2 = (F20 * n0) + (F21 * n1) + (F22 * n2);
        FibreLength = (Fn0 * Fn0) + (Fn1 * Fn1) + (Fn2 * Fn2);
        V stretch = Max(FusedMultiplyAdd(Scale, FibreLength, -V.One), V.Zero);
        ActiveFibre = ConditionalSelect(GreaterThan(stretch, V.Zero), f, V.Zero);
        Energy += (Create(0.5) * c * excess * excess) + (Create(0.25) * f * stretch * stretch);
        V fibre = f * stretch;
        Axx += isotropic + (fibre * n0 * n0);
        Ayy += isotropic + (fibre * n1 * n1);
        Azz += isotropic + (fibre * n2 * n2);
        Axy += fibre * n0 * n1;
        Ayz += fibre * n1 * n2;
        Azx += fibre * n2 * n0;
        Product();
    }

    /// <summary>
    /// J^(-2/3): a cubic fit of J^(-1/3) between 0.6 and 1.6 (good to 0.2 %), then three Newton steps; logarithm and exponential outside.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerMinusTwoThirds(V j)
    {
        if (LessThanAny(j, Create(0.6)) || GreaterThanAny(j, Create(1.6)))
        {
            return Exp(Log(j) * Create(-2.0 / 3));
        }

        V x = j - V.One;
        V y = FusedMultiplyAdd(FusedMultiplyAdd(FusedMultiplyAdd(Create(-0.147782), x, Create(0.249965)), x, Create(-0.338412)), x, Create(0.999335));
        V third = Create(1.0 / 3);
        for (int step = 0; step < 3; step++)
        {
            V yy = y * y;
            y = y * third * FusedMultiplyAdd(-(j * y), yy, Create(4.0));
        }

        return y * y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Product()
    {
        H00 = (F00 * Axx) + (F01 * Axy) + (F02 * Azx);
        H01 = (F00 * Axy) + (F01 * Ayy) + (F02 * Ayz);
        H02 = (F00 * Azx) + (F01 * Ayz) + (F02 * Azz);
        H10 = (F10 * Axx) + (F11 * Axy) + (F12 * Azx);
        H11 = (F10 * Axy) + (F11 * Ayy) + (F12 * Ayz);
        H12 = (F10 * Azx) + (F11 * Ayz) + (F12 * Azz);
        H20 = (F20 * Axx) + (F21 * Axy) + (F22 * Azx);
        H21 = (F20 * Axy) + (F21 * Ayy) + (F22 * Ayz);
        H22 = (F20 * Azx) + (F21 * Ayz) + (F22 * Azz);
        T = (F00 * H00) + (F01 * H01) + (F02 * H02) + (F10 * H10) + (F11 * H11) + (F12 * H12) + (F20 * H20) + (F21 * H21) + (F22 * H22);
    }
}
