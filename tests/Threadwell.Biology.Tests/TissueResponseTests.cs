using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.OdeSolvers;
using Threadwell.Evidence;

namespace Threadwell.Biology.Tests;

/// <summary>The equations of the tissue response: balance, sign, solver and monotone dependence.</summary>
public sealed class TissueResponseTests
{
    private static readonly double[] Times = [0, 0.5, 1, 2, 3, 5, 7, 14, 21, 28, 56, 90, 120, 168, 180, 200, 240, 365, 548, 730, 1095, 1460, 1826];

    private static readonly Gen<TissueResponseInput> Inputs =
        Gen.Select(
            Gen.Enum<ThreadMaterial>(), Gen.Double[0.07, 0.6], Gen.Bool, Gen.Double[18, 90], Gen.Bool, Gen.Bool,
            Gen.Select(Gen.Int[1, 5], Gen.Double[0, 4], Gen.Double[0, 2], Gen.Double[0, 0.5], Gen.Enum<ResponseSpecies>()),
            (material, diameter, barb, age, female, smoker, rest) => new TissueResponseInput
            {
                Material = material,
                DiameterMm = diameter,
                IsBarb = barb,
                Subject = rest.Item5 == ResponseSpecies.Human ? new Subject { AgeYears = age, IsFemale = female, IsSmoker = smoker } : null,
                Strands = rest.Item1,
                Disturbance = new ResponseDisturbance { InjuryPerDay = 0.02 * rest.Item2, InjuryUntilDay = 42, LastingSynthesis = rest.Item3, HeatedRecruitment = rest.Item2, HeatedSynthesis = rest.Item3, HeatUntilDay = 21 },
                SlipMmPerDay = day => day < 60 ? rest.Item4 : 0,
                Species = rest.Item5,
            });

    [Fact]
    public void EveryStateIsPositiveCollagenBalancesAndBirthIsNeverNegative() =>
        Inputs.Sample(
            input =>
            {
                TissueResponseCourse course = TissueResponse.Simulate(input, Times);
                for (int i = 0; i < Times.Length; i++)
                {
                    double[] states =
                    [
                        course.Inflammation[i], course.ReparativeMacrophages[i], course.GrowthFactor[i], course.Fibroblasts[i], course.Myofibroblasts[i],
                        course.CollagenIII[i], course.CollagenI[i], course.Elastin[i], course.CollagenSynthesisRate[i], course.ElastinSynthesisRate[i],
                    ];
                    Assert.All(states, value => Assert.True(value >= 0 && double.IsFinite(value)));
                    Assert.Equal(course.CollagenIII[i] + course.CollagenI[i], course.Collagen[i], 1e-15);
                    Assert.Equal(course.CollagenMade[i] - course.CollagenLost[i], course.Collagen[i], 1e-9);
                    if (i > 0)
                    {
                        double days = Times[i] - Times[i - 1];

                        // Down to the solver's tolerance: where nothing is made any more, the mean birth rate is zero.
                        Assert.True(MeanBirthRate(course.Collagen[i - 1], course.Collagen[i], days, course.CollagenTurnoverPerDay) >= -1e-8);
                        Assert.True(MeanBirthRate(course.Elastin[i - 1], course.Elastin[i], days, course.ElastinTurnoverPerDay) >= -1e-8);
                    }
                }
            },
            iter: 60);

    [Fact]
    public void BirthLessDeathIsTheSlopeOfCollagen()
    {
        double[] times = [29.99, 30, 30.01, 199.99, 200, 200.01];
        TissueResponseCourse course = TissueResponse.Simulate(Pdo(), times);
        foreach (int i in new[] { 1, 4 })
        {
            double slope = (course.Collagen[i + 1] - course.Collagen[i - 1]) / (times[i + 1] - times[i - 1]);
            Assert.Equal(course.CollagenSynthesisRate[i] - course.CollagenTurnoverPerDay * course.Collagen[i], slope, 1e-6);
            double elastin = (course.Elastin[i + 1] - course.Elastin[i - 1]) / (times[i + 1] - times[i - 1]);
            Assert.Equal(course.ElastinSynthesisRate[i] - course.ElastinTurnoverPerDay * course.Elastin[i], elastin, 1e-6);
        }
    }

    [Fact]
    public void TheJacobianIsTheSlopeOfTheEquations()
    {
        var equations = new ResponseEquations(Pdo(), FactValues.Catalogue);
        int n = equations.Dimension;
        double[] state = [0.4, 0.6, 0.9, 1.1, 0.7, 0.3, 0.05, 0.12, 0.01, 0.2, 0.03];
        double[] jacobian = new double[n * n];
        equations.Jacobian(100, state, jacobian);
        double[] up = new double[n];
        double[] down = new double[n];
        const double h = 1e-6;
        for (int column = 0; column < n; column++)
        {
            double[] moved = [.. state];
            moved[column] += h;
            equations.Derivative(100, moved, up);
            moved[column] -= 2 * h;
            equations.Derivative(100, moved, down);
            for (int row = 0; row < n; row++)
            {
                Assert.Equal((up[row] - down[row]) / (2 * h), jacobian[row * n + column], 1e-8);
            }
        }
    }

