using CsCheck;
using MathNet.Numerics.OdeSolvers;

namespace Threadwell.Biology.Tests;

/// <summary>Untreated skin: published yearly losses, birth and death that produce them, no start-up transient.</summary>
public sealed class AgeingTests
{
    private const double Year = 365.25;

    private static readonly Gen<Subject> Subjects =
        Gen.Select(Gen.Double[18, 90], Gen.Bool, Gen.Bool, (age, female, smoker) => new Subject { AgeYears = age, IsFemale = female, IsSmoker = smoker });

    [Theory]
    [InlineData(40, true, 0.01)]
    [InlineData(40, false, 0.01)]
    [InlineData(60, false, 0.01)]
    [InlineData(55, true, 0.021)]
    public void CollagenFallsByThePublishedShareAYear(double age, bool female, double loss)
    {
        AgeingRates rates = Ageing.For(new Subject { AgeYears = age, IsFemale = female });
        Assert.Equal(Math.Exp(-loss), rates.Content(NetworkKind.OriginalCollagen, Year), 12);
        Assert.Equal(Math.Exp(-5 * loss), rates.Content(NetworkKind.OriginalCollagen, 5 * Year), 12);
    }

    [Fact]
    public void AWomansLossQuickensAtMenopause()
    {
        AgeingRates rates = Ageing.For(new Subject { AgeYears = 48, IsFemale = true });
        Assert.Equal(Math.Exp(-2 * 0.01 - 3 * 0.021), rates.Content(NetworkKind.OriginalCollagen, 5 * Year), 12);
    }

    [Fact]
    public void BirthAndDeathMakeTheContent() =>
        Gen.Select(Subjects, Gen.OneOf(NetworkKind.Elastin, NetworkKind.OriginalCollagen, NetworkKind.GroundMatrix)).Sample(
            (subject, kind) =>
            {
                AgeingRates rates = Ageing.For(subject);
                const int steps = 20_001;
                double[] content = RungeKutta.FourthOrder(1.0, 0, 5 * Year, steps, (day, m) => rates.BirthRatePerDay(kind, day) - rates.DeathRatePerDay(kind) * m);

                // At menopause birth jumps inside a step, which costs the reference at most the jump times the step.
                double jump = (0.021 - 0.01) / Year;
                Assert.Equal(content[^1], rates.Content(kind, 5 * Year), 1e-9 + jump * 5 * Year / (steps - 1));
            },
            iter: 30);

    [Fact]
    public void ASmokersContentIsThatOfTheHabitSinceItsStart()
    {
        // Independent: integrate from age 20 with 18 % less birth, beside a non-smoker.
        const double age = 44;
        double d = Math.Log(2) / 15;
        double[] smoker = RungeKutta.FourthOrder(1.0, 20, age + 5, 29_001, (a, m) => 0.82 * (d - 0.01) * Math.Exp(-0.01 * (a - 20)) - d * m);
        AgeingRates rates = Ageing.For(new Subject { AgeYears = age, IsFemale = false, IsSmoker = true });
        Assert.Equal(smoker[^1] / smoker[24_000], rates.Content(NetworkKind.OriginalCollagen, 5 * Year), 1e-9);
        Assert.True(rates.Content(NetworkKind.OriginalCollagen, Year) < Ageing.For(new Subject { AgeYears = age, IsFemale = false }).Content(NetworkKind.OriginalCollagen, Year));
    }

    [Fact]
    public void ContentFallsSteadilyFromDayZero() =>
        Subjects.Sample(subject =>
        {
            AgeingRates rates = Ageing.For(subject);
            double first = 1 - rates.Content(NetworkKind.OriginalCollagen, 10);
            double later = (rates.Content(NetworkKind.OriginalCollagen, 360) - rates.Content(NetworkKind.OriginalCollagen, 370)) / rates.Content(NetworkKind.OriginalCollagen, 360);
            bool bends = subject.IsFemale && subject.AgeYears is > 48.9 and < 50;
            Assert.True(first > 0 && later > 0);
            if (!bends)
            {
                Assert.InRange(first / later, 0.9, 1.12);
            }
        });

    [Fact]
    public void BirthIsNeverNegativeAndZeroWhereNothingIsMade() =>
        Gen.Select(Subjects, Gen.Double[0, 1826]).Sample((subject, day) =>
        {
            AgeingRates rates = Ageing.For(subject);
            Assert.True(rates.BirthRatePerDay(NetworkKind.OriginalCollagen, day) > 0);
            Assert.Equal(rates.DeathRatePerDay(NetworkKind.GroundMatrix), rates.BirthRatePerDay(NetworkKind.GroundMatrix, day));
            Assert.Equal(0, rates.BirthRatePerDay(NetworkKind.Elastin, day));
            Assert.Equal(0, rates.BirthRatePerDay(NetworkKind.NewCollagen, day));
            Assert.Equal(0, rates.Content(NetworkKind.NewElastin, day));
        });

    [Fact]
    public void NewNetworksDieAtTheRateOfTheTissueResponse()
    {
        AgeingRates rates = Ageing.For(new Subject { AgeYears = 50, IsFemale = true });
        TissueResponseCourse course = TissueResponse.Simulate(new TissueResponseInput { Material = ThreadMaterial.Pdo, DiameterMm = 0.3 }, [1]);
        Assert.Equal(course.CollagenTurnoverPerDay, rates.DeathRatePerDay(NetworkKind.NewCollagen));
        Assert.Equal(course.ElastinTurnoverPerDay, rates.DeathRatePerDay(NetworkKind.NewElastin));
        Assert.True(rates.DeathRatePerDay(NetworkKind.NewCollagen) > rates.DeathRatePerDay(NetworkKind.OriginalCollagen));
        Assert.True(rates.DeathRatePerDay(NetworkKind.Elastin) < rates.DeathRatePerDay(NetworkKind.OriginalCollagen));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(121)]
    [InlineData(double.NaN)]
    public void RefusesAnAgeWithoutNumbers(double age) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ageing.For(new Subject { AgeYears = age, IsFemale = true }));

    /// <summary>What a person has on day 0 follows from the content that ageing leaves: ten years later somebody ten years older stands where she does.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ContentOnDayZeroIsWhereTheCourseOfAYoungerPersonLeads(bool female)
    {
        AgeingRates younger = Ageing.For(new Subject { AgeYears = 45, IsFemale = female }), older = Ageing.For(new Subject { AgeYears = 55, IsFemale = female });
        foreach (NetworkKind kind in (ReadOnlySpan<NetworkKind>)[NetworkKind.Elastin, NetworkKind.OriginalCollagen, NetworkKind.GroundMatrix])
        {
            Assert.Equal(1, younger.ContentOnDayZero(kind), 1e-12);
            Assert.Equal(younger.Content(kind, 10 * 365.25), older.ContentOnDayZero(kind), 1e-12);
        }

        AgeingRates smoker = Ageing.For(new Subject { AgeYears = 45, IsFemale = female, IsSmoker = true });
        Assert.True(smoker.ContentOnDayZero(NetworkKind.OriginalCollagen) < 1);
        Assert.Equal(0, younger.ContentOnDayZero(NetworkKind.NewCollagen));
    }
}
