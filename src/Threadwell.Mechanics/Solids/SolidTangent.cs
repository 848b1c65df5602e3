using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Parallelism;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Second derivative of the energy. With g = F^(-T) G the spatial gradient of a shape function, h = F A' G, c = w J^(-2/3) and the
/// pressure p, corners a and b of an element couple by
/// <code>
/// K_ab = c (G_a . A' G_b) I + g_a r_b^T + r_a g_b^T + (c T/3 - p w J) g_b g_a^T,    r = c (T/9 g - 2/3 h) + p w J / 2 g
/// </code>
/// plus rank-one terms of the stiffening, and kappa J0 / V b b^T of each pressure group with volume gradient b. Not thread-safe.
/// </summary>
internal sealed unsafe class SolidTangent
{
    private const int BatchChunk = 32;
    private const int RowChunk = 256;
    private readonly SolidModel _model;
    private readonly SolidMesh _mesh;
    private readonly SolidForces _forces;
    private readonly int _threads;
    private readonly float[] _pairs;

    public SolidTangent(SolidModel model, SolidForces forces, int threads)
    {
        _model = model;
        _mesh = model.Mesh;
        _forces = forces;
        _threads = threads;
        Pattern = _mesh.TangentPattern;
        Matrix = new BlockSparseMatrix(Pattern.RowStart, Pattern.Columns);
        _pairs = new float[9 * Pattern.PairCount];
    }

    public TangentPattern Pattern { get; }

    /// <summary>The tangent stiffness, N/mm. Rows and columns of fixed components are zero but for a one on the diagonal.</summary>
    public BlockSparseMatrix Matrix { get; }

    /// <summary>Assembles the tangent at a displacement at which the forces were evaluated last.</summary>
    public void Assemble(double[] displacement)
    {
        foreach (ElementBatches batches in _mesh.Batches)
        {
            FixedChunks.For(batches.BatchCount, BatchChunk, _threads, (_, start, end) => ElementPairs(batches, start, end, displacement));
        }

        FixedChunks.For(_mesh.NodeCount, RowChunk, _threads, (_, start, end) => GatherRows(start, end));
    }

