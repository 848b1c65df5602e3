using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;

namespace Threadwell.Prediction;

/// <summary>
/// Firmness in a simulated suction that is held for as long as it takes: pressure over the height of the dome, MPa/mm. The support index is firmness relative to day 0 untreated.
/// How skin goes on giving within seconds, and comes back, is <see cref="SuctionCycle"/>'s.
/// </summary>
internal sealed class SuctionTest
{
    // Firmness is told to a thousandth of that of day 0, and differences of it count.
    private const double FinestTolerance = 1e-8;

    private readonly SuctionBlock block;
    private readonly EquilibriumSolver solver;
    private readonly double[] displacement;

    /// <summary>Prepares a block.</summary>
    /// <param name="thicknessMm">Thickness of each layer, mm, indexed by layer.</param>
    /// <param name="parameters">Parameters of the layers.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="tolerance">Relative residual of its equilibria.</param>
    public SuctionTest(IReadOnlyList<double> thicknessMm, TissueParameters parameters, FactValues facts, double tolerance = FinestTolerance)
    {
        block = new SuctionBlock(thicknessMm, parameters, facts);
        displacement = new double[3 * block.Model.Mesh.NodeCount];
        solver = new EquilibriumSolver(block.Model, null, new EquilibriumOptions { Tolerance = tolerance, Threads = 1 });
    }

    /// <summary>Firmness, MPa/mm, with given shear moduli.</summary>
    /// <param name="shearModulus">Shear modulus of each layer, MPa, indexed by layer.</param>
    /// <param name="dermalCollagen">Collagen of the dermis relative to day 0 untreated: its fibres are what stiffens the skin.</param>
    public double Firmness(ReadOnlySpan<double> shearModulus, double dermalCollagen)
    {
        block.SetStiffness(shearModulus, dermalCollagen);
        solver.Solve(displacement);
        return block.PressureMPa / block.DomeMm(displacement);
    }
}
