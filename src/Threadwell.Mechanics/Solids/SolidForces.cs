using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Threadwell.Mechanics.Parallelism;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Energy and its gradient (out-of-balance nodal forces) of a model. One pass over the elements leaves their isochoric forces and
/// volume gradients; the groups' pressures follow; a pass over the nodes adds up. Not thread-safe: it owns its workspace.
/// </summary>
internal sealed unsafe class SolidForces
{
    private const int BatchChunk = 64;
    private const int NodeChunk = 1024;

    private readonly SolidModel _model;
    private readonly SolidMesh _mesh;
    private readonly int _threads;
    private readonly double[] _isochoric;
    private readonly double[] _volumeGradient;
    private readonly double[] _elementVolume;
    private readonly double[] _loads;
    private readonly double[][] _chunkEnergy;
    private readonly double[] _nodeEnergy;
    private readonly double[] _nodeSquares;
    private readonly double[] _springSquares;

    public SolidForces(SolidModel model, int threads)
    {
        _model = model;
        _mesh = model.Mesh;
        _threads = threads;
        int slots = _mesh.Incidence.Slot.Length;
        _isochoric = new double[3 * slots];
        _volumeGradient = new double[3 * slots];
        _elementVolume = new double[_mesh.ElementCount];
        _loads = new double[3 * _mesh.NodeCount];
        _chunkEnergy = [.. _mesh.Batches.Select(b => new double[FixedChunks.Count(b.BatchCount, BatchChunk)])];
        _nodeEnergy = new double[FixedChunks.Count(_mesh.NodeCount, NodeChunk)];
        _nodeSquares = new double[FixedChunks.Count(_mesh.NodeCount, NodeChunk)];
        _springSquares = new double[_nodeEnergy.Length];
        Pressure = new double[_mesh.GroupCount];
        VolumeRatio = new double[_mesh.GroupCount];
    }

    /// <summary>Pressure of each group at the last evaluation, MPa (positive in dilatation).</summary>
    public double[] Pressure { get; }

    /// <summary>Current over reference volume of each group at the last evaluation.</summary>
    public double[] VolumeRatio { get; }

    /// <summary>Nodal forces and weight, N.</summary>
    public double[] Loads => _loads;

    /// <summary>Root of the sum of squares of the forces at all element corners, at the last evaluation, N.</summary>
    public double ElementForceNorm { get; private set; }

    /// <summary>Root of the sum of squares of the spring forces at the last evaluation, N.</summary>
    public double SpringForceNorm { get; private set; }

    /// <summary>Volume gradient of each element corner (3 numbers a corner), at the last evaluation, mm².</summary>
    public double[] VolumeGradient => _volumeGradient;

    /// <summary>Takes the loads from the model; call once before a series of evaluations.</summary>
    public void RefreshLoads() => _model.DeadLoads(_loads);

    /// <summary>
    /// Energy in N mm and its gradient in N. Positive infinity, with the gradient left alone, when an element is turned inside out.
    /// </summary>
    public double Evaluate(double[] displacement, double[] gradient)
    {
        double energy = 0;
        int slot = 0;
        for (int b = 0; b < _mesh.Batches.Length; b++)
        {
            ElementBatches batches = _mesh.Batches[b];
            double[] partial = _chunkEnergy[b];
            int firstSlot = slot;
            FixedChunks.For(batches.BatchCount, BatchChunk, _threads, (chunk, start, end) =>
                partial[chunk] = ElementForces(batches, start, end, displacement, firstSlot));
            slot += batches.Count * batches.Nodes;
            foreach (double part in partial)
            {
                energy += part;
            }
        }

        if (!double.IsFinite(energy))
        {
            return double.PositiveInfinity;
        }

        energy += GroupPressures();
        FixedChunks.For(_mesh.NodeCount, NodeChunk, _threads, (chunk, start, end) =>
            (_nodeEnergy[chunk], _nodeSquares[chunk], _springSquares[chunk]) = GatherNodes(start, end, displacement, gradient));
        double squares = 0;
        double springs = 0;
        for (int chunk = 0; chunk < _nodeEnergy.Length; chunk++)
        {
            energy += _nodeEnergy[chunk];
            squares += _nodeSquares[chunk];
            springs += _springSquares[chunk];
        }

        ElementForceNorm = Math.Sqrt(squares);
        SpringForceNorm = Math.Sqrt(springs);
        return energy;
    }

