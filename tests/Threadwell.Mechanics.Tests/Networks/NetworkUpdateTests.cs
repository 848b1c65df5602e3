using Threadwell.Mechanics.Networks;

namespace Threadwell.Mechanics.Tests.Networks;

public sealed class NetworkUpdateTests
{
    private static readonly double[] Unit = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    /// <summary>A stretch of determinant one with shear.</summary>
    private static readonly double[] Stretch = [1.25, 0.3, 0, 0, 0.8, 0.1, 0, 0, 1];

    [Fact]
    public void Without_birth_and_death_nothing_changes()
    {
        double[] m = [1.2, 0.9, 1.1, 0.1, 0.2, 0.3];
        double[] after = [.. m];
        NetworkUpdate.Advance(Stretch, [], [0], 0, 400, after);
        Assert.Equal(m, after);
    }

    [Fact]
    public void A_held_stretch_relaxes_by_the_death_rate()
    {
        // Stress of the network that was there: proportional to M, which decays by exp(-d t).
        double[] m = [1, 1, 1, 0, 0, 0];
        NetworkUpdate.Advance(Stretch, [], [0], 0.01, 100, m);
        Assert.Equal(Math.Exp(-1), m[0], 1e-15);
        Assert.Equal(0, m[3], 1e-15);
    }

    [Fact]
    public void Newborn_isotropic_material_adds_the_inverse_of_C()
    {
        double[] m = new double[6];
        NetworkUpdate.Advance(Stretch, [], [0.02], 0.01, 50, m);
        double mass = 0.02 / 0.01 * (1 - Math.Exp(-0.5));
        double[,] inverse = InverseOfC(Stretch);
        double[] expected = [inverse[0, 0], inverse[1, 1], inverse[2, 2], inverse[0, 1], inverse[1, 2], inverse[2, 0]];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(mass * expected[i], m[i], 1e-14);
        }
    }

    [Fact]
    public void Newborn_material_is_free_of_stress_in_the_shape_of_its_birth()
    {
        // After complete turnover under a held stretch the isochoric stress F M F^T is a multiple of the identity: released, it stays.
        double[] m = [1, 1, 1, 0, 0, 0];
        NetworkUpdate.Advance(Stretch, [], [0.01], 0.01, 1e5, m);
        double[] stress = new double[6];
        NetworkUpdate.Congruence(Stretch, m, stress);
        Assert.Equal(1, stress[0], 1e-12);
        Assert.Equal(1, stress[1], 1e-12);
        Assert.Equal(1, stress[2], 1e-12);
        Assert.All(stress[3..], shear => Assert.Equal(0, shear, 1e-12));
    }

    [Fact]
    public void Two_half_steps_are_one_step()
    {
        double[] once = [1, 1, 1, 0, 0, 0], twice = [1, 1, 1, 0, 0, 0];
        double[] deposition = [1.21, 1 / 1.21, 1, 0, 0, 0];
        NetworkUpdate.Advance(Stretch, deposition, [0.03], 0.02, 60, once);
        NetworkUpdate.Advance(Stretch, deposition, [0.03], 0.02, 30, twice);
        NetworkUpdate.Advance(Stretch, deposition, [0.03], 0.02, 30, twice);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(once[i], twice[i], 1e-14);
        }
    }

    [Fact]
    public void Mass_follows_the_trace_at_rest_and_a_vanishing_death_rate_is_the_limit()
    {
        double[] m = [1, 1, 1, 0, 0, 0];
        NetworkUpdate.Advance(Unit, [], [0.004], 0.003, 200, m);
        Assert.Equal(NetworkUpdate.AdvanceMass(1, 0.004, 0.003, 200), m[0], 1e-14);
        Assert.Equal(1 + (0.004 * 200), NetworkUpdate.AdvanceMass(1, 0.004, 0, 200), 1e-14);
        Assert.Equal(NetworkUpdate.AdvanceMass(1, 0.004, 0, 200), NetworkUpdate.AdvanceMass(1, 0.004, 1e-12, 200), 1e-9);
    }

    private static double[,] InverseOfC(double[] f)
    {
        var gradient = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, f);
        return (gradient.Transpose() * gradient).Inverse().ToArray();
    }
}
