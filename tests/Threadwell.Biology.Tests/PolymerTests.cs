using CsCheck;
using MathNet.Numerics.OdeSolvers;
using Threadwell.Evidence;

namespace Threadwell.Biology.Tests;

/// <summary>The closed forms of degradation, and how its states hang together.</summary>
public sealed class PolymerTests
{
    private static readonly Gen<ThreadMaterial> Materials = Gen.Enum<ThreadMaterial>();
    private static readonly Gen<PolymerEnvironment> Environments = Gen.Enum<PolymerEnvironment>();
    private static readonly Gen<double> Diameters = Gen.Double[0.07, 0.6];
    private static readonly Gen<double> Days = Gen.Double[0, 2000];

    [Fact]
    public void DayZeroIsWhole() =>
        Gen.Select(Materials, Diameters, Environments).Sample((material, diameter, environment) =>
            Assert.Equal(new PolymerState(1, 1, 1, 1, 1), Polymer.State(material, diameter, 0, environment)));

    [Fact]
    public void MolarMassIsLogLinear() =>
        Gen.Select(Materials, Days, Days, Environments).Sample((material, first, second, environment) =>
        {
            double together = Polymer.State(material, 0.3, first + second, environment).MolarMassRatio;
            double product = Polymer.State(material, 0.3, first, environment).MolarMassRatio * Polymer.State(material, 0.3, second, environment).MolarMassRatio;
            Assert.Equal(1, together / product, 1e-12);
        });

    [Fact]
    public void EveryStateLiesWithinZeroAndOneAndNeverRises() =>
        Gen.Select(Materials, Diameters, Environments, Days, Gen.Double[0.1, 400]).Sample((material, diameter, environment, day, later) =>
        {
            PolymerState before = Polymer.State(material, diameter, day, environment);
            PolymerState after = Polymer.State(material, diameter, day + later, environment);
            foreach ((double then, double now) in Pairs(before, after))
            {
                Assert.InRange(now, 0, 1);
                Assert.False(double.IsNegative(now));
                Assert.True(now <= then * (1 + 1e-12), $"{material}, day {day} to {day + later}: {then} rose to {now}");
            }

            Assert.True(after.EffectiveStiffness <= after.Stiffness * after.Mass * (1 + 1e-12));
        });

    [Fact]
    public void PdoStrengthAtTheReferenceDiameterIsThePublishedWeibullLaw()
    {
        double reference = Math.Sqrt(0.32 * 0.175);
        foreach (double weeks in new[] { 2.0, 4.0, 6.0, 8.0 })
        {
            // Mass is kept to 1e-6 over the first weeks.
            Assert.Equal(Math.Exp(-Math.Pow(weeks / 5.94, 1.27)), Polymer.State(ThreadMaterial.Pdo, reference, 7 * weeks).Strength, 6);
        }
    }

    [Fact]
    public void PdoGaugeClassesDifferAsPublishedAtFourWeeks()
    {
        double fine = Polymer.State(ThreadMaterial.Pdo, 0.175, 28).Strength;
        double coarse = Polymer.State(ThreadMaterial.Pdo, 0.32, 28).Strength;
        Assert.Equal(Math.Log(0.40) / Math.Log(0.70), Math.Log(fine) / Math.Log(coarse), 5);
        Assert.Equal(0.40, fine, 0.03);
        Assert.Equal(0.70, coarse, 0.03);
    }

    [Fact]
    public void AThickerPdoThreadIsNeverRelativelyWeaker() =>
        Gen.Select(Diameters, Diameters, Gen.Double[1, 150]).Sample((a, b, day) =>
            Assert.True(Polymer.State(ThreadMaterial.Pdo, Math.Min(a, b), day).Strength <= (1 + 1e-12) * Polymer.State(ThreadMaterial.Pdo, Math.Max(a, b), day).Strength));

    [Fact]
    public void BufferIsNeverGentlerThanTissue() =>
        Gen.Select(Materials, Diameters, Days).Sample((material, diameter, day) =>
        {
            foreach ((double tissue, double buffer) in Pairs(Polymer.State(material, diameter, day), Polymer.State(material, diameter, day, PolymerEnvironment.InVitro)))
            {
                Assert.True(buffer <= tissue * (1 + 1e-12), $"{material}, day {day}: {buffer} in buffer, {tissue} in tissue");
            }
        });

    [Fact]
    public void LogStrengthInTissueIsSixTenthsOfThatInBuffer()
    {
        double tissue = Polymer.State(ThreadMaterial.Pdo, 0.32, 28).Strength;
        double buffer = Polymer.State(ThreadMaterial.Pdo, 0.32, 28, PolymerEnvironment.InVitro).Strength;
        Assert.Equal(0.6, Math.Log(tissue) / Math.Log(buffer), 4);
    }

