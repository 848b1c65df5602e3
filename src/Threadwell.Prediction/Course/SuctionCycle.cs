using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Networks;

namespace Threadwell.Prediction;

/// <summary>
/// One cycle of a suction probe in time: suction for some seconds, then rest, with the readings that make R2, R5 and R7. The ground matrix has, beside the stiffness that lasts, bonds that let
/// go within a second and are made anew in the shape of that moment: a network that is born and dies like the others (<see cref="NetworkUpdate"/>), a Maxwell element at any strain. At small
/// strain the block is a standard linear solid. Theory and tests: <c>docs/theory/suction.md</c>.
/// </summary>
internal sealed class SuctionCycle
{
    // Far below what the time steps cost.
    private const double Tolerance = 1e-5;

    // What is left of the suction at rest: an equilibrium without any force has none against which its residual could be measured.
    private const double ShareAtRest = 1e-4;

    // Steps from the early reading to the end of a phase, each as much longer than the last.
    private const int UsualSteps = 4;

    private readonly SuctionBlock block;
    private readonly EquilibriumSolver solver;
    private readonly Shape shape;
    private readonly double relaxationS;
    private readonly double[] onStepsS;
    private readonly double[] offStepsS;
    private readonly int earlyStep;
    private readonly double[] suction;
    private readonly double[] rest;
    private readonly double[] lasting;
    private readonly double[] bonds;
    private readonly double[] displacement;
    private readonly List<double[]> found = [];

    /// <summary>Prepares a block.</summary>
    /// <param name="block">The block under the probe; its loads and stiffness are overwritten.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="refinement">Steps in the place of each of the usual ones: more in verification.</param>
    public SuctionCycle(SuctionBlock block, FactValues facts, int refinement = 1)
    {
        this.block = block;
        relaxationS = facts.Value("suction.bond-lifetime", "s");
        double early = facts.Value("suction.early-reading", "s");
        onStepsS = Steps(early, facts.Value("suction.on-time", "s"), refinement);
        offStepsS = Steps(early, facts.Value("suction.off-time", "s"), refinement);
        earlyStep = refinement;
        suction = [.. block.Model.NodalForces];
        rest = [.. suction.Select(force => ShareAtRest * force)];
        lasting = new double[block.Model.PointTensor.Length];
        bonds = new double[lasting.Length];
        displacement = new double[suction.Length];
        shape = new Shape(block.Model.Mesh, threads: 1);
        solver = new EquilibriumSolver(block.Model, null, new EquilibriumOptions { Tolerance = Tolerance, Threads = 1 });
    }

    /// <summary>Runs a cycle.</summary>
    /// <param name="shearModulus">Lasting shear modulus of each layer, MPa, indexed by layer.</param>
    /// <param name="bondShearModulus">Shear modulus of the bonds that let go, of each layer, MPa.</param>
    /// <param name="dermalCollagen">Collagen of the dermis relative to what the stiffening holds for.</param>
    /// <exception cref="EquilibriumException">An equilibrium was not found.</exception>
    public SuctionReadings Measure(ReadOnlySpan<double> shearModulus, double[] bondShearModulus, double dermalCollagen)
    {
        block.SetStiffness(shearModulus, dermalCollagen);
        block.Model.PointTensor.CopyTo(lasting, 0);
        for (int entry = 0; entry < bonds.Length; entry++)
        {
            bonds[entry] = entry % 6 < 3 ? 1 : 0;
        }

        Array.Clear(displacement);
        suction.CopyTo(block.Model.NodalForces, 0);
        double[] on = Phase(onStepsS, bondShearModulus, firstFound: 0);
        rest.CopyTo(block.Model.NodalForces, 0);
        double[] off = Phase(offStepsS, bondShearModulus, firstFound: onStepsS.Length);
        return new SuctionReadings(on[earlyStep - 1], on[^1], on[^1] - off[earlyStep - 1], on[^1] - off[^1]);
    }

    /// <summary>Heights of the dome after each step since the pressure changed, mm.</summary>
    private double[] Phase(double[] stepsS, double[] bondShearModulus, int firstFound)
    {
        var heights = new double[stepsS.Length];
        for (int step = 0; step < stepsS.Length; step++)
        {
            // Of what is made in a step and still holds at its end, a share counts as made in the shape at its start, the rest in that at its end: exact where the shape changes evenly between.
            // The pressure jumps at the start of the first step, so that all of that step is made in the shape after it. What is made in the shape of the equilibrium itself carries no stress
            // there and is added once that is found.
            double lifetimes = stepsS[step] / relaxationS, kept = Math.Exp(-lifetimes);
            double before = step == 0 ? 0 : (1 - (kept * (1 + lifetimes))) / lifetimes, after = 1 - kept - before;
            NetworkUpdate.Advance(shape.Gradients, [], [new GrowingNetwork(bonds, [before], kept)], threads: 1);
            Settle(bondShearModulus, firstFound + step);
            NetworkUpdate.Advance(shape.Gradients, [], [new GrowingNetwork(bonds, [after], 1)], threads: 1);
            heights[step] = block.DomeMm(displacement);
        }

        return heights;
    }

    /// <summary>Finds the equilibrium of a step, beginning where the last cycle had it.</summary>
    private void Settle(double[] bondShearModulus, int step)
    {
        double[] tensor = block.Model.PointTensor;
        for (int element = 0; element < block.Model.Mesh.ElementCount; element++)
        {
            double modulus = bondShearModulus[(int)block.LayerOf(element)];
            for (int entry = 6 * block.Model.Mesh.PointStart[element]; entry < 6 * block.Model.Mesh.PointStart[element + 1]; entry++)
            {
                tensor[entry] = lasting[entry] + (modulus * bonds[entry]);
            }
        }

        if (step < found.Count)
        {
            found[step].CopyTo(displacement, 0);
            solver.Solve(displacement);
            displacement.CopyTo(found[step], 0);
        }
        else
        {
            solver.Solve(displacement);
            found.Add([.. displacement]);
        }

        shape.Update(displacement);
    }

    /// <summary>Lengths of the steps of a phase: to the early reading, then each longer than the last by the same factor.</summary>
    private static double[] Steps(double early, double end, int refinement)
    {
        double[] until =
        [
            .. Enumerable.Range(0, refinement + 1).Select(index => early * index / refinement),
            .. Enumerable.Range(1, UsualSteps * refinement).Select(index => early * Math.Pow(end / early, (double)index / (UsualSteps * refinement))),
        ];
        return [.. until.Zip(until.Skip(1), (from, to) => to - from)];
    }
}
