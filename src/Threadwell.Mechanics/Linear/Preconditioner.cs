namespace Threadwell.Mechanics.Linear;

/// <summary>An approximate inverse of a symmetric positive definite matrix.</summary>
internal abstract class Preconditioner
{
    /// <summary>z = M^(-1) r; the spans may not overlap.</summary>
    public abstract void Apply(double[] r, double[] z);
}