    private void GatherRows(int start, int end)
    {
        TangentPattern pattern = Pattern;
        float[] values = Matrix.Values;
        double[] b = _forces.VolumeGradient;
        bool[] isFixed = _model.Fixed;
        Span<double> block = stackalloc double[9];
        for (int row = start; row < end; row++)
        {
            for (int k = pattern.RowStart[row]; k < pattern.RowStart[row + 1]; k++)
            {
                int column = pattern.Columns[k];
                if (column < row)
                {
                    continue;
                }

                block.Clear();
                for (int i = pattern.ContributionStart[k]; i < pattern.ContributionStart[k + 1]; i++)
                {
                    int code = pattern.Contributions[i];
                    ReadOnlySpan<float> pair = _pairs.AsSpan(9 * (code >> 1), 9);
                    if ((code & 1) == 0)
                    {
                        for (int j = 0; j < 9; j++)
                        {
                            block[j] += pair[j];
                        }
                    }
                    else
                    {
                        AddTransposed(pair, block);
                    }
                }

                for (int i = 3 * pattern.SharedStart[k]; i < 3 * pattern.SharedStart[k + 1]; i += 3)
                {
                    int r = 3 * pattern.Shared[i];
                    int c = 3 * pattern.Shared[i + 1];
                    double factor = PressureStiffness(pattern.Shared[i + 2]);
                    for (int j = 0; j < 3; j++)
                    {
                        double scaled = factor * b[r + j];
                        block[3 * j] += scaled * b[c];
                        block[(3 * j) + 1] += scaled * b[c + 1];
                        block[(3 * j) + 2] += scaled * b[c + 2];
                    }
                }

                if (column == row)
                {
                    AddSpring(row, block);
                }

                int mirror = 9 * pattern.Mirror[k];
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 3; j++)
                    {
                        bool free = !isFixed[(3 * row) + i] && !isFixed[(3 * column) + j];
                        float value = free ? (float)block[(3 * i) + j] : row == column && i == j ? 1 : 0;
                        values[(9 * k) + (3 * i) + j] = value;
                        values[mirror + (3 * j) + i] = value;
                    }
                }
            }
        }
    }

    private void AddSpring(int node, Span<double> block)
    {
        ReadOnlySpan<double> k = _model.SpringStiffness.AsSpan(6 * node, 6);
        block[0] += k[0];
        block[4] += k[1];
        block[8] += k[2];
        block[1] += k[3];
        block[3] += k[3];
        block[5] += k[4];
        block[7] += k[4];
        block[2] += k[5];
        block[6] += k[5];

        // A node that no element uses has no stiffness: it stays where it is.
        if (_mesh.Incidence.Start[node] == _mesh.Incidence.Start[node + 1])
        {
            block[0] += 1;
            block[4] += 1;
            block[8] += 1;
        }
    }

    private static void AddTransposed(ReadOnlySpan<float> pair, Span<double> block)
    {
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                block[(3 * i) + j] += pair[(3 * j) + i];
            }
        }
    }

    private double PressureStiffness(int group) => _model.BulkModulus[group] * _model.InitialVolumeRatio[group] / _mesh.GroupVolume[group];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ElementPairs(ElementBatches batches, int start, int end, double[] displacement)
    {
        int nodes = batches.Nodes;
        int points = batches.Points;
        int pairCount = nodes * (nodes + 1) / 2;
        V* u = stackalloc V[24];
        V* spatial = stackalloc V[24];
        V* product = stackalloc V[24];
        V* r = stackalloc V[24];
        V* isotropic = stackalloc V[24];
        V* fibre = stackalloc V[24];
        V* volumeForce = stackalloc V[24];
        V* pairs = stackalloc V[36 * 9];
        PointState state = default;
        bool stiffens = _model.IsotropicStiffening is not null || _model.FibreStiffening is not null;
        V third = Vector256.Create(1.0 / 3);
        fixed (V* gradients = batches.Gradients, weights = batches.Weights)
        fixed (double* tensors = _model.PointTensor)
        fixed (float* output = _pairs)
        {
            for (int batch = start; batch < end; batch++)
            {
                int slot = batch * ElementBatches.Lanes;
                ElementKernel.GatherDisplacement(batches, slot, displacement, u);
                (V pressure, V groupStiffness) = Pressures(batches, slot);
                for (int i = 0; i < 9 * pairCount; i++)
                {
                    pairs[i] = V.Zero;
                }

                for (int i = 0; i < 3 * nodes; i++)
                {
                    volumeForce[i] = V.Zero;
                }

                for (int point = 0; point < points; point++)
                {
                    int at = (batch * points) + point;
                    V* g = gradients + ((nint)at * nodes * 3);
                    V weight = weights[at];
                    state.Deform(u, g, nodes);
                    ElementKernel.LoadTensor(batches, slot, point, tensors, ref state);
                    if (stiffens)
                    {
                        ElementKernel.StiffenedStress(_model, batches, slot, ref state);
                    }
                    else
                    {
                        state.Stress();
                    }

                    V c = weight * state.Scale;
                    V inverse = Vector256<double>.One / state.J;
                    V pw = pressure * weight * state.J;
                    V ninth = c * state.T * Vector256.Create(1.0 / 9);
                    V half = Vector256.FusedMultiplyAdd(pw, Vector256.Create(0.5), ninth);
                    V twoThirds = c * Vector256.Create(-2.0 / 3);
                    V mixed = (c * state.T * third) - pw;
                    V volumeWeight = weight * state.J;
                    for (int a = 0; a < nodes; a++)
                    {
                        V g0 = g[3 * a], g1 = g[(3 * a) + 1], g2 = g[(3 * a) + 2];
                        V s0 = inverse * ((state.C00 * g0) + (state.C01 * g1) + (state.C02 * g2));
                        V s1 = inverse * ((state.C10 * g0) + (state.C11 * g1) + (state.C12 * g2));
                        V s2 = inverse * ((state.C20 * g0) + (state.C21 * g1) + (state.C22 * g2));
                        spatial[3 * a] = s0;
                        spatial[(3 * a) + 1] = s1;
                        spatial[(3 * a) + 2] = s2;
                        volumeForce[3 * a] += volumeWeight * s0;
                        volumeForce[(3 * a) + 1] += volumeWeight * s1;
                        volumeForce[(3 * a) + 2] += volumeWeight * s2;
                        r[3 * a] = (half * s0) + (twoThirds * ((state.H00 * g0) + (state.H01 * g1) + (state.H02 * g2)));
                        r[(3 * a) + 1] = (half * s1) + (twoThirds * ((state.H10 * g0) + (state.H11 * g1) + (state.H12 * g2)));
                        r[(3 * a) + 2] = (half * s2) + (twoThirds * ((state.H20 * g0) + (state.H21 * g1) + (state.H22 * g2)));
                        product[3 * a] = c * ((state.Axx * g0) + (state.Axy * g1) + (state.Azx * g2));
                        product[(3 * a) + 1] = c * ((state.Axy * g0) + (state.Ayy * g1) + (state.Ayz * g2));
                        product[(3 * a) + 2] = c * ((state.Azx * g0) + (state.Ayz * g1) + (state.Azz * g2));
                    }

                    AddPointPairs(nodes, g, spatial, product, r, mixed, pairs);
                    if (stiffens)
                    {
                        StiffeningGradients(batches, slot, ref state, weight, nodes, g, spatial, isotropic, fibre);
                        AddRankOne(nodes, isotropic, pairs);
                        AddRankOne(nodes, fibre, pairs);
                    }
                }

                V root = Vector256.Sqrt(groupStiffness);
                for (int i = 0; i < 3 * nodes; i++)
                {
                    volumeForce[i] *= root;
                }

                AddRankOne(nodes, volumeForce, pairs);
                int lanes = Math.Min(ElementBatches.Lanes, batches.Count - slot);
                for (int lane = 0; lane < lanes; lane++)
                {
                    float* target = output + (9 * (nint)Pattern.PairStart[batches.FirstElement + slot + lane]);
                    double* source = (double*)pairs + lane;
                    for (int i = 0; i < 9 * pairCount; i++)
                    {
                        target[i] = (float)source[4 * i];
                    }
                }
            }
        }
    }

    /// <summary>Pressure of each element, and its own volume's stiffness where it shares its pressure with no other.</summary>
    private (V Pressure, V Stiffness) Pressures(ElementBatches batches, int slot)
    {
        V pressure = V.Zero;
        V stiffness = V.Zero;
        for (int lane = 0; lane < ElementBatches.Lanes; lane++)
        {
            int group = _mesh.PressureGroup[batches.FirstElement + Math.Min(slot + lane, batches.Count - 1)];
            pressure = pressure.WithElement(lane, _forces.Pressure[group]);
            stiffness = stiffness.WithElement(lane, _mesh.GroupSize[group] == 1 ? PressureStiffness(group) : 0);
        }

        return (pressure, stiffness);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPointPairs(int nodes, V* g, V* spatial, V* product, V* r, V mixed, V* pairs)
    {
        V* block = pairs;
        for (int a = 0; a < nodes; a++)
        {
            V a0 = spatial[3 * a], a1 = spatial[(3 * a) + 1], a2 = spatial[(3 * a) + 2];
            V r0 = r[3 * a], r1 = r[(3 * a) + 1], r2 = r[(3 * a) + 2];
            V m0 = mixed * a0, m1 = mixed * a1, m2 = mixed * a2;
            V g0 = g[3 * a], g1 = g[(3 * a) + 1], g2 = g[(3 * a) + 2];
            for (int b = a; b < nodes; b++, block += 9)
            {
                V b0 = spatial[3 * b], b1 = spatial[(3 * b) + 1], b2 = spatial[(3 * b) + 2];
                V q0 = r[3 * b], q1 = r[(3 * b) + 1], q2 = r[(3 * b) + 2];
                V s = Vector256.FusedMultiplyAdd(g0, product[3 * b], Vector256.FusedMultiplyAdd(g1, product[(3 * b) + 1], g2 * product[(3 * b) + 2]));
                block[0] = Entry(block[0] + s, a0, q0, r0, b0, b0, m0);
                block[1] = Entry(block[1], a0, q1, r0, b1, b0, m1);
                block[2] = Entry(block[2], a0, q2, r0, b2, b0, m2);
                block[3] = Entry(block[3], a1, q0, r1, b0, b1, m0);
                block[4] = Entry(block[4] + s, a1, q1, r1, b1, b1, m1);
                block[5] = Entry(block[5], a1, q2, r1, b2, b1, m2);
                block[6] = Entry(block[6], a2, q0, r2, b0, b2, m0);
                block[7] = Entry(block[7], a2, q1, r2, b1, b2, m1);
                block[8] = Entry(block[8] + s, a2, q2, r2, b2, b2, m2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Entry(V sum, V a, V q, V r, V b, V bi, V mj) =>
        Vector256.FusedMultiplyAdd(a, q, Vector256.FusedMultiplyAdd(r, b, Vector256.FusedMultiplyAdd(bi, mj, sum)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRankOne(int nodes, V* v, V* pairs)
    {
        V* block = pairs;
        for (int a = 0; a < nodes; a++)
        {
            for (int b = a; b < nodes; b++, block += 9)
            {
                for (int i = 0; i < 3; i++)
                {
                    V vi = v[(3 * a) + i];
                    block[3 * i] = Vector256.FusedMultiplyAdd(vi, v[3 * b], block[3 * i]);
                    block[(3 * i) + 1] = Vector256.FusedMultiplyAdd(vi, v[(3 * b) + 1], block[(3 * i) + 1]);
                    block[(3 * i) + 2] = Vector256.FusedMultiplyAdd(vi, v[(3 * b) + 2], block[(3 * i) + 2]);
                }
            }
        }
    }

    /// <summary>Gradients of the isochoric invariants I1 and I4 times the root of their weighted second derivative of the energy.</summary>
    private void StiffeningGradients(ElementBatches batches, int slot, ref PointState s, V weight, int nodes, V* g, V* spatial, V* isotropic, V* fibre)
    {
        V c = V.Zero;
        V n0 = V.Zero, n1 = V.Zero, n2 = V.Zero;
        for (int lane = 0; lane < ElementBatches.Lanes; lane++)
        {
            int element = batches.FirstElement + Math.Min(slot + lane, batches.Count - 1);
            c = c.WithElement(lane, _model.IsotropicStiffening?[element] ?? 0);
            if (_model.FibreDirection is { } direction)
            {
                n0 = n0.WithElement(lane, direction[element].X);
                n1 = n1.WithElement(lane, direction[element].Y);
                n2 = n2.WithElement(lane, direction[element].Z);
            }
        }

        V two = Vector256.Create(2.0) * s.Scale;
        V isotropicRoot = two * Vector256.Sqrt(weight * c);
        V fibreRoot = two * Vector256.Sqrt(weight * s.ActiveFibre * Vector256.Create(0.5));
        V traceThird = s.Trace * Vector256.Create(-1.0 / 3);
        V lengthThird = s.FibreLength * Vector256.Create(-1.0 / 3);
        for (int a = 0; a < nodes; a++)
        {
            V g0 = g[3 * a], g1 = g[(3 * a) + 1], g2 = g[(3 * a) + 2];
            V along = (n0 * g0) + (n1 * g1) + (n2 * g2);
            isotropic[3 * a] = isotropicRoot * ((s.F00 * g0) + (s.F01 * g1) + (s.F02 * g2) + (traceThird * spatial[3 * a]));
            isotropic[(3 * a) + 1] = isotropicRoot * ((s.F10 * g0) + (s.F11 * g1) + (s.F12 * g2) + (traceThird * spatial[(3 * a) + 1]));
            isotropic[(3 * a) + 2] = isotropicRoot * ((s.F20 * g0) + (s.F21 * g1) + (s.F22 * g2) + (traceThird * spatial[(3 * a) + 2]));
            fibre[3 * a] = fibreRoot * ((along * s.Fn0) + (lengthThird * spatial[3 * a]));
            fibre[(3 * a) + 1] = fibreRoot * ((along * s.Fn1) + (lengthThird * spatial[(3 * a) + 1]));
            fibre[(3 * a) + 2] = fibreRoot * ((along * s.Fn2) + (lengthThird * spatial[(3 * a) + 2]));
        }
    }
}
