using Threadwell.Mechanics.Linear.Frontal;

namespace Threadwell.Mechanics.Linear;

/// <summary>
/// The factorised stiffness of one state of a model, kept as a preconditioner for the states near it: other iterations, other times
/// of a course, the same tissue with other threads. Immutable; solvers of models with the same mesh and the same fixed components
/// may share it.
/// </summary>
public sealed class FrozenFactor
{
    internal FrozenFactor(FrontalCholesky cholesky) => Cholesky = cholesky;

    /// <summary>Numbers in the factor (4 bytes each).</summary>
    public long Size => Cholesky.Pattern.FactorSize;

    internal FrontalCholesky Cholesky { get; }

    /// <summary>True once somebody outside the solver that made it may use it.</summary>
    internal bool IsShared { get; set; }

    /// <summary>True when the factor belongs to a problem with these fixed components.</summary>
    internal bool Fits(bool[] isFixed) => Cholesky.Pattern.Fits(isFixed);
}
