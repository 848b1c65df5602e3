using Threadwell.Mechanics.Linear.Frontal;

namespace Threadwell.Mechanics.Linear;

/// <summary>A frozen factor with the workspace of one solver.</summary>
internal sealed class FactorPreconditioner(FrontalCholesky cholesky, int threads) : Preconditioner
{
    private readonly FactorWorkspace _workspace = new(cholesky.Pattern);

    public override void Apply(double[] r, double[] z) => cholesky.Solve(r, z, _workspace, threads);
}
