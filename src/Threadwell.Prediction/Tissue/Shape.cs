using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>Deformation of the tissue as the networks need it.</summary>
internal sealed class Shape
{
    private readonly SolidMesh mesh;
    private readonly double[] gradients;

    /// <summary>Reserves room for a mesh; starts undeformed.</summary>
    public Shape(SolidMesh mesh)
    {
        this.mesh = mesh;
        gradients = new double[9 * mesh.PointCount];
        InverseCauchyGreen = new double[6 * mesh.PointCount];
        for (int point = 0; point < mesh.PointCount; point++)
        {
            InverseCauchyGreen.AsSpan(6 * point, 3).Fill(1);
        }
    }

    /// <summary>X = Cbar^-1 = Fbar^-1 Fbar^-T at each point: xx, yy, zz, xy, yz, zx.</summary>
    public double[] InverseCauchyGreen { get; }

    /// <summary>Takes the shape of a displacement, mm.</summary>
    public void Update(double[] displacement)
    {
        Kinematics.IsochoricGradients(mesh, displacement, gradients);
        Parallel.For(0, mesh.PointCount, point => Invert(gradients.AsSpan(9 * point, 9), InverseCauchyGreen.AsSpan(6 * point, 6)));
    }

    /// <summary>Fbar is unimodular, so that its inverse is its transposed cofactor matrix.</summary>
    private static void Invert(ReadOnlySpan<double> f, Span<double> x)
    {
        double a = (f[4] * f[8]) - (f[5] * f[7]), b = (f[2] * f[7]) - (f[1] * f[8]), c = (f[1] * f[5]) - (f[2] * f[4]);
        double d = (f[5] * f[6]) - (f[3] * f[8]), e = (f[0] * f[8]) - (f[2] * f[6]), g = (f[2] * f[3]) - (f[0] * f[5]);
        double h = (f[3] * f[7]) - (f[4] * f[6]), i = (f[1] * f[6]) - (f[0] * f[7]), j = (f[0] * f[4]) - (f[1] * f[3]);
        x[0] = (a * a) + (b * b) + (c * c);
        x[1] = (d * d) + (e * e) + (g * g);
        x[2] = (h * h) + (i * i) + (j * j);
        x[3] = (a * d) + (b * e) + (c * g);
        x[4] = (d * h) + (e * i) + (g * j);
        x[5] = (h * a) + (i * b) + (j * c);
    }
}
