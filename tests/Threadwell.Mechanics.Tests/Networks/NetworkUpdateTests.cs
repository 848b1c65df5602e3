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
        Advance(Stretch, [], 0, 0, 400, after);
        Assert.Equal(m, after);
    }

    [Fact]
    public void A_held_stretch_relaxes_by_the_death_rate()
    {
        // Stress of the network that was there: proportional to M, which decays by exp(-d t).
        double[] m = [1, 1, 1, 0, 0, 0];
        Advance(Stretch, [], 0, 0.01, 100, m);
        Assert.Equal(Math.Exp(-1), m[0], 1e-15);
        Assert.Equal(0, m[3], 1e-15);
    }

    [Fact]
    public void Newborn_isotropic_material_adds_the_inverse_of_C()
    {
        double[] m = new double[6];
        Advance(Stretch, [], 0.02, 0.01, 50, m);
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
        Advance(Stretch, [], 0.01, 0.01, 1e5, m);
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
        Advance(Stretch, deposition, 0.03, 0.02, 60, once);
        Advance(Stretch, deposition, 0.03, 0.02, 30, twice);
        Advance(Stretch, deposition, 0.03, 0.02, 30, twice);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(once[i], twice[i], 1e-14);
        }
    }

    [Fact]
    public void Mass_follows_the_trace_at_rest_and_a_vanishing_death_rate_is_the_limit()
    {
        double[] m = [1, 1, 1, 0, 0, 0];
        Advance(Unit, [], 0.004, 0.003, 200, m);
        NetworkStep step = NetworkStep.FromRates(0.004, 0.003, 200);
        Assert.Equal(step.Kept + step.Born, m[0], 1e-14);
        Assert.Equal((0.004 / 0.003) + ((1 - (0.004 / 0.003)) * Math.Exp(-0.6)), m[0], 1e-14);
        Assert.Equal(0.004 * 200, NetworkStep.FromRates(0.004, 0, 200).Born, 1e-14);
        Assert.Equal(NetworkStep.FromRates(0.004, 0, 200).Born, NetworkStep.FromRates(0.004, 1e-12, 200).Born, 1e-9);
    }

    [Fact]
    public void A_step_of_known_masses_ends_at_them_and_never_has_negative_births()
    {
        NetworkStep rising = NetworkStep.FromMasses(0.4, 0.7, 0.01, 50);
        Assert.Equal(0.7, (rising.Kept * 0.4) + rising.Born, 1e-15);
        Assert.Equal(Math.Exp(-0.5), rising.Kept, 1e-15);
        NetworkStep falling = NetworkStep.FromMasses(0.4, 0.1, 0.01, 50);
        Assert.Equal(0, falling.Born);
        Assert.Equal(0.1, falling.Kept * 0.4, 1e-15);
    }

    private static void Advance(double[] gradient, double[] deposition, double birthRate, double deathRate, double days, double[] network)
    {
        NetworkStep step = NetworkStep.FromRates(birthRate, deathRate, days);
        NetworkUpdate.Advance(gradient, deposition, [new GrowingNetwork(network, [step.Born], step.Kept)], threads: 1);
    }

    private static double[,] InverseOfC(double[] f)
    {
        var gradient = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, f);
        return (gradient.Transpose() * gradient).Inverse().ToArray();
    }
}
