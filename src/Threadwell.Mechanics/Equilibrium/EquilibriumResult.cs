namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Why no equilibrium was found.</summary>
public enum EquilibriumFailure
{
    /// <summary>An equilibrium was found.</summary>
    None,

    /// <summary>A part of the body can move freely: supports are missing.</summary>
    Unsupported,

    /// <summary>An element is inside out at the starting displacement, or a number there is not finite.</summary>
    InvalidStart,

    /// <summary>No step along the search direction lowers the energy.</summary>
    NoDescent,

    /// <summary>The iteration limit was reached.</summary>
    IterationLimit,
}

/// <summary>What a search for equilibrium did.</summary>
public sealed record EquilibriumResult
{
    /// <summary>True when the tolerance was met.</summary>
    public bool Converged => Failure == EquilibriumFailure.None;

    /// <summary>Why not.</summary>
    public required EquilibriumFailure Failure { get; init; }

    /// <summary>One sentence about the failure; empty when there is none.</summary>
    public string Message { get; init; } = "";

    /// <summary>
    /// Norm of the out-of-balance forces at free components over the norm of the loads: weight, nodal, spring and thread forces and
    /// the reactions of fixed components. Where the tissue is strained against itself by forces a thousand times greater than all
    /// of these, a thousandth of the norm of the element forces takes their place.
    /// </summary>
    public required double RelativeResidual { get; init; }

    /// <summary>Accepted steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>Conjugate-gradient iterations and applications of the factor.</summary>
    public required int LinearIterations { get; init; }

    /// <summary>Factorisations of the tangent.</summary>
    public required int Factorisations { get; init; }

    /// <summary>Energy at the start and after each accepted step, N mm, relative to the unstrained state without prestress.</summary>
    public required IReadOnlyList<double> Energies { get; init; }

    /// <summary>Wall seconds spent on forces and tangents.</summary>
    public required double AssemblySeconds { get; init; }

    /// <summary>Wall seconds spent on linear algebra.</summary>
    public required double LinearSeconds { get; init; }
}
