using MathNet.Numerics.Distributions;

namespace Threadwell.Prediction.Tests.Learning;

public class EnsembleSmootherTests
{
    private const int Courses = 4096;

    // Two unknowns a, b normal with correlation 0.6; a is measured twice. The posterior is known in closed form: precision 1 + 1/0.5² + 1/1², and b follows a by its regression.
    [Fact]
    public void Normal_courses_give_the_posterior_of_the_closed_form()
    {
        double[][] states = Correlated(0.6);
        double[][] moved = EnsembleSmoother.Update(states, [.. states.Select(row => new[] { row[0], row[0] })], [1.2, 0.4], [0.5, 1]);
        double precision = 1 + (1 / 0.25) + 1, mean = ((1.2 / 0.25) + 0.4) / precision;
        Assert.Equal(mean, moved.Average(row => row[0]), 0.01);
        Assert.Equal(Math.Sqrt(1 / precision), Deviation(moved, 0), 0.01);
        Assert.Equal(0.6 * mean, moved.Average(row => row[1]), 0.03);
        Assert.Equal(Math.Sqrt(1 - (0.36 * (1 - (1 / precision)))), Deviation(moved, 1), 0.02);
    }

    [Fact]
    public void A_measurement_with_a_huge_error_teaches_nothing_and_one_with_a_tiny_error_everything()
    {
        double[][] states = Correlated(0);
        double[][] dull = EnsembleSmoother.Update(states, [.. states.Select(row => new[] { row[0] })], [5], [1e6]);
        Assert.All(dull.Zip(states), pair => Assert.Equal(pair.Second[0], pair.First[0], 1e-3));
        double[][] sharp = EnsembleSmoother.Update(states, [.. states.Select(row => new[] { row[0] })], [0.7], [1e-4]);
        Assert.All(sharp, row => Assert.Equal(0.7, row[0], 1e-2));
        Assert.Equal(1, Deviation(sharp, 1), 0.05);
    }

    [Fact]
    public void The_order_of_the_measurements_does_not_matter_nor_whether_they_come_at_once()
    {
        double[][] states = Correlated(0.3);
        double[][] says = [.. states.Select(row => new[] { row[0], row[1] })], turned = [.. says.Select(row => new[] { row[1], row[0] })];
        double[][] first = EnsembleSmoother.Update(states, says, [0.5, -0.5], [0.3, 0.4]), second = EnsembleSmoother.Update(states, turned, [-0.5, 0.5], [0.4, 0.3]);
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First[1], pair.Second[1], 1e-9));
        double[][] early = EnsembleSmoother.Update(states, [.. states.Select(row => new[] { row[0] })], [0.5], [0.3]);
        double[][] both = EnsembleSmoother.Update(early, [.. early.Select(row => new[] { row[1] })], [-0.5], [0.4]);
        Assert.Equal(first.Average(row => row[0]), both.Average(row => row[0]), 1e-9);
        Assert.Equal(Deviation(first, 1), Deviation(both, 1), 1e-9);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => EnsembleSmoother.Update([[1]], [[1]], [1], [1]));
        Assert.Throws<ArgumentException>(() => EnsembleSmoother.Update([[1], [2]], [[1], [2]], [1], [0]));
        Assert.Throws<ArgumentException>(() => EnsembleSmoother.Update([[1], [2]], [[1], [2]], [], []));
    }

    // Lifts that fall as A exp(-k t) with A and k log-normal: not normal, as lifts are. The truth is another draw, measured at 3 months with noise, and asked for at 12 months.
    [Fact]
    public void Bands_after_learning_hold_later_truths_as_often_as_they_say_and_are_narrower()
    {
        const int Prior = 128, Truths = 400;
        const double ErrorMm = 0.25;
        var draw = new SobolSequence(3, 11);
        (double Early, double Late)[] all = [.. Enumerable.Range(0, Prior + Truths).Select(index => Lifts(draw[index, 0], draw[index, 1]))];
        double[][] states = [.. all.Take(Prior).Select(lift => new[] { lift.Early, lift.Late })];
        int held = 0;
        double width = 0;
        for (int truth = Prior; truth < all.Length; truth++)
        {
            double measured = all[truth].Early + (ErrorMm * Normal.InvCDF(0, 1, draw[truth, 2]));
            double[] late = [.. EnsembleSmoother.Update(states, [.. states.Select(row => new[] { row[0] })], [measured], [ErrorMm]).Select(row => row[1]).Order()];
            held += all[truth].Late >= late[(int)(0.05 * Prior)] && all[truth].Late <= late[(int)(0.95 * Prior)] ? 1 : 0;
            width += (late[(int)(0.95 * Prior)] - late[(int)(0.05 * Prior)]) / Truths;
        }

        Assert.InRange((double)held / Truths, 0.85, 0.95);
        double[] before = [.. states.Select(row => row[1]).Order()];
        Assert.True(width < 0.8 * (before[(int)(0.95 * Prior)] - before[(int)(0.05 * Prior)]));
    }

    private static (double Early, double Late) Lifts(double height, double rate)
    {
        double most = 3 * Math.Exp(0.35 * Normal.InvCDF(0, 1, height)), falls = 0.09 * Math.Exp(0.3 * Normal.InvCDF(0, 1, rate));
        return (most * Math.Exp(-3 * falls), most * Math.Exp(-12 * falls));
    }

    private static double[][] Correlated(double correlation)
    {
        var draw = new SobolSequence(2, 5);
        return [.. Enumerable.Range(0, Courses).Select(index =>
        {
            double a = Normal.InvCDF(0, 1, draw[index, 0]);
            return new[] { a, (correlation * a) + (Math.Sqrt(1 - (correlation * correlation)) * Normal.InvCDF(0, 1, draw[index, 1])) };
        })];
    }

    private static double Deviation(double[][] rows, int at)
    {
        double mean = rows.Average(row => row[at]);
        return Math.Sqrt(rows.Sum(row => (row[at] - mean) * (row[at] - mean)) / (rows.Length - 1));
    }
}
