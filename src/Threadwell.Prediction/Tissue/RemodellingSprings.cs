using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>
/// The springs between the tissue and what lies beyond it: the gliding plane on the deep fascia, retaining ligaments and the tissue
/// beyond the cut edges. One part of each is permanent, the other is renewed in place like a network of design 3.2: a share
/// 1 - exp(-rate t) of it is replaced by springs that were born slack where the tissue then was. This is what lets an untreated face
/// come down slowly, and a lifted one settle where it is held.
/// </summary>
internal sealed class RemodellingSprings
{
    private readonly int[] nodes;
    private readonly double[] permanent;
    private readonly double[] renewed;
    private readonly double[] permanentRest;
    private readonly double[] renewedRest;
    private double renewedShare = 1;

    /// <summary>Collects the springs of a tissue.</summary>
    /// <param name="nodes">Nodes that carry springs.</param>
    /// <param name="permanent">Permanent stiffness, N/mm: xx, yy, zz, xy, yz, zx a node.</param>
    /// <param name="renewed">Stiffness that is renewed in place, N/mm, in the same order.</param>
    /// <param name="restForces">Force of each node's springs on the tissue at zero displacement, N, 3 a node: what balances the scan.</param>
    public RemodellingSprings(int[] nodes, double[] permanent, double[] renewed, ReadOnlySpan<double> restForces)
    {
        this.nodes = nodes;
        this.permanent = permanent;
        this.renewed = renewed;
        permanentRest = new double[3 * nodes.Length];
        renewedRest = new double[3 * nodes.Length];

        // Both parts share the rest displacement on day 0: K r = f.
        Span<double> sum = stackalloc double[6];
        for (int index = 0; index < nodes.Length; index++)
        {
            for (int entry = 0; entry < 6; entry++)
            {
                sum[entry] = permanent[(6 * index) + entry] + renewed[(6 * index) + entry];
            }

            Vector3D rest = Solve(sum, new Vector3D(restForces[3 * index], restForces[(3 * index) + 1], restForces[(3 * index) + 2]));
            Store(permanentRest, index, rest);
            Store(renewedRest, index, rest);
        }
    }

    private RemodellingSprings(RemodellingSprings other)
    {
        nodes = other.nodes;
        permanent = other.permanent;
        renewed = other.renewed;
        permanentRest = other.permanentRest;
        renewedRest = [.. other.renewedRest];
        renewedShare = other.renewedShare;
    }

    /// <summary>A copy with its own state, for the second of two courses.</summary>
    public RemodellingSprings Copy() => new(this);

    /// <summary>
    /// Sets the model's springs for the equilibrium at the end of a step. Half of what is born in the step is laid down where the tissue
    /// was at its start; the other half where it comes to lie, so that it carries nothing there and only takes its share from the rest
    /// (a trapezoidal rule that needs no second solve).
    /// </summary>
    public void Apply(SolidModel model, ReadOnlySpan<double> before, double ratePerDay, double days, NetworkBirths births)
    {
        double kept = Math.Exp(-ratePerDay * days);
        bool born = births.HasFlag(NetworkBirths.Original);
        renewedShare = born ? 1 : renewedShare * kept;
        double half = born ? 0.5 * (1 - kept) : 0;
        if (born)
        {
            for (int index = 0; index < nodes.Length; index++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    // Rest of the part that is stressed at the end of the step: the kept and the first half of the newborn.
                    double old = renewedRest[(3 * index) + axis];
                    renewedRest[(3 * index) + axis] = ((kept * old) + (half * before[(3 * nodes[index]) + axis])) / (kept + half);
                }
            }
        }

        model.ClearSprings();
        Span<double> stiffness = stackalloc double[6];
        for (int index = 0; index < nodes.Length; index++)
        {
            permanent.AsSpan(6 * index, 6).CopyTo(stiffness);
            model.AddSpring(nodes[index], stiffness, Load(permanentRest, index));
            for (int entry = 0; entry < 6; entry++)
            {
                stiffness[entry] = renewed[(6 * index) + entry] * renewedShare * (1 - half);
            }

            model.AddSpring(nodes[index], stiffness, Load(renewedRest, index));
        }
    }

    /// <summary>Adds the second half of the newborn springs, slack at the displacement that the equilibrium found.</summary>
    public void Finish(ReadOnlySpan<double> after, double ratePerDay, double days, NetworkBirths births)
    {
        if (!births.HasFlag(NetworkBirths.Original))
        {
            return;
        }

        double half = 0.5 * (1 - Math.Exp(-ratePerDay * days));
        for (int index = 0; index < nodes.Length; index++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                renewedRest[(3 * index) + axis] += half * (after[(3 * nodes[index]) + axis] - renewedRest[(3 * index) + axis]);
            }
        }
    }

    private static Vector3D Load(double[] values, int index) => new(values[3 * index], values[(3 * index) + 1], values[(3 * index) + 2]);

    private static void Store(double[] values, int index, Vector3D value)
    {
        values[3 * index] = value.X;
        values[(3 * index) + 1] = value.Y;
        values[(3 * index) + 2] = value.Z;
    }

    /// <summary>Solves a symmetric positive definite 3x3 system by Cramer's rule.</summary>
    private static Vector3D Solve(ReadOnlySpan<double> k, Vector3D f)
    {
        double xx = k[0], yy = k[1], zz = k[2], xy = k[3], yz = k[4], zx = k[5];
        double cxx = (yy * zz) - (yz * yz), cxy = (yz * zx) - (xy * zz), cxz = (xy * yz) - (yy * zx);
        double determinant = (xx * cxx) + (xy * cxy) + (zx * cxz);
        double cyy = (xx * zz) - (zx * zx), cyz = (xy * zx) - (xx * yz), czz = (xx * yy) - (xy * xy);
        return new Vector3D(
            ((cxx * f.X) + (cxy * f.Y) + (cxz * f.Z)) / determinant,
            ((cxy * f.X) + (cyy * f.Y) + (cyz * f.Z)) / determinant,
            ((cxz * f.X) + (cyz * f.Y) + (czz * f.Z)) / determinant);
    }
}