    private double GroupPressures()
    {
        Array.Clear(VolumeRatio);
        int[] group = _mesh.PressureGroup;
        for (int e = 0; e < group.Length; e++)
        {
            VolumeRatio[group[e]] += _elementVolume[e];
        }

        double energy = 0;
        for (int g = 0; g < VolumeRatio.Length; g++)
        {
            double ratio = VolumeRatio[g] / _mesh.GroupVolume[g];
            double initial = _model.InitialVolumeRatio[g];
            double strain = (initial * ratio) - 1;
            double kappa = _model.BulkModulus[g];
            VolumeRatio[g] = ratio;
            Pressure[g] = kappa * strain;
            energy += 0.5 * _mesh.GroupVolume[g] * kappa / initial * strain * strain;
        }

        return energy;
    }

    private (double Energy, double Squares, double Springs) GatherNodes(int start, int end, double[] displacement, double[] gradient)
    {
        NodeIncidence incidence = _mesh.Incidence;
        double energy = 0;
        double squares = 0;
        double springs = 0;
        for (int node = start; node < end; node++)
        {
            double x = 0, y = 0, z = 0;
            for (int i = incidence.Start[node]; i < incidence.Start[node + 1]; i++)
            {
                int at = 3 * incidence.Slot[i];
                double p = Pressure[_mesh.PressureGroup[incidence.Element[i]]];
                double fx = _isochoric[at] + (p * _volumeGradient[at]);
                double fy = _isochoric[at + 1] + (p * _volumeGradient[at + 1]);
                double fz = _isochoric[at + 2] + (p * _volumeGradient[at + 2]);
                squares += (fx * fx) + (fy * fy) + (fz * fz);
                x += fx;
                y += fy;
                z += fz;
            }

            int n = 3 * node;
            double ux = displacement[n], uy = displacement[n + 1], uz = displacement[n + 2];
            ReadOnlySpan<double> k = _model.SpringStiffness.AsSpan(6 * node, 6);
            double[] rest = _model.SpringForce;
            double kx = (k[0] * ux) + (k[3] * uy) + (k[5] * uz);
            double ky = (k[3] * ux) + (k[1] * uy) + (k[4] * uz);
            double kz = (k[5] * ux) + (k[4] * uy) + (k[2] * uz);
            energy += (((0.5 * kx) - rest[n] - _loads[n]) * ux) + (((0.5 * ky) - rest[n + 1] - _loads[n + 1]) * uy)
                + (((0.5 * kz) - rest[n + 2] - _loads[n + 2]) * uz);
            kx -= rest[n];
            ky -= rest[n + 1];
            kz -= rest[n + 2];
            springs += (kx * kx) + (ky * ky) + (kz * kz);
            gradient[n] = x + kx - _loads[n];
            gradient[n + 1] = y + ky - _loads[n + 1];
            gradient[n + 2] = z + kz - _loads[n + 2];
        }

        return (energy, squares, springs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ElementForces(ElementBatches batches, int start, int end, double[] displacement, int firstSlot)
    {
        int nodes = batches.Nodes;
        int points = batches.Points;
        V* u = stackalloc V[24];
        V* force = stackalloc V[24];
        V* volumeForce = stackalloc V[24];
        PointState state = default;
        V energy = V.Zero;
        bool stiffens = _model.IsotropicStiffening is not null || _model.FibreStiffening is not null;
        fixed (V* gradients = batches.Gradients, weights = batches.Weights)
        fixed (double* tensors = _model.PointTensor, isochoric = _isochoric, volumeGradient = _volumeGradient, elementVolume = _elementVolume)
        {
            for (int batch = start; batch < end; batch++)
            {
                int slot = batch * ElementBatches.Lanes;
                ElementKernel.GatherDisplacement(batches, slot, displacement, u);
                for (int i = 0; i < 3 * nodes; i++)
                {
                    force[i] = V.Zero;
                    volumeForce[i] = V.Zero;
                }

                V volume = V.Zero;
                for (int point = 0; point < points; point++)
                {
                    int at = (batch * points) + point;
                    V* g = gradients + ((nint)at * nodes * 3);
                    V weight = weights[at];
                    state.Deform(u, g, nodes);
                    if (!state.IsAdmissible)
                    {
                        return double.PositiveInfinity;
                    }

                    ElementKernel.LoadTensor(batches, slot, point, tensors, ref state);
                    if (stiffens)
                    {
                        ElementKernel.StiffenedStress(_model, batches, slot, ref state);
                    }
                    else
                    {
                        state.Stress();
                    }

                    energy = Vector256.FusedMultiplyAdd(weight, state.Energy, energy);
                    volume = Vector256.FusedMultiplyAdd(weight, state.J, volume);
                    V scale = weight * state.Scale;
                    V third = state.T / (Vector256.Create(-3.0) * state.J);
                    V p00 = scale * Vector256.FusedMultiplyAdd(third, state.C00, state.H00);
                    V p01 = scale * Vector256.FusedMultiplyAdd(third, state.C01, state.H01);
                    V p02 = scale * Vector256.FusedMultiplyAdd(third, state.C02, state.H02);
                    V p10 = scale * Vector256.FusedMultiplyAdd(third, state.C10, state.H10);
                    V p11 = scale * Vector256.FusedMultiplyAdd(third, state.C11, state.H11);
                    V p12 = scale * Vector256.FusedMultiplyAdd(third, state.C12, state.H12);
                    V p20 = scale * Vector256.FusedMultiplyAdd(third, state.C20, state.H20);
                    V p21 = scale * Vector256.FusedMultiplyAdd(third, state.C21, state.H21);
                    V p22 = scale * Vector256.FusedMultiplyAdd(third, state.C22, state.H22);
                    for (int a = 0; a < nodes; a++)
                    {
                        V g0 = g[3 * a], g1 = g[(3 * a) + 1], g2 = g[(3 * a) + 2];
                        force[3 * a] += (p00 * g0) + (p01 * g1) + (p02 * g2);
                        force[(3 * a) + 1] += (p10 * g0) + (p11 * g1) + (p12 * g2);
                        force[(3 * a) + 2] += (p20 * g0) + (p21 * g1) + (p22 * g2);
                        g0 *= weight;
                        g1 *= weight;
                        g2 *= weight;
                        volumeForce[3 * a] += (state.C00 * g0) + (state.C01 * g1) + (state.C02 * g2);
                        volumeForce[(3 * a) + 1] += (state.C10 * g0) + (state.C11 * g1) + (state.C12 * g2);
                        volumeForce[(3 * a) + 2] += (state.C20 * g0) + (state.C21 * g1) + (state.C22 * g2);
                    }
                }

                int lanes = Math.Min(ElementBatches.Lanes, batches.Count - slot);
                for (int lane = 0; lane < lanes; lane++)
                {
                    elementVolume[batches.FirstElement + slot + lane] = volume[lane];
                }

                ElementKernel.StoreByElement(force, 3 * nodes, lanes, isochoric + (3 * (firstSlot + ((nint)slot * nodes))));
                ElementKernel.StoreByElement(volumeForce, 3 * nodes, lanes, volumeGradient + (3 * (firstSlot + ((nint)slot * nodes))));
            }
        }

        return Vector256.Sum(energy);
    }
}