    [Theory]
    [InlineData(ThreadMaterial.Pdo, false)]
    [InlineData(ThreadMaterial.Plcl, true)]
    public void AnExplicitIntegratorFindsTheSameCourse(ThreadMaterial material, bool barb)
    {
        var input = new TissueResponseInput { Material = material, DiameterMm = 0.3, IsBarb = barb };
        var equations = new ResponseEquations(input, FactValues.Catalogue);
        const double end = 240;
        const int perDay = 20;
        const int steps = 240 * perDay + 1;
        Vector<double>[] reference = RungeKutta.FourthOrder(Vector<double>.Build.Dense(equations.InitialState()), 0, end, steps, (t, y) =>
        {
            double[] derivative = new double[equations.Dimension];
            equations.Derivative(t, y.AsArray(), derivative);
            return Vector<double>.Build.Dense(derivative);
        });
        double[] times = [1, 3, 7, 14, 28, 90, 180, 240];
        TissueResponseCourse course = TissueResponse.Simulate(input, times);
        for (int i = 0; i < times.Length; i++)
        {
            Vector<double> y = reference[(int)times[i] * perDay];
            Assert.Equal(y[ResponseEquations.Inflammatory], course.Inflammation[i], 2e-5);
            Assert.Equal(y[ResponseEquations.Fibroblasts], course.Fibroblasts[i], 2e-5);
            Assert.Equal(y[ResponseEquations.Myofibroblasts], course.Myofibroblasts[i], 2e-5);
            Assert.Equal(y[ResponseEquations.TypeIii], course.CollagenIII[i], 1e-6);
            Assert.Equal(y[ResponseEquations.TypeI], course.CollagenI[i], 1e-6);
            Assert.Equal(y[ResponseEquations.Elastin], course.Elastin[i], 1e-7);
        }
    }

    [Fact]
    public void TheSameInputGivesTheSameBits()
    {
        TissueResponseCourse first = TissueResponse.Simulate(Pdo(), Times);
        var others = new TissueResponseCourse[4];
        Parallel.For(0, others.Length, i => others[i] = TissueResponse.Simulate(Pdo(), Times));
        Assert.All(others, other =>
        {
            Assert.Equal(first.Collagen, other.Collagen);
            Assert.Equal(first.Elastin, other.Elastin);
            Assert.Equal(first.Inflammation, other.Inflammation);
        });
    }

    [Fact]
    public void TimesAskedForDoNotMoveTheAnswer()
    {
        double[] dense = [.. Enumerable.Range(0, 366).Select(day => (double)day)];
        Assert.Equal(TissueResponse.Simulate(Pdo(), [365]).Collagen[0], TissueResponse.Simulate(Pdo(), dense).Collagen[365], 1e-6);
    }

    [Fact]
    public void ABarbMakesMoreCollagenThanTheThreadBetweenBarbsAtEveryTime() =>
        Gen.Select(Gen.Enum<ThreadMaterial>(), Gen.Double[0.1, 0.5]).Sample(
            (material, diameter) =>
            {
                TissueResponseCourse between = TissueResponse.Simulate(new TissueResponseInput { Material = material, DiameterMm = diameter }, Times);
                TissueResponseCourse barb = TissueResponse.Simulate(new TissueResponseInput { Material = material, DiameterMm = diameter, IsBarb = true }, Times);
                for (int i = 1; i < Times.Length; i++)
                {
                    Assert.True(barb.Collagen[i] > between.Collagen[i]);
                    Assert.True(barb.Elastin[i] > between.Elastin[i]);
                }
            },
            iter: 20);

    [Fact]
    public void SmokersAndOlderPeopleMakeLess()
    {
        double At(double age, bool female, bool smoker) =>
            TissueResponse.Simulate(Pdo() with { Subject = new Subject { AgeYears = age, IsFemale = female, IsSmoker = smoker } }, [180]).Collagen[0];

        Assert.True(At(35, true, false) > At(45, true, false));
        Assert.True(At(45, true, false) > At(60, true, false));
        Assert.True(At(60, false, false) > At(60, true, false));
        Assert.True(At(45, true, false) > At(45, true, true));

        // At the reference age a non-smoker is the reference.
        Assert.Equal(TissueResponse.Simulate(Pdo(), [180]).Collagen[0], At(45, true, false), 12);
    }

    [Fact]
    public void ASmokersFirstCollagenIsLessByThePublishedShares()
    {
        TissueResponseInput smoker = Pdo() with { Subject = new Subject { AgeYears = 45, IsFemale = true, IsSmoker = true } };
        double[] first = [0.05];
        TissueResponseCourse with = TissueResponse.Simulate(smoker, first);
        TissueResponseCourse without = TissueResponse.Simulate(Pdo(), first);
        Assert.Equal(1 - (0.18 + 0.22) / 2, with.CollagenSynthesisRate[0] / without.CollagenSynthesisRate[0], 1e-4);
    }

