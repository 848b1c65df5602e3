using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Threadwell.Mechanics.Solids;

/// <summary>Moves data between the caller's arrays and vectors of four elements.</summary>
internal static unsafe class ElementKernel
{
    /// <summary>Displacements of the corners of the four elements from <paramref name="slot"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GatherDisplacement(ElementBatches batches, int slot, double[] displacement, V* u)
    {
        int nodes = batches.Nodes;
        fixed (int* corners = batches.Corners)
        fixed (double* values = displacement)
        {
            int* c0 = corners + ((nint)slot * nodes);
            int* c1 = c0 + nodes;
            int* c2 = c1 + nodes;
            int* c3 = c2 + nodes;
            for (int a = 0; a < nodes; a++)
            {
                double* u0 = values + (3 * c0[a]);
                double* u1 = values + (3 * c1[a]);
                double* u2 = values + (3 * c2[a]);
                double* u3 = values + (3 * c3[a]);
                u[3 * a] = Vector256.Create(u0[0], u1[0], u2[0], u3[0]);
                u[(3 * a) + 1] = Vector256.Create(u0[1], u1[1], u2[1], u3[1]);
                u[(3 * a) + 2] = Vector256.Create(u0[2], u1[2], u2[2], u3[2]);
            }
        }
    }

    /// <summary>A at one integration point of the four elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTensor(ElementBatches batches, int slot, int point, double* tensors, ref PointState state)
    {
        int last = batches.Count - 1;
        double* first = tensors + (6 * (nint)(batches.FirstPoint + point));
        nint stride = 6 * batches.Points;
        state.LoadTensor(
            first + (slot * stride),
            first + (Math.Min(slot + 1, last) * stride),
            first + (Math.Min(slot + 2, last) * stride),
            first + (Math.Min(slot + 3, last) * stride));
    }

    /// <summary>Stress with the stiffening terms of the four elements.</summary>
    public static void StiffenedStress(SolidModel model, ElementBatches batches, int slot, ref PointState state)
    {
        int last = batches.Count - 1;
        int e0 = batches.FirstElement + slot;
        int e1 = batches.FirstElement + Math.Min(slot + 1, last);
        int e2 = batches.FirstElement + Math.Min(slot + 2, last);
        int e3 = batches.FirstElement + Math.Min(slot + 3, last);
        V c = model.IsotropicStiffening is { } isotropic
            ? Vector256.Create(isotropic[e0], isotropic[e1], isotropic[e2], isotropic[e3])
            : V.Zero;
        if (model is { FibreStiffening: { } fibre, FibreDirection: { } n })
        {
            state.StiffenedStress(
                c,
                Vector256.Create(fibre[e0], fibre[e1], fibre[e2], fibre[e3]),
                Vector256.Create(n[e0].X, n[e1].X, n[e2].X, n[e3].X),
                Vector256.Create(n[e0].Y, n[e1].Y, n[e2].Y, n[e3].Y),
                Vector256.Create(n[e0].Z, n[e1].Z, n[e2].Z, n[e3].Z));
        }
        else
        {
            state.StiffenedStress(c, V.Zero, V.Zero, V.Zero, V.Zero);
        }
    }

    /// <summary>Writes <paramref name="count"/> components (even) of up to four elements, element after element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreByElement(V* values, int count, int lanes, double* target)
    {
        if (lanes < ElementBatches.Lanes)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                for (int i = 0; i < count; i++)
                {
                    target[(lane * count) + i] = values[i][lane];
                }
            }

            return;
        }

        int whole = count & ~3;
        for (int i = 0; i < whole; i += 4)
        {
            V a = values[i], b = values[i + 1], c = values[i + 2], d = values[i + 3];
            LaneTranspose.InPlace(ref a, ref b, ref c, ref d);
            a.Store(target + i);
            b.Store(target + count + i);
            c.Store(target + (2 * count) + i);
            d.Store(target + (3 * count) + i);
        }

        for (int i = whole; i < count; i++)
        {
            V value = values[i];
            target[i] = value[0];
            target[count + i] = value[1];
            target[(2 * count) + i] = value[2];
            target[(3 * count) + i] = value[3];
        }
    }
}
