namespace Threadwell.Mechanics.Equilibrium;

/// <summary>No equilibrium was found; <see cref="Result"/> says why, after how many iterations and with which residual.</summary>
public sealed class EquilibriumException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="result">What the search did.</param>
    public EquilibriumException(EquilibriumResult result)
        : base($"{result.Message} ({result.Failure} after {result.Iterations} iterations, relative residual {result.RelativeResidual:g3})") =>
        Result = result;

    /// <summary>What the search did.</summary>
    public EquilibriumResult Result { get; }
}
