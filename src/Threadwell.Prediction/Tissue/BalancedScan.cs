using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Networks;
using Threadwell.Mechanics.Prestressing;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>
/// The prestress with which the scan itself is in equilibrium under gravity and skin tension (design 3.3). Elastin, original
/// collagen and the springs carry it; the ground matrix renews itself within weeks, so it carries nothing that lasts.
/// </summary>
internal sealed class BalancedScan
{
    // Residual motion of the untreated scan must be below 0.01 mm; a fraction of that leaves nothing to see.
    private const double ToleranceMm = 2e-3;
    private const double LargestResidualMotionMm = 0.005;
    private const double RoundTolerance = 1e-4;

    private readonly double[] initialVolumeRatio;

    private BalancedScan(double[] loaded, double[] laidDown, double[] initialVolumeRatio, RemodellingSprings springs, double residualMotion, FrozenFactor? factor)
    {
        Loaded = loaded;
        LaidDown = laidDown;
        this.initialVolumeRatio = initialVolumeRatio;
        Springs = springs;
        ResidualMotionMm = residualMotion;
        Factor = factor;
    }

    /// <summary>Tensor of unit mass of the networks that carry the prestress, 6 a point.</summary>
    public double[] Loaded { get; }

    /// <summary>Tensor of unit mass of what was just laid down in the scan's shape, 6 a point.</summary>
    public double[] LaidDown { get; }

    /// <summary>The springs on day 0.</summary>
    public RemodellingSprings Springs { get; }

    /// <summary>Largest motion of the untreated scan in the last round, mm.</summary>
    public double ResidualMotionMm { get; }

    /// <summary>Factor of the tissue's stiffness on day 0, with which every course starts.</summary>
    public FrozenFactor? Factor { get; }

    /// <summary>Balances a tissue.</summary>
    /// <param name="mechanics">The tissue; its model's springs and tensors are overwritten.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="options">Settings of the solver.</param>
    /// <exception cref="EquilibriumException">A round found no equilibrium.</exception>
    /// <exception cref="ScanBalanceException">The rounds did not come to rest.</exception>
    public static BalancedScan Find(TissueMechanics mechanics, TissueParameters parameters, EquilibriumOptions options)
    {
        SolidModel model = mechanics.Model;
        double[] laidDown = mechanics.LaidDownTensors();
        var unstrained = new double[laidDown.Length];
        for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
        {
            LayerParameters layer = parameters.Layers[(int)mechanics.LayerOf(wedge)];
            for (int entry = 6 * mechanics.Mesh.PointStart[wedge]; entry < 6 * mechanics.Mesh.PointStart[wedge + 1]; entry++)
            {
                model.PointTensor[entry] = layer.ShearModulusMPa * (1 - layer.GroundShare) * laidDown[entry];
                unstrained[entry] = layer.ShearModulusMPa * layer.GroundShare * laidDown[entry];
            }
        }

        Array.Fill(model.InitialVolumeRatio, 1);
        model.ClearSprings();
        for (int index = 0; index < mechanics.SpringNodes.Length; index++)
        {
            model.AddSpring(mechanics.SpringNodes[index], mechanics.PermanentStiffness.AsSpan(6 * index, 6));
            model.AddSpring(mechanics.SpringNodes[index], mechanics.RenewedStiffness.AsSpan(6 * index, 6));
        }

        // Rounds need no exact equilibrium, only one far better than the motion that still is left; the courses' own residuals are tight.
        var solver = new EquilibriumSolver(model, null, options with { Tolerance = Math.Max(RoundTolerance, options.Tolerance) });
        PrestressResult found = Prestress.Balance(model, solver, ToleranceMm, unstrained);
        if (found.ResidualMotionMm > LargestResidualMotionMm)
        {
            throw new ScanBalanceException($"The scan could not be balanced under gravity: it still moves by {found.ResidualMotionMm:0.000} mm.");
        }

        solver.Refactorise(new double[3 * mechanics.Mesh.NodeCount]);
        var loaded = new double[laidDown.Length];
        NetworkUpdate.Initialise(found.InitialGradients, laidDown, [1], loaded);
        double[] forces = [.. mechanics.SpringNodes.SelectMany(node => model.SpringForce[(3 * node)..((3 * node) + 3)])];
        var springs = new RemodellingSprings(mechanics.SpringNodes, mechanics.PermanentStiffness, mechanics.RenewedStiffness, forces);
        return new BalancedScan(loaded, laidDown, [.. model.InitialVolumeRatio], springs, found.ResidualMotionMm, solver.Factor);
    }

    /// <summary>Puts the volumes of day 0 into a model.</summary>
    public void Restore(SolidModel model) => initialVolumeRatio.CopyTo(model.InitialVolumeRatio, 0);
}
