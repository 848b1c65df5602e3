using Threadwell.Mechanics.Parallelism;

namespace Threadwell.Mechanics.Solids;

/// <summary>Deformation at the integration points, for the growth of networks and for results.</summary>
public static unsafe class Kinematics
{
    private const int BatchChunk = 64;

    /// <summary>Isochoric deformation gradient Fbar = J^(-1/3) F at each integration point of a mesh.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="displacement">Nodal displacements, mm; length 3 x nodes.</param>
    /// <param name="isochoric">Receives Fbar, row by row: 9 numbers a point.</param>
    /// <param name="threads">Threads of execution; results do not depend on it.</param>
    public static void IsochoricGradients(SolidMesh mesh, double[] displacement, double[] isochoric, int threads)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        foreach (ElementBatches batches in mesh.Batches)
        {
            FixedChunks.For(batches.BatchCount, BatchChunk, threads, (_, start, end) =>
                Points(batches, start, end, displacement, isochoric));
        }
    }

    private static void Points(ElementBatches batches, int start, int end, double[] displacement, double[] isochoric)
    {
        var u = stackalloc System.Runtime.Intrinsics.Vector256<double>[24];
        PointState state = default;
        fixed (System.Runtime.Intrinsics.Vector256<double>* gradients = batches.Gradients)
        {
            for (int batch = start; batch < end; batch++)
            {
                int slot = batch * ElementBatches.Lanes;
                ElementKernel.GatherDisplacement(batches, slot, displacement, u);
                int lanes = Math.Min(ElementBatches.Lanes, batches.Count - slot);
                for (int point = 0; point < batches.Points; point++)
                {
                    state.Deform(u, gradients + ((nint)((batch * batches.Points) + point) * batches.Nodes * 3), batches.Nodes);
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        int at = batches.FirstPoint + ((slot + lane) * batches.Points) + point;
                        double s = 1 / Math.Cbrt(state.J[lane]);
                        Span<double> f = isochoric.AsSpan(9 * at, 9);
                        f[0] = s * state.F00[lane];
                        f[1] = s * state.F01[lane];
                        f[2] = s * state.F02[lane];
                        f[3] = s * state.F10[lane];
                        f[4] = s * state.F11[lane];
                        f[5] = s * state.F12[lane];
                        f[6] = s * state.F20[lane];
                        f[7] = s * state.F21[lane];
                        f[8] = s * state.F22[lane];
                    }
                }
            }
        }
    }
}
