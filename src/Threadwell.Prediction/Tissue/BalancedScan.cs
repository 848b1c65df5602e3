using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>
/// The prestress with which the scan itself is in equilibrium under gravity and skin tension (design 3.3). Elastin, original
/// collagen and the springs carry it; the ground matrix renews itself within weeks, so it carries nothing that lasts.
/// </summary>
/// <remarks>
/// The deformation from the unloaded state is found by repeating: solve for the displacement from the scan, multiply it onto the
/// history, put the geometry back (Gee, Förster and Wall 2010, modified updated Lagrangian formulation).
/// </remarks>
internal sealed class BalancedScan
{
    // Residual motion of the untreated scan must be below 0.01 mm; a hundredth of that leaves nothing to see.
    private const double ToleranceMm = 1e-4;
    private const int MostRounds = 40;

    private readonly double[] initialVolumeRatio;

    private BalancedScan(double[] loaded, double[] laidDown, double[] initialVolumeRatio, RemodellingSprings springs, double residualMotion)
    {
        Loaded = loaded;
        LaidDown = laidDown;
        this.initialVolumeRatio = initialVolumeRatio;
        Springs = springs;
        ResidualMotionMm = residualMotion;
    }

    /// <summary>Tensor of unit mass of the networks that carry the prestress, 6 a point.</summary>
    public double[] Loaded { get; }

    /// <summary>Tensor of unit mass of what was just laid down in the scan's shape, 6 a point.</summary>
    public double[] LaidDown { get; }

    /// <summary>The springs on day 0.</summary>
    public RemodellingSprings Springs { get; }

    /// <summary>Largest motion of the untreated scan in the last round, mm.</summary>
    public double ResidualMotionMm { get; }

    /// <summary>Balances a tissue.</summary>
    /// <param name="mechanics">The tissue; its model's springs and tensors are overwritten.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="options">Settings of the solver.</param>
    /// <param name="cancellation">Ends the search between solves.</param>
    /// <exception cref="InvalidOperationException">The scan could not be balanced.</exception>
    public static BalancedScan Find(TissueMechanics mechanics, TissueParameters parameters, EquilibriumOptions options, CancellationToken cancellation)
    {
        SolidMesh mesh = mechanics.Mesh;
        SolidModel model = mechanics.Model;
        double[] laidDown = mechanics.LaidDownTensors();
        double[] loaded = [.. laidDown];
        var gradients = new double[9 * mesh.PointCount];
        var volumeRatio = new double[mesh.PointCount];
        double[] pointVolume = mesh.PointVolumes();
        var springForce = new double[3 * mechanics.SpringNodes.Length];
        var displacement = new double[3 * mesh.NodeCount];
        Array.Fill(model.InitialVolumeRatio, 1);
        var solver = new EquilibriumSolver(model, null, options);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var springs = new RemodellingSprings(mechanics.SpringNodes, mechanics.PermanentStiffness, mechanics.RenewedStiffness, springForce);
            springs.Copy().Apply(model, displacement, 0, 0, NetworkBirths.All);
            WriteTensor(mechanics, parameters, loaded, laidDown);
            Array.Clear(displacement);
            solver.Solve(displacement);
            double motion = displacement.Max(Math.Abs);
            if (motion < ToleranceMm)
            {
                return new BalancedScan(loaded, laidDown, [.. model.InitialVolumeRatio], springs, motion);
            }

            Kinematics.IsochoricGradients(mesh, displacement, gradients, volumeRatio);
            Parallel.For(0, mesh.PointCount, point => Push(gradients.AsSpan(9 * point, 9), loaded.AsSpan(6 * point, 6)));
            UpdateVolumes(mesh, volumeRatio, pointVolume, model.InitialVolumeRatio);
            AddSpringForces(mechanics, displacement, springForce);
        }

        throw new InvalidOperationException("The scan could not be balanced under gravity: its tissue is too soft or too thin somewhere.");
    }

    /// <summary>Puts the volumes of day 0 into a model.</summary>
    public void Restore(SolidModel model) => initialVolumeRatio.CopyTo(model.InitialVolumeRatio, 0);

    private static void WriteTensor(TissueMechanics mechanics, TissueParameters parameters, double[] loaded, double[] laidDown)
    {
        double[] tensor = mechanics.Model.PointTensor;
        for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
        {
            LayerParameters layer = parameters.Layers[(int)mechanics.LayerOf(wedge)];
            for (int entry = 6 * mechanics.Mesh.PointStart[wedge]; entry < 6 * mechanics.Mesh.PointStart[wedge + 1]; entry++)
            {
                tensor[entry] = layer.ShearModulusMPa * (((1 - layer.GroundShare) * loaded[entry]) + (layer.GroundShare * laidDown[entry]));
            }
        }
    }

    /// <summary>M becomes F M F^T: the history of a further deformation.</summary>
    private static void Push(ReadOnlySpan<double> f, Span<double> m)
    {
        Span<double> full = [m[0], m[3], m[5], m[3], m[1], m[4], m[5], m[4], m[2]];
        Span<double> half = stackalloc double[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                half[(3 * row) + column] = (f[3 * row] * full[column]) + (f[(3 * row) + 1] * full[3 + column]) + (f[(3 * row) + 2] * full[6 + column]);
            }
        }

        double Entry(ReadOnlySpan<double> fm, ReadOnlySpan<double> g, int row, int column) =>
            (fm[3 * row] * g[3 * column]) + (fm[(3 * row) + 1] * g[(3 * column) + 1]) + (fm[(3 * row) + 2] * g[(3 * column) + 2]);
        m[0] = Entry(half, f, 0, 0);
        m[1] = Entry(half, f, 1, 1);
        m[2] = Entry(half, f, 2, 2);
        m[3] = Entry(half, f, 0, 1);
        m[4] = Entry(half, f, 1, 2);
        m[5] = Entry(half, f, 2, 0);
    }

    private static void UpdateVolumes(SolidMesh mesh, double[] volumeRatio, double[] pointVolume, double[] initialVolumeRatio)
    {
        var current = new double[mesh.GroupCount];
        for (int element = 0; element < mesh.ElementCount; element++)
        {
            for (int point = mesh.PointStart[element]; point < mesh.PointStart[element + 1]; point++)
            {
                current[mesh.PressureGroup[element]] += volumeRatio[point] * pointVolume[point];
            }
        }

        for (int group = 0; group < current.Length; group++)
        {
            initialVolumeRatio[group] *= current[group] / mesh.GroupVolume[group];
        }
    }

    /// <summary>The springs keep their force when the geometry is put back: f gains -K u.</summary>
    private static void AddSpringForces(TissueMechanics mechanics, double[] displacement, double[] springForce)
    {
        Span<double> k = stackalloc double[6];
        for (int index = 0; index < mechanics.SpringNodes.Length; index++)
        {
            int node = mechanics.SpringNodes[index];
            for (int entry = 0; entry < 6; entry++)
            {
                k[entry] = mechanics.PermanentStiffness[(6 * index) + entry] + mechanics.RenewedStiffness[(6 * index) + entry];
            }

            double x = displacement[3 * node], y = displacement[(3 * node) + 1], z = displacement[(3 * node) + 2];
            springForce[3 * index] -= (k[0] * x) + (k[3] * y) + (k[5] * z);
            springForce[(3 * index) + 1] -= (k[3] * x) + (k[1] * y) + (k[4] * z);
            springForce[(3 * index) + 2] -= (k[5] * x) + (k[4] * y) + (k[2] * z);
        }
    }
}
