namespace Threadwell.Biology.Tests;

/// <summary>Degradation as published: the fit targets and other rows of the evidence, within their bands.</summary>
public sealed class PublishedDegradationTests
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <summary>V-01: 0.50 to 0.70 of the first strength at 4 weeks in vivo (E-001, E-002, E-008), in sizes 3-0 and 2-0.</summary>
    [Theory]
    [InlineData(0.225)]
    [InlineData(0.25)]
    [InlineData(0.28)]
    [InlineData(0.32)]
    [InlineData(0.339)]
    public void V01PdoStrengthAtFourWeeks(double diameterMm) =>
        Assert.InRange(Polymer.State(ThreadMaterial.Pdo, diameterMm, 28).Strength, 0.50, 0.70);

    /// <summary>C-05: 0.55 in buffer where tissue keeps 0.70 (E-008).</summary>
    [Fact]
    public void C05PdoInBufferAtFourWeeks() =>
        Assert.Equal(0.55, Polymer.State(ThreadMaterial.Pdo, 0.32, 28, PolymerEnvironment.InVitro).Strength, 0.03);

    /// <summary>E-009, C-04: elastic properties stay over 56 days while strength falls.</summary>
    [Fact]
    public void E009PdoStaysElasticWhileItWeakens()
    {
        PolymerState state = Polymer.State(ThreadMaterial.Pdo, 0.32, 56);
        Assert.True(state.Stiffness >= 0.9);
        Assert.True(state.Strength <= 0.5);
    }

    /// <summary>V-03: intact to 24 weeks, absorbed at 26 to 30 weeks, nothing at 48 weeks (E-008, E-012); minimal absorption at 90 days (E-001).</summary>
    [Fact]
    public void V03PdoMass()
    {
        Assert.True(Polymer.State(ThreadMaterial.Pdo, 0.32, 90).Mass > 0.98);
        Assert.True(Polymer.State(ThreadMaterial.Pdo, 0.32, 24 * 7).Mass > 0.7);
        Assert.True(Polymer.State(ThreadMaterial.Pdo, 0.32, 30 * 7).Mass < 0.05);
        Assert.True(Polymer.State(ThreadMaterial.Pdo, 0.32, 48 * 7).Mass < 1e-3);
    }

    /// <summary>V-05: molar mass of PCL at 30 months from 66 kg/mol is 8 kg/mol, log-linear (E-018).</summary>
    [Fact]
    public void V05PclMolarMass()
    {
        Assert.InRange(Polymer.State(ThreadMaterial.Pcl, 0.3, 30 * DaysPerMonth).MolarMassRatio, 0.08, 0.18);
        Assert.Equal(8.0, 66 * Polymer.State(ThreadMaterial.Pcl, 0.3, 30 * DaysPerMonth).MolarMassRatio, 0.1);
    }

    /// <summary>E-018: PCL keeps its shape for two years and is in fragments at 30 months; E-023: resorbed after two to three years and more.</summary>
    [Fact]
    public void E018PclFragments()
    {
        PolymerState twoYears = Polymer.State(ThreadMaterial.Pcl, 0.3, 24 * DaysPerMonth);
        Assert.True(twoYears.Mass > 0.9 && twoYears.EffectiveStiffness > 0.3);
        PolymerState fragments = Polymer.State(ThreadMaterial.Pcl, 0.3, 30 * DaysPerMonth);
        Assert.True(fragments.Mass > 0.5 && fragments.EffectiveStiffness < 1e-3);
        Assert.True(Polymer.State(ThreadMaterial.Pcl, 0.3, 42 * DaysPerMonth).Mass < 0.05);
    }

    /// <summary>V-07: section of P(LA/CL) at 72 weeks 0.589 of the first (E-014).</summary>
    [Fact]
    public void V07PlclSection() =>
        Assert.InRange(Polymer.State(ThreadMaterial.Plcl, 0.3, 72 * 7).Mass, 0.589 - 0.08, 0.589 + 0.08);

    /// <summary>E-024: weight and strength of PLLA do not change to 180 days; E-030: more than 24 months.</summary>
    [Fact]
    public void E024PllaKeeps()
    {
        PolymerState halfYear = Polymer.State(ThreadMaterial.Plla, 0.3, 180);
        Assert.True(halfYear.Mass > 0.999 && halfYear.Strength > 0.9);
        Assert.True(Polymer.State(ThreadMaterial.Plla, 0.3, 24 * DaysPerMonth).Mass > 0.95);
    }

    [Fact]
    public void PdoIsGoneFirstAndItsStrengthToo()
    {
        foreach (ThreadMaterial slow in new[] { ThreadMaterial.Plla, ThreadMaterial.Pcl, ThreadMaterial.Plcl })
        {
            Assert.True(Polymer.State(slow, 0.32, 210).Mass > Polymer.State(ThreadMaterial.Pdo, 0.32, 210).Mass + 0.5);
            Assert.True(Polymer.State(slow, 0.32, 120).Strength > Polymer.State(ThreadMaterial.Pdo, 0.32, 120).Strength + 0.5);
        }
    }
}