    [Fact]
    public void StrengthFromChainLengthIsFlorysLaw()
    {
        PolymerParameters pcl = PolymerParameters.For(ThreadMaterial.Pcl);
        double ratio = Math.Exp(-pcl.HydrolysisRate * 365);
        double critical = 8.0 / 66.0;
        PolymerState year = Polymer.State(pcl, 0.3, 365);
        Assert.Equal((1 - critical / ratio) / (1 - critical) * year.Mass, year.Strength, 12);
    }

    [Theory]
    [InlineData(ThreadMaterial.Pdo)]
    [InlineData(ThreadMaterial.Plla)]
    [InlineData(ThreadMaterial.Pcl)]
    [InlineData(ThreadMaterial.Plcl)]
    public void MassInClosedFormSolvesItsEquation(ThreadMaterial material)
    {
        PolymerParameters p = PolymerParameters.For(material);
        const double end = 1500;
        const int steps = 150_001;
        double[] mass = RungeKutta.FourthOrder(1.0, 0, end, steps, (t, m) =>
            -p.ErosionRate * m / (1 + Math.Pow(Math.Exp(-p.HydrolysisRate * t) / p.ErosionCriticalRatio, p.ErosionSteepness)));
        for (int i = 0; i < steps; i += 10_000)
        {
            Assert.Equal(mass[i], Polymer.MassAndLoss(p, end * i / (steps - 1)).Mass, 1e-9);
        }
    }

    [Fact]
    public void LossIsTheSlopeOfMass() =>
        Gen.Select(Materials, Gen.Double[1, 1500], Environments).Sample((material, day, environment) =>
        {
            PolymerParameters p = PolymerParameters.For(material);
            const double h = 1e-3;
            double slope = (Polymer.MassAndLoss(p, day + h, environment).Mass - Polymer.MassAndLoss(p, day - h, environment).Mass) / (2 * h);
            Assert.Equal(-slope, Polymer.MassAndLoss(p, day, environment).LossRate, 1e-8);
        });

    [Fact]
    public void AThreadWithoutStrengthIsNoCable() =>
        Gen.Select(Materials, Diameters, Days).Sample((material, diameter, day) =>
        {
            PolymerState state = Polymer.State(material, diameter, day);
            if (state.Strength < 0.005)
            {
                Assert.True(state.EffectiveStiffness < 1e-3, $"{material}, day {day}: {state}");
            }

            if (state.Strength > 0.1)
            {
                Assert.Equal(state.Stiffness * state.Mass, state.EffectiveStiffness, 1e-6);
            }
        });

    [Fact]
    public void RefusesWhatIsNoThreadOrNoTime()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Polymer.State(ThreadMaterial.Pdo, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polymer.State(ThreadMaterial.Pdo, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polymer.State(ThreadMaterial.Pdo, 0.3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polymer.State(ThreadMaterial.Pdo, 0.3, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polymer.State((ThreadMaterial)9, 0.3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolymerProperties.For((ThreadMaterial)9, 0.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolymerProperties.For(ThreadMaterial.Pcl, -0.3));
    }

    [Fact]
    public void PropertiesOfANewThreadFollowFromItsSection()
    {
        PolymerProperties pdo = PolymerProperties.For(ThreadMaterial.Pdo, 0.32);
        double area = Math.PI / 4 * 0.32 * 0.32;
        Assert.Equal(1500, pdo.YoungsModulusMPa, 10);
        Assert.Equal(1500 * area, pdo.AxialStiffnessN, 10);
        Assert.Equal(1.35 * area, pdo.MassPerMmMg, 12);
        Assert.Equal(2.68 * 9.80665, pdo.StrengthN, 10);
        Assert.Equal(4 * pdo.AxialStiffnessN, PolymerProperties.For(ThreadMaterial.Pdo, 0.64).AxialStiffnessN, 9);
        Assert.Equal(39.5 / 55.0, PolymerProperties.For(ThreadMaterial.Pdo, 0.32, cutBarbs: true).StrengthN / pdo.StrengthN, 12);
        Assert.Equal(EvidenceCatalogue.Value("pcl.youngs-modulus", "GPa") * 1000, PolymerProperties.For(ThreadMaterial.Pcl, 0.2).YoungsModulusMPa);
    }

    private static IEnumerable<(double First, double Second)> Pairs(PolymerState first, PolymerState second) =>
    [
        (first.MolarMassRatio, second.MolarMassRatio), (first.Strength, second.Strength), (first.Stiffness, second.Stiffness),
        (first.Mass, second.Mass), (first.EffectiveStiffness, second.EffectiveStiffness),
    ];
}
