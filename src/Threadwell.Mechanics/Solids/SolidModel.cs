using Threadwell.Geometry;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Material state, loads and supports on a mesh; the caller changes them between equilibria. The reference configuration is the scan.
/// </summary>
/// <remarks>
/// Stored energy, with C = F^T F, J = det F, Cbar = J^(-2/3) C at the integration points and Jbar the volume ratio of a pressure group
/// of reference volume V:
/// <code>
/// sum over points  w [ 1/2 (tr(Cbar A) - tr A)  +  c/2 (tr Cbar - 3)^2  +  f/4 &lt;n.Cbar n - 1&gt;^2 ]
///   + sum over groups  V kappa / (2 J0) (J0 Jbar - 1)^2
///   + springs  1/2 (u - r).K (u - r)   -   sum of nodal forces and weight times displacement
/// </code>
/// so the pressure of a group is kappa (J0 Jbar - 1). A network of stiffness mu that was born unstrained in the reference
/// configuration has A = mu I; networks add.
/// </remarks>
public sealed class SolidModel
{
    /// <summary>Creates a model without stiffness, loads and supports: the caller fills the arrays.</summary>
    public SolidModel(SolidMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        Mesh = mesh;
        PointTensor = new double[6 * mesh.PointCount];
        BulkModulus = new double[mesh.GroupCount];
        InitialVolumeRatio = new double[mesh.GroupCount];
        Array.Fill(InitialVolumeRatio, 1);
        Density = new double[mesh.ElementCount];
        NodalForces = new double[3 * mesh.NodeCount];
        Fixed = new bool[3 * mesh.NodeCount];
        SpringStiffness = new double[6 * mesh.NodeCount];
        SpringForce = new double[3 * mesh.NodeCount];
    }

    /// <summary>A model of its own with the same state on the same mesh.</summary>
    public SolidModel Copy()
    {
        var copy = new SolidModel(Mesh)
        {
            IsotropicStiffening = IsotropicStiffening?.ToArray(),
            FibreStiffening = FibreStiffening?.ToArray(),
            FibreDirection = FibreDirection?.ToArray(),
            Gravity = Gravity,
        };
        PointTensor.CopyTo(copy.PointTensor, 0);
        BulkModulus.CopyTo(copy.BulkModulus, 0);
        InitialVolumeRatio.CopyTo(copy.InitialVolumeRatio, 0);
        Density.CopyTo(copy.Density, 0);
        NodalForces.CopyTo(copy.NodalForces, 0);
        Fixed.CopyTo(copy.Fixed, 0);
        SpringStiffness.CopyTo(copy.SpringStiffness, 0);
        SpringForce.CopyTo(copy.SpringForce, 0);
        return copy;
    }

    /// <summary>The mesh.</summary>
    public SolidMesh Mesh { get; }

    /// <summary>
    /// A at each integration point, MPa: sum over networks of mu_i M_i as xx, yy, zz, xy, yz, zx; length 6 x points.
    /// </summary>
    public double[] PointTensor { get; }

    /// <summary>Bulk modulus kappa of each pressure group, MPa.</summary>
    public double[] BulkModulus { get; }

    /// <summary>J0 of each pressure group: volume of the reference configuration over the stress-free volume; 1 without prestress.</summary>
    public double[] InitialVolumeRatio { get; }

    /// <summary>Permanent isotropic stiffening c of each element, MPa (see the remarks); null for none.</summary>
    public double[]? IsotropicStiffening { get; set; }

    /// <summary>Permanent fibre stiffening f of each element, MPa (see the remarks); null for none.</summary>
    public double[]? FibreStiffening { get; set; }

    /// <summary>Fibre direction n of each element in the reference configuration, unit vectors; needed with <see cref="FibreStiffening"/>.</summary>
    public Vector3D[]? FibreDirection { get; set; }

    /// <summary>Density of each element, t/mm³ (so that density times mm/s² is N/mm³).</summary>
    public double[] Density { get; }

    /// <summary>Acceleration of gravity, mm/s².</summary>
    public Vector3D Gravity { get; set; }

    /// <summary>Dead forces on the nodes, N; length 3 x nodes.</summary>
    public double[] NodalForces { get; }

    /// <summary>Displacement components that keep their starting value; length 3 x nodes.</summary>
    public bool[] Fixed { get; }

    /// <summary>Sum of the spring stiffnesses K at each node, N/mm, as xx, yy, zz, xy, yz, zx; length 6 x nodes.</summary>
    public double[] SpringStiffness { get; }

    /// <summary>Sum of K r of the springs at each node, N; length 3 x nodes.</summary>
    public double[] SpringForce { get; }

    /// <summary>Gives every point of an element the tensor mu I and the element's group the bulk modulus.</summary>
    /// <param name="element">Element.</param>
    /// <param name="shearModulus">mu, MPa.</param>
    /// <param name="bulkModulus">kappa, MPa.</param>
    public void SetNeoHookean(int element, double shearModulus, double bulkModulus)
    {
        for (int point = Mesh.PointStart[element]; point < Mesh.PointStart[element + 1]; point++)
        {
            Span<double> a = PointTensor.AsSpan(6 * point, 6);
            a.Clear();
            a[..3].Fill(shearModulus);
        }

        BulkModulus[Mesh.PressureGroup[element]] = bulkModulus;
    }

    /// <summary>Fixes all three displacement components of a node.</summary>
    public void FixNode(int node) => Fixed.AsSpan(3 * node, 3).Fill(true);

    /// <summary>Adds an elastic spring between a node and ground; springs on one node add.</summary>
    /// <param name="node">Node.</param>
    /// <param name="stiffness">Symmetric stiffness, N/mm: xx, yy, zz, xy, yz, zx.</param>
    /// <param name="restDisplacement">Displacement of the node at which the spring is slack, mm.</param>
    public void AddSpring(int node, ReadOnlySpan<double> stiffness, Vector3D restDisplacement = default)
    {
        for (int i = 0; i < 6; i++)
        {
            SpringStiffness[(6 * node) + i] += stiffness[i];
        }

        (double x, double y, double z) = restDisplacement;
        SpringForce[3 * node] += (stiffness[0] * x) + (stiffness[3] * y) + (stiffness[5] * z);
        SpringForce[(3 * node) + 1] += (stiffness[3] * x) + (stiffness[1] * y) + (stiffness[4] * z);
        SpringForce[(3 * node) + 2] += (stiffness[5] * x) + (stiffness[4] * y) + (stiffness[2] * z);
    }

    /// <summary>Removes all springs.</summary>
    public void ClearSprings()
    {
        Array.Clear(SpringStiffness);
        Array.Clear(SpringForce);
    }

    /// <summary>Nodal forces plus weight, N; length 3 x nodes.</summary>
    /// <param name="loads">Receives the loads.</param>
    public void DeadLoads(Span<double> loads)
    {
        NodalForces.CopyTo(loads);
        foreach (ElementBatches batches in Mesh.Batches)
        {
            for (int e = 0; e < batches.Count; e++)
            {
                double density = Density[batches.FirstElement + e];
                if (density == 0)
                {
                    continue;
                }

                for (int a = 0; a < batches.Nodes; a++)
                {
                    double mass = density * batches.LoadShare[(e * batches.Nodes) + a];
                    int node = 3 * batches.Corners[(e * batches.Nodes) + a];
                    loads[node] += mass * Gravity.X;
                    loads[node + 1] += mass * Gravity.Y;
                    loads[node + 2] += mass * Gravity.Z;
                }
            }
        }
    }
}
