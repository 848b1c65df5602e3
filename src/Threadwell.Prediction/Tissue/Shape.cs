using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>The tissue's isochoric deformation at its integration points, and directions that turn with it.</summary>
internal sealed class Shape
{
    private readonly SolidMesh mesh;
    private readonly int threads;

    /// <summary>Reserves room for a mesh; starts undeformed.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="threads">Threads of execution.</param>
    public Shape(SolidMesh mesh, int threads)
    {
        (this.mesh, this.threads) = (mesh, threads);
        Gradients = new double[9 * mesh.PointCount];
        for (int point = 0; point < mesh.PointCount; point++)
        {
            Gradients[9 * point] = Gradients[(9 * point) + 4] = Gradients[(9 * point) + 8] = 1;
        }
    }

    /// <summary>Fbar at each point, 9 numbers, row by row.</summary>
    public double[] Gradients { get; }

    /// <summary>Takes the shape of a displacement, mm.</summary>
    public void Update(double[] displacement) => Kinematics.IsochoricGradients(mesh, displacement, Gradients, threads);

    /// <summary>A material direction in the deformed tissue, unit length.</summary>
    public Vector3D Along(int point, Vector3D direction)
    {
        ReadOnlySpan<double> f = Gradients.AsSpan(9 * point, 9);
        return new Vector3D(
            (f[0] * direction.X) + (f[1] * direction.Y) + (f[2] * direction.Z),
            (f[3] * direction.X) + (f[4] * direction.Y) + (f[5] * direction.Z),
            (f[6] * direction.X) + (f[7] * direction.Y) + (f[8] * direction.Z)).Normalized();
    }

    /// <summary>The normal, in the deformed tissue, of material planes of a normal: the cofactor of Fbar times it, unit length.</summary>
    public Vector3D Across(int point, Vector3D normal)
    {
        ReadOnlySpan<double> f = Gradients.AsSpan(9 * point, 9);
        Vector3D x = new(f[0], f[1], f[2]), y = new(f[3], f[4], f[5]), z = new(f[6], f[7], f[8]);
        return new Vector3D(
            Vector3D.Dot(Vector3D.Cross(y, z), normal),
            Vector3D.Dot(Vector3D.Cross(z, x), normal),
            Vector3D.Dot(Vector3D.Cross(x, y), normal)).Normalized();
    }
}
