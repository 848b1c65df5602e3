namespace Threadwell.Biology.Tests;

/// <summary>The tissue response as published: what comes when, and what is more than what.</summary>
public sealed class PublishedResponseTests
{
    private const double DaysPerMonth = 365.25 / 12;
    private static readonly double[] EachDay = [.. Enumerable.Range(0, 1827).Select(day => (double)day)];

    /// <summary>E-064: inflammation peaks within days, not after two weeks, and goes down to a mild level.</summary>
    [Fact]
    public void InflammationPeaksInTheFirstDays()
    {
        TissueResponseCourse course = Course(ThreadMaterial.Pdo);
        int peak = PeakDay(course.Inflammation);
        Assert.InRange(peak, 1, 14);
        Assert.InRange(PeakDay(course.ReparativeMacrophages), peak, 28);
        Assert.True(course.Inflammation[60] < 0.1 * course.Inflammation[peak]);
        Assert.True(course.Inflammation[60] > 0);
    }

    /// <summary>E-064: granulation at 3 to 5 days; collagen is hardly there before and goes on rising for three to six months (E-053, E-062).</summary>
    [Fact]
    public void CollagenComesAfterDaysAndRisesForMonths()
    {
        TissueResponseCourse course = Course(ThreadMaterial.Pdo);
        double largest = course.Collagen.Max();
        Assert.True(course.Collagen[3] < 0.01 * largest);
        Assert.True(course.Collagen[14] > 0.03 * largest);
        Assert.InRange(PeakDay(course.Collagen) / DaysPerMonth, 3, 12);
        for (int day = 5; day < 170; day++)
        {
            Assert.True(course.Collagen[day + 1] > course.Collagen[day]);
        }
    }

    /// <summary>E-062: remodelling (type III giving way to I) is not complete for four to six months; E-063: the mature share is approached.</summary>
    [Fact]
    public void TypeIiiGivesWayToTypeI()
    {
        TissueResponseCourse course = Course(ThreadMaterial.Pdo);
        double Share(int day) => course.CollagenIII[day] / course.Collagen[day];
        Assert.True(Share(14) > 0.4);
        Assert.True(Share(120) > 0.2);
        Assert.True(Share(365) < 0.2);
        Assert.InRange(Share(1826), 0.149, 0.155);
    }

    /// <summary>C-03: new collagen is not permanent; round PDO it halves one to three years after its peak.</summary>
    [Fact]
    public void CollagenFadesOverYearsOnceThePolymerIsGone()
    {
        TissueResponseCourse course = Course(ThreadMaterial.Pdo);
        int peak = PeakDay(course.Collagen);
        int half = Array.FindIndex(course.Collagen, peak, value => value < 0.5 * course.Collagen[peak]);
        Assert.InRange((half - peak) / 365.25, 1, 3);
        Assert.True(course.Collagen[1826] < 0.25 * course.Collagen[peak]);
    }

    /// <summary>Slow polymers go on stimulating (E-055, E-056): their collagen outlasts PDO's.</summary>
    [Theory]
    [InlineData(ThreadMaterial.Plla)]
    [InlineData(ThreadMaterial.Pcl)]
    [InlineData(ThreadMaterial.Plcl)]
    public void SlowPolymersKeepCollagenLonger(ThreadMaterial slow)
    {
        TissueResponseCourse lasting = Course(slow);
        TissueResponseCourse pdo = Course(ThreadMaterial.Pdo);
        Assert.True(lasting.Collagen[730] > 1.5 * pdo.Collagen[730]);
        Assert.True(PeakDay(lasting.Collagen) > PeakDay(pdo.Collagen));
    }

    /// <summary>V-14 (direction): most at the knots or barbs; rising from 1 to 12 months round a core that stays, as this human series had.</summary>
    [Fact]
    public void V14ScarRisesRoundALastingCoreAndMostAtBarbs()
    {
        TissueResponseCourse between = Course(ThreadMaterial.Plla);
        TissueResponseCourse barb = TissueResponse.Simulate(new TissueResponseInput { Material = ThreadMaterial.Plla, DiameterMm = 0.32, IsBarb = true }, EachDay);
        for (int day = 30; day < 365; day++)
        {
            Assert.True(between.Collagen[day + 1] > between.Collagen[day]);
            Assert.True(barb.Collagen[day] > 1.2 * between.Collagen[day]);
        }
    }

    /// <summary>V-12: in rats several strands make more than one at 2 weeks, and synthesis and collagen fall markedly by 12 weeks (E-051).</summary>
    [Fact]
    public void V12RatCollagenByStrandsAndWeeks()
    {
        TissueResponseCourse one = Rat(ThreadMaterial.Pdo, 1);
        TissueResponseCourse two = Rat(ThreadMaterial.Pdo, 2);
        TissueResponseCourse plla = Rat(ThreadMaterial.Plla, 1);
        Assert.True(two.CollagenSynthesisRate[14] > one.CollagenSynthesisRate[14]);
        Assert.True(two.Collagen[14] > one.Collagen[14]);
        Assert.True(plla.CollagenSynthesisRate[14] > two.CollagenSynthesisRate[14]);
        Assert.True(one.CollagenSynthesisRate[84] < 0.5 * one.CollagenSynthesisRate[14]);
        Assert.True(one.Collagen[84] < 0.75 * one.Collagen[14]);
    }

    /// <summary>E-052: round PDO inflammation stays mild to 24 weeks, the time of degradation included.</summary>
    [Fact]
    public void DegradationInflamesMildly()
    {
        TissueResponseCourse course = Course(ThreadMaterial.Pdo);
        double atFirst = course.Inflammation.Max();
        for (int day = 60; day < 365; day++)
        {
            Assert.True(course.Inflammation[day] < 0.1 * atFirst);
        }

        Assert.True(course.Inflammation[170] > course.Inflammation[100]);
        Assert.True(course.Inflammation[300] < 0.01 * course.Inflammation[100]);
    }

    private static TissueResponseCourse Course(ThreadMaterial material) =>
        TissueResponse.Simulate(new TissueResponseInput { Material = material, DiameterMm = 0.32 }, EachDay);

    private static TissueResponseCourse Rat(ThreadMaterial material, int strands) =>
        TissueResponse.Simulate(new TissueResponseInput { Material = material, DiameterMm = 0.32, Strands = strands, Species = ResponseSpecies.Rat }, EachDay.AsSpan(0, 85));

    private static int PeakDay(double[] values) => Array.IndexOf(values, values.Max());
}
