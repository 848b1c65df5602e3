using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>What foretells courses from the numbers of their draw.</summary>
public sealed class CourseForecastTests
{
    /// <summary>A product of powers is linear in logarithms: it is foretold but for what the penalty takes.</summary>
    [Fact]
    public void AProductIsForetoldFromItsLogarithms()
    {
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 400).Select(_ => (double[])[random.NextDouble(), random.NextDouble(), 7, random.NextDouble()])];
        double[][] numbers = [.. rows.Select(row => (double[])[3 * Math.Exp(row[0] - (0.5 * row[1])), Math.Exp(2 * row[1]), -1])];
        double[][] foretold = CourseForecast.Of(rows[..300], numbers[..300]).Numbers(rows[300..]);
        Assert.True(Strays(0) < 0.25);
        Assert.True(Strays(1) < 0.25);

        // Nothing is left of a number that is never above nought, and nothing breaks.
        Assert.All(foretold, course => Assert.Equal(0, course[2], 1e-300));

        // Of the deviation of what is foretold.
        double Strays(int number)
        {
            double[] exact = [.. numbers[300..].Select(course => course[number])];
            double mean = exact.Average();
            return Math.Sqrt(exact.Zip(foretold, (one, other) => Math.Pow(one - other[number], 2)).Sum() / exact.Sum(one => Math.Pow(one - mean, 2)));
        }
    }

    /// <summary>Of a hundred inputs two tell, and only together: what they do is found among all the others, and nothing is foretold beyond what was learned from.</summary>
    [Fact]
    public void WhatTwoInputsDoTogetherIsForetoldAmongManyThatTellNothing()
    {
        var random = new Random(2);
        double[][] rows = [.. Enumerable.Range(0, 600).Select(_ => Enumerable.Range(0, 100).Select(_ => random.NextDouble()).ToArray())];
        double[][] numbers = [.. rows.Select(row => (double[])[Math.Exp(2 * row[40] * row[60])])];
        CourseForecast forecast = CourseForecast.Of(rows[..300], numbers[..300]);
        double[] foretold = [.. forecast.Numbers(rows[300..]).Select(course => course[0])], exact = [.. numbers[300..].Select(course => course[0])];
        double mean = exact.Average();
        Assert.True(exact.Zip(foretold, (one, other) => (one - other) * (one - other)).Sum() < 0.02 * exact.Sum(one => (one - mean) * (one - mean)));

        double[] far = [.. rows[0]];
        (far[40], far[60]) = (50, 50);
        Assert.Equal(numbers[..300].Max(course => course[0]), forecast.Numbers([far])[0][0], 1e-12);
    }

    /// <summary>A course takes each of its numbers from the draw that its cause comes from, and what two causes do together only once both are there.</summary>
    [Fact]
    public void ARowTakesTheNumbersOfEachCauseFromItsDraw()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        double[] times = [0, 180, 720];
        CauseInputs a = CauseInputs.Of(_ => 0.25, CauseDraws.Of(plan, ThreadMaterial.Pdo) with { Aftercare = AftercareAdherence.AsAdvised }, times, FactValues.Catalogue);
        CauseInputs b = CauseInputs.Of(_ => 0.75, CauseDraws.Of(plan, ThreadMaterial.Pcl) with { Aftercare = AftercareAdherence.Poor }, times, FactValues.Catalogue);
        double[][] rows = [.. Enumerable.Range(0, CauseDraws.Courses).Select(course => CauseInputs.Row(a, b, course))];
        int facts = UncertainFacts.All.Count, aftercare = a.Deviations[(int)Cause.Aftercare].Length;
        Assert.All(rows, row => Assert.Equal(facts + 4 + 3 + (3 * (4 + aftercare)) + (2 * times.Length), row.Length));
        Assert.All(rows[0][..facts], deviation => Assert.True(deviation < 0));
        Assert.All(rows[1][..facts], deviation => Assert.True(deviation > 0));
        foreach (Cause cause in Enum.GetValues<Cause>())
        {
            Assert.Equal(a.Deviations[(int)cause].Length, rows[2 + (int)cause][..facts].Count(deviation => deviation > 0));
        }

        // The polymer goes with the thread: after half a year PDO has lost its strength, PCL has not (E-003, E-018).
        Assert.Equal(rows[1][^6..], rows[2 + (int)Cause.Thread][^6..]);
        Assert.Equal(rows[0][^6..], rows[2 + (int)Cause.Aftercare][^6..]);
        Assert.Equal((1, 1), (rows[0][^6], rows[1][^6]));
        Assert.True(rows[0][^5] < 0.5 && rows[1][^5] > 0.5);
    }

    /// <summary>What a pair's courses came to has no part in what is foretold of it, but in what is foretold of others; on one thread or two it is the same.</summary>
    [Fact]
    public void NoPairIsForetoldByItself()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        double[] times = [0, 180, 720];
        var draws = new CauseDraws(null!, plan, FactValues.Catalogue, _ => []);
        CauseDraws.Pair[] pairs = [.. Enumerable.Range(0, ForetoldPairs.FewestPairs).Select(point => new CauseDraws.Pair(point, ValuesOf(point), [], []))];
        ForetoldPairs one = Foretell(pairs, threads: 1), two = Foretell(pairs, threads: 2);
        Assert.Equal(one.Own, two.Own);
        Assert.Equal(one.Further, two.Further);
        Assert.Equal((pairs.Length, 16), (one.Own.Length, one.Further.Length));
        Assert.NotEqual(one.Further[0], one.Further[1]);

        CauseDraws.Pair[] changed = [.. pairs];
        changed[7] = changed[7] with { Values = [.. changed[7].Values.Select(course => course.Select(value => 10 * value).ToArray())] };
        ForetoldPairs after = Foretell(changed, threads: 2);
        Assert.Equal(one.Own[7], after.Own[7]);
        Assert.NotEqual(one.Own[^1], after.Own[^1]);

        ForetoldPairs Foretell(CauseDraws.Pair[] of, int threads) => ForetoldPairs.Of(draws, of, times, threads, TestContext.Current.CancellationToken, beyond: 16);

        double[][] ValuesOf(int point)
        {
            CauseInputs a = draws.Inputs(point, ofB: false, times), b = draws.Inputs(point, ofB: true, times);
            return [.. Enumerable.Range(0, CauseDraws.Courses).Select(course => (double[])[Math.Exp(0.1 * CauseInputs.Row(a, b, course).Take(20).Sum())])];
        }
    }
}
