using Threadwell.Evidence;

namespace Threadwell.Prediction;

/// <summary>
/// The two numbers that a clinic's patients tell, on a grid: the logarithm of the ratio of their lifts to the predicted ones, and that of how widely they scatter round them, relative to the bands. Two unknowns need no
/// sampling: sums over the grid are exact as far as its steps are small.
/// </summary>
internal sealed class ClinicGrid
{
    private const double RatioStep = 0.03;
    private const int RatioHalf = 60;
    private const double ScatterStep = 0.15;
    private const int ScatterHalf = 10;

    private readonly double[][] fromClinic;
    private readonly double[] ofClinic;
    private readonly double[] ofScatter;

    private ClinicGrid()
    {
        LogRatios = [.. Enumerable.Range(-RatioHalf, (2 * RatioHalf) + 1).Select(step => step * RatioStep)];
        LogScatters = [.. Enumerable.Range(-ScatterHalf, (2 * ScatterHalf) + 1).Select(step => step * ScatterStep)];
        double clinic = EvidenceCatalogue.Value("clinic.lift-ratio-deviation", "1"), treatment = EvidenceCatalogue.Value("clinic.treatment-deviation", "1"), scatter = EvidenceCatalogue.Value("clinic.scatter-deviation", "1");
        ofClinic = Normalised(LogRatios, clinic);
        ofScatter = Normalised(LogScatters, scatter);
        fromClinic = [.. LogRatios.Select(mean => Normalised([.. LogRatios.Select(ratio => ratio - mean)], treatment))];
        PriorRatioDeviation = Math.Sqrt((clinic * clinic) + (treatment * treatment));
        PriorScatterDeviation = scatter;
    }

    /// <summary>The grid of the catalogue's values.</summary>
    public static ClinicGrid Usual { get; } = new();

    /// <summary>Logarithms of the ratio.</summary>
    public double[] LogRatios { get; }

    /// <summary>Logarithms of the scatter.</summary>
    public double[] LogScatters { get; }

    /// <summary>Standard deviation of the logarithm of the ratio of a treatment before anybody is measured.</summary>
    public double PriorRatioDeviation { get; }

    /// <summary>Standard deviation of the logarithm of the scatter before.</summary>
    public double PriorScatterDeviation { get; }

    /// <summary>What is believed of a treatment, given the likelihoods of the patients of every treatment: weights that sum to 1, [scatter][ratio].</summary>
    /// <param name="logLikelihoods">For each treatment the sum of the logarithms of its patients' likelihoods, [scatter][ratio].</param>
    /// <param name="asked">The treatment; null for one of which there are no patients.</param>
    public double[][] Posterior(IReadOnlyList<double[][]> logLikelihoods, int? asked)
    {
        int ratios = LogRatios.Length;
        var log = new double[LogScatters.Length][];
        for (int scatter = 0; scatter < log.Length; scatter++)
        {
            // What the other treatments say of the clinic as a whole.
            double[] clinic = [.. ofClinic.Select(weight => Math.Log(weight))];
            for (int treatment = 0; treatment < logLikelihoods.Count; treatment++)
            {
                if (treatment != asked)
                {
                    double[] likelihood = logLikelihoods[treatment][scatter];
                    double most = likelihood.Max();
                    double[] relative = [.. likelihood.Select(value => Math.Exp(value - most))];
                    for (int mean = 0; mean < ratios; mean++)
                    {
                        clinic[mean] += most + Math.Log(Math.Max(Dot(fromClinic[mean], relative), double.Epsilon));
                    }
                }
            }

            double largest = clinic.Max();
            double[] weights = [.. clinic.Select(value => Math.Exp(value - largest))];
            double[] own = asked is { } at ? logLikelihoods[at][scatter] : new double[ratios];
            log[scatter] = [.. Enumerable.Range(0, ratios).Select(ratio =>
            {
                double sum = 0;
                for (int mean = 0; mean < ratios; mean++)
                {
                    sum += weights[mean] * fromClinic[mean][ratio];
                }

                return Math.Log(ofScatter[scatter]) + largest + Math.Log(Math.Max(sum, double.Epsilon)) + own[ratio];
            })];
        }

        double top = log.Max(row => row.Max());
        double total = log.Sum(row => row.Sum(value => Math.Exp(value - top)));
        return [.. log.Select(row => row.Select(value => Math.Exp(value - top) / total).ToArray())];
    }

    /// <summary>Mean and standard deviation of both logarithms.</summary>
    /// <param name="weights">Weights, [scatter][ratio].</param>
    public Plans.ClinicBelief Belief(double[][] weights)
    {
        (double ratio, double ratioDeviation) = Moments(LogRatios, [.. Enumerable.Range(0, LogRatios.Length).Select(at => weights.Sum(row => row[at]))], RatioStep);
        (double scatter, double scatterDeviation) = Moments(LogScatters, [.. weights.Select(row => row.Sum())], ScatterStep);
        return new(ratio, ratioDeviation, scatter, scatterDeviation);
    }

    // A belief narrower than a step of the grid is not told from one as wide as it.
    private static (double Mean, double Deviation) Moments(double[] values, double[] weights, double step)
    {
        double mean = Dot(values, weights);
        double variance = values.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum();
        return (mean, Math.Sqrt(Math.Max(variance, step * step / 12)));
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int at = 0; at < a.Length; at++)
        {
            sum += a[at] * b[at];
        }

        return sum;
    }

    private static double[] Normalised(double[] distances, double deviation)
    {
        double[] weights = [.. distances.Select(distance => Math.Exp(-0.5 * distance * distance / (deviation * deviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => Math.Max(weight / sum, double.Epsilon))];
    }
}