    [Fact]
    public void SlipAndDisturbanceInflame()
    {
        TissueResponseCourse held = TissueResponse.Simulate(Pdo(), Times);
        TissueResponseCourse slipped = TissueResponse.Simulate(Pdo() with { SlipMmPerDay = day => day is > 40 and < 50 ? 0.3 : 0 }, [30, 45, 56]);
        TissueResponseCourse disturbed = TissueResponse.Simulate(Pdo() with { Disturbance = new ResponseDisturbance { InjuryPerDay = 0.2, InjuryUntilDay = 42 } }, Times);
        Assert.Equal(TissueResponse.Simulate(Pdo(), [30]).Inflammation[0], slipped.Inflammation[0], 6);
        Assert.True(slipped.Inflammation[1] > 2 * TissueResponse.Simulate(Pdo(), [45]).Inflammation[0]);
        Assert.True(disturbed.Inflammation[9] > 2 * held.Inflammation[9]);
        Assert.Equal(held.Inflammation[^1], disturbed.Inflammation[^1], 1e-6);
    }

    /// <summary>While massage goes on, injury comes to the balance of what is added and what is cleared.</summary>
    [Fact]
    public void InjuryByMassageIsWhatIsAddedOverWhatIsCleared()
    {
        var input = Pdo() with { Disturbance = new ResponseDisturbance { InjuryPerDay = 0.05, InjuryUntilDay = 42 } };
        var equations = new ResponseEquations(input, FactValues.Catalogue);
        double[] state = new double[equations.Dimension], derivative = new double[equations.Dimension];
        state[ResponseEquations.Injury] = 0.05 / EvidenceCatalogue.Value("tissue.injury.clearance", "1/d");
        equations.Derivative(20, state, derivative);
        Assert.Equal(0, derivative[ResponseEquations.Injury], 1e-15);
        equations.Derivative(43, state, derivative);
        Assert.Equal(-0.05, derivative[ResponseEquations.Injury], 1e-15);
    }

    /// <summary>Heat acts in its weeks on what is called and made: twice as much is made at once of the same cells, and no longer afterwards.</summary>
    [Fact]
    public void HeatActsOnlyWhileItLasts()
    {
        var input = Pdo() with { Disturbance = new ResponseDisturbance { HeatedSynthesis = 2, HeatedRecruitment = 3, HeatUntilDay = 21 } };
        var hot = new ResponseEquations(input, FactValues.Catalogue);
        var rest = new ResponseEquations(Pdo(), FactValues.Catalogue);
        double[] state = [0.4, 0.6, 0.9, 1.1, 0.7, 0.3, 0.05, 0.12, 0.01, 0.2, 0.03];
        Assert.Equal(2 * rest.CollagenSynthesis(20, state), hot.CollagenSynthesis(20, state), 1e-15);
        Assert.Equal(rest.CollagenSynthesis(22, state), hot.CollagenSynthesis(22, state));
        double[] of = new double[rest.Dimension], heated = new double[rest.Dimension];
        rest.Derivative(20, state, of);
        hot.Derivative(20, state, heated);
        Assert.Equal(2 * 0.4 * EvidenceCatalogue.Value("tissue.macrophage.recruitment-by-injury", "1/d"), heated[ResponseEquations.Inflammatory] - of[ResponseEquations.Inflammatory], 1e-12);
    }

    [Fact]
    public void WithoutSynthesisThereIsNoCollagen() =>
        Assert.Equal(0, TissueResponse.Simulate(Pdo() with { Disturbance = new ResponseDisturbance { LastingSynthesis = 0 } }, [365]).Collagen[0]);

    [Fact]
    public void RefusesBadInput()
    {
        Assert.Throws<ArgumentException>(() => TissueResponse.Simulate(Pdo(), [5, 4]));
        Assert.Throws<ArgumentException>(() => TissueResponse.Simulate(Pdo(), [-1]));
        Assert.Throws<ArgumentException>(() => TissueResponse.Simulate(Pdo(), [double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TissueResponse.Simulate(Pdo() with { DiameterMm = 0 }, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TissueResponse.Simulate(Pdo() with { Disturbance = new ResponseDisturbance { InjuryPerDay = -1 } }, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TissueResponse.Simulate(Pdo() with { Disturbance = new ResponseDisturbance { HeatedSynthesis = double.NaN } }, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TissueResponse.Simulate(Pdo() with { Strands = 0 }, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TissueResponse.Simulate(Pdo() with { Subject = new Subject { AgeYears = 12, IsFemale = true } }, [1]));
    }

    /// <summary>The constant birth rate that takes a network from one mass to another while it dies at a rate.</summary>
    private static double MeanBirthRate(double before, double after, double days, double death) =>
        death * (after - before * Math.Exp(-death * days)) / (1 - Math.Exp(-death * days));

    private static TissueResponseInput Pdo() => new() { Material = ThreadMaterial.Pdo, DiameterMm = 0.32 };
}
