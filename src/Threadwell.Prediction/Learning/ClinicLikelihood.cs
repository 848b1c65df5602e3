using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// What one patient's measurements say of the clinic's two numbers. The measurements are taken as normal with mean and covariance of her courses, after every course's lift L was moved to
/// exp(ratio) (mean L + exp(scatter) (L - mean L)); the untreated displacement stays. Errors of the measurements are added.
/// </summary>
internal sealed class ClinicLikelihood
{
    private readonly double[] values;
    private readonly double[] days;
    private readonly Vector<double> meanLift;
    private readonly Vector<double> meanUntreated;
    private readonly Matrix<double> ofLift;
    private readonly Matrix<double> ofUntreated;
    private readonly Matrix<double> ofBoth;
    private readonly Matrix<double> errors;
    private readonly double[][] distances;

    /// <summary>Evaluates the likelihood on the grid.</summary>
    /// <param name="patient">The patient; her courses and measurements are known to fit each other.</param>
    /// <param name="grid">The grid.</param>
    public ClinicLikelihood(ClinicCase patient, ClinicGrid grid)
    {
        FollowUpObservation[] ordered = [.. patient.Observations.OrderBy(one => one.Day).ThenBy(one => one.Landmark, StringComparer.Ordinal)];
        values = [.. ordered.Select(one => one.PositionMm)];
        days = [.. ordered.Select(one => one.Day)];
        EnsembleSamples samples = patient.Samples;
        int[] landmarks = [.. ordered.Select(one => samples.Landmarks.ToList().IndexOf(one.Landmark))];
        Matrix<double> Curves(Func<DrawnCourse, IReadOnlyList<IReadOnlyList<double>>> of) => Matrix<double>.Build.Dense(
            samples.Courses.Count, ordered.Length, (course, at) => CourseTimes.At(of(samples.Courses[course])[landmarks[at]], samples.TimesDays, ordered[at].Day));
        Matrix<double> lift = Curves(course => course.LiftMm), untreated = Curves(course => course.UntreatedMm);
        (meanLift, meanUntreated) = (lift.ColumnSums() / lift.RowCount, untreated.ColumnSums() / lift.RowCount);
        lift = Matrix<double>.Build.Dense(lift.RowCount, lift.ColumnCount, (row, column) => lift[row, column] - meanLift[column]);
        untreated = Matrix<double>.Build.Dense(lift.RowCount, lift.ColumnCount, (row, column) => untreated[row, column] - meanUntreated[column]);
        double freedom = lift.RowCount - 1;
        (ofLift, ofUntreated) = (lift.TransposeThisAndMultiply(lift) / freedom, untreated.TransposeThisAndMultiply(untreated) / freedom);
        Matrix<double> cross = lift.TransposeThisAndMultiply(untreated) / freedom;
        ofBoth = cross + cross.Transpose();
        errors = Matrix<double>.Build.DenseOfDiagonalArray([.. ordered.Select(one => Math.Pow(CourseLearner.ErrorMm(one, patient.Prediction), 2))]);
        Log = [.. grid.LogScatters.Select(_ => new double[grid.LogRatios.Length])];
        distances = [.. grid.LogScatters.Select(_ => new double[grid.LogRatios.Length])];
        for (int scatter = 0; scatter < Log.Length; scatter++)
        {
            for (int ratio = 0; ratio < grid.LogRatios.Length; ratio++)
            {
                (Vector<double> mean, Matrix<double> covariance) = Foretold(grid.LogRatios[ratio], grid.LogScatters[scatter]);
                var factor = covariance.Cholesky();
                Vector<double> away = Vector<double>.Build.Dense(values) - mean;
                distances[scatter][ratio] = away * factor.Solve(away);
                Log[scatter][ratio] = -0.5 * (distances[scatter][ratio] + factor.DeterminantLn);
            }
        }
    }

    /// <summary>Logarithm of the likelihood, [scatter][ratio], but for a constant.</summary>
    public double[][] Log { get; }

    /// <summary>The patient as a belief foretells her that she had no part in.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="weights">The belief, [scatter][ratio].</param>
    /// <param name="grid">The grid.</param>
    public ClinicPatient Check(ClinicCase patient, double[][] weights, ClinicGrid grid)
    {
        double[] visits = [.. days.Distinct()];
        double[] measured = [.. visits.Select(day => values.Where((_, at) => days[at] == day).Average())];
        double[] means = new double[visits.Length], squares = new double[visits.Length], shares = new double[visits.Length];
        double beyond = 0;
        for (int scatter = 0; scatter < weights.Length; scatter++)
        {
            for (int ratio = 0; ratio < weights[scatter].Length; ratio++)
            {
                double weight = weights[scatter][ratio];
                if (weight < NegligibleWeight)
                {
                    continue;
                }

                beyond += weight * ChiSquared.CDF(values.Length, distances[scatter][ratio]);
                (Vector<double> mean, Matrix<double> covariance) = Foretold(grid.LogRatios[ratio], grid.LogScatters[scatter]);
                for (int visit = 0; visit < visits.Length; visit++)
                {
                    int[] at = [.. Enumerable.Range(0, days.Length).Where(one => days[one] == visits[visit])];
                    double middle = at.Average(one => mean[one]), variance = at.Sum(a => at.Sum(b => covariance[a, b])) / (at.Length * at.Length);
                    means[visit] += weight * middle;
                    squares[visit] += weight * (variance + (middle * middle));
                    shares[visit] += weight * Normal.CDF(middle, Math.Sqrt(variance), measured[visit]);
                }
            }
        }

        return new ClinicPatient(patient.Name, patient.Prediction.InputSha256, patient.Samples.Treatment ?? "", Math.Clamp(beyond, 0, 1), [.. visits.Select((day, visit) =>
            new ClinicVisit(day, measured[visit], means[visit], Math.Sqrt(Math.Max(0, squares[visit] - (means[visit] * means[visit]))), Math.Clamp(shares[visit], 0, 1)))]);
    }

    // All weights left out together are a thousandth.
    private const double NegligibleWeight = 4e-7;

    private (Vector<double> Mean, Matrix<double> Covariance) Foretold(double logRatio, double logScatter)
    {
        double ratio = Math.Exp(logRatio), spread = ratio * Math.Exp(logScatter);
        return ((meanLift * ratio) + meanUntreated, (ofLift * (spread * spread)) + (ofBoth * spread) + ofUntreated + errors);
    }
}
