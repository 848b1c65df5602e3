using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>The near field in a medium that stiffens: what it gives against closed forms, and how well its straight pieces follow it.</summary>
public sealed class NearFieldCurveTests
{
    private const double Barb = 0.5;
    private const double Largest = 0.5;
    private static readonly StiffeningMedium Fat = new(0.0028, 0.017);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-5)]
    [InlineData(0.003)]
    [InlineData(0.4)]
    public void TheStrainIsThatOfTheLawInSimpleShear(double stress)
    {
        double strain = Fat.ShearStrain(stress);
        Assert.Equal(stress, (Fat.ShearModulusMPa * strain) + (2 * Fat.StiffeningMPa * strain * strain * strain), 1e-12 + (1e-10 * stress));
        Assert.Equal(stress / Fat.ShearModulusMPa, (Fat with { StiffeningMPa = 0 }).ShearStrain(stress));
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(8.0)]
    [InlineData(double.PositiveInfinity)]
    public void TissueThatDoesNotStiffenGivesWhatIsHidden(double spacing)
    {
        const double hidden = 0.07;
        NearFieldCurve nearly = NearFieldCurve.In(Fat with { StiffeningMPa = 1e-12 }, hidden, Barb, spacing, Largest), linear = NearFieldCurve.In(Fat with { StiffeningMPa = 0 }, hidden, Barb, spacing, Largest);
        Assert.Equal(hidden / Fat.ShearModulusMPa, linear.DisplacementMm[^1] / linear.LoadN[^1], 1e-9);
        Assert.All(nearly.LoadN.Zip(nearly.DisplacementMm), knot => Assert.Equal(hidden / Fat.ShearModulusMPa, knot.Second / knot.First, 0.001 * hidden / Fat.ShearModulusMPa));
    }

    /// <summary>Round a row the stress is F/(2 pi s r) by equilibrium alone. With r as the inverse of the strain's stress, the sum of the strain over the radius is r g - (F / 2 pi s) times the integral of dg / (mu g + 2 c g³).</summary>
    [Fact]
    public void RoundACloseRowItIsTheClosedForm()
    {
        const double spacing = 1, outer = 7;
        double hidden = Math.Log(outer / Barb) / (2 * Math.PI * spacing);
        NearFieldCurve curve = NearFieldCurve.In(Fat, hidden, Barb, spacing, Largest);
        foreach ((double load, double displacement) in curve.LoadN.Zip(curve.DisplacementMm))
        {
            double line = load / (2 * Math.PI * spacing);
            double exact = At(outer) - At(Barb);
            Assert.Equal(exact, displacement, 0.001 * exact);

            double At(double radius)
            {
                double strain = Fat.ShearStrain(line / radius);
                double integral = Math.Log(strain * strain / (Fat.ShearModulusMPa + (2 * Fat.StiffeningMPa * strain * strain))) / (2 * Fat.ShearModulusMPa);
                return (radius * strain) - (line * integral);
            }
        }
    }

    /// <summary>Where nearly all of the stress is beyond the linear range, a lone barb gives by the cube root of its load: the integral of (F / (12 pi c r²))^(1/3) over the radius.</summary>
    [Fact]
    public void RoundALoneBarbUnderALargeLoadItIsTheClosedForm()
    {
        const double outer = 4;
        double hidden = ((1 / Barb) - (1 / outer)) / (6 * Math.PI);
        NearFieldCurve curve = NearFieldCurve.In(Fat with { ShearModulusMPa = 1e-7 }, hidden, Barb, double.PositiveInfinity, Largest);
        double exact = 3 * Math.Cbrt(Largest / (12 * Math.PI * Fat.StiffeningMPa)) * (Math.Cbrt(outer) - Math.Cbrt(Barb));
        Assert.Equal(exact, curve.DisplacementMm[^1], 0.001 * exact);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(8.0)]
    public void ItsPiecesFollowTheMediumWithinTwoPerCentAndGiveLessAndLess(double spacing)
    {
        const double hidden = 0.2;
        NearFieldCurve curve = NearFieldCurve.In(Fat, hidden, Barb, spacing, Largest);
        for (int knot = 1; knot < curve.LoadN.Length; knot++)
        {
            double between = (curve.LoadN[knot - 1] + curve.LoadN[knot]) / 2;
            double straight = (curve.DisplacementMm[knot - 1] + curve.DisplacementMm[knot]) / 2;
            Assert.Equal(NearFieldCurve.In(Fat, hidden, Barb, spacing, between).DisplacementMm[^1], straight, 0.02 * straight);
            Assert.True(curve.Compliance(knot) < curve.Compliance(knot - 1));
        }

        Assert.Equal(Largest, curve.LoadN[^1]);
    }
}
