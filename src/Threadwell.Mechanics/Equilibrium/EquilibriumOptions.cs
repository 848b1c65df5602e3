namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Settings of <see cref="EquilibriumSolver"/>.</summary>
public sealed record EquilibriumOptions
{
    /// <summary>
    /// Relative residual at which an equilibrium is found (definition: <see cref="EquilibriumResult.RelativeResidual"/>); 1e-6 by
    /// default, 1e-10 is attainable on ordinary meshes.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Largest number of accepted steps.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>
    /// Whether the frozen factor carries the stiffness of the threads too, which takes a solve a station of each new thread system and
    /// pays where that is solved many times. Where it is solved once, Newton steps by conjugate gradients bring it near its equilibrium for less.
    /// </summary>
    public bool ThreadsInFactor { get; init; } = true;

    /// <summary>Threads of execution; results do not depend on it. All processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
